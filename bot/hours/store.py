"""The room's tables and its SQL; the key of the busy cells alone keeps everybody from being booked twice."""

from collections.abc import Iterable, Sequence, Set
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.chat.errors import Conflict, NotFound
from bot.chat.identity import Actor
from bot.hours.model import CELL_SECONDS, Booking, Offer, cells
from bot.store import outbox
from bot.store.db import Database, metadata
from bot.store.types import Instant

BOOKED, CANCELLED, REMINDER = "hours.booked", "hours.cancelled", "hours.reminder"
"""The topics; their subjects are ``BOOKING:host`` or ``BOOKING:guest``, after the side that is told."""

ALREADY_DONE = "That was already done: this form was sent before. Nothing was done twice."
FASTER = (
    "Somebody was faster: this time is taken by now, in the host's week or in your own. "
    "Nothing was booked. Please choose another time."
)
NOT_OFFERED = "This office hour is not offered any more. Nothing was changed. Open your office hours to see what is."


class Person(sa.types.TypeDecorator[Actor]):
    """An actor, kept as their address."""

    impl = sa.String(400)
    cache_ok = True

    def process_bind_param(self, value: Actor | None, dialect: sa.Dialect) -> str | None:
        return value.address if value else None

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Actor | None:
        return Actor.parse(value) if value else None


offer_table = sa.Table(
    "hours_offer",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("host", Person, nullable=False, index=True),
    sa.Column("weekday", sa.Integer, nullable=False),
    sa.Column("opens", sa.Time, nullable=False),
    sa.Column("closes", sa.Time, nullable=False),
    sa.Column("minutes", sa.Integer, nullable=False),
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("remind_minutes", sa.Integer, nullable=False),
    sa.Column("about", sa.String(300), nullable=False),
    # Not deleted when it is withdrawn: its bookings stay.
    sa.Column("is_open", sa.Boolean, nullable=False, default=True),
)

