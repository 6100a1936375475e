"""The table of tickets: questions for a human. Who waits for the answer stands in another table."""

from datetime import datetime

from sqlalchemy import Column, Row, String, Table, Text, select, update

from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.questions.model import Ticket
from bot.store import outbox
from bot.store.db import Database, Transaction, metadata
from bot.store.types import Instant

tickets = Table(
    "questions_ticket",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("question", Text, nullable=False),
    Column("owner", String(300)),
    Column("answer", Text),
    Column("opened_at", Instant, nullable=False),
    Column("place", String(200)),
    Column("message", String(200)),
)


class TicketStore:
    """The tickets' SQL; nobody else reads this table."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def open(self, transaction: Transaction, ticket: str, question: str, opened_at: datetime) -> bool:
        """Keep a new ticket; False where it is kept already."""
        row = {"id": ticket, "question": question, "opened_at": opened_at}
        return await self.database.insert_once(transaction, tickets, **row)

    async def ticket(self, transaction: Transaction, name: str) -> Ticket | None:
        """The ticket of that id; held until the transaction ends, so that two people cannot both take it."""
        query = select(tickets).where(tickets.c.id == name).with_for_update()
        row = (await transaction.execute(query)).first()
        return _ticket(row) if row else None

    async def take(self, transaction: Transaction, name: str, owner: Actor) -> None:
        """Note who will answer."""
        await self._set(transaction, name, owner=owner.address)

    async def answer(self, transaction: Transaction, name: str, owner: Actor, answer: str | None) -> None:
        """Keep the answer and who gave it; None takes it back."""
        await self._set(transaction, name, owner=owner.address, answer=answer)

    async def stands(self, transaction: Transaction, name: str, ref: MessageRef) -> None:
        """Remember the message a ticket is shown in."""
        await self._set(transaction, name, place=ref.place.key, message=ref.message)

    async def say(self, transaction: Transaction, topic: str, name: str, at: datetime) -> None:
        """Have something said about a ticket, or to somebody who waits."""
        await outbox.put(transaction, topic, name, at)

    async def _set(self, transaction: Transaction, name: str, **values: str | None) -> None:
        await transaction.execute(update(tickets).where(tickets.c.id == name).values(**values))


def _ticket(row: Row[tuple[object, ...]]) -> Ticket:
    return Ticket(
        row.id,
        row.question,
        Actor.parse(row.owner) if row.owner else None,
        row.answer,
        MessageRef(Place.parse(row.place), row.message) if row.place else None,
    )
