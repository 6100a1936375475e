"""What was found of all concerns of one kind: how often the adversary was right, among how many, after what wait."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.guessing.adversary import ATTACKS, Attack
from benchmarks.guessing.rules import DRAWN, Drawn, Rule
from benchmarks.guessing.trial import Guessed, Outcome, Trial

_Z = 1.959964
"""Of the normal distribution's 95 % around its middle."""


@dataclass(frozen=True)
class Share:
    """A share, with its 95 % interval (Wilson)."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """The share; of none, 0."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share lies with 95 %."""
        if not self.of:
            return 0.0, 1.0
        middle = self.value + _Z * _Z / (2 * self.of)
        aside = _Z * math.sqrt(self.value * (1 - self.value) / self.of + (_Z / (2 * self.of)) ** 2)
        whole = 1 + _Z * _Z / self.of
        return max(0.0, (middle - aside) / whole), min(1.0, (middle + aside) / whole)

    def __str__(self) -> str:
        if not self.of:
            return "-"
        low, high = self.interval
        return f"{100 * self.value:.1f} ({100 * low:.1f}-{100 * high:.1f})"


def right(guessed: Sequence[Guessed], attack: Attack) -> Share:
    """How often an attack was right."""
    return Share(sum(each.right[attack] for each in guessed), len(guessed))


def best(guessed: Sequence[Guessed]) -> Share:
    """How often the attack that did best on them was right."""
    return max((right(guessed, attack) for attack in ATTACKS), key=lambda share: share.hits)


def share_of(flags: Iterable[bool]) -> Share:
    """How many of them are set."""
    found = list(flags)
    return Share(sum(found), len(found))


def spread(values: Iterable[float], percentiles: Sequence[float], digits: int = 0) -> str:
    """Percentiles of some numbers, as they are written."""
    found = list(values)
    return " / ".join(f"{np.percentile(found, each):.{digits}f}" for each in percentiles) if found else "-"


class Findings:
    """All outcomes, by organisation and rule."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, Rule, Drawn], list[Outcome]] = defaultdict(list)

    def add(self, trial: Trial, outcomes: Iterable[Outcome]) -> None:
        """What came of a trial."""
        self._found[trial.organisation.people, trial.rule, trial.organisation.author].extend(outcomes)

    def of(self, people: int, rule: Rule, drawn: Drawn | None = None) -> list[Outcome]:
        """The concerns of one kind; of all authors, where it is not said how they are drawn."""
        kinds = (drawn,) if drawn else DRAWN
        return [each for kind in kinds for each in self._found[people, rule, kind]]

    def both(self, people: int, rule: Rule, seen: Callable[[Outcome], Guessed | None]) -> tuple[Share, ...]:
        """How often the best attack was right, for each way in which authors are drawn."""
        return tuple(best(_kept(map(seen, self.of(people, rule, drawn)))) for drawn in DRAWN)

    def worst(self, people: int, rule: Rule) -> Share:
        """The larger of them, for single concerns."""
        return max(self.both(people, rule, lambda each: each.alone), key=lambda share: share.value)


def _kept(guessed: Iterable[Guessed | None]) -> list[Guessed]:
    return [each for each in guessed if each]
