"""Everything that is not done, and the sentence that says so."""

from datetime import timedelta

import pytest

from bot.chat.actions import Pressed
from bot.chat.cards import Button
from bot.chat.errors import Conflict, HouseError, NotAllowed, NotFound, StaleButton
from bot.chat.forms import FormErrors
from bot.chat.plain import plain_card
from bot.hours.cards import CANCEL, Which
from bot.hours.store import booking_table, offer_table
from tests.hours.talk import BEN, EVE, FIRST, MIRA, ON_SQLITE, THURSDAY, Talk, button, card, choices, form, refused

pytestmark = ON_SQLITE


async def test_the_same_form_sent_twice_books_once(talk: Talk) -> None:
    await talk.offer()
    opened = form(await talk.say(BEN, "book"))
    values = {"slot": choices(opened)[0][0]}
    await talk.send(BEN, opened, values)
    await refused(talk.send(BEN, opened, values), Conflict, "That was already done")
    assert await talk.count(booking_table) == 1


async def test_the_same_offer_sent_twice_is_made_once(talk: Talk) -> None:
    opened = form(await talk.say(MIRA, "offer"))
    await talk.send(MIRA, opened, THURSDAY)
    await refused(talk.send(MIRA, opened, THURSDAY), Conflict, "That was already done")
    assert await talk.count(offer_table) == 1


async def test_cancelling_twice_says_so(talk: Talk) -> None:
    await talk.offer()
    pressed = button(await talk.book(), "Cancel")
    await talk.press(BEN, pressed)
    await refused(talk.press(BEN, pressed), Conflict, "already cancelled")
    await refused(talk.press(MIRA, pressed), Conflict, "already cancelled")


async def test_a_cancel_button_in_other_hands_does_nothing(talk: Talk) -> None:
    await talk.offer()
    pressed = button(await talk.book(), "Cancel")
    await refused(talk.press(EVE, pressed), NotAllowed, "Only the host or the guest")
    assert "With: mira" in plain_card(card(await talk.say(BEN, "hours")))


async def test_a_booking_that_is_not_there_cannot_be_cancelled(talk: Talk) -> None:
    await refused(talk.press(BEN, Button("Cancel", CANCEL(Which("f" * 32)))), NotFound, "cannot find")


async def test_what_has_begun_cannot_be_cancelled(talk: Talk) -> None:
    await talk.offer()
    pressed = button(await talk.book(), "Cancel")
    talk.clock.set(FIRST)
    await refused(talk.press(BEN, pressed), Conflict, "has begun")


async def test_only_its_host_stops_an_offer_and_only_once(talk: Talk) -> None:
    stop = button(await talk.offer(), "Stop offering")
    await refused(talk.press(BEN, stop), NotAllowed, "Only the host")
    await talk.press(MIRA, stop)
    await refused(talk.press(MIRA, stop), NotFound, "not offered any more")


async def test_what_is_not_offered_any_more_cannot_be_booked(talk: Talk) -> None:
    stop = button(await talk.offer(), "Stop offering")
    opened = form(await talk.say(BEN, "book"))
    await talk.press(MIRA, stop)
    await refused(talk.send(BEN, opened, {"slot": choices(opened)[0][0]}), NotFound, "not offered any more")


async def test_hosts_cannot_book_themselves(talk: Talk) -> None:
    await talk.offer(MIRA)
    await talk.offer(EVE)
    mine = (await talk.store.offers(MIRA))[0].id
    await refused(talk.book_at(MIRA, f"{mine}@{int(FIRST.timestamp())}"), NotAllowed, "cannot book yourself")


@pytest.mark.parametrize(
    ("later", "kind", "words"),
    [
        (-timedelta(weeks=1), Conflict, "has passed"),
        (timedelta(weeks=4), Conflict, "more than four weeks"),
        (timedelta(minutes=15), NotFound, "No office hour is offered at that time"),
        (timedelta(days=1), NotFound, "No office hour is offered at that time"),
    ],
)
async def test_a_slot_that_nobody_offers_cannot_be_booked(
    talk: Talk, later: timedelta, kind: type[HouseError], words: str
) -> None:
    await talk.offer()
    (offer,) = await talk.store.offers()
    await refused(talk.book_at(BEN, f"{offer.id}@{int((FIRST + later).timestamp())}"), kind, words)
    assert await talk.count(booking_table) == 0


async def test_a_slot_that_passed_while_the_form_was_open_cannot_be_booked(talk: Talk) -> None:
    await talk.offer()
    opened = form(await talk.say(BEN, "book"))
    talk.clock.set(FIRST)
    await refused(talk.send(BEN, opened, {"slot": choices(opened)[0][0]}), Conflict, "has passed")


async def test_a_half_filled_form_is_asked_again(talk: Talk) -> None:
    await talk.offer()
    reply = await talk.send(BEN, form(await talk.say(BEN, "book")), {"about": "Bias"})
    assert reply == FormErrors({"slot": "Please fill this in."})
    reply = await talk.send(MIRA, form(await talk.say(MIRA, "offer")), {"weekday": "3", "from": "15:00"})
    assert isinstance(reply, FormErrors)
    assert set(reply.by_field) == {"until", "minutes", "zone", "remind"}


async def test_stale_buttons_answer_kindly(talk: Talk) -> None:
    stale = (
        Pressed("hours.cancel/0", "{}"),
        Pressed("hours.cancel/1", "{}"),
        Pressed("hours.cancel/1", '{"id":"x","more":1}'),
        Pressed("hours.withdraw/1", "nonsense"),
        Pressed("hours.book/1", '{"id":"x"}'),
    )
    for pressed in stale:
        await refused(talk.press(BEN, Button("Press me", pressed)), StaleButton, "another version")
