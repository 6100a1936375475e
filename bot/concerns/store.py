"""The concerns room's tables: sealed words, random ids, a batch number where others keep a time."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    and_,
    case,
    delete,
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
    Column("members", Integer),
    Column("sealing_key", LargeBinary(32)),
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


TABLES = (concerns, messages)
"""What may not tell in which order its rows came."""


@dataclass(frozen=True)
class Found:
    """A concern's row: its public key, what it is found by, and its batch."""

    id: ConcernId
    lookup: str
    author_key: bytes
    released: bool
    people: int | None


@dataclass(frozen=True)
class Open:
    """A batch that takes what comes, and the public key that this is sealed for."""

    number: int
    sealing_key: bytes


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

    async def open_batch(
        self, transaction: Transaction, since: datetime, release: str, key: Callable[[int], bytes]
    ) -> Open:
        """The batch that takes what comes now; held until the transaction ends, so that it is not released meanwhile.

        Args:
            key: gives the public key of a batch by its number.
        """
        held = await self.held_batch(transaction)
        if held is None:
            await self.add_batch(transaction, since=since, release=release, key=key)
            # Where another replica opened one in the same moment, that one.
            return await self.open_batch(transaction, since, release, key)
        if held.sealing_key is None:  # from before batches had keys of their own
            own = batches.c.number == held.number
            await transaction.execute(update(batches).where(own).values(sealing_key=key(held.number)))
        return Open(held.number, held.sealing_key or key(held.number))

    async def add_batch(self, transaction: Transaction, *, key: Callable[[int], bytes], **row: object) -> int | None:
        """A new batch under the next number; None where another replica took that."""
        number = await self.next_number(transaction)
        row = {**row, "number": number, "sealing_key": key(number)}
        return number if await self.database.insert_once(transaction, batches, **row) else None

    async def next_number(self, transaction: Transaction) -> int:
        """The number that the next batch gets."""
        return (await transaction.scalar(select(func.max(batches.c.number))) or 0) + 1

    async def held_batch(self, transaction: Transaction) -> Row[tuple[object, ...]] | None:
        """The row of the batch that takes what comes; held until the transaction ends."""
        waiting = select(batches).where(batches.c.released_at.is_(None))
        return (await transaction.execute(waiting.with_for_update())).first()

    async def waiting_batch(self) -> Batch | None:
        """The batch that is not released yet, if anything waits."""
        async with self.database.reading() as transaction:
            row = (await transaction.execute(select(batches).where(batches.c.released_at.is_(None)))).first()
        return Batch(row.number, row.since, row.release, row.people or 0) if row else None

    async def report(self, batch: int, people: int, members: int) -> None:
        """Tell what this process counted for a batch; of the counts of all processes the largest stays."""
        counted = {"people": people, "members": members}
        values = {
            name: case((func.coalesce(batches.c[name], 0) < count, count), else_=batches.c[name])
            for name, count in counted.items()
        }
        async with self.database.writing() as transaction:
            await transaction.execute(update(batches).where(batches.c.number == batch).values(**values))

    async def members(self) -> int:
        """The largest number of members that any process has told."""
        async with self.database.reading() as transaction:
            return await transaction.scalar(select(func.max(batches.c.members))) or 0

    async def add_concern(
        self, transaction: Transaction, concern: ConcernId, lookup: str, author_key: bytes, batch: int
    ) -> None:
        """Keep who can read the replies: a public key, found by a lookup name."""
        await transaction.execute(insert(concerns).values(**concern_row(concern, lookup, author_key, batch)))

    async def add_message(
        self, transaction: Transaction, concern: ConcernId, sealed: Sealed, batch: int | None, once: str, turn: int
    ) -> bool:
        """Keep one sealed message; False where its form was sent before."""
        row = message_row(concern, sealed, batch, once, turn)
        return await self.database.insert_once(transaction, messages, **row)

    async def count(self, transaction: Transaction, batch: int) -> int:
        """How many messages a batch holds."""
        held = select(func.count()).where(messages.c.batch == batch)
        return await transaction.scalar(held) or 0

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
        return Found(ConcernId(row.id), row.lookup, row.author_key, row.released_at is not None, row.people)

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

    async def release(
        self, transaction: Transaction, batch: int, at: datetime, people: int | None, members: int
    ) -> bool:
        """Close a batch; False where another replica has just done it."""
        closing = update(batches).where(batches.c.number == batch, batches.c.released_at.is_(None))
        closed = await transaction.execute(closing.values(released_at=at, people=people, members=members))
        return closed.rowcount == 1

    async def seal_anew(self, transaction: Transaction, batch: int, again: Callable[[ConcernId, bytes], bytes]) -> None:
        """Replace what a batch holds by the same under other keys.

        Args:
            again: seals a concern's message anew.
        """
        rows = await transaction.execute(select(messages).where(messages.c.batch == batch).order_by(messages.c.id))
        for row in rows.all():
            sealed = again(ConcernId(row.concern), row.for_council)
            await transaction.execute(update(messages).where(messages.c.id == row.id).values(for_council=sealed))

    async def forget(self, transaction: Transaction, concern: ConcernId) -> None:
        """Delete everything of a concern."""
        await transaction.execute(delete(messages).where(messages.c.concern == concern.value))
        await transaction.execute(delete(concerns).where(concerns.c.id == concern.value))

    async def keys_in_use(self, transaction: Transaction) -> frozenset[str]:
        """The names of all keys that are needed: of concerns, of the batch that waits, and of the next."""
        kept = await transaction.scalars(select(concerns.c.id))
        waiting = await transaction.scalars(select(batches.c.number).where(batches.c.released_at.is_(None)))
        numbers = (*waiting, await self.next_number(transaction))
        return frozenset((*kept, *(f"batch-{number}" for number in numbers)))

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


def concern_row(concern: ConcernId, lookup: str, author_key: bytes, batch: int | None) -> dict[str, object]:
    """All that is kept of who wrote."""
    return {"id": concern.value, "lookup": lookup, "author_key": author_key, "batch": batch}


def message_row(concern: ConcernId, sealed: Sealed, batch: int | None, once: str, turn: int) -> dict[str, object]:
    """All that is kept of what was written."""
    return {
        "id": secrets.token_hex(16),
        "concern": concern.value,
        "turn": turn,
        "voice": sealed.voice,
        "batch": batch,
        "once": once,
        "for_council": sealed.for_council,
        "for_author": sealed.for_author,
    }
