"""How fast Teams may be called: Microsoft's windows for each conversation and over all, and Retry-After."""

import math
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal, TypeAlias, cast

from pyrate_limiter import InMemoryBucket, Rate, RateItem

Kind: TypeAlias = Literal["send", "create", "members"]
Windows: TypeAlias = tuple[tuple[int, float], ...]
"""How many may go in how many seconds."""

MARGIN = 0.1
"""Seconds by which every window is taken longer: what leaves us a second apart may arrive closer together."""

LONGEST = 60.0
"""Seconds to which the pauses grow that Teams asks for without naming a time."""

MOST_GATES = 1_024
"""Beyond so many, those that would hold up nobody any more are forgotten: every person's conversation has one."""

SWEPT_EVERY = 300_000
"""Milliseconds after which they are forgotten anyway: whom Teams was called for is kept no longer than it counts."""


@dataclass(frozen=True)
class Limits:
    """Microsoft's limits (its page ``rate-limit`` for bots): for each conversation, and for all of an organisation.

    Args:
        writing: to one conversation; conversations are made as often.
        reading: who the members of one conversation are.
        unhurried: what all may take together that nobody waits for, so that an answer finds room beside many reminders.
    """

    writing: Windows = ((7, 1), (8, 2), (60, 30), (1_800, 3_600))
    reading: Windows = ((14, 1), (16, 2), (120, 30), (3_600, 3_600))
    over_all: Windows = ((30, 1),)
    unhurried: Windows = ((20, 1),)

    def of(self, kind: Kind) -> Windows:
        """What one conversation takes of a kind."""
        return self.reading if kind == "members" else self.writing


@dataclass
class _Gate:
    """What passed one gate, and who was told to come back when; in milliseconds of a clock that only goes forward.

    Args:
        shut: until when nothing passes.
        refused: how often in a row Teams asked for patience without naming a time.
    """

    passed: InMemoryBucket
    shut: int = 0
    refused: int = 0
    told: deque[RateItem] = field(default_factory=deque)

    @classmethod
    def of(cls, windows: Windows) -> "_Gate":
        """A gate that nobody has passed yet."""
        return cls(InMemoryBucket([Rate(most, round((seconds + MARGIN) * 1_000)) for most, seconds in windows]))

    def passes(self, now: int) -> bool:
        """Whether there is room now, which then is taken."""
        self.passed.leak(now)
        return now >= self.shut and self.passed.put(RateItem("", now))

    def give_back(self) -> None:
        """Free the room that was taken last."""
        self.passed.items.pop()

    def moment(self, now: int) -> int:
        """The next moment at which there will be room, beside those that others were told."""
        while self.told and self.told[0].timestamp <= now:
            self.told.popleft()
        plan = InMemoryBucket(self.passed.rates)
        plan.items = [*self.passed.items, *self.told][-plan.rates[-1].limit :]
        mine = RateItem("", max(now, self.shut))
        while not plan.put(mine):
            mine.timestamp += cast(int, plan.waiting(mine))  # a bucket in memory waits for nobody
        self.told.append(mine)
        return mine.timestamp

    def is_idle(self, now: int) -> bool:
        """Whether it would hold up nobody: as long as it is shut, somebody was told a moment after that."""
        self.passed.leak(now)
        return not self.passed.items and not any(each.timestamp > now for each in self.told)


@dataclass
class Pace:
    """Gates by conversation. Who must wait is told a moment of their own, so that not all come back at once.

    Args:
        seconds: a clock that only goes forward.
        chance: a number from 0 to 1, so that pauses of which Teams says nothing end at different times.
    """

    seconds: Callable[[], float]
    limits: Limits = Limits()
    chance: Callable[[], float] = secrets.SystemRandom().random
    _gates: dict[str, _Gate] = field(default_factory=dict, repr=False)
    _forgotten_beyond: int = MOST_GATES
    _swept: int = 0

    def __post_init__(self) -> None:
        self._over_all, self._unhurried = _Gate.of(self.limits.over_all), _Gate.of(self.limits.unhurried)

    def wait(self, conversation: str, kind: Kind, *, hurried: bool = False) -> timedelta:
        """How long to wait; nothing where the call may go now, which then counts.

        Args:
            hurried: whether somebody waits for it.
        """
        now = self._now()
        if now - self._swept >= SWEPT_EVERY:
            self._forget_idle()
        gates = [self._gate(conversation, kind), self._over_all, *([] if hurried else [self._unhurried])]
        for number, gate in enumerate(gates):
            if not gate.passes(now):
                for passed in gates[:number]:
                    passed.give_back()
                return timedelta(milliseconds=gate.moment(now) - now)
        return timedelta(0)

    def close(self, conversation: str, kind: Kind, seconds: float | None = None) -> timedelta:
        """Let nothing through for so long, as Retry-After asks; and how long to wait for a moment of one's own.

        Args:
            seconds: None where Teams named no time: then longer each time in a row, and by chance.
        """
        now, gate = self._now(), self._gate(conversation, kind)
        if seconds is None:
            gate.refused += 1
            seconds = min(2.0**gate.refused, LONGEST) * (1 + self.chance()) / 2
        gate.shut = max(gate.shut, now + math.ceil(seconds * 1_000))
        return timedelta(milliseconds=gate.moment(now) - now)

    def went_well(self, conversation: str, kind: Kind) -> None:
        """Teams took something: the next pause without a time is a short one again."""
        if gate := self._gates.get(_name(conversation, kind)):
            gate.refused = 0

    def _now(self) -> int:
        return round(self.seconds() * 1_000)

    def _gate(self, conversation: str, kind: Kind) -> _Gate:
        name = _name(conversation, kind)
        if name not in self._gates:
            if len(self._gates) >= self._forgotten_beyond:
                self._forget_idle()
            self._gates[name] = _Gate.of(self.limits.of(kind))
        return self._gates[name]

    def _forget_idle(self) -> None:
        now = self._swept = self._now()
        self._gates = {name: gate for name, gate in self._gates.items() if not gate.is_idle(now)}
        # Not again for each new one, while there is nothing to forget.
        self._forgotten_beyond = max(MOST_GATES, 2 * len(self._gates))


def _name(conversation: str, kind: Kind) -> str:
    return f"{kind} {conversation}"
