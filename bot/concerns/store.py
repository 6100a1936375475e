"""The concerns room's tables: sealed words, random ids, a batch number where others keep a time."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    and_,
    func,
    insert,
    not_,
    or_,
    select,
    update,
)

from bot.concerns.model import Batch, ConcernId, MessageId, Voice
from bot.store import outbox
from bot.store.db import Database, Transaction, metadata
from bot.store.types import Instant

# WITHOUT ROWID: a row id would keep the order of arrival, whatever the key.

vaults = Table(
    "concerns_vault",
    metadata,
    Column("fingerprint", String(64), primary_key=True),
    sqlite_with_rowid=False,
)

batches = Table(
    "concerns_batch",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("since", Instant, nullable=False),
    Column("release", String(120), nullable=False),
    Column("released_at", Instant),
    Column("people", Integer),
)

concerns = Table(
    "concerns_concern",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("lookup", String(64), nullable=False, unique=True),
    Column("author_key", LargeBinary(32), nullable=False),
    Column("batch", ForeignKey("concerns_batch.number"), nullable=False),
    sqlite_with_rowid=False,
)

messages = Table(
    "concerns_message",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("concern", ForeignKey("concerns_concern.id"), nullable=False, index=True),
    Column("turn", Integer, nullable=False),
    Column("voice", String(10), nullable=False),
    Column("batch", ForeignKey("concerns_batch.number")),
    Column("once", String(32), nullable=False, unique=True),
    Column("for_council", LargeBinary, nullable=False),
    Column("for_author", LargeBinary),
    sqlite_with_rowid=False,
)


@dataclass(frozen=True)
class Found:
    """A concern's row: its public key and the batch it belongs to."""

    id: ConcernId
    author_key: bytes
    batch: int
    released: bool
    people: int | None


@dataclass(frozen=True)
class Sealed:
    """A message's row."""

    voice: Voice
    released: bool
    for_council: bytes
    for_author: bytes | None


