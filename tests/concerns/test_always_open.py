"""A batch is open all the time: its row tells when the one before went, and not since when something is in it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.concerns.schedule import LONGEST_WAIT, AtOnce, Schedule, parse
from tests.concerns.test_walk import raise_concern
from tests.walks.house import House

NEVER = 99


async def a_day(house: House, people: int, *, raises: bool) -> None:
    """From nine o'clock to nine o'clock; batches go at ten."""
    await house.later(timedelta(hours=1))
    await house.later(timedelta(seconds=5))
    for number in range(people):
        await house.person(f"person-{number}").says("help")
    if raises:
        author = house.person("person-0")
        await author.says("concern")
        assert "Your concern is kept" in await author.sends(words="It goes wrong.")
    await house.later(timedelta(hours=23) - timedelta(seconds=5))


async def told(house: House, people: int, day_of_concern: int) -> list[tuple[datetime, int | None]]:
    """What the table of batches tells after eight days: since when each is open, and how many people made its crowd."""
    await house.app.start()
    await house.app.settle()
    for day in range(8):
        await a_day(house, people, raises=day == day_of_concern)
    async with house.app.database.reading() as transaction:
        rows = (await transaction.execute(text("SELECT since, people FROM concerns_batch ORDER BY number"))).all()
    await house.app.stop()
    return [(datetime.fromtimestamp(row.since / 1_000, UTC), row.people) for row in rows]


@pytest.mark.parametrize("day_of_concern", [0, 2, 6, NEVER])
async def test_the_table_tells_the_same_whenever_a_concern_came(
    open_house: Callable[[Schedule], House], day_of_concern: int
) -> None:
    rows = await told(open_house(parse("tue,thu 10:00 UTC")), 25, day_of_concern)
    days = [datetime(2026, 11, day, 10, tzinfo=UTC) for day in (19, 24, 26)]
    assert rows == [(days[0], 25), (days[1], 25), (days[2], None)]


async def test_a_batch_without_a_crowd_goes_at_the_limit_even_if_nothing_is_in_it(
    open_house: Callable[[Schedule], House],
) -> None:
    rows = await told(open_house(parse("tue,thu 10:00 UTC")), 3, NEVER)
    assert [since for since, _ in rows][1:] == [rows[0][0] + LONGEST_WAIT]


async def test_an_empty_batch_goes_by_the_rule_of_the_house_that_takes_the_first_concern(
    open_house: Callable[[Schedule], House],
) -> None:
    """Somebody tries the bot out at once, on the data of a house that releases by the week."""
    weekly = open_house(parse("tue,thu 10:00 UTC"))
    await weekly.app.start()
    await weekly.app.settle()
    trial = open_house(AtOnce())
    await trial.app.start()
    await raise_concern(trial.person("somebody"), "Tried out.")
    assert ["Tried out." in seen for seen in trial.council_place()] == [True]
    await weekly.app.settle()
    author = weekly.person("somebody-else")
    await raise_concern(author, "Meant to wait.")
    for house in (trial, weekly):
        await house.app.settle()
        assert not any("Meant to wait." in seen for seen in house.council_place())
        await house.app.stop()
