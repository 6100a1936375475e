"""Office hours: offered, booked, moved, cancelled and reminded of, as guest and host see it."""

from datetime import timedelta

from tests.walks.stage import Player, Stage
from tests.walks.talk import FIRST, SECOND, THURSDAY, books, offers, place

BOOKED, CANCELLED = "Somebody booked your office hour", "This office hour is cancelled"
REMINDED = "Your office hour is coming up"


async def told(person: Player, title: str) -> list[str]:
    """What somebody was told under a title; a platform may hand over the file of a booking among their news, too."""
    return [each for each in await person.news() if title in each]


async def test_an_hour_is_offered_and_free_for_others_and_not_for_the_host(stage: Stage) -> None:
    host, mira = await offers(stage), stage.player("mira")
    assert "You offer office hours every Thursday, 15:00–16:00 Europe/Berlin." in host.sees()
    await mira.says("book")
    assert len(mira.options("When")) == 8
    assert mira.options("When")[:2] == [f"{FIRST}, host", f"{SECOND}, host"]
    await mira.leaves()
    assert "No office hour is free in the next four weeks." in await host.says("book")
    assert not host.form_open()
    assert await place(stage) == []


async def test_an_unknown_time_zone_is_told_and_what_was_typed_stays(stage: Stage) -> None:
    host = stage.player("host")
    await host.says("offer")
    await host.fills(THURSDAY | {"Time zone": "Middle-earth/Shire"})
    assert "I don't know the time zone 'Middle-earth/Shire'." in host.problems()
    assert host.form_open()
    assert "every Thursday, 15:00–16:00 Europe/Berlin" in await host.fills({"Time zone": "europe/berlin"})
    assert "Scoring models." in await stage.player("mira").says("hours")


async def test_an_hour_is_booked_and_the_host_is_told_who_when_and_what_about(stage: Stage) -> None:
    host, mira = await offers(stage), stage.player("mira")
    seen = await books(mira, about="Which error rate should we equalise?")
    assert "Your office hour is booked" in seen
    assert f"When: {FIRST} With: host" in seen
    assert "office-hour.ics" in seen
    (news,) = await told(host, BOOKED)
    assert f"When: {FIRST} With: mira" in news
    assert "Which error rate should we equalise?" in news
    assert await told(mira, BOOKED) == await place(stage) == await stage.team_sees() == []


async def test_what_somebody_booked_is_free_for_nobody_else_and_seen_by_nobody_else(stage: Stage) -> None:
    await offers(stage)
    mira, guest = stage.player("mira"), stage.player("guest")
    await books(mira, about="Our own matter.")
    await guest.says("book")
    assert guest.options("When")[0] == f"{SECOND}, host"
    await guest.leaves()
    assert "Our own matter." in await mira.says("hours")
    assert "Our own matter." not in await guest.says("hours")


async def test_where_nothing_is_offered_booking_says_so(stage: Stage) -> None:
    mira = stage.player("mira")
    assert "No office hour is free in the next four weeks." in await mira.says("book")
    assert not mira.form_open()
    assert "Book" not in mira.buttons()


async def test_of_two_who_choose_the_same_hour_the_first_has_it(stage: Stage) -> None:
    host = await offers(stage)
    mira, guest = stage.player("mira"), stage.player("guest")
    for each in (mira, guest):
        await each.says("book")
    assert "Your office hour is booked" in await mira.fills({"When": f"{FIRST}, host"})
    assert "Nothing was booked" in await guest.fills({"When": f"{FIRST}, host"})
    (news,) = await told(host, BOOKED)
    assert "With: mira" in news
    assert "You have none." in await guest.says("hours")
    assert "Your office hour is booked" in await books(guest, SECOND)


async def test_cancelling_asks_first_and_then_tells_the_host_and_frees_the_hour(stage: Stage) -> None:
    host, mira = await offers(stage), stage.player("mira")
    await books(mira)
    assert CANCELLED in await mira.presses("Cancel")
    assert f"Cancel {FIRST} with host? They will be told." in mira.asked
    assert len(await told(host, CANCELLED)) == 1
    await stage.player("guest").says("book")
    assert stage.player("guest").options("When")[0] == f"{FIRST}, host"


async def test_who_does_not_agree_keeps_the_hour(stage: Stage) -> None:
    host, mira = await offers(stage), stage.player("mira")
    await books(mira)
    await mira.presses("Cancel", agree=False)
    assert "They will be told." in mira.asked
    assert mira.buttons() == ["Cancel"]
    assert f"When: {FIRST} With: host" in await mira.says("hours")
    assert await told(host, CANCELLED) == []


