"""Two tables that never meet: questions without an author, and people who wait without their words."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import get_args

from sqlalchemy import Column, Date, Row, String, Table, Text, UniqueConstraint, delete, select, update

from bot.chat.identity import Actor
from bot.questions.model import Gap, Why
from bot.store.db import Database, Transaction, metadata

gaps = Table(
    "questions_gap",
    metadata,
    # Random, and no row id beside it: neither tells in which order questions came.
    Column("id", String(32), primary_key=True),
    Column("question", Text, nullable=False),
    Column("day", Date, nullable=False, index=True),
    Column("why", String(20), nullable=False),
    Column("entry", String(120)),
    Column("library", String(12), nullable=False),
    Column("ticket", String(32), index=True),
    sqlite_with_rowid=False,
)

waiting = Table(
    "questions_waiting",
    metadata,
    Column("id", String(32), primary_key=True),
    # The id of a gap or of a ticket.
    Column("subject", String(32), nullable=False),
    Column("person", String(400), nullable=False),
    UniqueConstraint("subject", "person"),
    sqlite_with_rowid=False,
)

MOST_READ = 2_000
"""Questions that are grouped at once; what is beyond waits until some of these are done with."""


class BacklogStore:
    """The backlog's SQL; nobody else reads these tables."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def add(self, transaction: Transaction, gap: Gap) -> None:
        """Keep a question."""
        await self.database.insert_once(transaction, gaps, **vars(gap))

    async def gap(self, transaction: Transaction, name: str) -> Gap | None:
        """The question of that id; held until the transaction ends."""
        row = (await transaction.execute(select(gaps).where(gaps.c.id == name).with_for_update())).first()
        return _gap(row) if row else None

    async def without_ticket(self, transaction: Transaction) -> tuple[Gap, ...]:
        """The questions that nobody has begun to answer, in order of id, which is none."""
        query = select(gaps).where(gaps.c.ticket.is_(None)).order_by(gaps.c.id).limit(MOST_READ)
        return tuple(_gap(row) for row in await transaction.execute(query))

    async def of_ticket(self, transaction: Transaction, ticket: str) -> tuple[Gap, ...]:
        """The questions that a ticket was made of."""
        query = select(gaps).where(gaps.c.ticket == ticket).order_by(gaps.c.id)
        return tuple(_gap(row) for row in await transaction.execute(query))

    async def give_ticket(self, transaction: Transaction, names: Sequence[str], ticket: str) -> int:
        """Bind questions and those who wait for them to a ticket; how many questions had none before."""
        free = gaps.c.id.in_(names), gaps.c.ticket.is_(None)
        bound = await transaction.execute(update(gaps).where(*free).values(ticket=ticket))
        moved = select(waiting.c.person).where(waiting.c.subject.in_(names)).distinct()
        people = (await transaction.execute(moved)).scalars().all()
        await transaction.execute(delete(waiting).where(waiting.c.subject.in_(names)))
        for person in people:
            await self._wait(transaction, ticket, person)
        return bound.rowcount

    async def drop(self, transaction: Transaction, names: Sequence[str]) -> int:
        """Delete questions and who waits for them; how many there were."""
        await transaction.execute(delete(waiting).where(waiting.c.subject.in_(names)))
        return (await transaction.execute(delete(gaps).where(gaps.c.id.in_(names)))).rowcount

    async def drop_before(self, day: date) -> int:
        """Delete the questions from before a day; how many there were."""
        async with self.database.writing() as transaction:
            old = select(gaps.c.id).where(gaps.c.day < day)
            await transaction.execute(delete(waiting).where(waiting.c.subject.in_(old)))
            return (await transaction.execute(delete(gaps).where(gaps.c.day < day))).rowcount

    async def wait(self, transaction: Transaction, subject: str, person: Actor) -> bool:
        """Note who wants to be told of a gap's or ticket's answer; False where they do already."""
        return await self._wait(transaction, subject, person.address)

    async def waiting_for(self, transaction: Transaction, subject: str) -> tuple[str, ...]:
        """The ids under which people wait for it."""
        query = select(waiting.c.id).where(waiting.c.subject == subject).order_by(waiting.c.id)
        return tuple((await transaction.execute(query)).scalars())

    async def waits(self, name: str) -> tuple[str, Actor] | None:
        """What somebody waits for, and who; None where they were told."""
        query = select(waiting.c.subject, waiting.c.person).where(waiting.c.id == name)
        async with self.database.reading() as transaction:
            row = (await transaction.execute(query)).first()
        return (row.subject, Actor.parse(row.person)) if row else None

    async def told(self, transaction: Transaction, name: str) -> None:
        """Forget somebody who was told."""
        await transaction.execute(delete(waiting).where(waiting.c.id == name))

    async def _wait(self, transaction: Transaction, subject: str, person: str) -> bool:
        row = {"id": secrets.token_hex(16), "subject": subject, "person": person}
        return await self.database.insert_once(transaction, waiting, **row)


def _gap(row: Row[tuple[object, ...]]) -> Gap:
    why: Why = next(each for each in get_args(Why) if each == row.why)
    return Gap(row.id, row.question, row.day, why, row.entry, row.library, row.ticket)
