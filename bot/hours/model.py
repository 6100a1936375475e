"""Offers, slots and bookings, and the rules of when a slot is; pure."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo, available_timezones

from bot.chat.identity import Actor

HORIZON = timedelta(weeks=4)
"""How far ahead a slot can be booked."""

CELL_SECONDS = 300
"""The grid that all slots lie on; every zone's offset in use is a multiple of it."""

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

BOOKED, CANCELLED, REMINDER = "hours.booked", "hours.cancelled", "hours.reminder"
"""The topics of the outbox."""

Side: TypeAlias = Literal["host", "guest"]
State: TypeAlias = Literal["booked", "cancelled"]
BusyCells: TypeAlias = Set[tuple[str, int]]
"""Who is busy when: a person's address and a cell's number."""


@dataclass(frozen=True)
class Offer:
    """A weekly window in which somebody is there for others.

    Args:
        weekday: 0 for Monday.
        opens: by the wall clock of ``zone``, like ``closes``.
        minutes: the length of one slot.
        zone: a name of the IANA time zone database.
        remind_minutes: how long before a slot both sides are reminded.
        about: the host's own words.
    """

    id: str
    host: Actor
    weekday: int
    opens: time
    closes: time
    minutes: int
    zone: str
    remind_minutes: int
    about: str = field(repr=False)


@dataclass(frozen=True)
class Slot:
    """One slot of an offer; the instants are in UTC."""

    offer: Offer
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Booking:
    """A slot that somebody has.

    Args:
        about: the guest's own words.
        sequence: rises with every change (RFC 5546, 2.1.4).
        stamped_at: the instant of the last change.
        secret: whoever knows it may read the calendar file.
    """

    id: str
    offer_id: str
    host: Actor
    guest: Actor
    starts_at: datetime
    ends_at: datetime
    about: str = field(repr=False)
    state: State
    sequence: int
    stamped_at: datetime
    secret: str = field(repr=False)

    def side(self, actor: Actor) -> Side | None:
        """Which side this person is on; None for everybody else."""
        return "host" if actor == self.host else "guest" if actor == self.guest else None

    def person(self, side: Side) -> Actor:
        """Who is on that side."""
        return self.host if side == "host" else self.guest

    def other(self, actor: Actor) -> Actor:
        """Whom this person meets."""
        return self.guest if actor == self.host else self.host


@dataclass(frozen=True)
class OfferRequest:
    """What somebody wants to offer; the fields are those of ``Offer``."""

    id: str
    weekday: int
    opens: time
    closes: time
    minutes: int
    zone: str
    remind_minutes: int
    about: str = field(repr=False)


@dataclass(frozen=True)
class BookingRequest:
    """Which slot somebody wants, as they claim it; nothing of it is checked yet."""

    id: str
    offer_id: str
    starts_at: datetime
    about: str = field(repr=False)


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
    zone = ZoneInfo(offer.zone)
    found = (_slot(offer, zone, wall) for day in _days(offer.weekday, since, until) for wall in _walls(offer, day))
    return tuple(slot for slot in found if slot and since < slot.starts_at <= until)


def _days(weekday: int, since: datetime, until: datetime) -> Iterator[date]:
    # Wider by two days at both ends: the host's calendar may be ahead of UTC or behind.
    day = since.astimezone(UTC).date() - timedelta(days=2)
    day += timedelta(days=(weekday - day.weekday()) % 7)
    while day <= until.astimezone(UTC).date() + timedelta(days=2):
        yield day
        day += timedelta(weeks=1)


def _walls(offer: Offer, day: date) -> Iterator[datetime]:
    wall, length = datetime.combine(day, offer.opens), timedelta(minutes=offer.minutes)
    while wall + length <= datetime.combine(day, offer.closes):
        yield wall
        wall += length


def _slot(offer: Offer, zone: ZoneInfo, wall: datetime) -> Slot | None:
    length = timedelta(minutes=offer.minutes)
    starts_at, next_at = _instant(wall, zone), _instant(wall + length, zone)
    if starts_at is None or next_at is None or next_at - starts_at < length:
        return None
    # Not ``next_at``: where the clock is put back in between, it lies an hour after the slot's end.
    return Slot(offer, starts_at, starts_at + length)


def _instant(wall: datetime, zone: ZoneInfo) -> datetime | None:
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    return instant if instant.astimezone(zone).replace(tzinfo=None) == wall else None


def cells(taken: Slot | Booking) -> range:
    """The numbers of the five-minute cells since 1970 that it fills."""
    start, end = int(taken.starts_at.timestamp()), int(taken.ends_at.timestamp())
    return range(start // CELL_SECONDS, -(-end // CELL_SECONDS))


def is_busy(person: Actor, slot: Slot, busy: BusyCells) -> bool:
    """Whether this person has something else at that time."""
    return any((person.address, cell) in busy for cell in cells(slot))


@cache
def _zones() -> Mapping[str, str]:
    return {name.lower(): name for name in available_timezones()}


def known_zone(words: str) -> str | None:
    """The zone's name in the IANA database, whatever its capitals and spaces; None where there is none."""
    return _zones().get(words.strip().lower().replace(" ", "_"))
