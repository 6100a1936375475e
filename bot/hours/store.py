"""The room's tables and its SQL; the constraint on busy cells alone keeps everybody from being booked twice."""

from collections.abc import Iterable
from datetime import datetime, time

from sqlalchemy import Column, ColumnElement, ForeignKey, Integer, Row, Select, String, Table
from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot.chat.errors import Conflict, NotFound
from bot.chat.identity import Actor
from bot.hours.model import BOOKED, CANCELLED, CELL_SECONDS, REMINDER, Booking, BusyCells, Offer, Side, cells
from bot.store import outbox
from bot.store.db import Database, metadata
from bot.store.types import Instant

ALREADY_DONE = "That was already done: this form had been sent before. Nothing was done twice."
FASTER = "Somebody was faster: this time is taken. Nothing was booked. Please choose another one."
OFFER_GONE = "This office hour is not offered any more. Nothing was changed. Call `hours` to see what is offered now."

offer_table = Table(
    "hours_offer",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("host", String(400), nullable=False, index=True),
    Column("weekday", Integer, nullable=False),
    Column("opens", String(5), nullable=False),
    Column("closes", String(5), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("remind_minutes", Integer, nullable=False),
    Column("about", String(300), nullable=False),
    Column("state", String(10), nullable=False, default="open"),
)

booking_table = Table(
    "hours_booking",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("offer_id", String(32), ForeignKey("hours_offer.id"), nullable=False),
    Column("host", String(400), nullable=False, index=True),
    Column("guest", String(400), nullable=False, index=True),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("about", String(300), nullable=False),
    Column("state", String(10), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("stamped_at", Instant, nullable=False),
    Column("secret", String(32), nullable=False, unique=True),
)

busy_table = Table(
    "hours_busy",
    metadata,
    Column("person", String(400), primary_key=True),
    Column("cell", Integer, primary_key=True, autoincrement=False),
    Column("booking", String(32), ForeignKey("hours_booking.id"), nullable=False, index=True),
)


class HoursStore:
    """Offers, bookings and who is busy when. Every method raises StoreProblem where the database cannot be used."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, offer: Offer) -> None:
        """Keep an offer; raises Conflict where its id is taken, that is, its form was sent twice."""
        try:
            async with self._database.writing() as transaction:
                await transaction.execute(insert(offer_table).values(**_plain(offer)))
        except IntegrityError:
            raise Conflict(ALREADY_DONE) from None

    async def offer(self, offer_id: str) -> Offer | None:
        """The offer, unless it was withdrawn."""
        return next(iter(await self._offers(offer_table.c.id == offer_id)), None)

    async def offers(self) -> tuple[Offer, ...]:
        """Everything that is offered now."""
        return await self._offers()

    async def offers_of(self, host: Actor) -> tuple[Offer, ...]:
        """What this person offers now."""
        return await self._offers(offer_table.c.host == host.address)

    async def withdraw(self, offer_id: str) -> None:
        """Offer it no more; its bookings stay."""
        stop = update(offer_table).where(offer_table.c.id == offer_id).values(state="withdrawn")
        async with self._database.writing() as transaction:
            await transaction.execute(stop)

    async def book(self, booking: Booking, remind_at: datetime | None) -> None:
        """Keep a booking with its busy cells and what is to be said about it: all of it, or nothing.

        Args:
            remind_at: when both sides are reminded; None for never.

        Raises:
            Conflict: the host or the guest is busy at that time, or the booking's id is taken.
            NotFound: the offer was withdrawn.
        """
        # In one order everywhere: two bookings that wait for each other's cells would be a deadlock on PostgreSQL.
        people = sorted((booking.host.address, booking.guest.address))
        busy = [{"person": each, "cell": cell, "booking": booking.id} for each in people for cell in cells(booking)]
        offered = _open(offer_table.c.id == booking.offer_id).with_for_update(read=True)
        try:
            async with self._database.writing() as transaction:
                if (await transaction.execute(offered)).first() is None:
                    raise NotFound(OFFER_GONE)
                await transaction.execute(insert(booking_table).values(**_plain(booking)))
                await transaction.execute(insert(busy_table), busy)
                await outbox.put(transaction, BOOKED, booking.id, booking.stamped_at)
                if remind_at:
                    await outbox.put(transaction, REMINDER, f"{booking.id}:host", remind_at)
                    await outbox.put(transaction, REMINDER, f"{booking.id}:guest", remind_at)
        except IntegrityError:
            raise Conflict(ALREADY_DONE if await self.booking(booking.id) else FASTER) from None

    async def cancel(self, booking_id: str, now: datetime, tell: Side) -> Booking:
        """Cancel a booking, free its cells and have ``tell`` told; raises Conflict where it was cancelled before."""
        cancel = (
            update(booking_table)
            .where(booking_table.c.id == booking_id, booking_table.c.state == "booked")
            .values(state="cancelled", sequence=booking_table.c.sequence + 1, stamped_at=now)
            .returning(*booking_table.c)
        )
        async with self._database.writing() as transaction:
            row = (await transaction.execute(cancel)).first()
            if row is None:
                raise Conflict("This office hour was already cancelled. Nothing was changed.")
            await transaction.execute(delete(busy_table).where(busy_table.c.booking == booking_id))
            await outbox.put(transaction, CANCELLED, f"{booking_id}:{tell}", now)
        return _booking(row)

    async def booking(self, booking_id: str) -> Booking | None:
        """The booking, cancelled or not."""
        return next(iter(await self._bookings(booking_table.c.id == booking_id)), None)

    async def booking_by_secret(self, secret: str) -> Booking | None:
        """The booking whose calendar file has this secret, cancelled or not."""
        return next(iter(await self._bookings(booking_table.c.secret == secret)), None)

    async def bookings_of(self, person: Actor, now: datetime) -> tuple[Booking, ...]:
        """What this person has booked or was booked for, and is not over yet, in order."""
        mine = or_(booking_table.c.host == person.address, booking_table.c.guest == person.address)
        return await self._bookings(mine, booking_table.c.state == "booked", booking_table.c.ends_at > now)

    async def busy(self, people: Iterable[Actor], since: datetime, until: datetime) -> BusyCells:
        """When these people are busy between the two instants."""
        first, last = (int(instant.timestamp()) // CELL_SECONDS for instant in (since, until))
        mine = busy_table.c.person.in_({each.address for each in people})
        query = select(busy_table.c.person, busy_table.c.cell).where(mine, busy_table.c.cell.between(first, last))
        async with self._database.reading() as transaction:
            return {(row.person, row.cell) for row in await transaction.execute(query)}

    async def _offers(self, *which: ColumnElement[bool]) -> tuple[Offer, ...]:
        async with self._database.reading() as transaction:
            return tuple(_offer(row) for row in await transaction.execute(_open(*which)))

    async def _bookings(self, *which: ColumnElement[bool]) -> tuple[Booking, ...]:
        query = select(booking_table).where(*which).order_by(booking_table.c.starts_at, booking_table.c.id)
        async with self._database.reading() as transaction:
            return tuple(_booking(row) for row in await transaction.execute(query))


def _open(*which: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    order = (offer_table.c.weekday, offer_table.c.opens, offer_table.c.id)
    return select(offer_table).where(offer_table.c.state == "open", *which).order_by(*order)


def _plain(value: Offer | Booking) -> dict[str, object]:
    return {name: _column(each) for name, each in vars(value).items()}


def _column(value: object) -> object:
    match value:
        case Actor():
            return value.address
        case time():
            return value.isoformat("minutes")
        case _:
            return value


def _offer(row: Row[tuple[object, ...]]) -> Offer:
    return Offer(
        id=row.id,
        host=Actor.parse(row.host),
        weekday=row.weekday,
        opens=time.fromisoformat(row.opens),
        closes=time.fromisoformat(row.closes),
        minutes=row.minutes,
        zone=row.zone,
        remind_minutes=row.remind_minutes,
        about=row.about,
    )


def _booking(row: Row[tuple[object, ...]]) -> Booking:
    return Booking(
        id=row.id,
        offer_id=row.offer_id,
        host=Actor.parse(row.host),
        guest=Actor.parse(row.guest),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        about=row.about,
        state=row.state,
        sequence=row.sequence,
        stamped_at=row.stamped_at,
        secret=row.secret,
    )
