"""A measured figure beside its floor, and the table of them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal, TypeAlias

Row: TypeAlias = dict[str, str | float | bool | None]

_HEAD = ("figure", "measured", "floor", "ratio", "target", "")


@dataclass(frozen=True)
class Target:
    """What was promised of a figure: that its value or its ratio stays above or below a bound."""

    of: Literal["value", "ratio"]
    must_be: Literal["<", ">="]
    bound: float

    def met_by(self, figure: "Figure") -> bool:
        """Whether the figure keeps it."""
        measured = figure.value if self.of == "value" else figure.ratio
        if measured is None:
            return False
        return measured < self.bound if self.must_be == "<" else measured >= self.bound


@dataclass(frozen=True)
class Figure:
    """What was measured.

    Args:
        floor: the least it could be (the most, where more is better), from the same run; None where there is none.
        floor_is: what the floor does.
    """

    name: str
    value: float
    unit: str
    floor: float | None = None
    floor_is: str = ""
    target: Target | None = None

    @property
    def ratio(self) -> float | None:
        """The figure as a multiple of its floor."""
        return self.value / self.floor if self.floor else None

    @property
    def met(self) -> bool | None:
        """Whether the target is kept; None where there is none."""
        return self.target.met_by(self) if self.target else None

    def row(self) -> Row:
        """Everything about it, for a file."""
        return {**asdict(self), "target": self._promised(), "ratio": self.ratio, "met": self.met}

    def cells(self) -> tuple[str, ...]:
        """Everything about it, for the table."""
        floor = f"{_short(self.floor)} {self.unit} ({self.floor_is})" if self.floor is not None else "-"
        ratio = f"{self.ratio:.2f}" if self.ratio is not None else "-"
        met = {None: "", True: "met", False: "not met"}[self.met]
        return (self.name, f"{_short(self.value)} {self.unit}", floor, ratio, self._promised(), met)

    def _promised(self) -> str:
        if self.target is None:
            return ""
        unit = f" {self.unit}" if self.target.of == "value" else ""
        return f"{self.target.of} {self.target.must_be} {self.target.bound:g}{unit}"


def table(figures: Iterable[Figure]) -> str:
    """The figures, one a line, in columns."""
    rows = [_HEAD, *(figure.cells() for figure in figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rows.insert(1, tuple("-" * width for width in widths))
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"
