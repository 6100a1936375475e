"""What somebody who looks after the house is told: findings of the doctor, and how a door stands."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; ``sentence`` says how it is, or what to do."""

    name: str
    well: bool
    sentence: str


class Standing(Protocol):
    """How a platform's door stands, from what was met there so far."""

    def problems(self) -> list[str]:
        """What keeps everything there from working, as sentences."""

    def warnings(self) -> list[str]:
        """What keeps something there from working, as sentences."""


Look = Callable[[], Awaitable[tuple[Finding, ...]]]
"""Looks at a platform's door for the doctor."""
