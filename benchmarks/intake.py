"""How many concerns a second are kept on the disk, beside bare commits of as many bytes."""

import asyncio
import secrets
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path

from nacl.public import PrivateKey

from benchmarks.figure import Figure, Target
from benchmarks.house import house
from bot.concerns.model import About, Concern, FormMark, Words
from bot.concerns.receipt import Hardness, Keys, Receipt, derive
from bot.concerns.service import Concerns
from bot.store.sqlite_file import PRAGMAS

BLOCKS, BLOCK, TASKS, HASHES = 12, 60, 20, 8

NOTE = (
    f"Intake: {BLOCKS} blocks of {BLOCK} each, turn and turn about, on one file system. The floor is the sqlite3 "
    "module alone: as many bytes in one INSERT and one commit, with the same pragmas (each commit waits for the disk)."
)

_BYTES_KEPT = """
SELECT (SELECT sum(length(id) + length(lookup) + length(author_key)) FROM concerns_concern)
     + (SELECT sum(length(id) + length(concern) + length(once) + length(voice) + length(for_council))
        FROM concerns_message)
"""


class Timed:
    """How often something was done, and how long it took in all."""

    def __init__(self) -> None:
        self._times = self._seconds = 0.0

    async def block(self, doing: Callable[[], Awaitable[None]]) -> None:
        """Do one block of it."""
        begun = time.perf_counter()
        await doing()
        self._seconds += time.perf_counter() - begun
        self._times += BLOCK

    @property
    def rate(self) -> float:
        """How often a second."""
        return self._times / self._seconds


async def figures() -> Iterator[Figure]:
    """One after the other, many at once, and the hash that comes before."""
    with tempfile.TemporaryDirectory() as folder:
        alone, together, bare = await _rates(Path(folder))
    target = Target("ratio", ">=", 0.5)
    hashing = _hash_milliseconds()
    return iter(
        (
            Figure("concerns kept, one after the other", alone, "/s", bare, "bare commits", target),
            Figure(f"concerns kept, {TASKS} at once", together, "/s", bare, "bare commits", target),
            Figure("slow hash of a receipt, apart", hashing, "ms"),
            Figure("concerns a second when all wait for the hash", 1_000 / hashing, "/s"),
        )
    )


async def _rates(folder: Path) -> tuple[float, float, float]:
    alone, together, bare = Timed(), Timed(), Timed()
    async with house(folder / "var") as app:
        await _one_after_the_other(app.concerns, _keys(BLOCK))
        size = _bytes_of_each(folder / "var" / "rai.db")
        with closing(_bare(folder / "floor.db")) as connection:
            for _ in range(BLOCKS):
                keys, more = _keys(BLOCK), _keys(BLOCK)
                await bare.block(lambda: _commit(connection, size))
                await alone.block(lambda keys=keys: _one_after_the_other(app.concerns, keys))  # type: ignore[misc]
                await together.block(lambda keys=more: _at_once(app.concerns, keys))  # type: ignore[misc]
    return alone.rate, together.rate, bare.rate


def _keys(count: int) -> list[Keys]:
    """What the slow hash would give, without it."""
    return [Keys(secrets.token_hex(32), PrivateKey.generate()) for _ in range(count)]


async def _one_after_the_other(concerns: Concerns, keys: list[Keys]) -> None:
    words = Words("The score is shown to people without what it is made of, and nobody can object to it. " * 4)
    for each in keys:
        await concerns.take_in(Concern(words, About("contestability")), FormMark.new(), each)


async def _at_once(concerns: Concerns, keys: list[Keys]) -> None:
    await asyncio.gather(*(_one_after_the_other(concerns, keys[task::TASKS]) for task in range(TASKS)))


def _bytes_of_each(file: Path) -> int:
    """What one concern's rows hold, in bytes."""
    with closing(sqlite3.connect(file)) as connection:
        kept: int = connection.execute(_BYTES_KEPT).fetchone()[0]
        return kept // BLOCK


def _bare(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
    connection.execute("CREATE TABLE floor (id INTEGER PRIMARY KEY, content BLOB NOT NULL)")
    return connection


async def _commit(connection: sqlite3.Connection, size: int) -> None:
    content = secrets.token_bytes(size)
    for _ in range(BLOCK):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO floor (content) VALUES (?)", (content,))
        connection.execute("COMMIT")


def _hash_milliseconds() -> float:
    salt, taken = secrets.token_bytes(16), []
    for _ in range(HASHES):
        begun = time.perf_counter()
        derive(Receipt.draw(), salt, Hardness())
        taken.append((time.perf_counter() - begun) * 1_000)
    return statistics.median(taken)
