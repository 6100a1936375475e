"""What the room can do: offer, see, book, cancel and withdraw office hours, and whom to tell."""

import secrets
from datetime import datetime, timedelta

from bot.chat.errors import Conflict, NotAllowed, NotFound
from bot.chat.identity import Actor
from bot.chat.ports import Directory
from bot.chat.timing import Clock
from bot.hours.calendar import calendar_text
from bot.hours.model import HORIZON, Booking, BookingRequest, Offer, OfferRequest, Overview, Slot, View, cells, slots
from bot.hours.store import CANCELLED, REMINDER, HoursStore


class Hours:
    """The office hours. Every method may raise StoreProblem, and Unreachable where the directory does not answer."""

    def __init__(self, store: HoursStore, clock: Clock, directory: Directory) -> None:
        self._store = store
        self._clock = clock
        self._directory = directory

    async def view(self, actor: Actor, *people: Actor) -> View:
        """How this person sees themself and those people."""
        zone = await self._directory.zone(actor)
        return View(actor, zone, {each: await self._directory.name(each) for each in {actor, *people}})

    async def offer(self, host: Actor, request: OfferRequest) -> Offer:
        """Offer a weekly window; raises Conflict where this very request was granted before."""
        offer = Offer(**vars(request), host=host)
        await self._store.add(offer)
        return offer

    async def withdraw(self, actor: Actor, offer_id: str) -> Offer:
        """Stop offering, keeping what is booked.

        Raises:
            NotFound: it is not offered any more.
            NotAllowed: this person is not its host.
        """
        offer = await self._store.offer(offer_id)
        if offer.host != actor:
            raise NotAllowed("Only the host can stop offering an office hour. Nothing was changed.")
        await self._store.withdraw(offer_id)
        return offer

    async def free(self, actor: Actor) -> tuple[Slot, ...]:
        """The slots that this person could book, in order."""
        now = self._clock.now()
        offers = [offer for offer in await self._store.offers() if offer.host != actor]
        people = {actor, *(offer.host for offer in offers)}
        busy = await self._store.busy(people, now, now + HORIZON + timedelta(days=1))

        def is_free(slot: Slot) -> bool:
            return not any((person, cell) in busy for person in (actor, slot.offer.host) for cell in cells(slot))

        found = (slot for offer in offers for slot in slots(offer, now, now + HORIZON) if is_free(slot))
        return tuple(sorted(found, key=lambda slot: (slot.starts_at, slot.offer.id)))

    async def overview(self, actor: Actor) -> Overview:
        """This person's bookings that are not over, what they offer, and the next three free slots."""
        bookings = await self._store.bookings_of(actor, self._clock.now())
        offers = await self._store.offers(actor)
        free = (await self.free(actor))[:3]
        people = (*(each.other(actor) for each in bookings), *(each.offer.host for each in free))
        return Overview(await self.view(actor, *people), bookings, offers, free)

    async def book(self, guest: Actor, request: BookingRequest) -> Booking:
        """Book a slot; the host is told, and both sides are reminded.

        Raises:
            Conflict: the time is past, too far off or taken, or this very request was granted before.
            NotFound: no such slot is offered, or not any more.
            NotAllowed: a host cannot book themself.
        """
        now = self._clock.now()
        slot = _bookable(guest, await self._store.offer(request.offer_id), request.starts_at, now)
        secret, host = secrets.token_hex(16), slot.offer.host
        booking = Booking(**vars(request), host=host, guest=guest, ends_at=slot.ends_at, stamped_at=now, secret=secret)
        remind_at = slot.starts_at - timedelta(minutes=slot.offer.remind_minutes)
        await self._store.book(booking, remind_at if remind_at > now else None)
        return booking

    async def cancel(self, actor: Actor, booking_id: str) -> Booking:
        """Cancel a booking; the other side is told.

        Raises:
            NotFound: there is no such booking.
            NotAllowed: this person is neither its host nor its guest.
            Conflict: it was cancelled before, or has begun.
        """
        booking = await self._store.booking(booking_id)
        if booking is None:
            raise NotFound("I cannot find this office hour. Nothing was changed. Open your office hours to see yours.")
        if actor not in (booking.host, booking.guest):
            raise NotAllowed("Only the host or the guest can cancel an office hour. Nothing was changed.")
        now = self._clock.now()
        if booking.state == "booked" and booking.starts_at <= now:
            raise Conflict("This office hour has begun and can no longer be cancelled. Nothing was changed.")
        return await self._store.cancel(booking, now, tell="guest" if actor == booking.host else "host")

    async def calendar(self, secret: str) -> str | None:
        """The calendar file of the booking with this secret, cancelled or not; None where there is none."""
        booking = await self._store.booking_by_secret(secret)
        if booking is None:
            return None
        view = await self.view(booking.host, booking.guest)
        return calendar_text(booking, view.names)

    async def news(self, topic: str, subject: str) -> tuple[Booking, View] | None:
        """The booking that a topic's subject is about, and the view of whom to tell; None where it is moot by now."""
        booking_id, _, side = subject.partition(":")
        booking = await self._store.booking(booking_id)
        state = "cancelled" if topic == CANCELLED else "booked"
        if booking is None or booking.state != state:
            return None
        if topic == REMINDER and booking.starts_at <= self._clock.now():
            return None
        actor = booking.guest if side == "guest" else booking.host
        return booking, await self.view(actor, booking.other(actor))


def _bookable(guest: Actor, offer: Offer, starts_at: datetime, now: datetime) -> Slot:
    if guest == offer.host:
        raise NotAllowed("This is your own office hour, and you cannot book yourself. Nothing was booked.")
    if starts_at <= now:
        raise Conflict("That time has passed. Nothing was booked. Please choose a later one.")
    if starts_at > now + HORIZON:
        raise Conflict("That time is more than four weeks ahead. Nothing was booked. Please choose an earlier one.")
    for slot in slots(offer, now, now + HORIZON):
        if slot.starts_at == starts_at:
            return slot
    raise NotFound("No office hour is offered at that time. Nothing was booked. Please choose one of the free times.")
