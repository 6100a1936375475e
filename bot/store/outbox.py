"""The outbox: what is still to be said, as rows of ids that a room writes in its own transaction."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    Column,
    Integer,
    String,
    Table,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from bot.store.db import Database, Transaction, metadata
from bot.store.types import Instant

table = Table(
    "outbox",
    metadata,
    # The id is random and doubles as the key that stays with the message on its platform.
    Column("id", String(32), primary_key=True),
    Column("topic", String(60), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("not_before", Instant, nullable=False, index=True),
    Column("lease_until", Instant),
    Column("attempts", Integer, nullable=False, default=0),
    Column("state", String(10), nullable=False, default="waiting"),
    # Without a row id a row's place in the file does not tell when it was written.
    sqlite_with_rowid=False,
)


_CLAIMING = 7_236_402
"""The number of the lock that claims take turns by."""


@dataclass(frozen=True)
class Due:
    """A row that was claimed: nobody else works on it until its lease ends. ``attempt`` counts from 1."""

    key: str
    topic: str
    subject: str
    attempt: int


async def put(transaction: Transaction, topic: str, subject: str, not_before: datetime) -> None:
    """Have ``topic`` said about ``subject`` (an id, never words or people), not before that instant.

    It is said if and only if the transaction commits.
    """
    await put_all(transaction, topic, {subject: not_before})


async def put_once(transaction: Transaction, topic: str, subject: str, not_before: datetime) -> None:
    """The same, where the words are found when it is said: once is enough of what nobody has begun to say."""
    same = and_(table.c.topic == topic, table.c.subject == subject, table.c.lease_until.is_(None))
    sooner = case((table.c.not_before > not_before, literal(not_before, Instant)), else_=table.c.not_before)
    waiting = await transaction.execute(update(table).where(same).values(not_before=sooner))
    if not waiting.rowcount:
        await put(transaction, topic, subject, not_before)


async def put_all(transaction: Transaction, topic: str, due: Mapping[str, datetime]) -> None:
    """The same about many subjects, each with its own instant: thousands take no longer than a moment."""
    rows = [
        {"id": secrets.token_hex(16), "topic": topic, "subject": subject, "not_before": not_before}
        for subject, not_before in due.items()
    ]
    if rows:
        await transaction.execute(insert(table), rows)


async def goes_on(transaction: Transaction, topic: str, subject: str, then: tuple[str, str]) -> bool:
    """Have what is said about a subject said as another (topic, subject) from now on, under the key it has; False where
    it is so already. For what may happen once only, while saying it can take many tries.
    """
    same = and_(table.c.topic == topic, table.c.subject == subject)
    moved = await transaction.execute(update(table).where(same).values(topic=then[0], subject=then[1]))
    return moved.rowcount > 0


async def drop(transaction: Transaction, subjects: Sequence[str], now: datetime) -> bool:
    """Delete what is still to be said about subjects that begin so; False where some of it is on its way at this
    moment, and stays.
    """
    about = or_(*(table.c.subject.startswith(each) for each in subjects))
    free = or_(table.c.lease_until.is_(None), table.c.lease_until < now)
    await transaction.execute(delete(table).where(about, free))
    return not await transaction.scalar(select(func.count()).where(about))


class Outbox:
    """The rows of the outbox, as the courier sees them."""

    def __init__(self, database: Database, lease: timedelta) -> None:
        self._database = database
        self.lease = lease

    async def claim(self, now: datetime) -> Due | None:
        """Take the row that is due longest, unless somebody holds it or another row of its subject: two messages about
        one thing, drawn at once, could arrive in the wrong order.
        """
        other = table.alias()
        held = exists().where(other.c.subject == table.c.subject, other.c.lease_until >= now)
        due = (
            select(table.c.id).where(table.c.not_before <= now, ~held).order_by(table.c.not_before, table.c.id).limit(1)
        )
        async with self._database.writing() as transaction:
            await self._database.one_at_a_time(transaction, _CLAIMING)
            claimed = await transaction.execute(
                update(table)
                .where(table.c.id == due.scalar_subquery())
                .values(lease_until=now + self.lease, attempts=table.c.attempts + 1)
                .returning(table.c.id, table.c.topic, table.c.subject, table.c.attempts)
            )
            row = claimed.first()
        return Due(row.id, row.topic, row.subject, row.attempts) if row else None

    async def done(self, transaction: Transaction, due: Due) -> None:
        """Said: the row goes, so that no history of times is left behind."""
        await transaction.execute(delete(table).where(table.c.id == due.key))

    async def again(self, due: Due, at: datetime, *, stuck: bool) -> None:
        """Not said yet: try at that instant, unless somebody else holds the row by now. The health check counts what is
        stuck until it is said.
        """
        await self._put_back(due, not_before=at, state="stuck" if stuck else "waiting")

    async def not_yet(self, due: Due, at: datetime) -> None:
        """Not even tried, and so not counted as an attempt: claim it from that instant on."""
        await self._put_back(due, not_before=at, attempts=due.attempt - 1)

    async def _put_back(self, due: Due, **values: object) -> None:
        ours = and_(table.c.id == due.key, table.c.attempts == due.attempt)
        async with self._database.writing() as transaction:
            await transaction.execute(update(table).where(ours).values(lease_until=None, **values))

    async def stuck(self) -> int:
        """How many rows cannot be said until somebody mends the cause."""
        async with self._database.reading() as transaction:
            count = await transaction.scalar(select(func.count()).where(table.c.state == "stuck"))
        return count or 0
