"""Slack's own clock: it runs by itself, and a test can move it on."""

import time
from collections.abc import Callable
from typing import Protocol

BEGINS = 1_795_424_400
"""Slack's wall clock at the start: Monday 23 November 2026, nine o'clock in UTC, like the house's own."""


class Seconds(Protocol):
    """Time as Slack has it."""

    def __call__(self) -> float:
        """Seconds, ever onward."""

    def wall(self) -> float:
        """Seconds since 1970, by which messages are stamped."""


class SlackClock:
    """Seconds since the double began; triggers, response addresses and Retry-After go by it.

    Args:
        follows: another wall clock that messages are stamped by.
    """

    def __init__(self, follows: Callable[[], float] | None = None) -> None:
        self.follows = follows
        self._begun = time.monotonic()
        self._moved = 0.0

    def __call__(self) -> float:
        return time.monotonic() - self._begun + self._moved

    def move(self, seconds: float) -> None:
        """Let time pass."""
        self._moved += seconds

    def wall(self) -> float:
        """Seconds since 1970."""
        return self.follows() if self.follows else BEGINS + self()
