"""Many at once: nobody is booked twice, nothing is half done, on SQLite and PostgreSQL alike."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import product

from bot.chat.errors import Conflict, NotFound
from bot.chat.identity import Actor
from bot.chat.plain import plain_card
from bot.hours.store import booking_table, busy_table
from tests.hours.talk import (
    BEN,
    BOOKING,
    EVE,
    FIRST,
    MIRA,
    OFFER,
    ON_SQLITE,
    Talk,
    button,
    card,
    choices,
    form,
    labels,
    refused,
)

HOUR = timedelta(hours=1)


async def test_a_booking_from_its_offer_to_its_end(talk: Talk) -> None:
    await talk.offer(about="Fairness")
    shown = await talk.book(about="Bias")
    seen = plain_card(card(await talk.say(BEN, "hours")))
    assert "> Bias" in seen
    assert ": mira: Fairness" in seen
    await talk.press(MIRA, button(card(await talk.say(MIRA, "hours")), "Stop offering"))
    await talk.press(BEN, button(shown, "Cancel"))
    assert labels(card(await talk.say(BEN, "hours"))) == ["Offer"]
    assert await talk.count(busy_table) == 0


async def test_the_same_form_sent_twice_at_once_books_once(talk: Talk) -> None:
    await talk.offer()
    opened = form(await talk.say(BEN, "book"))
    values = {"slot": choices(opened)[0][0]}
    results = await asyncio.gather(*(talk.send(BEN, opened, values) for _ in range(5)), return_exceptions=True)
    errors = [result.message_for_person for result in results if isinstance(result, Conflict)]
    assert len(errors) == 4
    assert all("That was already done" in each for each in errors)


async def test_of_twenty_people_at_once_one_gets_the_slot(talk: Talk) -> None:
    await talk.offer()
    people = [Actor("terminal", "local", f"guest{number}") for number in range(20)]
    opened = [form(await talk.say(each, "book")) for each in people]
    values = {"slot": choices(opened[0])[0][0]}
    sent = (talk.send(each, form, values) for each, form in zip(people, opened, strict=True))
    results = await asyncio.gather(*sent, return_exceptions=True)
    assert sum(not isinstance(result, BaseException) for result in results) == 1
    errors = [result.message_for_person for result in results if isinstance(result, Conflict)]
    assert len(errors) == 19
    assert all(each.startswith("Somebody was faster: ") for each in errors)
    assert await talk.count(booking_table) == 1
    assert await talk.count(busy_table) == 12  # six cells of five minutes, for each side


async def test_slots_of_different_lengths_that_overlap_exclude_each_other(talk: Talk) -> None:
    await talk.offer()
    await talk.offer(minutes="45")
    await talk.book(BEN)
    # Mira is busy from 15:00 on, whichever of her offers it came from.
    long = next(offer for offer in await talk.store.offers() if offer.minutes == 45)
    await refused(talk.book_at(EVE, f"{long.id}@{int(FIRST.timestamp())}"), Conflict, "Somebody was faster")


@ON_SQLITE
async def test_a_guest_cannot_be_in_two_places(talk: Talk) -> None:
    await talk.offer(MIRA)
    await talk.offer(EVE)
    both = choices(form(await talk.say(BEN, "book")))[:2]
    await talk.book_at(BEN, both[0][0])
    await refused(talk.book_at(BEN, both[1][0]), Conflict, "or in your own")


async def test_people_who_book_each_other_at_once_do_not_lock_each_other_out(talk: Talk) -> None:
    theirs = replace(OFFER, id="d" * 32, host=EVE)
    await talk.store.add(OFFER)
    await talk.store.add(theirs)
    times = [FIRST + timedelta(hours=number) for number in range(8)]
    both = [(offer.id, host, guest) for offer, host, guest in ((OFFER, MIRA, EVE), (theirs, EVE, MIRA))]
    wanted = [
        replace(BOOKING, id=id_, secret=id_, offer_id=offer_id, host=host, guest=guest, starts_at=at, ends_at=at + HOUR)
        for id_, (at, (offer_id, host, guest)) in zip(map(str, range(16)), product(times, both), strict=True)
    ]
    results = await asyncio.gather(*(talk.store.book(each, None) for each in wanted), return_exceptions=True)
    assert [type(result) for result in results if result] == [Conflict] * 8
    assert await talk.count(booking_table) == 8


async def test_a_failed_booking_leaves_nothing_behind(talk: Talk) -> None:
    await talk.store.add(OFFER)
    await talk.store.book(BOOKING, None)
    waiting = await talk.subjects()
    other = replace(BOOKING, id="d" * 32, secret="e" * 32, guest=EVE)
    await refused(talk.store.book(other, FIRST), Conflict, "Somebody was faster")
    assert await talk.store.booking(other.id) is None
    assert await talk.subjects() == waiting


async def test_cancelling_twice_at_once_tells_the_other_side_once(talk: Talk) -> None:
    await talk.offer()
    pressed = button(await talk.book(), "Cancel")
    results = await asyncio.gather(*(talk.press(BEN, pressed) for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(result, Conflict) for result in results) == 4
    assert sum(topic == "hours.cancelled" for topic, _ in await talk.subjects()) == 1


async def test_an_offer_stopped_between_looking_and_booking_is_not_booked(talk: Talk) -> None:
    await talk.store.add(OFFER)
    await talk.store.withdraw(OFFER.id)
    await refused(talk.store.book(BOOKING, None), NotFound, "not offered any more")
