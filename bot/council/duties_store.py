"""The council's tables of what it was reminded of, and of what is left of a case that was forgotten."""

import secrets
from datetime import datetime

from sqlalchemy import Boolean, Column, ForeignKey, String, Table, delete, insert, select

from bot.chat.places import MessageRef, Place
from bot.concerns.model import ConcernId
from bot.council.clocks import Duty, Step
from bot.store import outbox
from bot.store.db import Database, Transaction, metadata
from bot.store.types import Instant

FORGOTTEN = "council.forgotten"
"""The outbox topic of a message that shows a forgotten case."""

reminders = Table(
    "council_reminder",
    metadata,
    # One row for each step that was taken, so that it is taken once, whoever else tries.
    Column("case_id", ForeignKey("council_case.id"), primary_key=True),
    Column("duty", String(20), primary_key=True),
    Column("step", String(10), primary_key=True),
    sqlite_with_rowid=False,
)

past = Table(
    "council_past",
    metadata,
    # Random: nothing leads from here to a case, nor to the order in which cases were forgotten.
    Column("id", String(32), primary_key=True),
    Column("month", String(7), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("in_time", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

forgotten = Table(
    "council_forgotten",
    metadata,
    # Until the message that showed the case shows it no more; the id is a fresh one.
    Column("id", String(32), primary_key=True),
    Column("place", String(200), nullable=False),
    Column("message", String(200), nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)


class RemindersStore:
    """The SQL of reminders."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def take(self, transaction: Transaction, concern: ConcernId, duty: Duty, step: Step) -> bool:
        """Note that a step is taken; False where it was taken before."""
        row = {"case_id": concern.value, "duty": duty, "step": step}
        return await self.database.insert_once(transaction, reminders, **row)

    async def taken(self) -> frozenset[tuple[str, str, str]]:
        """Every step that was taken, as (case, duty, step)."""
        async with self.database.reading() as transaction:
            return frozenset((row.case_id, row.duty, row.step) for row in await transaction.execute(select(reminders)))

    async def delete(self, transaction: Transaction, concern: ConcernId) -> None:
        """Forget which steps of a case were taken."""
        await transaction.execute(delete(reminders).where(reminders.c.case_id == concern.value))


class PastStore:
    """The SQL of what is left of forgotten cases."""

    async def add(self, transaction: Transaction, month: str, outcome: str, *, in_time: bool) -> None:
        """Keep how a case ended."""
        row = {"id": secrets.token_hex(16), "month": month, "outcome": outcome, "in_time": in_time}
        await transaction.execute(insert(past).values(**row))

    async def all(self, transaction: Transaction) -> tuple[tuple[str, bool], ...]:
        """The outcome of each, and whether its author had what they were owed in time."""
        query = select(past.c.outcome, past.c.in_time)
        return tuple((row.outcome, row.in_time) for row in await transaction.execute(query))

    async def keep_place(self, transaction: Transaction, stands: MessageRef, at: datetime) -> None:
        """Keep where a case was shown that is forgotten, until that message tells it."""
        name = secrets.token_hex(16)
        row = {"id": name, "place": stands.place.key, "message": stands.message, "at": at}
        await transaction.execute(insert(forgotten).values(**row))
        await outbox.put(transaction, FORGOTTEN, name, at)

    async def place(self, transaction: Transaction, name: str) -> tuple[MessageRef, datetime] | None:
        """Where a case was shown that was forgotten, and when it was; None once that is dropped."""
        row = (await transaction.execute(select(forgotten).where(forgotten.c.id == name))).first()
        return (MessageRef(Place.parse(row.place), row.message), row.at) if row else None

    async def drop_place(self, transaction: Transaction, name: str) -> None:
        """Forget where a case was shown."""
        await transaction.execute(delete(forgotten).where(forgotten.c.id == name))
