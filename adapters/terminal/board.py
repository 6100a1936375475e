"""The terminal's own message store: one SQLite file that several processes may share."""

import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from adapters.terminal.names import PLATFORM
from adapters.terminal.wire import Seal
from bot.chat.cards import Card
from bot.chat.errors import StoreProblem, Unreachable
from bot.chat.places import MessageRef, Place
from bot.chat.private import make_once, private_folder

_SCHEMA = """
PRAGMA journal_mode = WAL;
CREATE TABLE message (
    sequence INTEGER PRIMARY KEY,
    place TEXT NOT NULL,
    message TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL UNIQUE,
    sealed BLOB NOT NULL,
    changes INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE seen (
    reader TEXT NOT NULL,
    message TEXT NOT NULL,
    changes INTEGER NOT NULL,
    PRIMARY KEY (reader, message)
) WITHOUT ROWID;
"""

_UNREAD = """
SELECT message.place, message.message, message.sealed
FROM message LEFT JOIN seen ON seen.message = message.message AND seen.reader = :reader
WHERE message.place IN (SELECT value FROM json_each(:places))
    AND (seen.changes IS NULL OR seen.changes < message.changes)
ORDER BY message.sequence
"""

_MARK = """
INSERT INTO seen (reader, message, changes) SELECT :reader, message, changes FROM message WHERE message = :message
ON CONFLICT (reader, message) DO UPDATE SET changes = excluded.changes
"""

_PEOPLE = """
SELECT reader FROM seen UNION SELECT substr(place, 2) FROM message WHERE place LIKE '@%'
"""

_PATIENCE = 10.0
"""Seconds another process may hold the file."""


@dataclass(frozen=True)
class Kept:
    """A message as it looks now."""

    ref: MessageRef
    card: Card


class Board:
    """The messages in ``terminal.db`` of a folder, sealed under ``terminal.key`` beside it.

    Every call opens the file anew, so a board may be used from any thread and needs no closing.

    Raises:
        StoreProblem: the folder cannot be used, or the key is damaged.
        Unreachable: (every method) the file cannot be used just now.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder.resolve() / "terminal.db"
        try:
            private_folder(folder)
            self._seal = Seal(folder / "terminal.key")
            make_once(self._path, _write_schema)
        except OSError as error:
            raise StoreProblem(
                "The folder for the terminal's messages cannot be used. Nothing was changed. "
                "Please check that it may be written, or set RAI_DATA_DIR to another one."
            ) from error

    def post(self, place: Place, card: Card, key: str) -> MessageRef:
        """Keep a message; under a key that was used before, the message from then."""
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO message (place, message, key, sealed) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (place.address, secrets.token_hex(8), key, self._seal.close(card)),
            )
            return _ref(connection.execute("SELECT place, message FROM message WHERE key = ?", (key,)).fetchone())

    def edit(self, ref: MessageRef, card: Card) -> None:
        """Make a message look like this card; one that looks different now is unread again for everybody."""
        with self._writing() as connection:
            row = connection.execute("SELECT sealed FROM message WHERE message = ?", (ref.message,)).fetchone()
            if row is None:
                raise Unreachable("That message is not here any more. Nothing was changed.", permanent=True)
            if self._seal.open(row[0]) != card:
                connection.execute(
                    "UPDATE message SET sealed = ?, changes = changes + 1 WHERE message = ?",
                    (self._seal.close(card), ref.message),
                )

    def find(self, place: Place, key: str) -> MessageRef | None:
        """The message that was posted there under this key."""
        with self._connected() as connection:
            row = connection.execute(
                "SELECT place, message FROM message WHERE place = ? AND key = ?", (place.address, key)
            ).fetchone()
        return row and _ref(row)

    def unread(self, reader: str, places: Iterable[Place]) -> tuple[Kept, ...]:
        """What this reader has not seen there yet, as it looks now and in the order it was posted; read from now on."""
        addresses = json.dumps([place.address for place in places if place.platform == PLATFORM])
        with self._writing() as connection:
            rows = connection.execute(_UNREAD, {"reader": reader, "places": addresses}).fetchall()
            found = tuple(Kept(_ref(row), self._seal.open(row[2])) for row in rows)
            connection.executemany(_MARK, [{"reader": reader, "message": kept.ref.message} for kept in found])
        return found

    def mark_read(self, reader: str, ref: MessageRef) -> None:
        """Remember that this reader saw the message as it looks now."""
        with self._writing() as connection:
            connection.execute(_MARK, {"reader": reader, "message": ref.message})

    def people(self) -> tuple[str, ...]:
        """Everybody who has read something here, or was told something."""
        with self._connected() as connection:
            return tuple(name for (name,) in connection.execute(_PEOPLE))

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")  # an error comes past this line, and closing undoes what was begun

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            # mode=rw: a file that is gone is an error, not a new file with whatever permissions.
            address = f"{self._path.as_uri()}?mode=rw"
            with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None)) as connection:
                _prepare(connection)
                yield connection
        except sqlite3.Error as error:
            raise Unreachable(
                "The terminal's messages cannot be used just now. What was kept before is still there. "
                "Please try again."
            ) from error


def _prepare(connection: sqlite3.Connection) -> None:
    for pragma in ("synchronous = FULL", "secure_delete = ON", "trusted_schema = OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _write_schema(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        _prepare(connection)
        connection.executescript(_SCHEMA)


def _ref(row: tuple[str, ...]) -> MessageRef:
    return MessageRef(Place(PLATFORM, row[0]), row[1])
