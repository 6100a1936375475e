"""The hours room: offers, bookings, what is free, and what is told about them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.chat.identity import Actor
from bot.hours import cards
from bot.hours.forms import BOOK_FORM, OFFER_FORM, choice
from bot.hours.model import Booking, Offer, Overview, Slot, View, slots
from tests.showcase.scene import Pen, Scene

GUEST = Actor("slack", "T0EXAMPLE", "U0GUEST")
HOSTS = (Actor("slack", "T0EXAMPLE", "U0HOST"), Actor("slack", "T0EXAMPLE", "U0OTHER"))
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MARK = "b00c" * 8


def scenes(pen: Pen) -> Iterator[Scene]:
    """Every card and form of the room."""
    yield from _overviews(pen)
    yield from _bookings(pen)
    yield from _forms(pen)


def view(pen: Pen, actor: Actor = GUEST) -> View:
    """How somebody in Berlin sees things."""
    names = {GUEST: pen.name("Jonas"), HOSTS[0]: pen.name("Amina"), HOSTS[1]: pen.name("Tomás")}
    return View(actor, ZoneInfo("Europe/Berlin"), names)


def overview(pen: Pen) -> Overview:
    """A guest's office hours: one booked, one offered, some free."""
    mine = _offer(pen, "0ffe" * 8, 1, GUEST, "Ask me anything about tests for language models")
    return Overview(view(pen), (_booking(pen),), (mine,), _free(pen)[1::2])


def _offer(pen: Pen, mark: str, weekday: int, host: Actor, about: str) -> Offer:
    return Offer(mark, weekday, time(15), time(17), 30, "Europe/Berlin", 60, pen.typed(about, 300), host)


def _free(pen: Pen) -> tuple[Slot, ...]:
    metrics = _offer(pen, "aaaa" * 8, 3, HOSTS[0], "Fairness metrics, and what to do when two of them disagree")
    launches = _offer(pen, "cccc" * 8, 4, HOSTS[1], "Data sheets, model cards, and how to say no to a launch")
    offers = (metrics, launches)
    found = (slot for each in offers for slot in slots(each, NOW, NOW + timedelta(weeks=1)))
    return tuple(sorted(found, key=lambda slot: slot.starts_at))


def _booking(pen: Pen) -> Booking:
    slot = _free(pen)[0]
    about = pen.typed("Our hiring screen drops people with a gap in their CV. Is that ours to fix?", 300)
    return Booking(
        MARK, slot.offer.id, slot.starts_at, about, HOSTS[0], GUEST, slot.ends_at, NOW, "5ec2e7" * 4, sequence=0
    )


def _overviews(pen: Pen) -> Iterator[Scene]:
    mine = overview(pen)
    yield Scene("hours.overview", cards.overview_card(mine), "whisper")
    offers = f"You offer office hours {cards.weekly(mine.offers[0])}."
    yield Scene("hours.overview-after-offering", cards.overview_card(mine, offers), "modal")
    nothing = Overview(view(pen), (), (), ())
    yield Scene("hours.overview-empty", cards.overview_card(nothing, cards.NONE_FREE), "whisper")
    many = replace(mine, bookings=mine.bookings * 9, offers=mine.offers * 9)
    yield Scene("hours.overview-full", cards.overview_card(many), "whisper")


def _bookings(pen: Pen) -> Iterator[Scene]:
    booking, guest, host = _booking(pen), view(pen), view(pen, HOSTS[0])
    cancelled = replace(booking, state="cancelled", sequence=1)
    yield Scene("hours.booked", cards.booking_card("Your office hour is booked", booking, guest), "modal")
    yield Scene("hours.cancelled", cards.booking_card("This office hour is cancelled", cancelled, guest), "whisper")
    yield Scene("hours.was-booked", cards.booking_card("Somebody booked your office hour", booking, host), "direct")
    yield Scene("hours.was-cancelled", cards.booking_card("This office hour is cancelled", cancelled, host), "direct")
    reminder = cards.booking_card("Your office hour is coming up", booking, guest, with_file=False)
    yield Scene("hours.reminder", reminder, "direct")


def _forms(pen: Pen) -> Iterator[Scene]:
    seen = view(pen)
    options = tuple(
        (choice(slot), f"{cards.when(slot, seen.zone)}, {seen.names[slot.offer.host]}") for slot in _free(pen)
    )
    yield Scene("hours.book", BOOK_FORM.form(MARK, options={"slot": options}), "modal")
    yield Scene("hours.offer", OFFER_FORM.form(MARK, initial={"zone": "Europe/Berlin"}), "modal")
