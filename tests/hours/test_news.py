"""What the bot says on its own: to the host who was booked, to the other side, and some time before."""

from datetime import timedelta

import pytest

from bot.hours.store import BOOKED, CANCELLED, REMINDER
from tests.hours.talk import BEN, FIRST, MIRA, ON_SQLITE, Talk, button, card, file

IN_NEW_YORK = "Thu 26 Nov 2026, 09:00–09:30 America/New_York"
IN_BERLIN = "Thu 26 Nov 2026, 15:00–15:30 Europe/Berlin"
MINUTE = timedelta(minutes=1)


@ON_SQLITE
async def test_the_host_is_told_who_booked_what_about_and_when(talk: Talk) -> None:
    await talk.offer()
    await talk.book(about="Bias")
    await talk.courier.run()
    await talk.courier.run()
    facts = f"When: {IN_BERLIN}\nWith: ben"
    body = f"{facts}\n\nben:\n> Bias\n\nFile: office-hour.ics\n\n[Cancel]"
    assert talk.told(MIRA) == [f"Somebody booked your office hour\n\n{body}"]
    assert talk.told(BEN) == []


@ON_SQLITE
async def test_a_booking_cancelled_at_once_is_not_announced(talk: Talk) -> None:
    await talk.offer()
    await talk.press(BEN, button(await talk.book(), "Cancel"))
    await talk.courier.run()
    assert [told.splitlines()[0] for told in talk.told(MIRA)] == ["This office hour is cancelled"]


@ON_SQLITE
async def test_the_host_is_told_of_a_cancellation_with_a_file_that_takes_it_away(talk: Talk) -> None:
    await talk.offer()
    shown = await talk.book()
    await talk.courier.run()
    await talk.press(BEN, button(shown, "Cancel"))
    await talk.courier.run()
    booked, cancelled = talk.messenger.seen(MIRA)
    assert "SEQUENCE:0" in file(booked)
    assert "SEQUENCE:1" in file(cancelled)
    uids = {line for each in (booked, cancelled) for line in file(each).split("\r\n") if line.startswith("UID:")}
    assert len(uids) == 1


async def test_both_sides_are_reminded_once_each_in_their_zone(talk: Talk) -> None:
    await talk.offer()
    await talk.book(about="Bias")
    talk.clock.set(FIRST - timedelta(hours=1) - MINUTE)
    await talk.courier.run()
    assert len(talk.told(MIRA)) == 1
    assert talk.told(BEN) == []
    for _ in range(10):
        await talk.pass_time(10 * MINUTE)
    body = "\n\nben:\n> Bias\n\n[Cancel]"
    assert talk.told(BEN) == [f"Your office hour is coming up\n\nWhen: {IN_NEW_YORK}\nWith: mira{body}"]
    assert talk.told(MIRA)[1:] == [f"Your office hour is coming up\n\nWhen: {IN_BERLIN}\nWith: ben{body}"]


async def test_what_is_cancelled_is_not_reminded_of(talk: Talk) -> None:
    await talk.offer()
    await talk.press(BEN, button(await talk.book(), "Cancel"))
    for _ in range(4):
        await talk.pass_time(timedelta(days=1))
    assert talk.told(BEN) == []
    assert not any("coming up" in told for told in talk.told(MIRA))
    assert await talk.subjects() == set()


@ON_SQLITE
async def test_a_reminder_that_comes_too_late_is_not_given(talk: Talk) -> None:
    await talk.offer()
    await talk.book()
    talk.clock.set(FIRST)  # the bot was away for days
    await talk.courier.run()
    assert talk.told(BEN) == []


@ON_SQLITE
async def test_who_books_within_the_reminders_time_gets_none(talk: Talk) -> None:
    await talk.offer()
    talk.clock.set(FIRST - timedelta(hours=1))
    await talk.book()
    assert {topic for topic, _ in await talk.subjects()} == {BOOKED}


@ON_SQLITE
async def test_the_outbox_holds_ids_only(talk: Talk) -> None:
    await talk.offer()
    shown = await talk.book(about="Bias")
    (booking,) = await talk.store.bookings_of(BEN, talk.clock.now())
    assert await talk.subjects() == {
        (BOOKED, f"{booking.id}:host"),
        (REMINDER, f"{booking.id}:host"),
        (REMINDER, f"{booking.id}:guest"),
    }
    await talk.press(BEN, button(shown, "Cancel"))
    assert (CANCELLED, f"{booking.id}:host") in await talk.subjects()


@ON_SQLITE
@pytest.mark.parametrize("topic", [BOOKED, CANCELLED, REMINDER])
async def test_a_booking_that_is_gone_is_not_spoken_of(talk: Talk, topic: str) -> None:
    assert await talk.service.news(topic, "f" * 32 + ":host") is None


@ON_SQLITE
async def test_the_calendar_file_is_for_those_who_know_its_secret(talk: Talk) -> None:
    await talk.offer()
    shown = await talk.book()
    (booking,) = await talk.store.bookings_of(BEN, talk.clock.now())
    assert await talk.service.calendar(booking.secret) == file(shown)
    assert await talk.service.calendar("f" * 32) is None
    cancelled = card(await talk.press(BEN, button(shown, "Cancel")))
    assert await talk.service.calendar(booking.secret) == file(cancelled)
    assert booking.secret not in repr(booking)
