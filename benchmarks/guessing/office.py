"""The safe space as it is built, on a clock that jumps: the one file here that knows its names."""

import math
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import Table

from benchmarks.guessing.adversary import LATE, Batch
from bot.chat.crowd import Crowd
from bot.chat.identity import Actor
from bot.concerns.jobs import jobs
from bot.concerns.keyring import Keyring
from bot.concerns.model import Concern, FormMark, Words, crowd_needed
from bot.concerns.receipt import Hardness, Receipt
from bot.concerns.schedule import AT_ONCE, LONGEST_WAIT, parse
from bot.concerns.service import Concerns
from bot.concerns.store import ConcernsStore
from bot.concerns.vault import Vault
from bot.store import migrate
from bot.store.db import Database

DATABASE = "rai.db"

_IN_MEMORY = Path("/dev/shm")
"""Where there is such a folder: no write waits for a disk."""


class UnwrittenDatabase(Database):
    """Is not written anew after each concern: that takes half the time, and no one here reads the file's bytes."""

    async def rewrite(self, tables: Iterable[Table]) -> None:
        """Leave the file as it is."""


class JumpingClock:
    """Shows the moment it was set to."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.at, UTC)


class Memberless(Crowd):
    """Counts as the crowd does, for a rule without a tenth of the members."""

    def members(self) -> int:
        """None."""
        return 0


class Office:
    """One organisation's bot: a database of its own, the real release, the real count of people.

    Args:
        least: how many people a batch waits for; 0 for a bot that does not wait for any.
        planted: whether it has a defect: what should wait goes at once.
    """

    def __init__(self, database: Database, folder: Path, schedule: str, least: int, *, planted: bool = False) -> None:
        self._clock, self._schedule, self._least = JumpingClock(), parse(schedule), least
        self._crowd = Crowd() if least else Memberless()
        # The adversary's own way in, beside the bot's.
        self._tables = sqlite3.connect(folder / DATABASE, isolation_level=None)
        vault, keyring = Vault.open(folder / "vault.key"), Keyring(folder / "keys")
        rule = parse(AT_ONCE) if planted else self._schedule, self._crowd, least
        cheap = Hardness(memory=64, passes=1)
        self._concerns = Concerns(ConcernsStore(database), vault, keyring, self._clock, *rule, cheap)
        (self._job,) = jobs(self._concerns)

    def used_by(self, person: int) -> None:
        """Somebody used the bot, for anything at all."""
        self._crowd.saw(_actor(person))

    async def raised(self, at: float) -> Receipt:
        """A concern comes in."""
        self._clock.at = at
        kept = await self._concerns.raise_concern(Concern(Words("It goes wrong.")), FormMark.new())
        return kept.receipt

    async def added(self, at: float, receipt: Receipt) -> None:
        """Its author adds words to it."""
        self._clock.at = at
        await self._concerns.add(receipt, Words("It still does."), FormMark.new())

    async def run(self, at: float) -> None:
        """The job comes round."""
        self._clock.at = at
        await self._job.run()

    def waiting(self) -> int | None:
        """The number of the batch that waits."""
        row = self._tables.execute(_WAITING).fetchone()
        return int(row[0]) if row else None

    def due(self, after: float) -> float:
        """The next moment at which a batch may go, or the count of people may begin anew."""
        now, row = datetime.fromtimestamp(after, UTC), self._tables.execute(_WAITING).fetchone()
        limit = datetime.fromtimestamp(row[1] / 1_000, UTC) + LONGEST_WAIT if row else None
        moments = (self._schedule.following(now), limit, *self._limits(now))
        return min((each.timestamp() for each in moments if each and each > now), default=math.inf)

    def batches(self) -> dict[int, Batch]:
        """What the database tells of the batches that went, by number."""
        rows = self._tables.execute(_BATCHES).fetchall()
        # Where batches are open whether anything came or not, their rows do not tell since when something is there.
        always_open = any(row[-1] == 0 for row in rows)
        told = {}
        for number, since, released, people, members, size in rows:
            opened, gone = since / 1_000, released / 1_000
            enough = people is None or people >= crowd_needed(self._least, members if self._least else 0)
            on_time = self._on_time(opened, gone)
            first_until = math.inf if always_open else self._first_until(opened)
            told[number] = Batch(opened, first_until, gone, on_time, people, enough, size)
        return told

    def announced(self) -> int:
        """How many messages were handed to the council."""
        return int(self._tables.execute(_ANNOUNCED).fetchone()[0])

    def close(self) -> None:
        """Look no more."""
        self._tables.close()

    def _limits(self, now: datetime) -> list[datetime]:
        """When six days end that began at one of the last release times."""
        found, slot = [], self._schedule.slot(now)
        while self._schedule.following(now) and slot + LONGEST_WAIT > now - timedelta(days=2):
            found.append(slot + LONGEST_WAIT)
            slot = self._schedule.slot(slot - timedelta(milliseconds=1))
        return found

    def _first_until(self, since: float) -> float:
        """The end of the time in which the first concern of a batch came that is open since then."""
        opened = datetime.fromtimestamp(since, UTC)
        ends = (each for each in (self._schedule.following(opened), *self._limits(opened)) if each and each > opened)
        later = (each.timestamp() for each in ends if self._schedule.opened(each) > opened)
        return min(later, default=math.inf)

    def _on_time(self, since: float, released: float) -> bool:
        """Whether it went at a release time or at the limit, as the rule says."""
        over = released - since - LONGEST_WAIT.total_seconds()
        at = datetime.fromtimestamp(released, UTC)
        slot = self._schedule.slot(at).timestamp()
        at_a_slot = self._schedule.following(at) is not None and since < slot and released - slot < LATE
        return at_a_slot or 0 <= over < LATE


@asynccontextmanager
async def office(schedule: str, least: int, *, planted: bool = False) -> AsyncIterator[Office]:
    """An office on a new database."""
    with tempfile.TemporaryDirectory(dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None) as folder:
        database = UnwrittenDatabase(f"sqlite+aiosqlite:///{folder}/{DATABASE}")
        await migrate.upgrade(database)
        made = Office(database, Path(folder), schedule, least, planted=planted)
        try:
            yield made
        finally:
            made.close()
            await database.close()


_WAITING = "SELECT number, since FROM concerns_batch WHERE released_at IS NULL"

_ANNOUNCED = "SELECT count(*) FROM outbox WHERE topic LIKE 'concerns.%'"

_BATCHES = """
SELECT number, since, released_at, people, members, (SELECT count(*) FROM concerns_message WHERE batch = number)
FROM concerns_batch WHERE released_at IS NOT NULL
"""


@cache
def _actor(person: int) -> Actor:
    return Actor("slack", "T1", f"U{person}")
