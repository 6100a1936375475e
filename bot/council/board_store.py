"""The council's table of which of its answers stand on the board."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer, Row, String, Table, and_, delete, func, insert, or_, select

from bot.concerns.model import ConcernId
from bot.store.db import Database, Transaction, metadata
from bot.store.types import Instant

board = Table(
    "council_board",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("case_id", ForeignKey("council_case.id"), nullable=False, index=True),
    # Which of the council's messages to the author it is. The words stay with the concern, sealed, and go with it.
    Column("number", Integer, nullable=False),
    Column("at", Instant, nullable=False, index=True),
    sqlite_with_rowid=False,
)


@dataclass(frozen=True)
class Pinned:
    """One answer on the board; ``number`` says which of the council's messages about the case it is, from 0."""

    id: str
    concern: ConcernId
    number: int
    at: datetime


class BoardStore:
    """The SQL of the board."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def add(self, transaction: Transaction, concern: ConcernId, number: int, at: datetime) -> None:
        """Put an answer on the board."""
        row = {"id": secrets.token_hex(16), "case_id": concern.value, "number": number, "at": at}
        await transaction.execute(insert(board).values(**row))

    async def page(self, before: tuple[datetime, str] | None, most: int) -> tuple[Pinned, ...]:
        """The newest answers that are older than that one, as (when, id)."""
        query = select(board).order_by(board.c.at.desc(), board.c.id).limit(most)
        if before:
            at, name = before
            query = query.where(or_(board.c.at < at, and_(board.c.at == at, board.c.id > name)))
        async with self.database.reading() as transaction:
            return tuple(_pinned(row) for row in await transaction.execute(query))

    async def whose(self, transaction: Transaction, name: str) -> ConcernId | None:
        """The case of an answer; None where it is not on the board."""
        found = await transaction.scalar(select(board.c.case_id).where(board.c.id == name))
        return ConcernId(found) if found else None

    async def take(self, transaction: Transaction, name: str) -> bool:
        """Take an answer off the board; False where it is off already."""
        return (await transaction.execute(delete(board).where(board.c.id == name))).rowcount == 1

    async def count(self, transaction: Transaction, concern: ConcernId) -> int:
        """How many answers of a case are on it."""
        return await transaction.scalar(select(func.count()).where(board.c.case_id == concern.value)) or 0

    async def delete(self, transaction: Transaction, concern: ConcernId) -> None:
        """Take all answers of a case off."""
        await transaction.execute(delete(board).where(board.c.case_id == concern.value))


def _pinned(row: Row[tuple[object, ...]]) -> Pinned:
    return Pinned(row.id, ConcernId(row.case_id), row.number, row.at)
