"""An event that a platform sends again is known; what it was is not kept."""

import asyncio
from datetime import timedelta

from sqlalchemy import text

from bot.store.arrivals import Arrivals
from bot.store.db import Database
from tests.fakes.timing import FakeClock


async def test_an_event_arrives_for_the_first_time_once(database: Database, clock: FakeClock) -> None:
    arrivals = Arrivals(database, clock)
    firsts = await asyncio.gather(*(arrivals.first("slack:Ev1") for _ in range(10)))
    assert sorted(firsts) == [False] * 9 + [True]
    assert await arrivals.first("slack:Ev2")


async def test_no_table_tells_which_event_it_was(database: Database, clock: FakeClock) -> None:
    await Arrivals(database, clock).first("slack:Ev1")
    async with database.reading() as transaction:
        rows = (await transaction.execute(text("SELECT * FROM arrival"))).all()
    assert len(rows) == 1
    assert "Ev1" not in str(rows)


async def test_what_no_platform_sends_again_is_forgotten(database: Database, clock: FakeClock) -> None:
    arrivals = Arrivals(database, clock)
    await arrivals.first("slack:Ev1")
    clock.move(timedelta(days=2))
    (job,) = arrivals.jobs()
    await job.run()
    assert not await arrivals.first("slack:Ev1")
    clock.move(timedelta(days=3))
    await job.run()
    assert await arrivals.first("slack:Ev1")
