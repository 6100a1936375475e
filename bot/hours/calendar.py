"""A booking as a calendar file, which a later file of the same booking replaces; pure."""

from collections.abc import Mapping

from icalendar import Calendar, Event

from bot.chat.identity import Actor
from bot.hours.model import Booking

_STATUS = {"booked": ("PUBLISH", "CONFIRMED"), "cancelled": ("CANCEL", "CANCELLED")}

_ORGANIZER = "mailto:office-hours@rai.invalid"
"""RFC 5546, 3.2.1 and 3.2.5, want an address, and we know none: one that nobody can have (RFC 2606, 2)."""


def calendar_text(booking: Booking, names: Mapping[Actor, str]) -> str:
    """The booking as iCalendar (RFC 5545).

    All files of one booking share a UID; the one with the highest SEQUENCE counts, and of those the one with the latest
    DTSTAMP (RFC 5546, 2.1.5). Both come from the booking, so that drawing it again changes nothing.

    Args:
        names: what the host and the guest are called.
    """
    method, status = _STATUS[booking.state]
    event = Event()
    event.add("uid", f"{booking.id}@rai-office-hours")
    event.add("sequence", booking.sequence)
    event.add("dtstamp", booking.stamped_at)
    event.add("dtstart", booking.starts_at)
    event.add("dtend", booking.ends_at)
    event.add("status", status)
    event.add("organizer", _ORGANIZER)
    event.add("summary", f"RAI office hour: {names[booking.host]} and {names[booking.guest]}")
    if booking.about:
        event.add("description", booking.about)
    calendar = Calendar()
    calendar.add("prodid", "-//RAI Office Hours//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return calendar.to_ical().decode()
