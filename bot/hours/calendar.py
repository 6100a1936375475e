"""A booking as a calendar file, which a later file of the same booking replaces; pure."""

from collections.abc import Mapping

from icalendar import Calendar, Event

from bot.chat.identity import Actor
from bot.hours.model import Booking

_METHOD = {"booked": "PUBLISH", "cancelled": "CANCEL"}
_STATUS = {"booked": "CONFIRMED", "cancelled": "CANCELLED"}

_ORGANIZER = "mailto:office-hours@rai.invalid"
"""RFC 5546, 3.2.1 and 3.2.5, want an address; we know none, and nobody can have this one (RFC 2606, 2)."""


def calendar_text(booking: Booking, names: Mapping[Actor, str]) -> str:
    """The booking as iCalendar (RFC 5545); ``names`` holds what its host and guest are called.

    All files of one booking have the same UID; the highest SEQUENCE counts, then the latest DTSTAMP (RFC 5546, 2.1.5).
    Both are the booking's own, so that drawing the same booking again changes nothing.
    """
    event = Event()
    event.add("uid", f"{booking.id}@rai-office-hours")
    event.add("sequence", booking.sequence)
    event.add("dtstamp", booking.stamped_at)
    event.add("dtstart", booking.starts_at)
    event.add("dtend", booking.ends_at)
    event.add("status", _STATUS[booking.state])
    event.add("organizer", _ORGANIZER)
    event.add("summary", f"RAI office hour: {names[booking.host]} and {names[booking.guest]}")
    event.add("description", booking.about)
    calendar = Calendar()
    calendar.add("prodid", "-//RAI Office Hours//EN")
    calendar.add("version", "2.0")
    calendar.add("method", _METHOD[booking.state])
    calendar.add_component(event)
    return str(calendar.to_ical().decode())
