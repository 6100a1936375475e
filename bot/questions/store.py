"""The questions room's tables: tickets, and what people thought of answers."""

from datetime import date, datetime

from sqlalchemy import Column, Date, Row, String, Table, Text, select, update

from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.questions.model import Ticket, Verdict
from bot.store import outbox
from bot.store.db import Database, Transaction, metadata
from bot.store.types import Instant

tickets = Table(
    "questions_ticket",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("question", Text, nullable=False),
    Column("asker", String(300)),
    Column("owner", String(300)),
    Column("answer", Text),
    Column("opened_at", Instant, nullable=False),
    Column("place", String(200)),
    Column("message", String(200)),
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


class QuestionsStore:
    """The questions room's SQL; nobody else reads these tables."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def open_ticket(self, transaction: Transaction, ticket: Ticket, opened_at: datetime) -> bool:
        """Keep a new ticket; False where it is kept already."""
        asker = ticket.asker.address if ticket.asker else None
        row = {"id": ticket.id, "question": ticket.question, "asker": asker, "opened_at": opened_at}
        return await self.database.insert_once(transaction, tickets, **row)

    async def ticket(self, transaction: Transaction, name: str) -> Ticket | None:
        """The ticket of that id; held until the transaction ends, so that two people cannot both take it."""
        query = select(tickets).where(tickets.c.id == name).with_for_update()
        row = (await transaction.execute(query)).first()
        return _ticket(row) if row else None

    async def take(self, transaction: Transaction, name: str, owner: Actor) -> None:
        """Note who will answer."""
        await self._set(transaction, name, owner=owner.address)

    async def answer(self, transaction: Transaction, name: str, owner: Actor, answer: str) -> None:
        """Keep the answer and who gave it."""
        await self._set(transaction, name, owner=owner.address, answer=answer)

    async def forget_asker(self, transaction: Transaction, name: str) -> None:
        """The asker was told: who they are is needed no more."""
        await self._set(transaction, name, asker=None)

    async def stands(self, transaction: Transaction, name: str, ref: MessageRef) -> None:
        """Remember the message a ticket is shown in."""
        await self._set(transaction, name, place=ref.place.key, message=ref.message)

    async def say(self, transaction: Transaction, topic: str, name: str, at: datetime) -> None:
        """Have something said about a ticket."""
        await outbox.put(transaction, topic, name, at)

    async def rate(self, name: str, entry: str, library: str, verdict: Verdict, day: date) -> bool:
        """Keep a verdict; False where this answer has one already."""
        row = {"id": name, "entry": entry, "library": library, "verdict": verdict, "given_on": day}
        async with self.database.writing() as transaction:
            return await self.database.insert_once(transaction, ratings, **row)

    async def _set(self, transaction: Transaction, name: str, **values: str | None) -> None:
        await transaction.execute(update(tickets).where(tickets.c.id == name).values(**values))


def _ticket(row: Row[tuple[object, ...]]) -> Ticket:
    return Ticket(
        row.id,
        row.question,
        Actor.parse(row.asker) if row.asker else None,
        Actor.parse(row.owner) if row.owner else None,
        row.answer,
        MessageRef(Place.parse(row.place), row.message) if row.place else None,
    )
