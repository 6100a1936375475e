"""The council's tables of cases, and of what was done with them."""

import secrets
from datetime import datetime

from sqlalchemy import Boolean, Column, ForeignKey, Row, String, Table, delete, func, insert, select, update

from bot.chat.places import MessageRef, Place
from bot.concerns.model import ConcernId, MessageId
from bot.concerns.release import ADDED
from bot.council.model import Act, Case
from bot.store import outbox
from bot.store.db import Database, Transaction, metadata
from bot.store.types import Instant

HEARD = "council.added"
"""The outbox topic of what an author added and the council has heard."""

cases = Table(
    "council_case",
    metadata,
    # The concern's own id: one concern, one case.
    Column("id", String(32), primary_key=True),
    Column("code", String(60), nullable=False),
    Column("state", String(10), nullable=False),
    Column("owner", String(60)),
    Column("opened_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Column("outcome", String(20)),
    Column("place", String(200)),
    Column("message", String(200)),
    Column("reopened_at", Instant),
    Column("resolved_at", Instant),
    Column("in_time", Boolean),
    Column("forget_at", Instant),
    Column("drawn_at", Instant),
    sqlite_with_rowid=False,
)

acts = Table(
    "council_act",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("case_id", ForeignKey("council_case.id"), nullable=False, index=True),
    Column("seat", String(60), nullable=False),
    Column("what", String(20), nullable=False),
    Column("at", Instant, nullable=False),
)


class CouncilStore:
    """The SQL of cases; nobody outside the council reads these tables."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def take_in(self, case: Case) -> None:
        """Open a case; nothing happens where it is open already."""
        row: dict[str, object] = {name: getattr(case, name) for name in ("code", "state", "opened_at", "drawn_at")}
        async with self.database.writing() as transaction:
            await self.database.insert_once(transaction, cases, id=case.id.value, **row)

    async def case(self, transaction: Transaction, concern: ConcernId) -> Case | None:
        """The case of a concern; held until the transaction ends, so that two members cannot both change it."""
        query = select(cases).where(cases.c.id == concern.value).with_for_update()
        row = (await transaction.execute(query)).first()
        return _case(row) if row else None

    async def unresolved(self) -> tuple[Case, ...]:
        """The cases that still need somebody, the oldest first."""
        query = select(cases).where(cases.c.state != "resolved").order_by(cases.c.opened_at, cases.c.code)
        async with self.database.reading() as transaction:
            return tuple(_case(row) for row in await transaction.execute(query))

    async def count_unresolved(self) -> int:
        """How many cases still need somebody."""
        async with self.database.reading() as transaction:
            return await transaction.scalar(select(func.count()).where(cases.c.state != "resolved")) or 0

    async def acts(self, transaction: Transaction, concern: ConcernId) -> tuple[Act, ...]:
        """What was done with a case, in order."""
        query = select(acts).where(acts.c.case_id == concern.value).order_by(acts.c.at, acts.c.id)
        return tuple(Act(row.seat, row.what, row.at) for row in await transaction.execute(query))

    async def act(self, done: str) -> tuple[Case, Act] | None:
        """Something that was done, with its case as it is now; None where neither is known."""
        query = select(acts.c.case_id, acts.c.seat, acts.c.what, acts.c.at).where(acts.c.id == done)
        async with self.database.reading() as transaction:
            row = (await transaction.execute(query)).first()
            case = await self.case(transaction, ConcernId(row.case_id)) if row else None
        return (case, Act(row.seat, row.what, row.at)) if row and case else None

    async def change(self, transaction: Transaction, case: Case, act: Act) -> None:
        """Keep a case's new state, what was done, that its card is drawn anew, and that its thread tells it."""
        values = {name: getattr(case, name) for name in _CHANGING}
        await transaction.execute(update(cases).where(cases.c.id == case.id.value).values(**values))
        done = secrets.token_hex(16)
        row = {"id": done, "case_id": case.id.value, "seat": act.seat, "what": act.what, "at": act.at}
        await transaction.execute(insert(acts).values(**row))
        await self.redraw(transaction, case.id, act.at)
        await outbox.put(transaction, "council.act", done, act.at)

    async def redraw(self, transaction: Transaction, concern: ConcernId, at: datetime) -> None:
        """Have the case's card drawn anew where it stands, not before that instant."""
        await transaction.execute(update(cases).where(cases.c.id == concern.value).values(drawn_at=at))
        await outbox.put_once(transaction, "council.case", concern.value, at)

    async def heard(self, transaction: Transaction, concern: ConcernId, message: MessageId) -> bool:
        """Note that the council has heard what an author added, and only has to say so; False where it had before."""
        # Named after its case, with which it goes.
        return await outbox.goes_on(transaction, ADDED, message.value, (HEARD, f"{concern.value}:{message.value}"))

    async def stands(self, transaction: Transaction, concern: ConcernId, ref: MessageRef) -> None:
        """Remember the message a case is shown in."""
        where = {"place": ref.place.key, "message": ref.message}
        await transaction.execute(update(cases).where(cases.c.id == concern.value).values(**where))

    async def due_to_be_forgotten(self, now: datetime) -> tuple[ConcernId, ...]:
        """The cases whose time has come."""
        query = select(cases.c.id).where(cases.c.forget_at <= now).order_by(cases.c.id)
        async with self.database.reading() as transaction:
            return tuple(map(ConcernId, (await transaction.scalars(query)).all()))

    async def delete(self, transaction: Transaction, concern: ConcernId, now: datetime) -> bool:
        """Delete a case, what was done with it, and what is still to be said of both; False where some of that is on
        its way at this moment.
        """
        done = (await transaction.scalars(select(acts.c.id).where(acts.c.case_id == concern.value))).all()
        await transaction.execute(delete(acts).where(acts.c.case_id == concern.value))
        await transaction.execute(delete(cases).where(cases.c.id == concern.value))
        return await outbox.drop(transaction, (concern.value, *done), now)

    async def resolved(self, transaction: Transaction) -> tuple[tuple[str, bool], ...]:
        """The outcome of each resolved case that is kept, and whether its author had what they were owed in time."""
        query = select(cases.c.outcome, cases.c.in_time).where(cases.c.state == "resolved")
        return tuple((row.outcome, row.in_time) for row in await transaction.execute(query))


_CHANGING = ("state", "owner", "answered_at", "outcome", "reopened_at", "resolved_at", "in_time", "forget_at")


def _case(row: Row[tuple[object, ...]]) -> Case:
    stands = MessageRef(Place.parse(row.place), row.message) if row.place else None
    return Case(
        ConcernId(row.id),
        row.code,
        row.state,
        row.owner,
        row.opened_at,
        row.answered_at,
        row.outcome,
        stands,
        row.reopened_at,
        row.resolved_at,
        row.in_time,
        row.forget_at,
        row.drawn_at,
    )
