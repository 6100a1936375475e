"""Who raised it? Bayes' answer of somebody who knows the rule, the database, and who used the bot when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from benchmarks.guessing.calendar import PULSE_MEAN, Calendar, Numbers

TICK = 5.0
"""Seconds between two looks at what is due: what goes at no release time came since the look before."""

LATE = 60.0
"""Seconds after a release time within which a batch that goes then has gone."""


@dataclass(frozen=True)
class Batch:
    """What the database tells of a released batch; moments in seconds since 1970.

    Args:
        since: the time it is open since.
        first_until: had its first message come later, it would be open since another time.
        on_time: whether it went at a time at which the rule lets batches go.
        people: the number on its cards.
        enough: whether they were as many as the rule waits for.
        size: how many messages it holds.
    """

    since: float
    first_until: float
    released: float
    on_time: bool
    people: int | None
    enough: bool
    size: int


@dataclass(frozen=True)
class Piece:
    """A stretch of time in which a message may have come, and how likely each of its moments is beside others'."""

    start: float
    end: float
    weight: float = 1.0


@dataclass(frozen=True)
class Accesses:
    """Who used the bot when (in seconds and in office time), in order; not for what."""

    at: Numbers
    passed: Numbers
    who: NDArray[np.int64]


@dataclass(frozen=True)
class Knowledge:
    """What the adversary knows of everybody's habits: the very numbers that the simulation draws from.

    Args:
        chance: how likely each person is to raise a concern; 0 for the adversary's own accounts.
        uses: how often each uses the bot in a week.
        answers: how likely each is to answer a pulse.
        pulse_share: how many concerns are raised in the pulse's own form.
    """

    chance: Numbers
    uses: Numbers
    answers: Numbers
    pulse_share: float = 0.0


def pieces(batch: Batch, gone_before: float, calendar: Calendar) -> tuple[Piece, ...]:
    """When a message of this batch may have come, after the batch before had gone.

    One of its messages came before ``first_until``. If another did, this one may be of any moment.
    """
    if not batch.on_time:
        return (Piece(batch.released - TICK, batch.released),)
    start = max(batch.since, gone_before)
    if batch.released <= batch.first_until + LATE:
        return (Piece(start, batch.released),)
    begun, middle, end = (calendar.passed(each) for each in (start, batch.first_until, batch.released))
    another_early = 1 - ((end - middle) / (end - begun)) ** (batch.size - 1)
    late = (Piece(batch.first_until, batch.released, another_early),) if batch.size > 1 else ()
    return (Piece(start, batch.first_until), *late)


Attack = Literal["count", "habit", "clock"]

ATTACKS: tuple[Attack, ...] = get_args(Attack)


class Adversary:
    """Knows all but which access was for what."""

    def __init__(self, accesses: Accesses, knowledge: Knowledge, calendar: Calendar) -> None:
        self._accesses, self._knows, self._calendar = accesses, knowledge, calendar

    def likely(self, attack: Attack, windows: Sequence[Sequence[Piece]]) -> Numbers:
        """How likely each person is the author of messages that belong together, each with the window it came in.

        Args:
            attack: what is made of the accesses; ``count``: each in a window is as likely to be the message;
                ``habit``: beside how many each person has in such a window; ``clock``: beside how often each comes at
                just that moment, the best there is.
        """
        evidence = {"count": self._count, "habit": self._beside_habit, "clock": self._by_clock}[attack]
        # Who only counts knows no habits, so everybody is as likely at first.
        before = self._knows.chance if attack != "count" else self._others
        together: Numbers = before * np.prod([evidence(each) for each in windows], axis=0)
        shares: Numbers = together / together.sum()
        return shares

    def present(self, window: Sequence[Piece]) -> NDArray[np.bool_]:
        """Who may have been it at all."""
        return self._others * self._count(window) > 0

    @property
    def _others(self) -> Numbers:
        return np.where(self._knows.chance > 0, 1.0, 0.0)

    def _count(self, window: Sequence[Piece]) -> Numbers:
        return self._summed(window, lambda passed, who: np.ones(len(who)))

    def _beside_habit(self, window: Sequence[Piece]) -> Numbers:
        usual = np.zeros(len(self._knows.uses))
        for piece in window:
            start, end = self._calendar.passed(piece.start), self._calendar.passed(piece.end)
            answered = self._calendar.answered(start, end)
            usual += piece.weight * (self._knows.uses * (end - start) + self._knows.answers * answered)
        return self._count(window) / usual

    def _by_clock(self, window: Sequence[Piece]) -> Numbers:
        return self._summed(window, self._unusual)

    def _summed(self, window: Sequence[Piece], score: Callable[[Numbers, NDArray[np.int64]], Numbers]) -> Numbers:
        summed = np.zeros(len(self._knows.chance))
        for piece in window:
            # After the start, up to and with the end: what comes at the very end was there when the job looked.
            first, last = np.searchsorted(self._accesses.at, (piece.start, piece.end), side="right")
            who = self._accesses.who[first:last]
            np.add.at(summed, who, piece.weight * score(self._accesses.passed[first:last], who))
        return summed

    def _unusual(self, passed: Numbers, who: NDArray[np.int64]) -> Numbers:
        answering = np.exp(-self._calendar.since_pulse(passed) / PULSE_MEAN) / PULSE_MEAN
        share = self._knows.pulse_share
        usual = self._knows.uses[who] + self._knows.answers[who] * answering
        return (1 - share + share * answering) / usual


def guess(likely: Numbers, chance: np.random.Generator) -> int:
    """The likeliest person; among equals, any."""
    return int(chance.choice(np.flatnonzero(likely >= likely.max() * (1 - 1e-9))))
