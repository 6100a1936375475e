"""The wall: a platform that survives every kill, and is as strict as a real one. What is posted twice stands twice."""

import pickle
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from bot.chat.cards import Card
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.chat.timing import Clock

_SCHEMA = """
PRAGMA journal_mode = WAL;
CREATE TABLE said (
    number INTEGER PRIMARY KEY,
    message TEXT NOT NULL,
    place BLOB NOT NULL,
    key TEXT,  -- NULL where a message was changed; not unique: no platform looks whether it was posted before
    at REAL NOT NULL,
    card BLOB NOT NULL
);
"""

Passing: TypeAlias = Callable[[str], None]
"""Called with the name of a moment that the program passes."""


@dataclass(frozen=True)
class Said:
    """A message as it looked from one moment on; ``key`` is None where it was changed."""

    ref: MessageRef
    key: str | None
    at: datetime
    card: Card


class Wall:
    """Everything that was ever said, in one file beside the program's own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def build(self) -> None:
        """Make the file."""
        with closing(sqlite3.connect(self._path)) as connection:
            connection.executescript(_SCHEMA)

    def add(self, ref: MessageRef, key: str | None, at: datetime, card: Card) -> None:
        """Keep it, on the disk when this returns."""
        row = (ref.message, pickle.dumps(ref.place), key, at.timestamp(), pickle.dumps(card))
        with self._connected() as connection:
            connection.execute("INSERT INTO said (message, place, key, at, card) VALUES (?, ?, ?, ?, ?)", row)

    def said(self) -> tuple[Said, ...]:
        """Everything, in order."""
        with self._connected() as connection:
            rows = connection.execute("SELECT message, place, key, at, card FROM said ORDER BY number").fetchall()
        return tuple(
            Said(
                MessageRef(pickle.loads(row[1]), row[0]),
                row[2],
                datetime.fromtimestamp(row[3], UTC),
                pickle.loads(row[4]),
            )
            for row in rows
        )

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, isolation_level=None, timeout=10)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            yield connection


class WallMessenger:
    """The house's messenger.

    Args:
        forgetful: answers that nothing has arrived, whatever is asked: a planted defect.
    """

    def __init__(self, wall: Wall, clock: Clock, passing: Passing, *, forgetful: bool = False) -> None:
        self._wall = wall
        self._clock = clock
        self._passing = passing
        self._forgetful = forgetful

    async def post(self, place: Place, card: Card, key: str) -> MessageRef:
        ref = MessageRef(place, secrets.token_hex(8))
        self._add(ref, key, card)
        return ref

    async def edit(self, ref: MessageRef, card: Card) -> None:
        self._add(ref, None, card)

    async def tell(self, actor: Actor, card: Card, key: str) -> MessageRef:
        return await self.post(_corner(actor), card, key)

    async def find(self, where: Place | Actor, key: str) -> MessageRef | None:
        self._passing("asks whether it has arrived")
        there = where if isinstance(where, Place) else _corner(where)
        found = (each.ref for each in self._wall.said() if each.key == key and each.ref.place == there)
        return None if self._forgetful else next(found, None)

    def _add(self, ref: MessageRef, key: str | None, card: Card) -> None:
        told = "a post" if key else "an edit"
        self._passing(f"before {told}")
        self._wall.add(ref, key, self._clock.now(), card)
        self._passing(f"after {told}, unanswered")


def _corner(actor: Actor) -> Place:
    return Place(actor.platform, f"@{actor.user}")
