"""How large a crowd a batch waits for, who counts it, and what goes without one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from bot.chat.crowd import Crowd, Uses
from bot.chat.identity import Actor
from bot.concerns.model import crowd_needed
from bot.concerns.schedule import Schedule, parse
from tests.concerns.test_walk import crowd, raise_concern
from tests.fakes.timing import FakeClock
from tests.walks.house import House

WEEKLY = parse("tue,thu 10:00 UTC")
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
THURSDAY = TUESDAY + timedelta(days=2)


@pytest.fixture
def weekly(open_house: Callable[[Schedule], House]) -> House:
    return open_house(WEEKLY)


@given(st.integers(1, 1_000), st.integers(0, 100_000))
def test_a_tenth_of_the_members_is_a_crowd_where_that_is_more_than_the_least(least: int, members: int) -> None:
    needed = crowd_needed(least, members)
    assert needed >= least
    assert needed * 10 >= members
    assert needed == least or (needed - 1) * 10 < members


async def test_a_large_organisation_waits_for_a_tenth_of_it(weekly: House) -> None:
    await weekly.app.start()
    await crowd(weekly, 300)
    weekly.clock.set(TUESDAY)
    await weekly.app.settle()
    await raise_concern(weekly.person("somebody"))
    await crowd(weekly, 25)
    weekly.clock.set(THURSDAY)
    await weekly.app.settle()
    assert weekly.council_place() == []  # 26 people are more than 20, and less than a tenth of 301
    await weekly.later(timedelta(days=4))
    assert "at least 26 people used the bot" in weekly.council_place()[0]
    await weekly.app.stop()


async def test_a_restart_forgets_the_people_and_not_how_large_the_organisation_is(
    open_house: Callable[[Schedule], House],
) -> None:
    first = open_house(WEEKLY)
    await first.app.start()
    await raise_concern(first.person("somebody"))
    await crowd(first, 300)
    first.clock.set(TUESDAY)
    await first.app.settle()
    assert len(first.council_place()) == 1
    await first.app.stop()
    second = open_house(WEEKLY)
    await second.app.start()
    await raise_concern(second.person("somebody"))
    await crowd(second, 25)
    second.clock.set(THURSDAY)
    await second.app.settle()
    assert second.messenger.posts == 0
    await second.app.stop()


async def test_of_the_counts_of_several_processes_the_largest_decides(open_house: Callable[[Schedule], House]) -> None:
    quiet, busy = open_house(WEEKLY), open_house(WEEKLY)
    for house in (quiet, busy):
        await house.app.start()
        await house.app.settle()
    await raise_concern(quiet.person("somebody"))
    await crowd(busy, 30)
    quiet.clock.set(TUESDAY)  # both have the same clock
    await quiet.app.settle()
    assert quiet.messenger.posts == 0
    await busy.app.settle()
    assert "at least 30 people used the bot" in busy.council_place()[0]
    await quiet.app.settle()
    assert quiet.messenger.posts == 0
    for house in (quiet, busy):
        await house.app.stop()


async def test_at_the_limit_the_case_tells_the_largest_count_that_is_known(
    open_house: Callable[[Schedule], House],
) -> None:
    quiet, busy = open_house(WEEKLY), open_house(WEEKLY)
    for house in (quiet, busy):
        await house.app.start()
        await house.app.settle()
    await raise_concern(quiet.person("somebody"))
    await crowd(busy, 12)
    for house in (quiet, busy):
        house.clock.set(TUESDAY)
        await house.app.settle()
    quiet.clock.set(TUESDAY + timedelta(days=5))
    await quiet.app.settle()
    assert "at least 12 people used the bot" in quiet.council_place()[0]
    for house in (quiet, busy):
        await house.app.stop()


async def test_an_urgent_concern_goes_at_once_after_saying_what_that_risks(weekly: House) -> None:
    await weekly.app.start()
    author = weekly.person("somebody")
    await raise_concern(author, "This one waits.")
    await author.says("concern")
    seen = await author.fills(words="It happens right now.", urgency="at once")
    assert "At once means that the time is known" in seen
    assert "very likely know that it was you" in seen
    assert weekly.council_place() == []
    assert "It goes to the council at once." in await author.fills()
    (seen,) = weekly.council_place()
    assert "It happens right now." in seen
    assert "Urgency: at once" in seen
    assert "Crowd: none, it went at once" in seen
    await weekly.later(timedelta(days=6))
    assert sum("This one waits." in seen for seen in weekly.council_place()) == 1
    await weekly.app.stop()


async def test_what_is_not_urgent_is_told_no_such_risk(weekly: House) -> None:
    await weekly.app.start()
    author = weekly.person("somebody")
    await author.says("concern")
    assert "time is known" not in await author.fills(words="It can wait.", urgency="soon")
    await weekly.app.stop()


MIRA, TOM = Actor("terminal", "local", "mira"), Actor("terminal", "local", "tom")


def test_the_crowd_and_the_members_are_counted_apart() -> None:
    people = Crowd()
    for actor in (MIRA, TOM, MIRA):
        people.saw(actor)
    assert (people.size(), people.members()) == (2, 2)
    people.forget()
    people.saw(MIRA)
    assert (people.size(), people.members()) == (1, 2)


def test_nobody_uses_the_bot_more_than_so_often_on_one_day() -> None:
    clock = FakeClock()
    uses = Uses(clock, most=2)
    assert [uses.one_more(MIRA) for _ in range(3)] == [True, True, False]
    assert uses.one_more(TOM)
    clock.move(timedelta(days=1))
    assert uses.one_more(MIRA)


def test_what_is_counted_names_nobody() -> None:
    people, uses = Crowd(), Uses(FakeClock(), most=2)
    people.saw(MIRA)
    uses.one_more(MIRA)
    kept = f"{vars(people)} {vars(uses)}"
    assert "mira" not in kept
    again = Crowd()
    again.saw(MIRA)
    assert vars(again)["_seen"] != vars(people)["_seen"]


async def test_a_process_that_saw_few_does_not_take_back_how_many_others_saw(
    open_house: Callable[[Schedule], House],
) -> None:
    busy, quiet = open_house(WEEKLY), open_house(WEEKLY)
    for house in (busy, quiet):
        await house.app.start()
        await house.app.settle()
    await raise_concern(quiet.person("somebody"))
    await crowd(busy, 12)
    await crowd(quiet, 3)
    for house in (busy, quiet):
        house.clock.set(TUESDAY)
        await house.app.settle()
    quiet.clock.set(TUESDAY + timedelta(days=5))  # the limit: the quiet one comes first
    await quiet.app.settle()
    async with quiet.app.database.reading() as transaction:
        assert await transaction.scalar(text("SELECT max(members) FROM concerns_batch")) == 12
    for house in (busy, quiet):
        await house.app.stop()
