"""What PostgreSQL's files keep of a case that is forgotten: neither its name nor its id, in no table and no index."""

import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from bot.questions.shelf import Shelf
from tests.concerns.test_walk import raise_concern
from tests.council.houses import looks_at_case, opened, owned, resolves
from tests.fakes.timing import FakeClock
from tests.walks.house import House

DAY = timedelta(days=1)


@pytest.fixture
async def house(tmp_path: Path, postgres_url: str, clock: FakeClock, shelf: Shelf) -> AsyncIterator[House]:
    async with opened(postgres_url, tmp_path, shelf, clock) as opened_house:
        yield opened_house


def holding(url: str, traces: tuple[bytes, ...]) -> list[str]:
    """The tables and indexes in whose files one of these stands, those of the catalogue among them."""
    files = "SELECT relname, pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r', 'i', 't')"
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        (folder,) = connection.execute("SHOW data_directory").fetchone() or ("",)
        found = [(str(name), Path(folder, path)) for name, path in connection.execute(files) if path]
    return sorted(name for name, path in found if path.exists() and any(each in path.read_bytes() for each in traces))


async def traces_of(house: House) -> tuple[bytes, ...]:
    """What only one case has: its name, its id, and the ids of what was done with it."""
    async with house.app.database.reading() as transaction:
        rows = (await transaction.execute(text("SELECT code, id FROM council_case"))).one()
        done = await transaction.scalars(text("SELECT id FROM council_act"))
        return tuple(str(each).encode() for each in (*rows, *done))


async def goes_its_way(house: House) -> tuple[bytes, ...]:
    """A case that was reminded of, written to, put on the board, opened anew and resolved; what only it has."""
    receipt, chair = await owned(house)
    await house.later(4 * DAY)
    await resolves(chair, board="yes", keep="30")
    author = house.person("somebody")
    await author.says("receipt")
    await author.sends(receipt=receipt, words="It is not done.")
    await house.later(4 * DAY)
    await resolves(chair, keep="30")
    return await traces_of(house)


async def test_after_its_date_a_case_stands_in_no_file_of_a_table(house: House, postgres_url: str) -> None:
    traces = await goes_its_way(house)
    assert {"concerns_concern", "council_act", "council_board", "council_case", "outbox"} <= set(
        holding(postgres_url, traces)
    )
    await house.later(30 * DAY)
    assert house.council_place()[0].startswith("A case was forgotten on ")
    await house.later(timedelta(minutes=1))
    assert holding(postgres_url, traces) == []


async def test_the_planners_samples_of_the_tables_hold_nothing_of_it_either(house: House, postgres_url: str) -> None:
    traces = await goes_its_way(house)
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("ANALYZE")  # as PostgreSQL does by itself once enough has changed
    assert "pg_statistic" not in holding(postgres_url, traces)
    await house.later(30 * DAY)
    await house.later(timedelta(minutes=1))
    assert holding(postgres_url, traces) == []


async def test_what_is_kept_is_kept(house: House, postgres_url: str) -> None:
    await goes_its_way(house)
    await raise_concern(house.person("another"), "This stays.")
    await house.later(30 * DAY)
    await house.later(timedelta(minutes=1))
    chair = house.person("chair")
    assert "This stays." in looks_at_case(chair)
    await chair.presses("Claim")
    assert "Owner: chair" in looks_at_case(chair)
    assert {"council_case", "concerns_concern"} <= set(holding(postgres_url, await traces_of(house)))


async def test_tables_that_are_busy_are_laid_out_anew_later(
    house: House, postgres_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    traces = await goes_its_way(house)
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as busy:
        busy.execute("SELECT 1 FROM outbox")
        with caplog.at_level(logging.WARNING):
            await house.later(30 * DAY)
        assert house.council_place()[0].startswith("A case was forgotten on ")
        assert "names of forgotten cases stay there until the next try" in caplog.text
    await house.later(timedelta(minutes=1))
    await house.later(timedelta(minutes=1))
    assert holding(postgres_url, traces) == []


async def test_a_house_that_was_killed_before_it_does_it_at_its_next_start(
    house: House, tmp_path: Path, postgres_url: str, clock: FakeClock, shelf: Shelf
) -> None:
    traces = await goes_its_way(house)
    async with house.app.database.writing() as transaction:
        for table in ("council_act", "council_board", "council_reminder", "council_case", "outbox"):
            await transaction.execute(text(f"DELETE FROM {table}"))
        for table in ("concerns_message", "concerns_concern"):
            await transaction.execute(text(f"DELETE FROM {table}"))
    async with opened(postgres_url, tmp_path, shelf, clock) as another:
        await another.later(timedelta(minutes=1))
    assert holding(postgres_url, traces) == []
