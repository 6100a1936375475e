"""The safe space alone, without a house around it: on any database, with a crowd in the test's hands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bot.concerns.keyring import Keyring
from bot.concerns.model import About, Concern, FormMark, Words
from bot.concerns.receipt import Hardness, Receipt
from bot.concerns.release import RELEASED
from bot.concerns.schedule import Schedule, parse
from bot.concerns.service import MOST_WAITING, Concerns
from bot.concerns.store import ConcernsStore
from bot.concerns.tables import batches, concerns
from bot.concerns.vault import Vault
from bot.store import outbox
from bot.store.db import Database
from tests.fakes.timing import FakeClock

WEEKLY = parse("tue,thu 10:00 UTC")
THURSDAY_BEFORE = datetime(2026, 11, 19, 10, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""When the clock starts."""
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
THURSDAY = TUESDAY + timedelta(days=2)
CHEAP = Hardness(memory=64, passes=1)


@dataclass
class Counted:
    """A crowd as large as the test says."""

    seen: int = 0
    known: int = 0
    times_forgotten: int = 0

    def size(self) -> int:
        return self.seen

    def members(self) -> int:
        return self.known

    def forget(self) -> None:
        self.seen = 0
        self.times_forgotten += 1


@dataclass(frozen=True)
class Rooms:
    """Processes of one installation: one database, one folder of keys, one clock."""

    database: Database
    clock: FakeClock
    folder: Path

    @property
    def keyring(self) -> Keyring:
        """The keys that all of them share."""
        return Keyring(self.folder / "keys")

    def process(
        self, people: Counted, schedule: Schedule = WEEKLY, least: int = 20, most_waiting: int = MOST_WAITING
    ) -> Concerns:
        """One more process, that counts for itself."""
        store, vault = ConcernsStore(self.database), Vault.open(self.folder / "vault.key")
        return Concerns(store, vault, self.keyring, self.clock, schedule, people, least, CHEAP, most_waiting)

    async def told(self) -> list[tuple[str, str, datetime]]:
        """What the council is to be told: topic, subject, and from when on."""
        table = outbox.table
        rows = select(table.c.topic, table.c.subject, table.c.not_before).order_by(table.c.topic, table.c.subject)
        async with self.database.reading() as transaction:
            return [(row.topic, row.subject, row.not_before) for row in await transaction.execute(rows)]

    async def subjects(self, topic: str = RELEASED) -> list[str]:
        """The ids of what the council is to be told under a topic."""
        return [subject for said, subject, _ in await self.told() if said == topic]

    async def concern_ids(self) -> list[str]:
        """The ids of all concerns, in order."""
        async with self.database.reading() as transaction:
            return list(await transaction.scalars(select(concerns.c.id).order_by(concerns.c.id)))

    async def batch(self, number: int) -> Mapping[str, object]:
        """The row of a batch."""
        async with self.database.reading() as transaction:
            rows = await transaction.execute(select(batches).where(batches.c.number == number))
            return dict(rows.mappings().one())


async def raise_one(room: Concerns, words: str = "It fails.", urgency: str = "soon") -> Receipt:
    """Raise a concern; the receipt is all that is left in its author's hands."""
    return (await room.raise_concern(Concern(Words(words), About(urgency=urgency)), FormMark.new())).receipt
