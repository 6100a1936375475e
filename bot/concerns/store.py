"""What the concerns room keeps: sealed words under random ids, and nothing of who wrote them or when."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import ColumnElement, and_, delete, func, insert, not_, or_, select, update

from bot.concerns.model import ConcernId, MessageId, Voice
from bot.concerns.tables import batches, concerns, messages, vaults
from bot.store import outbox
from bot.store.db import Database, Transaction


@dataclass(frozen=True)
class Found:
    """A concern's row: its public key, what it is found by, and its batch."""

    id: ConcernId
    lookup: str
    author_key: bytes
    released_at: datetime | None

    @property
    def released(self) -> bool:
        """Whether the council has it."""
        return self.released_at is not None


@dataclass(frozen=True)
class Sealed:
    """What a message is kept as."""

    voice: Voice
    for_council: bytes
    for_author: bytes | None = None


@dataclass(frozen=True)
class SealedTurn(Sealed):
    """A message as it stands in its conversation.

    Args:
        people: how many people used the bot until its batch was released, where it was and that was counted.
    """

    released: bool = False
    people: int | None = None


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

    async def by_lookup(self, transaction: Transaction, lookup: str, *, hold: bool = False) -> Found | None:
        """The concern that a receipt leads to.

        Args:
            hold: keep others from writing to it until the transaction ends, so that turns stay in order. Only for who
                writes: PostgreSQL notes in the row which transaction held it last, and with it when somebody read.
        """
        return await self._found(transaction, concerns.c.lookup == lookup, hold)

    async def by_id(self, transaction: Transaction, concern: ConcernId, *, hold: bool = False) -> Found | None:
        """The concern of that id; ``hold`` as above."""
        return await self._found(transaction, concerns.c.id == concern.value, hold)

    async def _found(self, transaction: Transaction, condition: ColumnElement[bool], hold: bool) -> Found | None:
        query = select(concerns, batches.c.released_at).join_from(concerns, batches).where(condition)
        row = (await transaction.execute(query.with_for_update(of=concerns) if hold else query)).first()
        return Found(ConcernId(row.id), row.lookup, row.author_key, row.released_at) if row else None

    async def conversation(self, transaction: Transaction, concern: ConcernId) -> tuple[SealedTurn, ...]:
        """Every message of a concern, in order."""
        query = (
            select(messages, batches.c.released_at, batches.c.people)
            .join_from(messages, batches, isouter=True)
            .where(messages.c.concern == concern.value)
            .order_by(messages.c.turn)
        )
        return tuple(
            SealedTurn(
                row.voice,
                row.for_council,
                row.for_author,
                released=row.voice == "council" or bool(row.released_at),
                people=row.people if row.released_at else None,
            )
            for row in await transaction.execute(query)
        )

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

    async def released_message(self, transaction: Transaction, message: MessageId) -> ConcernId | None:
        """The concern of a message whose batch is released."""
        query = (
            select(messages.c.concern)
            .join_from(messages, batches)
            .where(messages.c.id == message.value, batches.c.released_at.is_not(None))
        )
        concern = await transaction.scalar(query)
        return ConcernId(concern) if concern else None

    async def untold(self, transaction: Transaction, concern: ConcernId) -> bool:
        """Whether the council has not been told yet of something that an author wrote."""
        own = select(messages.c.id).where(messages.c.concern == concern.value)
        waits = own.join(batches).where(batches.c.released_at.is_(None))
        on_the_way = select(outbox.table.c.id).where(outbox.table.c.subject.in_(own))
        return bool(await transaction.scalar(select(or_(waits.exists(), on_the_way.exists()))))

    async def in_batch(self, transaction: Transaction, batch: int) -> tuple[list[str], list[str]]:
        """The ids of the concerns that a batch holds, and of the messages it adds to earlier concerns or to these; each
        in an order that tells nothing.
        """
        new = (await transaction.scalars(select(concerns.c.id).where(concerns.c.batch == batch))).all()
        # Places are given by now, and the first one of a conversation is its concern's.
        added = select(messages.c.id).where(messages.c.batch == batch, messages.c.turn > 0)
        return _shuffled(new), _shuffled((await transaction.scalars(added)).all())


def _shuffled(ids: Sequence[str]) -> list[str]:
    return secrets.SystemRandom().sample(ids, len(ids))


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
