"""Offers, slots and bookings, and the rule of when a slot is; pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from bot.chat.identity import Actor

HORIZON = timedelta(weeks=4)
"""How far ahead a slot can be booked."""

CELL_SECONDS = 300
"""The grid that all slots lie on; the offset of every zone in use is a multiple of it."""

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class OfferRequest:
    """A weekly window that somebody wants to offer.

    Args:
        weekday: 0 for Monday.
        opens: by the wall clock of ``zone``, like ``closes``.
        minutes: the length of one slot.
        zone: a name of the IANA time zone database.
        remind_minutes: how long before a slot both sides are reminded.
        about: the host's own words.
    """

    id: str
    weekday: int
    opens: time
    closes: time
    minutes: int
    zone: str
    remind_minutes: int
    about: str = field(repr=False)


@dataclass(frozen=True)
class Offer(OfferRequest):
    """A weekly window in which the host is there for others."""

    host: Actor


@dataclass(frozen=True)
class Slot:
    """One slot of an offer; the instants are in UTC."""

    offer: Offer
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class BookingRequest:
    """Which slot somebody wants, as they claim it, and in their own words what about."""

    id: str
    offer_id: str
    starts_at: datetime
    about: str = field(repr=False)


@dataclass(frozen=True)
class Booking(BookingRequest):
    """A slot that somebody has; the instants are in UTC.

    Args:
        stamped_at: when it changed last.
        secret: whoever knows it may read the calendar file.
        sequence: rises with every change (RFC 5546, 2.1.4).
    """

    host: Actor
    guest: Actor
    ends_at: datetime
    stamped_at: datetime
    secret: str = field(repr=False)
    state: Literal["booked", "cancelled"] = "booked"
    sequence: int = 0

    def other(self, actor: Actor) -> Actor:
        """Whom this person meets."""
        return self.guest if actor == self.host else self.host


@dataclass(frozen=True)
class View:
    """How one person sees things: in their zone, with the names they know people by."""

    actor: Actor
    zone: tzinfo
    names: Mapping[Actor, str] = field(repr=False)


@dataclass(frozen=True)
class Overview:
    """What concerns one person: their bookings and offers, and the next free slots."""

    view: View
    bookings: tuple[Booking, ...]
    offers: tuple[Offer, ...]
    free: tuple[Slot, ...]


def slots(offer: Offer, since: datetime, until: datetime) -> tuple[Slot, ...]:
    """The offer's slots that start after ``since`` and no later than ``until``, in order.

    A slot whose start or end falls in the gap of a clock change is left out (RFC 5545, 3.3.10), and so is one that a
    change cuts short. A wall-clock time that comes twice means the first (RFC 5545, 3.3.5).
    """
    # Three days more than the span has: the host's calendar may be ahead of UTC or behind.
    first, count = since.astimezone(UTC).date() - timedelta(days=1), (until - since).days + 4
    days = (first + timedelta(days=number) for number in range(count))
    walls = (wall for day in days if day.weekday() == offer.weekday for wall in _walls(offer, day))
    found = (_slot(offer, wall) for wall in walls)
    return tuple(slot for slot in found if slot and since < slot.starts_at <= until)


def _walls(offer: Offer, day: date) -> Iterator[datetime]:
    wall, length = datetime.combine(day, offer.opens), timedelta(minutes=offer.minutes)
    while wall + length <= datetime.combine(day, offer.closes):
        yield wall
        wall += length


def _slot(offer: Offer, wall: datetime) -> Slot | None:
    length, zone = timedelta(minutes=offer.minutes), ZoneInfo(offer.zone)
    starts_at, next_at = _instant(wall, zone), _instant(wall + length, zone)
    if starts_at is None or next_at is None or next_at - starts_at < length:
        return None
    # Not until next_at: where the clock is put back in between, that is an hour after the slot's end.
    return Slot(offer, starts_at, starts_at + length)


def _instant(wall: datetime, zone: ZoneInfo) -> datetime | None:
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    return instant if instant.astimezone(zone).replace(tzinfo=None) == wall else None


def cells(taken: Slot | Booking) -> range:
    """The numbers of the five-minute cells since 1970 that it fills."""
    start, end = int(taken.starts_at.timestamp()), int(taken.ends_at.timestamp())
    return range(start // CELL_SECONDS, -(-end // CELL_SECONDS))


def known_zone(words: str) -> str | None:
    """The zone's name in the IANA database, whatever its capitals and spaces; None where there is none."""
    return {name.lower(): name for name in available_timezones()}.get(words.lower().replace(" ", "_"))
