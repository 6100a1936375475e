"""How fast a place of Slack may be written to: one message a second and channel, with short bursts, and Retry-After."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from bot.chat.errors import Busy

SECONDS_APART = 1.0
"""docs.slack.dev, rate limits: one message a second and channel, bursts allowed."""

BURST = 3

MOST_GATES = 256
"""Beyond so many, those that would hold up nobody any more are forgotten: every person's direct messages have one."""


@dataclass
class _Gate:
    """One place's gate, in the seconds of a clock that only goes forward.

    Args:
        due: when the next message would be due, were there no bursts (GCRA's theoretical arrival time, ITU-T I.371).
        promised: the last moment that somebody who had to wait was told.
    """

    due: float = float("-inf")
    promised: float = float("-inf")


@dataclass
class Pace:
    """Gates by name. Who must wait is told a moment of their own, so that those who wait do not all come back at once.

    Args:
        seconds: a clock that only goes forward.
    """

    seconds: Callable[[], float]
    apart: float = SECONDS_APART
    burst: int = BURST
    _gates: dict[str, _Gate] = field(default_factory=dict)

    def wait(self, name: str) -> timedelta:
        """How long to wait; nothing where the message may go now, which then counts."""
        now, gate = self.seconds(), self._gate(name)
        opens = gate.due - (self.burst - 1) * self.apart
        if opens <= now:
            gate.due = max(gate.due, now) + self.apart
            return timedelta(0)
        gate.promised = max(gate.promised + self.apart, opens)
        return timedelta(seconds=gate.promised - now)

    def closed(self, name: str) -> timedelta:
        """How long a name is closed for; asking counts as nothing."""
        opens = self._gates.get(name, _Gate()).due - (self.burst - 1) * self.apart
        return timedelta(seconds=max(0.0, opens - self.seconds()))

    def close(self, name: str, seconds: float) -> timedelta:
        """Let nothing through for so long, as Retry-After asks; and how long to wait for a moment of one's own."""
        gate = self._gate(name)
        gate.due = max(gate.due, self.seconds() + seconds + (self.burst - 1) * self.apart)
        gate.promised = max(gate.promised + self.apart, self.seconds() + seconds)
        return timedelta(seconds=gate.promised - self.seconds())

    def _gate(self, name: str) -> _Gate:
        if name not in self._gates and len(self._gates) >= MOST_GATES:
            self._forget_passed()
        return self._gates.setdefault(name, _Gate())

    def _forget_passed(self) -> None:
        now = self.seconds()
        self._gates = {
            name: gate for name, gate in self._gates.items() if max(gate.due, gate.promised + self.apart) > now
        }


ONE_AT_A_TIME = frozenset(
    {"conversations.history", "conversations.replies", "chat.postMessage", "chat.update", "chat.delete"}
)

A_MOMENT = timedelta(seconds=1)
"""After which to ask for a turn again."""


class Turns:
    """Lets one call of a kind at a time into a channel: of several on their way together, all but the first would come
    too early where Slack answers that one with Retry-After.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    @contextmanager
    def of(self, method: str, channel: str) -> Iterator[None]:
        """A turn; what is shown to nobody but who asked takes none.

        Raises:
            Busy: it is another's turn. Who waited for that here, where a call hangs, would run out of time unsent.
        """
        name = f"{method} {channel}" if channel and method in ONE_AT_A_TIME else ""
        if name in self._taken:
            raise Busy(A_MOMENT)
        if name:
            self._taken.add(name)
        try:
            yield
        finally:
            self._taken.discard(name)
