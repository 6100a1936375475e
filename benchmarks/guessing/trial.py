"""One organisation under one rule, and how well the adversary did."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import numpy as np

from benchmarks.guessing.adversary import ATTACKS, Adversary, Attack, Batch, Piece, guess, pieces
from benchmarks.guessing.calendar import Calendar
from benchmarks.guessing.life import FURTHER, Life, Lived, Message
from benchmarks.guessing.office import office
from benchmarks.guessing.population import Population
from benchmarks.guessing.rules import Organisation, Rule

DAY = 86_400.0


@dataclass(frozen=True)
class Trial:
    """What to play."""

    organisation: Organisation
    rule: Rule
    weeks: int
    seed: int
    planted: bool = False


@dataclass(frozen=True)
class Guessed:
    """What came of the attacks on one author.

    Args:
        right: by attack, whether the guess was right.
        people: how many people it may have been.
    """

    right: dict[Attack, bool]
    people: int


@dataclass(frozen=True)
class Outcome:
    """A concern's fate.

    Args:
        blind: whether a guess from everybody's habits alone, without any clock, was right.
        by_day: the same where the adversary also has a copy of the database from every midnight.
        card: the number of people on the case's card.
        small: whether it went at the limit without enough people.
        on_time: whether it went at a time at which the rule lets batches go.
        linked: the same from the first two, three ... messages of a talk.
    """

    alone: Guessed
    blind: bool
    by_day: Guessed
    waited: float
    card: int | None
    small: bool
    on_time: bool
    linked: tuple[Guessed, ...] = field(default=())


async def outcomes(trial: Trial) -> list[Outcome]:
    """Play it, then guess."""
    calendar = _calendar(trial.weeks, trial.rule.pulse_day)
    population = Population(trial.organisation, calendar, trial.seed)
    async with office(trial.rule.schedule, trial.rule.least, planted=trial.planted) as opened:
        lived = await Life(opened, population, calendar, trial.rule, trial.seed).lived()
    return list(Guessing(lived, calendar, trial.seed).outcomes())


class Guessing:
    """The adversary at work on what happened."""

    def __init__(self, lived: Lived, calendar: Calendar, seed: int) -> None:
        self._lived, self._calendar = lived, calendar
        self._adversary = Adversary(lived.accesses, lived.known, calendar)
        self._chance = np.random.default_rng(seed)
        in_order = sorted(lived.batches.values(), key=lambda each: each.released)
        self._before = {late: early.released for early, late in pairwise(in_order)}

    def outcomes(self) -> Iterator[Outcome]:
        """Of every concern that was released."""
        talks: dict[int, list[Message]] = {}
        for each in self._lived.messages:
            talks.setdefault(each.talk, []).append(each)
        for talk in talks.values():
            yield self._outcome(talk)

    def _outcome(self, talk: list[Message]) -> Outcome:
        first, batch = talk[0], self._lived.batches[talk[0].batch]
        windows = [self._window(each) for each in talk]
        linked = tuple(self._guessed(first.author, windows[: n + 1]) for n in range(1, len(talk)))
        return Outcome(
            self._guessed(first.author, windows[:1]),
            guess(self._lived.known.chance, self._chance) == first.author,
            self._guessed(first.author, [_overlap(windows[0], first.at)]),
            (batch.released - first.at) / DAY,
            batch.people,
            not batch.enough,
            batch.on_time,
            linked if len(talk) == FURTHER + 1 else (),
        )

    def _window(self, message: Message) -> tuple[Piece, ...]:
        batch: Batch = self._lived.batches[message.batch]
        return pieces(batch, self._before.get(batch, 0.0), self._calendar)

    def _guessed(self, author: int, windows: Sequence[Sequence[Piece]]) -> Guessed:
        right = {each: guess(self._adversary.likely(each, windows), self._chance) == author for each in ATTACKS}
        present = np.all([self._adversary.present(each) for each in windows], axis=0)
        if not present[author]:
            raise SystemExit("The simulation is wrong: an author is outside the window of the message.")
        return Guessed(right, int(present.sum()))


def _overlap(window: Sequence[Piece], at: float) -> tuple[Piece, ...]:
    """What is left of a window where two copies of the database tell on which day a message came."""
    start = at // DAY * DAY
    cut = (Piece(max(each.start, start), min(each.end, start + DAY), each.weight) for each in window)
    return tuple(each for each in cut if each.start < each.end)


@cache
def _calendar(weeks: int, pulse_day: int) -> Calendar:
    return Calendar(weeks, pulse_day)
