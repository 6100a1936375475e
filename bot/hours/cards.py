"""What the room shows: its values as cards, every time in the viewer's zone; pure."""

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from bot.chat.actions import Action, NoPayload
from bot.chat.cards import Attachment, Block, Button, Buttons, Card, Confirm, Divider, Facts, Quote, Text
from bot.chat.sealed import HomePart
from bot.hours.calendar import calendar_text
from bot.hours.model import DAYS, Booking, Offer, Overview, Slot, View

MOST_SHOWN = 8
"""How many bookings, and how many offers, an overview lists with a button each."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NONE_FREE = "No office hour is free in the next four weeks."


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


def when(taken: Slot | Booking, zone: tzinfo) -> str:
    """A span of time as it is read in a zone: ``Thu 26 Nov 2026, 15:00–15:30 Europe/Berlin``."""
    start, end = taken.starts_at.astimezone(zone), taken.ends_at.astimezone(zone)
    day = f"{DAYS[start.weekday()][:3]} {start.day} {MONTHS[start.month - 1]} {start.year}"
    return f"{day}, {_clock(start)}–{_clock(end)} {zone}"


def _clock(at: datetime) -> str:
    # Where the clock is put back, an hour comes twice: only the distance from UTC tells which one is meant.
    twice = at.replace(fold=1 - at.fold).utcoffset() != at.utcoffset()
    return f"{at:%H:%M} (UTC{at:%z})" if twice else f"{at:%H:%M}"


def weekly(offer: Offer) -> str:
    """When hours are offered, by the host's clock: ``every Thursday, 15:00–17:00 Europe/Berlin``."""
    return f"every {DAYS[offer.weekday]}, {offer.opens:%H:%M}–{offer.closes:%H:%M} {offer.zone}"


def booking_card(title: str, booking: Booking, view: View, *, with_file: bool = True) -> Card:
    """A booking, with its calendar file where that is news, and a button to cancel it where that can be done."""
    file = Attachment("office-hour.ics", "text/calendar", calendar_text(booking, view.names))
    blocks = (*_booking(booking, view), file) if with_file else _booking(booking, view)
    button = _cancel(booking, view, "Cancel") if booking.state == "booked" else _SHOW
    return Card(title, blocks, (button,), fallback=f"{title}: {when(booking, view.zone)}")


def overview_card(overview: Overview, notice: str = "") -> Card:
    """A person's bookings and offers with a button each, and what is free next; ``notice`` is a sentence of ours."""
    view = overview.view
    booked = [(*_booking(each, view), Buttons((_cancel(each, view),))) for each in overview.bookings]
    offered = [(*_offer(each, view), Buttons((_withdraw(each),))) for each in overview.offers]
    free = Facts(tuple(_slot(each, view) for each in overview.free))
    blocks = (
        *((Text(notice), Divider()) if notice else ()),
        *_part("Your bookings", "You have none.", booked),
        Divider(),
        *_part("What you offer", "Nothing yet.", offered),
        Divider(),
        *_part("Free next", NONE_FREE, [(free,)] if overview.free else []),
    )
    # With nothing to book the press would open no form, which Teams must know while drawing.
    return Card("Office hours", blocks, (_BOOK, _OFFER) if overview.free else (_OFFER,))


def home_part(overview: Overview) -> HomePart:
    """The room's share of the bot's own page: the next booking and the next free slot."""
    view = overview.view
    booked = ((f"You meet {view.names[each.other(view.actor)]}", each) for each in overview.bookings[:1])
    free = ((f"Free next, with {view.names[each.offer.host]}", each) for each in overview.free[:1])
    soon: list[tuple[str, Slot | Booking]] = [*booked, *free]
    facts = Facts(tuple((label, when(each, view.zone)) for label, each in soon)) if soon else Text(NONE_FREE)
    book = replace(_BOOK, style="plain")
    return HomePart((facts,), (book, _SHOW) if overview.free else (_SHOW,))


def next_hour(overview: Overview) -> HomePart:
    """The next free slot and the way to it, for other rooms' cards; empty where none is free."""
    if not overview.free:
        return HomePart(())
    slot, view = overview.free[0], overview.view
    facts = Facts((("Next office hour", f"{when(slot, view.zone)}, {view.names[slot.offer.host]}"),))
    return HomePart((facts,), (Button("Book an office hour", BOOK(NoPayload()), opens_form=True),))


def _part(title: str, none: str, items: list[tuple[Block, ...]]) -> tuple[Block, ...]:
    shown = [block for item in items[:MOST_SHOWN] for block in item] or [Text(none)]
    rest = [Text(f"And {len(items) - MOST_SHOWN} more.")] if len(items) > MOST_SHOWN else []
    return (Text(f"**{title}**"), *shown, *rest)


def _booking(booking: Booking, view: View) -> tuple[Block, ...]:
    facts = Facts((("When", when(booking, view.zone)), ("With", view.names[booking.other(view.actor)])))
    return (facts, *_words(booking.about, view.names[booking.guest]))


def _offer(offer: Offer, view: View) -> tuple[Block, ...]:
    facts = Facts((("When", weekly(offer)), ("Slots", f"{offer.minutes} minutes each")))
    return (facts, *_words(offer.about, view.names[offer.host]))


def _slot(slot: Slot, view: View) -> tuple[str, str]:
    host, about = view.names[slot.offer.host], slot.offer.about
    return when(slot, view.zone), f"{host}: {about}" if about else host


def _words(words: str, by: str) -> tuple[Block, ...]:
    return (Quote(words, by),) if words else ()


def _cancel(booking: Booking, view: View, label: str = "") -> Button:
    span, other = when(booking, view.zone), view.names[booking.other(view.actor)]
    confirm = Confirm(f"Cancel {span} with {other}? They will be told.", "Cancel it", "Keep it")
    label = label or f"Cancel {span.partition('–')[0]}"
    return Button(label, CANCEL(Which(booking.id)), "danger", confirm=confirm)


def _withdraw(offer: Offer) -> Button:
    question = f"Stop offering {weekly(offer)}? What is booked already stays booked."
    label = f"Stop offering {DAYS[offer.weekday]} {offer.opens:%H:%M}"
    return Button(label, WITHDRAW(Which(offer.id)), "danger", confirm=Confirm(question, "Stop offering"))