class ConcernsStore:
    """The concerns room's SQL; nobody else reads these tables."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def fingerprint(self, transaction: Transaction, own: str) -> str:
        """The fingerprint of the vault that this database was sealed with; ``own``, where it is the first."""
        known = await transaction.scalar(select(vaults.c.fingerprint))
        if known is None:
            await transaction.execute(insert(vaults).values(fingerprint=own))
        return known or own

    async def open_batch(self, transaction: Transaction, since: datetime, release: str) -> int:
        """The number of the batch that takes what comes now; held until the transaction ends, so that it cannot be
        released meanwhile.
        """
        number = await self._held_batch(transaction)
        if number is not None:
            return number
        highest = await transaction.scalar(select(func.max(batches.c.number)))
        row = {"number": (highest or 0) + 1, "since": since, "release": release}
        await self.database.insert_once(transaction, batches, **row)
        # Where another replica opened it in the same moment, the one it opened.
        return await self.open_batch(transaction, since, release)

    async def _held_batch(self, transaction: Transaction) -> int | None:
        waiting = select(batches.c.number).where(batches.c.released_at.is_(None))
        return await transaction.scalar(waiting.with_for_update())

    async def waiting_batch(self) -> Batch | None:
        """The batch that is not released yet, if anything waits."""
        async with self.database.reading() as transaction:
            row = (await transaction.execute(select(batches).where(batches.c.released_at.is_(None)))).first()
        return Batch(row.number, row.since, row.release) if row else None

    async def add_concern(
        self, transaction: Transaction, concern: ConcernId, lookup: str, author_key: bytes, batch: int
    ) -> None:
        """Keep who can read the replies: a public key, found by a lookup name."""
        row = {"id": concern.value, "lookup": lookup, "author_key": author_key, "batch": batch}
        await transaction.execute(insert(concerns).values(**row))

    async def add_message(
        self, transaction: Transaction, concern: ConcernId, sealed: Sealed, batch: int | None, once: str, turn: int
    ) -> bool:
        """Keep one sealed message; False where its form was sent before."""
        row = {
            "id": secrets.token_hex(16),
            "concern": concern.value,
            "turn": turn,
            "voice": sealed.voice,
            "batch": batch,
            "once": once,
            "for_council": sealed.for_council,
            "for_author": sealed.for_author,
        }
        return await self.database.insert_once(transaction, messages, **row)

    async def next_turn(self, transaction: Transaction, concern: ConcernId, *, waiting: bool) -> int:
        """The turn of a further message.

        What the council says comes after all it knows. What the author says has a turn among the author's waiting
        messages alone, until its release gives it a place: between two replies it would tell when it was written.
        """
        open_batches = select(batches.c.number).where(batches.c.released_at.is_(None))
        waits = and_(messages.c.voice == "author", messages.c.batch.in_(open_batches))
        side = waits if waiting else not_(waits)
        last = await transaction.scalar(
            select(func.max(messages.c.turn)).where(messages.c.concern == concern.value, side)
        )
        return 0 if last is None else last + 1

    async def give_places(self, transaction: Transaction, batch: int) -> None:
        """Put what a batch holds behind everything its conversations held before."""
        in_batch = select(messages.c.id, messages.c.concern).where(messages.c.batch == batch)
        rows = (await transaction.execute(in_batch.order_by(messages.c.concern, messages.c.turn))).all()
        held = select(concerns.c.id).where(concerns.c.id.in_({row.concern for row in rows})).order_by(concerns.c.id)
        await transaction.execute(held.with_for_update())
        for concern, said in groupby(rows, key=lambda row: row.concern):
            known = or_(messages.c.batch.is_(None), messages.c.batch != batch)
            before = select(func.max(messages.c.turn)).where(messages.c.concern == concern, known)
            last = await transaction.scalar(before)
            for turn, row in enumerate(said, 0 if last is None else last + 1):
                await transaction.execute(update(messages).where(messages.c.id == row.id).values(turn=turn))

    async def by_lookup(self, transaction: Transaction, lookup: str) -> Found | None:
        """The concern that a receipt leads to; held until the transaction ends, so that turns stay in order."""
        return await self._found(transaction, concerns.c.lookup == lookup)

    async def by_id(self, transaction: Transaction, concern: ConcernId) -> Found | None:
        """The concern of that id; held until the transaction ends."""
        return await self._found(transaction, concerns.c.id == concern.value)

    async def _found(self, transaction: Transaction, condition: ColumnElement[bool]) -> Found | None:
        query = (
            select(concerns, batches.c.released_at, batches.c.people)
            .join_from(concerns, batches, concerns.c.batch == batches.c.number)
            .where(condition)
            .with_for_update(of=concerns)
        )
        row = (await transaction.execute(query)).first()
        if row is None:
            return None
        return Found(ConcernId(row.id), row.author_key, row.batch, row.released_at is not None, row.people)

    async def conversation(self, transaction: Transaction, concern: ConcernId) -> tuple[Sealed, ...]:
        """Every message of a concern, in order."""
        query = (
            select(messages, batches.c.released_at)
            .join_from(messages, batches, messages.c.batch == batches.c.number, isouter=True)
            .where(messages.c.concern == concern.value)
            .order_by(messages.c.turn)
        )
        rows = await transaction.execute(query)
        return tuple(
            Sealed(row.voice, row.voice == "council" or row.released_at is not None, row.for_council, row.for_author)
            for row in rows
        )

    async def release(self, transaction: Transaction, batch: int, at: datetime, people: int | None) -> bool:
        """Close a batch; False where another replica has just done it."""
        closing = update(batches).where(batches.c.number == batch, batches.c.released_at.is_(None))
        closed = await transaction.execute(closing.values(released_at=at, people=people))
        return closed.rowcount == 1

    async def released_message(self, transaction: Transaction, message: MessageId) -> tuple[ConcernId, bytes] | None:
        """The concern and the sealed words of a message whose batch is released."""
        query = (
            select(messages.c.concern, messages.c.for_council)
            .join_from(messages, batches, messages.c.batch == batches.c.number)
            .where(messages.c.id == message.value, batches.c.released_at.is_not(None))
        )
        row = (await transaction.execute(query)).first()
        return (ConcernId(row.concern), row.for_council) if row else None

    async def in_batch(self, transaction: Transaction, batch: int) -> tuple[list[str], list[str]]:
        """The ids of the concerns that a batch holds, and of the messages it adds to earlier concerns or to these."""
        new = (await transaction.scalars(select(concerns.c.id).where(concerns.c.batch == batch))).all()
        opening = and_(concerns.c.batch == batch, messages.c.turn == 0)
        added = (
            select(messages.c.id)
            .join_from(messages, concerns, messages.c.concern == concerns.c.id)
            .where(messages.c.batch == batch, not_(opening))
        )
        return list(new), list((await transaction.scalars(added)).all())

    async def announce(self, transaction: Transaction, topic: str, subjects: Sequence[str], at: datetime) -> None:
        """Have each of these said, in an order that tells nothing."""
        for subject in secrets.SystemRandom().sample(subjects, len(subjects)):
            await outbox.put(transaction, topic, subject, at)
