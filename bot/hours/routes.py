"""The room's doors: what is said, pressed and sent, and what comes back."""

from bot.chat.actions import NoPayload, new_mark
from bot.chat.cards import Card
from bot.chat.events import ButtonPressed, CommandUsed, FormSubmitted
from bot.chat.identity import Actor
from bot.chat.replies import OpenForm, Redraw, Reply, Whisper
from bot.chat.routes import Command, OnHome, Route, on_button, on_form
from bot.chat.sealed import HomePart
from bot.hours import cards
from bot.hours.forms import BOOK_FORM, OFFER_FORM, choice
from bot.hours.model import BookingRequest, OfferRequest, known_zone
from bot.hours.service import Hours

MOST_CHOICES = 24
"""How many free slots a form lists."""


def routes(service: Hours) -> tuple[Route, ...]:
    """Every door of the room."""
    doors = _Doors(service)
    return (
        Command("hours", "your office hours, and the next free ones", doors.show),
        Command("book", "book an office hour", doors.open_booking, desk="Book an office hour"),
        Command("offer", "offer office hours", doors.open_offer),
        on_button(cards.SHOW, doors.show),
        on_button(cards.BOOK, doors.open_booking),
        on_button(cards.OFFER, doors.open_offer),
        on_button(cards.CANCEL, doors.cancel),
        on_button(cards.WITHDRAW, doors.withdraw),
        on_form(BOOK_FORM, doors.book),
        on_form(OFFER_FORM, doors.offer),
        OnHome(doors.home),
    )


class _Doors:
    def __init__(self, service: Hours) -> None:
        self._service = service

    async def home(self, actor: Actor) -> HomePart:
        return cards.home_part(await self._service.overview(actor))

    async def show(self, event: CommandUsed | ButtonPressed, _: NoPayload | None = None) -> Reply:
        return Whisper(await self._overview(event.actor))

    async def open_booking(self, event: CommandUsed | ButtonPressed, _: NoPayload | None = None) -> Reply:
        free = (await self._service.free(event.actor))[:MOST_CHOICES]
        if not free:
            return Whisper(await self._overview(event.actor, cards.NONE_FREE))
        view = await self._service.view(event.actor, *(slot.offer.host for slot in free))
        labels = (f"{cards.when(slot, view.zone)}, {view.names[slot.offer.host]}" for slot in free)
        options = tuple(zip(map(choice, free), labels, strict=True))
        # The booking's id is made here: the same form sent twice asks for the same booking twice.
        return OpenForm(BOOK_FORM.form(new_mark(), options={"slot": options}))

    async def open_offer(self, event: CommandUsed | ButtonPressed, _: NoPayload | None = None) -> Reply:
        view = await self._service.view(event.actor)
        # A platform may know a distance from UTC alone, which says nothing about clock changes.
        zone = known_zone(str(view.zone)) or ""
        return OpenForm(OFFER_FORM.form(new_mark(), initial={"zone": zone}))

    async def book(self, event: FormSubmitted, request: BookingRequest) -> Reply:
        booking = await self._service.book(event.actor, request)
        view = await self._service.view(event.actor, booking.host)
        return Whisper(cards.booking_card("Your office hour is booked", booking, view))

    async def offer(self, event: FormSubmitted, request: OfferRequest) -> Reply:
        offer = await self._service.offer(event.actor, request)
        return Whisper(await self._overview(event.actor, f"You offer office hours {cards.weekly(offer)}."))

    async def cancel(self, event: ButtonPressed, which: cards.Which) -> Reply:
        booking = await self._service.cancel(event.actor, which.id)
        view = await self._service.view(event.actor, booking.other(event.actor))
        return Redraw(cards.booking_card("This office hour is cancelled", booking, view))

    async def withdraw(self, event: ButtonPressed, which: cards.Which) -> Reply:
        offer = await self._service.withdraw(event.actor, which.id)
        notice = f"You stopped offering {cards.weekly(offer)}. What is booked already stays booked."
        return Redraw(await self._overview(event.actor, notice))

    async def _overview(self, actor: Actor, notice: str = "") -> Card:
        return cards.overview_card(await self._service.overview(actor), notice)
