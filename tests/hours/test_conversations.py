"""What people see when they offer, book, cancel and look around."""

from bot.chat.cards import Quote
from bot.chat.plain import plain_card
from bot.chat.replies import Answer, Redraw, Whisper
from tests.hours.talk import BEN, EVE, FIRST, MIRA, ON_SQLITE, ZOE, Talk, button, card, choices, file, form, labels

pytestmark = ON_SQLITE

IN_NEW_YORK = "Thu 26 Nov 2026, 09:00–09:30 America/New_York"
IN_BERLIN = "Thu 26 Nov 2026, 15:00–15:30 Europe/Berlin"


async def test_an_offer_is_made_and_seen(talk: Talk) -> None:
    shown = await talk.offer(about="*Fairness* <@everyone>")
    seen = plain_card(shown)
    assert "You offer office hours every Thursday, 15:00–16:00 Europe/Berlin." in seen
    assert "When: every Thursday, 15:00–16:00 Europe/Berlin\nSlots: 30 minutes each" in seen
    assert Quote("*Fairness* <@everyone>", "mira") in shown.blocks
    assert labels(shown) == ["Stop offering Thursday 15:00", "Offer"]


async def test_the_form_for_an_offer_begins_with_the_hosts_own_zone(talk: Talk) -> None:
    opened = form(await talk.say(MIRA, "offer"))
    assert {each.name: each.initial for each in opened.fields}["zone"] == "Europe/Berlin"
    opened_by_zoe = form(await talk.say(ZOE, "offer"))
    assert {each.name: each.initial for each in opened_by_zoe.fields}["zone"] == ""
    assert opened.hidden != form(await talk.say(MIRA, "offer")).hidden


async def test_free_slots_are_listed_in_the_guests_zone_with_their_host(talk: Talk) -> None:
    await talk.offer()
    options = choices(form(await talk.say(BEN, "book")))
    assert len(options) == 8  # two a week for four weeks
    assert options[0][1] == f"{IN_NEW_YORK}, mira"
    seen_by_zoe = choices(form(await talk.say(ZOE, "book")))
    assert seen_by_zoe[0][1] == "Thu 26 Nov 2026, 16:00–16:30 UTC+02:00, mira"
    assert options[0][0].endswith(f"@{int(FIRST.timestamp())}")


async def test_a_form_lists_no_more_slots_than_a_form_can_hold(talk: Talk) -> None:
    await talk.offer(until="23:00", minutes="15")
    assert len(choices(form(await talk.say(BEN, "book")))) == 24


async def test_a_booking_is_shown_with_its_file(talk: Talk) -> None:
    await talk.offer()
    opened = form(await talk.say(BEN, "book"))
    reply = await talk.send(BEN, opened, {"slot": choices(opened)[0][0], "about": "**Bias** in ranking"})
    assert isinstance(reply, Whisper)
    assert plain_card(reply.card) == (
        f"Your office hour is booked\n\nWhen: {IN_NEW_YORK}\nWith: mira\n\n"
        "ben:\n> **Bias** in ranking\n\nFile: office-hour.ics\n\n[Cancel]"
    )
    assert "DTSTART:20261126T140000Z" in file(reply.card)
    assert "METHOD:PUBLISH" in file(reply.card)


async def test_what_is_booked_is_free_no_more_and_each_side_sees_it(talk: Talk) -> None:
    await talk.offer()
    await talk.book(about="Bias")
    assert len(choices(form(await talk.say(EVE, "book")))) == 7
    mine, theirs = card(await talk.say(BEN, "hours")), card(await talk.say(MIRA, "hours"))
    assert f"Your bookings\n\nWhen: {IN_NEW_YORK}\nWith: mira\n\nben:\n> Bias" in plain_card(mine)
    assert f"Your bookings\n\nWhen: {IN_BERLIN}\nWith: ben\n\nben:\n> Bias" in plain_card(theirs)
    assert labels(mine) == ["Cancel Thu 26 Nov 2026, 09:00", "Book", "Offer"]
    assert labels(theirs) == ["Cancel Thu 26 Nov 2026, 15:00", "Stop offering Thursday 15:00", "Offer"]
    assert "Bias" not in plain_card(card(await talk.say(EVE, "hours")))