booking_table = sa.Table(
    "hours_booking",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("offer_id", sa.String(32), sa.ForeignKey("hours_offer.id"), nullable=False),
    sa.Column("host", Person, nullable=False, index=True),
    sa.Column("guest", Person, nullable=False, index=True),
    sa.Column("starts_at", Instant, nullable=False),
    sa.Column("ends_at", Instant, nullable=False),
    sa.Column("about", sa.String(300), nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("sequence", sa.Integer, nullable=False),
    sa.Column("stamped_at", Instant, nullable=False),
    sa.Column("secret", sa.String(32), nullable=False, unique=True),
)

busy_table = sa.Table(
    "hours_busy",
    metadata,
    sa.Column("person", Person, primary_key=True),
    sa.Column("cell", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("booking", sa.String(32), sa.ForeignKey("hours_booking.id"), nullable=False, index=True),
)

_OFFER = [column for column in offer_table.c if column.name != "is_open"]


class HoursStore:
    """Offers, bookings and busy cells. Every method raises StoreProblem where the database cannot be used."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, offer: Offer) -> None:
        """Keep an offer; raises Conflict where its id is known already, its form having been sent twice."""
        try:
            async with self._database.writing() as transaction:
                await transaction.execute(sa.insert(offer_table).values(**vars(offer)))
        except IntegrityError:
            raise Conflict(ALREADY_DONE) from None

    async def withdraw(self, offer_id: str) -> None:
        """Offer it no more."""
        async with self._database.writing() as transaction:
            await transaction.execute(sa.update(offer_table).where(offer_table.c.id == offer_id).values(is_open=False))

    async def offer(self, offer_id: str) -> Offer:
        """The offer; raises NotFound where there is none, or it was withdrawn."""
        for offer in await self._offers(offer_table.c.id == offer_id):
            return offer
        raise NotFound(NOT_OFFERED)

    async def offers(self, host: Actor | None = None) -> tuple[Offer, ...]:
        """Everything that is offered, or what this host offers."""
        return await self._offers(offer_table.c.host == host if host else sa.true())

    async def book(self, booking: Booking, remind_at: datetime | None) -> None:
        """Keep a booking with its busy cells and what is to be said about it: all of it, or nothing.

        Args:
            remind_at: when both sides are reminded; None for never.

        Raises:
            Conflict: the host or the guest is busy at that time, or the booking's id is known already.
            NotFound: the offer was withdrawn.
        """
        # Locked for reading: bookings need not wait for each other here, but a withdrawal and a booking must.
        offered = sa.select(offer_table.c.is_open).where(offer_table.c.id == booking.offer_id)
        offered = offered.with_for_update(read=True)
        try:
            async with self._database.writing() as transaction:
                if not await transaction.scalar(offered):
                    raise NotFound(NOT_OFFERED)
                await transaction.execute(sa.insert(booking_table).values(**vars(booking)))
                await transaction.execute(sa.insert(busy_table), _busy_cells(booking))
                for topic, subject, not_before in _news(booking, remind_at):
                    await outbox.put(transaction, topic, subject, not_before)
        except IntegrityError:
            raise Conflict(ALREADY_DONE if await self.booking(booking.id) else FASTER) from None

    async def cancel(self, booking: Booking, now: datetime, tell: str) -> Booking:
        """Cancel, free the cells, have ``tell`` (host or guest) told; raises Conflict where it was cancelled before."""
        still_booked = sa.and_(booking_table.c.id == booking.id, booking_table.c.state == "booked")
        change = sa.update(booking_table).where(still_booked).returning(*booking_table.c)
        change = change.values(state="cancelled", sequence=booking_table.c.sequence + 1, stamped_at=now)
        async with self._database.writing() as transaction:
            row = (await transaction.execute(change)).mappings().first()
            if row is None:
                raise Conflict("This office hour was already cancelled. Nothing was changed.")
            await transaction.execute(sa.delete(busy_table).where(busy_table.c.booking == booking.id))
            await outbox.put(transaction, CANCELLED, f"{booking.id}:{tell}", now)
        return Booking(**row)

    async def booking(self, booking_id: str) -> Booking | None:
        """The booking, cancelled or not."""
        return next(iter(await self._bookings(booking_table.c.id == booking_id)), None)

    async def booking_by_secret(self, secret: str) -> Booking | None:
        """The booking whose calendar file has this secret, cancelled or not."""
        return next(iter(await self._bookings(booking_table.c.secret == secret)), None)

    async def bookings_of(self, person: Actor, now: datetime) -> tuple[Booking, ...]:
        """What this person is booked for, as host or guest, and is not over yet; in order."""
        mine = sa.or_(booking_table.c.host == person, booking_table.c.guest == person)
        return await self._bookings(mine, booking_table.c.state == "booked", booking_table.c.ends_at > now)

    async def busy(self, people: Iterable[Actor], since: datetime, until: datetime) -> Set[tuple[Actor, int]]:
        """The cells between the two instants in which these people are busy."""
        first, last = (int(instant.timestamp()) // CELL_SECONDS for instant in (since, until))
        query = sa.select(busy_table.c.person, busy_table.c.cell).where(
            busy_table.c.person.in_(people), busy_table.c.cell.between(first, last)
        )
        return {(row["person"], row["cell"]) for row in await self._rows(query)}

    async def _offers(self, *which: sa.ColumnElement[bool]) -> tuple[Offer, ...]:
        query = (
            sa.select(*_OFFER).where(offer_table.c.is_open, *which).order_by(offer_table.c.weekday, offer_table.c.opens)
        )
        return tuple(Offer(**row) for row in await self._rows(query))

    async def _bookings(self, *which: sa.ColumnElement[bool]) -> tuple[Booking, ...]:
        query = sa.select(booking_table).where(*which).order_by(booking_table.c.starts_at)
        return tuple(Booking(**row) for row in await self._rows(query))

    async def _rows(self, query: sa.Select[tuple[object, ...]]) -> Sequence[sa.RowMapping]:
        async with self._database.reading() as transaction:
            return (await transaction.execute(query)).mappings().all()


def _busy_cells(booking: Booking) -> list[dict[str, object]]:
    # In one order everywhere: two bookings that wait for each other's cells would be a deadlock on PostgreSQL.
    people = sorted((booking.host, booking.guest))
    return [{"person": each, "cell": cell, "booking": booking.id} for each in people for cell in cells(booking)]


def _news(booking: Booking, remind_at: datetime | None) -> list[tuple[str, str, datetime]]:
    booked = (BOOKED, f"{booking.id}:host", booking.stamped_at)
    if remind_at is None:
        return [booked]
    return [booked, *((REMINDER, f"{booking.id}:{side}", remind_at) for side in ("host", "guest"))]
