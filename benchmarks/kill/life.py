"""One life of the program: what it begins with, and the clock it goes by."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, TypeAlias

from benchmarks.kill.ledger import Entry
from benchmarks.kill.moments import Aim

Plant: TypeAlias = Literal["lose", "double", "early"]
"""A defect: rows of the outbox vanish, the platform denies what it has, nothing waits for its release."""

LEAST_PEOPLE = 3
"""How many people a release waits for here."""


@dataclass(frozen=True)
class Life:
    """What a life begins with.

    Args:
        folder: holds the program's own folder, its ledgers and the wall.
        seed: chooses what people do.
        again: forms whose answer never came, to be sent again.
        receipts: of concerns, by their words.
        last: whether it is the last of its world: nobody does anything new, and everything that is due is said.
    """

    folder: Path
    number: int
    seed: str
    release: str
    database: str
    begins: datetime
    again: tuple[Entry, ...]
    receipts: tuple[tuple[str, str], ...]
    aim: Aim | None = None
    plant: Plant | None = None
    last: bool = False

    @property
    def ledger(self) -> Path:
        """Its ledger."""
        return self.folder / f"life-{self.number:04}.jsonl"

    @property
    def data(self) -> Path:
        """The program's own folder."""
        return self.folder / "var"


class HandClock:
    """A clock that is moved by hand."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move(self, by: timedelta) -> None:
        """Forward."""
        self._now += by
