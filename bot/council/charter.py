"""The charter: who sits on the council, in which group, and what it has promised; read from council.toml."""

import tomllib
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, field_validator, model_validator

from bot.chat.errors import NotAllowed
from bot.chat.identity import Actor
from bot.concerns.model import Guide, OutsideChannel
from bot.council.charter_parts import AboutConcerns, Frozen, Outside, PulseTime
from bot.pulse.model import PulsePlan

SAMPLE = Path(__file__).with_name("sample.toml")
"""The council of the terminal, used where RAI_COUNCIL_FILE names no other."""


class BrokenCharter(Exception):
    """The council's file cannot be used.

    Args:
        problems: one sentence each: what is wrong, and how to mend it.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class Deadlines(Frozen):
    """Days from the release of a concern; the limits are those of Directive (EU) 2019/1937 Art. 9(1)(b) and (f)."""

    acknowledge: int = Field(ge=1, le=7)
    answer: int = Field(ge=1, le=90)


class Quorum(Frozen):
    """How many seats a decision needs, in all and of each group."""

    seats: int = Field(ge=1)
    each_group: int = Field(ge=1)


class Seat(Frozen):
    """One seat: its title, its group, and the person on it as each platform names them."""

    title: str = Field(min_length=1, max_length=60)
    group: str
    members: tuple[str, ...] = Field(min_length=1)

    @field_validator("members")
    @classmethod
    def _addresses(cls, members: tuple[str, ...]) -> tuple[str, ...]:
        for address in members:
            Actor.parse(address)
        return members


class Charter(Frozen):
    """The whole council.

    Args:
        answers_live: whether a member's answer with a source is shown at once to others who ask the same.
        outside: where else one may turn, outside the council.
        pulse: where and when all are asked how things are; None where nobody is.
    """

    name: str = Field(min_length=1, max_length=60)
    answers_live: bool = False
    deadlines: Deadlines
    quorum: Quorum
    groups: dict[str, str] = Field(min_length=2)
    seats: tuple[Seat, ...] = Field(min_length=1)
    concerns: AboutConcerns = AboutConcerns()
    outside: tuple[Outside, ...] = Field(default=(), max_length=5)
    pulse: PulseTime | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        problems = (*self._seat_problems(), *self._quorum_problems())
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def _seat_problems(self) -> tuple[str, ...]:
        titles = [seat.title for seat in self.seats]
        members = [member for seat in self.seats for member in seat.members]
        return (
            *(f"two seats are called {title!r}" for title in sorted(set(titles)) if titles.count(title) > 1),
            *("one person sits on two seats" for member in sorted(set(members)) if members.count(member) > 1),
            *(
                f"seat {s.title!r} is in a group that [groups] does not name"
                for s in self.seats
                if s.group not in self.groups
            ),
        )

    def _quorum_problems(self) -> tuple[str, ...]:
        sizes = {group: sum(seat.group == group for seat in self.seats) for group in self.groups}
        small = (group for group, size in sizes.items() if size < self.quorum.each_group)
        return (
            *(f"group {group!r} has fewer seats than the quorum asks of each group" for group in small),
            *(("the quorum asks for more seats than there are",) if self.quorum.seats > len(self.seats) else ()),
        )

    def seat_of(self, actor: Actor) -> Seat | None:
        """The seat this person sits on."""
        return next((seat for seat in self.seats if actor.address in seat.members), None)

    def seat(self, actor: Actor) -> Seat:
        """The seat this person sits on; raises NotAllowed where they have none."""
        seat = self.seat_of(actor)
        if seat is None:
            raise NotAllowed(f"Only members of the {self.name} may do this. Nothing was changed.")
        return seat

    def titled(self, title: str | None) -> Seat | None:
        """The seat of that title; None where it is gone."""
        return next((seat for seat in self.seats if seat.title == title), None)

    @property
    def plan(self) -> PulsePlan | None:
        """The weekly pulse; None where nobody is asked."""
        return self.pulse.plan if self.pulse else None

    @property
    def guide(self) -> Guide:
        """What the form for concerns says of this council."""
        outside = tuple(OutsideChannel(each.name, each.address) for each in self.outside)
        council = f"{self.name} ({', '.join(seat.title for seat in self.seats)})"
        return Guide(self.concerns.systems, outside, self.concerns.keep, council)


def load(file: Path) -> Charter:
    """Read a council's file.

    Raises:
        BrokenCharter: it is missing, is no TOML, or its parts do not hold together; every problem is told at once.
    """
    try:
        return Charter.model_validate(tomllib.loads(file.read_text("utf-8")))
    except FileNotFoundError:
        raise BrokenCharter((f"{file} is not there: see that RAI_COUNCIL_FILE names the right file",)) from None
    except (OSError, UnicodeDecodeError):
        raise BrokenCharter((f"{file} cannot be read: see that it is a text file the bot may read",)) from None
    except tomllib.TOMLDecodeError as error:
        raise BrokenCharter((f"{file} is not TOML: {error}",)) from None
    except ValidationError as error:
        raise BrokenCharter(tuple(_sentence(file, each["loc"], each["msg"]) for each in error.errors())) from None


def _sentence(file: Path, where: tuple[int | str, ...], message: str) -> str:
    path = ".".join(str(part + 1 if isinstance(part, int) else part) for part in where)
    return f"{file}, {path or 'as a whole'}: {message.removeprefix('Value error, ')}"
