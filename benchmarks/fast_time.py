"""Time that runs faster, alike in every process of this machine: an hour of a platform's pauses in minutes."""

import asyncio
import selectors
import time
from datetime import UTC, datetime

BEGINS = 1_764_000_000
"""The wall clock at the start, in seconds since 1970."""


class FastTime:
    """Seconds since the beginning, and the wall clock that goes with them.

    Args:
        scale: how many of these seconds pass in one.
        begun: when it all began, by the machine's own steady clock, which all processes share.
    """

    def __init__(self, scale: float, begun: float) -> None:
        self.scale = scale
        self.begun = begun

    def __call__(self) -> float:
        return (time.monotonic() - self.begun) * self.scale

    def wall(self) -> float:
        """Seconds since 1970."""
        return BEGINS + self()

    def now(self) -> datetime:
        """The house's clock."""
        return datetime.fromtimestamp(self.wall(), UTC)


class FastLoop(asyncio.SelectorEventLoop):
    """An event loop in which every pause and every timeout is as much shorter as the time is faster."""

    def __init__(self, seconds: FastTime) -> None:
        super().__init__(_FastSelector(seconds.scale))
        self._seconds = seconds

    def time(self) -> float:
        return self._seconds()


class _FastSelector(selectors.SelectSelector):
    def __init__(self, scale: float) -> None:
        super().__init__()
        self._scale = scale

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        return super().select(timeout / self._scale if timeout else timeout)
