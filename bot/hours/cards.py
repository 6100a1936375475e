"""What the room shows: its values as cards, every time in the viewer's zone; pure."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from bot.chat.actions import Action, NoPayload
from bot.chat.cards import Attachment, Block, Button, Card, Confirm, Divider, Facts, Quote, Text
from bot.chat.sealed import HomePart
from bot.hours.calendar import calendar_text
from bot.hours.model import DAYS, Booking, Offer, Overview, Slot, View

MOST_SHOWN = 8
"""How many bookings, and how many offers, an overview lists with a button each."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Which:
    """The booking or the offer that a button is about."""

    id: str


BOOK = Action("hours.book/1", NoPayload)
OFFER = Action("hours.offer/1", NoPayload)
SHOW = Action("hours.show/1", NoPayload)
CANCEL = Action("hours.cancel/1", Which)
WITHDRAW = Action("hours.withdraw/1", Which)

_BOOK = Button("Book", BOOK(NoPayload()), "primary", opens_form=True)
_OFFER = Button("Offer", OFFER(NoPayload()), opens_form=True)
_SHOW = Button("Office hours", SHOW(NoPayload()))


def when(starts_at: datetime, ends_at: datetime, zone: tzinfo) -> str:
    """A span of time as a person reads it in their zone: ``Thu 26 Nov 2026, 15:00–15:30 Europe/Berlin``."""
    start, end = starts_at.astimezone(zone), ends_at.astimezone(zone)
    return f"{_day(start)} {start.year}, {_clock(start)}–{_clock(end)} {zone}"


def _day(at: datetime) -> str:
    return f"{DAYS[at.weekday()][:3]} {at.day} {MONTHS[at.month - 1]}"


def _clock(at: datetime) -> str:
    # Where the clock is put back, an hour comes twice; only the distance from UTC tells which is meant.
    twice = at.replace(fold=1 - at.fold).utcoffset() != at.utcoffset()
    return f"{at:%H:%M} (UTC{at:%z})" if twice else f"{at:%H:%M}"


def _when(slot: Slot | Booking, view: View) -> str:
    return when(slot.starts_at, slot.ends_at, view.zone)


def slot_label(slot: Slot, view: View) -> str:
    """A slot as one of a form's choices."""
    return f"{_when(slot, view)}, {view.names[slot.offer.host]}"


def _weekly(offer: Offer) -> str:
    return f"Every {DAYS[offer.weekday]}, {offer.opens:%H:%M}–{offer.closes:%H:%M} {offer.zone}"


def _quote(words: str, by: str) -> tuple[Block, ...]:
    return (Quote(words, by),) if words else ()


def _about_booking(booking: Booking, view: View) -> tuple[Block, ...]:
    facts = Facts((("When", _when(booking, view)), ("With", view.names[booking.other(view.actor)])))
    return (facts, *_quote(booking.about, view.names[booking.guest]))


def _file(booking: Booking, view: View) -> Attachment:
    return Attachment("office-hour.ics", "text/calendar", calendar_text(booking, view.names))


def _cancel(booking: Booking, view: View, label: str = "Cancel") -> Button:
    question = f"Cancel {_when(booking, view)} with {view.names[booking.other(view.actor)]}? They will be told."
    return Button(label, CANCEL(Which(booking.id)), "danger", confirm=Confirm(question, "Cancel it", "Keep it"))


def _withdraw(offer: Offer) -> Button:
    question = f"Stop offering this? {_weekly(offer)}. What is booked already stays booked."
    return Button("Stop offering", WITHDRAW(Which(offer.id)), "danger", confirm=Confirm(question, "Stop offering"))


def _booking_card(title: str, booking: Booking, view: View, *more: Block) -> Card:
    blocks = (*_about_booking(booking, view), *more)
    return Card(title, blocks, (_cancel(booking, view),), fallback=f"{title}: {_when(booking, view)}")


def booked_card(booking: Booking, view: View) -> Card:
    """For the guest who has just booked."""
    return _booking_card("Your office hour is booked", booking, view, _file(booking, view))


def host_card(booking: Booking, view: View) -> Card:
    """For the host who was booked."""
    return _booking_card("Somebody booked your office hour", booking, view, _file(booking, view))


def reminder_card(booking: Booking, view: View) -> Card:
    """For either side, some time before."""
    return _booking_card("Your office hour is coming up", booking, view)


def cancelled_card(booking: Booking, view: View) -> Card:
    """For either side, once it is cancelled; the file takes it out of a calendar."""
    blocks = (*_about_booking(booking, view), _file(booking, view))
    title = "This office hour is cancelled"
    return Card(title, blocks, (_SHOW,), fallback=f"{title}: {_when(booking, view)}")


def offered_card(offer: Offer, view: View) -> Card:
    """For the host who has just offered hours."""
    facts = Facts((("When", _weekly(offer)), ("Slots", f"{offer.minutes} minutes each")))
    blocks = (facts, *_quote(offer.about, view.names[offer.host]))
    return Card("You offer office hours", blocks, (_withdraw(offer), _SHOW))


def withdrawn_card(offer: Offer) -> Card:
    """For the host who stopped offering hours."""
    stays = Text("What is booked already stays booked; see your office hours to cancel it.")
    return Card("You stopped offering this office hour", (Facts((("When", _weekly(offer)),)), stays), (_SHOW,))


def none_free_card() -> Card:
    """For somebody who wants to book where nothing is free."""
    return Card(
        "No office hour is free", (Text("Nothing is free in the next four weeks. You could offer one."),), (_OFFER,)
    )


def overview_card(overview: Overview) -> Card:
    """A person's bookings and offers with a button each, and what is free next."""
    view, bookings, offers = overview.view, overview.bookings[:MOST_SHOWN], overview.offers[:MOST_SHOWN]
    ...
