"""What a full copy of the database tells of the order in which concerns came: by any column, nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest
from sqlalchemy import RowMapping, text

from bot.chat.cards import Quote
from bot.concerns.keyring import Keyring
from bot.concerns.model import Concern, ConcernId, FormMark, Words
from bot.concerns.schedule import Schedule, parse
from bot.concerns.vault import open_concern
from bot.store.db import metadata
from tests.walks.house import House

MANY = 60

CHANCE = 0.4
"""Of 60 things in random order, |tau| is larger than this once in 150,000 times (its deviation is 0.089)."""

NAMES = ("concern", "case_id", "subject", "id")
"""The columns by which a row may belong to a concern."""


def tau(values: Sequence[object]) -> float:
    """Kendall's tau of values against the order of arrival, in which they are given; equal ones tell nothing."""
    ordered = [(left < right) - (left > right) for left, right in combinations(values, 2)]  # type: ignore[operator]
    return sum(ordered) / len(ordered) if ordered else 0.0


async def arrived(house: House) -> None:
    """Concerns, an hour apart, and every now and then what time sets off."""
    for number in range(MANY):
        await house.app.concerns.raise_concern(Concern(Words(str(number))), FormMark.new())
        house.clock.move(timedelta(minutes=30))
        if number % 10 == 0:
            await house.app.settle()
    await house.app.settle()  # PostgreSQL's rows lie as they came until then


async def numbers(house: House, keyring: Keyring) -> Mapping[str, int]:
    """Which concern came when, as only who holds the keys can tell."""
    async with house.app.database.reading() as transaction:
        rows = (await transaction.execute(text("SELECT concern, for_council FROM concerns_message"))).all()
    known = {}
    for concern, sealed in rows:
        key = keyring.known(ConcernId(concern)) or keyring.batch(1)
        known[concern] = int(open_concern((key,), sealed).words.text)
    return known


async def columns(house: House, known: Mapping[str, int]) -> Iterator[tuple[str, list[object]]]:
    """Every column of every table that speaks of concerns, its values in the order in which the concerns came."""
    found: dict[str, list[object]] = {}
    async with house.app.database.reading() as transaction:
        for table in metadata.tables.values():
            rows = (await transaction.execute(table.select())).mappings().all()
            ours = sorted(
                (number, index) for index, row in enumerate(rows) if (number := belongs(row, known)) is not None
            )
            for column in table.c if len(ours) == MANY else ():
                values = [rows[index][column.name] for _, index in ours]
                if all(value is not None for value in values):
                    found[f"{table.name}.{column.name}"] = values
            if len(ours) == MANY:
                found[f"{table.name} as it is read"] = [index for _, index in ours]
    return iter(found.items())


def belongs(row: RowMapping, known: Mapping[str, int]) -> int | None:
    values = {str(column): value for column, value in row.items()}
    return next((known[values[name]] for name in NAMES if values.get(name) in known), None)


@pytest.mark.parametrize("released", [False, True], ids=["waiting", "released"])
async def test_no_column_tells_the_order(
    open_house: Callable[[Schedule], House], tmp_path: Path, released: bool
) -> None:
    house = open_house(parse("fri 10:00 UTC"))
    await house.app.start()
    await arrived(house)
    if released:
        await house.later(timedelta(days=7))
    known = await numbers(house, Keyring(tmp_path / "var" / "keys"))
    told = {name: tau(values) for name, values in await columns(house, known)}
    assert {name: round(value, 2) for name, value in told.items() if abs(value) >= CHANCE} == {}
    assert {"concerns_concern.id", "concerns_concern.lookup", "concerns_message.once"} <= set(told)
    assert ("council_case.code" in told) is released
    if released:
        posted = house.messenger.seen(house.app.council.place)
        said = [int(next(block.words for block in card.blocks if isinstance(block, Quote))) for card in posted]
        assert abs(tau(said)) < CHANCE
    await house.app.stop()


def test_an_order_that_is_kept_is_found() -> None:
    assert tau(range(MANY)) == 1
    assert tau([str(number) for number in range(10, 70)]) == 1
    assert tau([0] * MANY) == 0