async def test_who_is_busy_is_offered_nothing_at_that_time(talk: Talk) -> None:
    await talk.offer(MIRA)
    await talk.offer(EVE)
    await talk.book(BEN)
    left = choices(form(await talk.say(BEN, "book")))
    assert not any(value.endswith(f"@{int(FIRST.timestamp())}") for value, _ in left)


async def test_cancelling_asks_first_then_frees_the_slot(talk: Talk) -> None:
    await talk.offer()
    pressed = button(await talk.book(), "Cancel")
    assert pressed.confirm is not None
    assert pressed.confirm.question == f"Cancel {IN_NEW_YORK} with mira? They will be told."
    reply = await talk.press(BEN, pressed)
    assert isinstance(reply, Redraw)
    assert plain_card(reply.card).startswith(f"This office hour is cancelled\n\nWhen: {IN_NEW_YORK}\nWith: mira")
    assert labels(reply.card) == ["Office hours"]
    assert "METHOD:CANCEL" in file(reply.card)
    assert "SEQUENCE:1" in file(reply.card)
    assert len(choices(form(await talk.say(BEN, "book")))) == 8


async def test_the_host_may_cancel_too_and_the_guest_is_told(talk: Talk) -> None:
    await talk.offer()
    await talk.book(about="Bias")
    shown = card(await talk.say(MIRA, "hours"))
    await talk.press(MIRA, button(shown, "Cancel"))
    await talk.courier.run()
    (told,) = talk.told(BEN)
    assert told.startswith(f"This office hour is cancelled\n\nWhen: {IN_NEW_YORK}\nWith: mira")


async def test_an_offer_that_is_stopped_keeps_its_bookings(talk: Talk) -> None:
    await talk.offer()
    await talk.book()
    stop = button(card(await talk.say(MIRA, "hours")), "Stop offering")
    assert stop.confirm is not None
    reply = await talk.press(MIRA, stop)
    assert isinstance(reply, Redraw)
    seen = plain_card(reply.card)
    assert "You stopped offering every Thursday, 15:00–16:00 Europe/Berlin." in seen
    assert "With: ben" in seen
    assert labels(reply.card) == ["Cancel Thu 26 Nov 2026, 15:00", "Offer"]
    assert "With: mira" in plain_card(card(await talk.say(BEN, "hours")))


async def test_where_nothing_is_free_booking_says_so(talk: Talk) -> None:
    await talk.offer(MIRA)
    shown = card(await talk.say(MIRA, "book"))  # her own hours are not for her
    assert "No office hour is free in the next four weeks." in plain_card(shown)
    assert "Book" not in labels(shown)


async def test_the_buttons_of_the_overview_open_what_they_say(talk: Talk) -> None:
    await talk.offer()
    shown = card(await talk.say(BEN, "hours"))
    assert form(await talk.press(BEN, button(shown, "Book"))).name == "hours.book/1"
    assert form(await talk.press(BEN, button(shown, "Offer"))).name == "hours.offer/1"
    assert all(button(shown, label).opens_form for label in ("Book", "Offer"))


async def test_home_shows_the_next_booking_and_the_next_free_slot(talk: Talk) -> None:
    empty = await talk.home(BEN)
    assert "No office hour is free in the next four weeks." in plain_card(empty)
    assert labels(empty) == ["Office hours"]
    await talk.offer()
    await talk.book()
    home = await talk.home(BEN)
    assert f"You meet mira: {IN_NEW_YORK}" in plain_card(home)
    assert "Free next, with mira: Thu 26 Nov 2026, 09:30–10:00 America/New_York" in plain_card(home)
    assert labels(home) == ["Book", "Office hours"]
    shown = card(await talk.press(BEN, button(home, "Office hours")))
    assert shown.title == "Office hours"


async def test_more_than_an_overview_holds_is_counted(talk: Talk) -> None:
    await talk.offer(until="20:00")
    for _ in range(9):
        await talk.book()
    shown = card(await talk.say(BEN, "hours"))
    assert "And 1 more." in plain_card(shown)
    assert sum(label.startswith("Cancel") for label in labels(shown)) == 8


async def test_words_behind_a_verb_are_a_question(talk: Talk) -> None:
    assert isinstance(await talk.say(BEN, "book", "recommendations on fairness?"), Answer)