async def test_a_host_who_cancels_from_what_they_were_told_tells_the_guest(stage: Stage) -> None:
    host, mira = await offers(stage), stage.player("mira")
    await books(mira)
    await host.looks_at(BOOKED)
    assert CANCELLED in await host.presses("Cancel")
    (news,) = await told(mira, CANCELLED)
    assert f"When: {FIRST} With: host" in news
    assert "You have none." in await mira.says("hours")


async def test_an_old_button_cancels_nothing_a_second_time(stage: Stage) -> None:
    host, mira = await offers(stage), stage.player("mira")
    await books(mira)
    mira.looks_away()
    await host.looks_at(BOOKED)
    await host.presses("Cancel")
    assert "already cancelled" in await mira.presses("Cancel")
    assert len(await told(mira, CANCELLED)) == 1


async def test_moving_on_is_cancelling_and_booking_another_hour(stage: Stage) -> None:
    host, mira = await offers(stage), stage.player("mira")
    await books(mira)
    await mira.presses("Cancel")
    seen = await mira.presses("Office hours")
    assert "You have none." in seen
    await mira.presses("Book")
    assert f"When: {SECOND}" in await mira.fills({"When": f"{SECOND}, host"})
    assert len(await told(host, CANCELLED)) == 1
    assert f"When: {SECOND} With: mira" in (await told(host, BOOKED))[-1]


async def test_both_sides_are_reminded_once_an_hour_before(stage: Stage) -> None:
    host, mira = await offers(stage), stage.player("mira")
    await books(mira, about="Error rates.")
    await stage.later(timedelta(days=3, hours=3, minutes=59))
    assert await told(mira, REMINDED) == []
    for _ in range(3):
        await stage.later(timedelta(minutes=1))
    (news,) = await told(mira, REMINDED)
    assert f"When: {FIRST} With: host" in news
    assert len(await told(host, REMINDED)) == 1
    assert await place(stage) == []


async def test_what_is_cancelled_is_not_reminded_of(stage: Stage) -> None:
    host, mira = await offers(stage), stage.player("mira")
    await books(mira)
    await mira.presses("Cancel")
    for _ in range(4):
        await stage.later(timedelta(days=1))
    assert await told(mira, REMINDED) == await told(host, REMINDED) == []


async def test_an_offer_is_withdrawn_after_a_second_word_and_what_is_booked_stays(stage: Stage) -> None:
    host, mira = await offers(stage), stage.player("mira")
    await books(mira)
    await host.says("hours")
    await host.presses("Stop offering Thursday 15:00", agree=False)
    assert "What is booked already stays booked." in host.asked
    assert "every Thursday" in await host.says("hours")
    assert "You stopped offering every Thursday" in await host.presses("Stop offering Thursday 15:00")
    assert f"When: {FIRST} With: host" in await mira.says("hours")
    assert "No office hour is free" in await stage.player("guest").says("book")


async def test_an_offer_withdrawn_while_somebody_chooses_cannot_be_booked(stage: Stage) -> None:
    host, mira = await offers(stage), stage.player("mira")
    await mira.says("book")
    await host.says("hours")
    await host.presses("Stop offering Thursday 15:00")
    assert "not offered any more" in await mira.fills({"When": f"{FIRST}, host"})
    assert "You have none." in await mira.says("hours")
    assert await host.news() == []


async def test_an_hour_that_passes_while_somebody_chooses_cannot_be_booked(stage: Stage) -> None:
    host, mira = await offers(stage), stage.player("mira")
    await mira.says("book")
    await stage.later(timedelta(days=3, hours=5))
    assert "That time has passed. Nothing was booked." in await mira.fills({"When": f"{FIRST}, host"})
    assert await host.news() == []


async def test_a_booking_that_arrives_twice_is_made_once(stage: Stage) -> None:
    host, mira = await offers(stage), stage.player("mira")
    await books(mira)
    if stage.delivers_again:
        assert "That was already done" in await mira.sends_again()
    seen = await mira.says("hours")
    assert seen.count("With: host") == 1  # what is their own
    assert seen.count("host: Scoring models.") == 3  # the next free ones
    assert len(await told(host, BOOKED)) == 1


async def test_a_booking_that_is_left_half_way_books_nothing(stage: Stage) -> None:
    host, mira = await offers(stage), stage.player("mira")
    await mira.says("book")
    await mira.leaves()
    assert "You have none." in await mira.says("hours")
    assert await host.news() == []


async def test_what_a_guest_writes_reaches_the_host_letter_by_letter(stage: Stage) -> None:
    host, mira = await offers(stage), stage.player("mira")
    words = "*bold* _it_ <!channel> <@UHOST> [link](https://evil.example) `code` :tada: &lt;"
    assert words in await books(mira, about=words)
    assert words in (await host.news())[0]
