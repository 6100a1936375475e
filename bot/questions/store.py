"""The room's tables of readers' roles, verdicts, members' answers, and the weeks whose old entries were listed."""

import json
from datetime import date, datetime

from sqlalchemy import Column, Date, RowMapping, String, Table, Text, delete, insert, select

from bot.chat.identity import Actor
from bot.questions.model import NOBODY_KNOWN, Draft, Reader, Verdict, role_of, stage_of
from bot.store import outbox
from bot.store.db import Database, Transaction, metadata

readers = Table(
    "questions_reader",
    metadata,
    Column("person", String(400), primary_key=True),
    Column("role", String(40)),
    Column("stage", String(20)),
)

ratings = Table(
    "questions_rating",
    metadata,
    # The answer's random id: one verdict an answer, and no trace of who gave it.
    Column("id", String(32), primary_key=True),
    Column("entry", String(120), nullable=False),
    Column("library", String(12), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("given_on", Date, nullable=False),
    sqlite_with_rowid=False,
)

drafts = Table(
    "questions_draft",
    metadata,
    # The ticket's id: one answer a ticket.
    Column("ticket", String(32), primary_key=True),
    # A list of texts in JSON.
    Column("phrasings", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("source_title", Text, nullable=False),
    Column("source_url", Text, nullable=False),
    Column("tension", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("answered_on", Date, nullable=False),
    sqlite_with_rowid=False,
)

weeks = Table("questions_week", metadata, Column("week", String(8), primary_key=True))


class QuestionsStore:
    """The SQL of what this room keeps beside tickets and the backlog; nobody else reads these tables."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def reader(self, person: Actor) -> Reader:
        """What somebody chose to say of themself."""
        query = select(readers).where(readers.c.person == person.address)
        async with self.database.reading() as transaction:
            row = (await transaction.execute(query)).first()
        return Reader(role_of(row.role or ""), stage_of(row.stage or "")) if row else NOBODY_KNOWN

    async def keep_reader(self, person: Actor, reader: Reader) -> None:
        """Keep it in place of what was kept before."""
        row = {"person": person.address, "role": reader.role, "stage": reader.stage}
        async with self.database.writing() as transaction:
            if not await self.database.insert_once(transaction, readers, **row):
                change = readers.update().where(readers.c.person == person.address)
                await transaction.execute(change.values(role=reader.role, stage=reader.stage))

    async def forget_reader(self, person: Actor) -> None:
        """Forget it."""
        async with self.database.writing() as transaction:
            await transaction.execute(delete(readers).where(readers.c.person == person.address))

    async def rate(
        self, transaction: Transaction, name: str, entry: str, library: str, verdict: Verdict, day: date
    ) -> bool:
        """Keep a verdict; False where this answer has one already."""
        row = {"id": name, "entry": entry, "library": library, "verdict": verdict, "given_on": day}
        return await self.database.insert_once(transaction, ratings, **row)

    async def drafts(self) -> tuple[Draft, ...]:
        """Every answer that was given and not taken back, in order of id."""
        async with self.database.reading() as transaction:
            found = await transaction.execute(select(drafts).order_by(drafts.c.ticket))
            return tuple(_draft(row) for row in found.mappings())

    async def draft(self, transaction: Transaction, ticket: str) -> Draft | None:
        """The answer to a ticket."""
        found = await transaction.execute(select(drafts).where(drafts.c.ticket == ticket))
        row = found.mappings().first()
        return _draft(row) if row else None

    async def add_draft(self, transaction: Transaction, draft: Draft) -> None:
        """Keep an answer."""
        row = {**vars(draft), "phrasings": json.dumps(draft.phrasings, ensure_ascii=False)}
        await transaction.execute(insert(drafts).values(**row))

    async def drop_draft(self, transaction: Transaction, ticket: str) -> bool:
        """Take an answer back; False where there is none."""
        done = await transaction.execute(delete(drafts).where(drafts.c.ticket == ticket))
        return done.rowcount == 1

    async def once_a_week(self, week: str, topic: str, at: datetime) -> None:
        """Have something said about a week, unless that was done: whoever else tries, in whatever process."""
        async with self.database.writing() as transaction:
            if await self.database.insert_once(transaction, weeks, week=week):
                await transaction.execute(delete(weeks).where(weeks.c.week < week))
                await outbox.put(transaction, topic, week, at)


def _draft(row: RowMapping) -> Draft:
    return Draft(**{**row, "phrasings": tuple(json.loads(row["phrasings"]))})
