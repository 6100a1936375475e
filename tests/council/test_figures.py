"""Figures from ten up: what is shown, and that nothing below ten can be worked out from it by who knows the rule."""

from collections import defaultdict
from itertools import combinations_with_replacement, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.council.duties_store import PastStore
from bot.council.figures import LEAST, Figures, figures
from bot.council.model import OUTCOMES
from tests.council.houses import owned, resolves
from tests.walks.house import House

NAMES = tuple(value for value, _ in OUTCOMES)
SMALL = range(LEAST)
AnyCount = st.integers(0, 60)


def shown(*counts: int, late: int = 0) -> Figures:
    return figures(dict(zip(NAMES, counts, strict=True)), late)


@given(st.tuples(AnyCount, AnyCount, AnyCount, AnyCount), st.data())
def test_no_figure_below_ten_is_shown(counts: tuple[int, ...], data: st.DataObject) -> None:
    late = data.draw(st.integers(0, sum(counts)))
    told = shown(*counts, late=late)
    every = [*told.outcomes.values(), told.rest, *(told.in_time or ())]
    assert all(count >= LEAST for count in every if count is not None)


@given(st.tuples(AnyCount, AnyCount, AnyCount, AnyCount), st.data())
def test_what_is_hidden_can_be_any_number_below_ten(counts: tuple[int, ...], data: st.DataObject) -> None:
    """For each hidden outcome and each number from 0 to 9 there are other cases that would be shown just so."""
    late = data.draw(st.integers(0, sum(counts)))
    told = shown(*counts, late=late)
    hidden = [name for name in NAMES if name not in told.outcomes]
    seen: dict[str, set[int]] = defaultdict(set)
    for others in product(SMALL, repeat=len(hidden)):
        small = dict(zip(hidden, others, strict=True))
        total = sum(told.outcomes.values()) + sum(others)
        # As many late as before, or none of them: whoever looks knows neither.
        for guess in {min(late, total), 0}:
            if figures({**told.outcomes, **small}, guess) == told:
                for name, count in small.items():
                    seen[name].add(count)
    assert all(seen[name] == set(SMALL) for name in hidden)


@given(st.integers(20, 60), st.integers(20, 60), st.data())
def test_how_many_were_late_is_hidden_below_ten_too(one: int, two: int, data: st.DataObject) -> None:
    late = data.draw(st.integers(0, one + two))
    told = shown(one, two, 10, 10, late=late)
    total = one + two + 20
    like_it = {other for other in range(total + 1) if shown(one, two, 10, 10, late=other) == told}
    if late < LEAST:
        assert like_it == set(SMALL)
    elif total - late < LEAST:
        assert {total - other for other in like_it} == set(SMALL)
    else:
        assert told.in_time == (total - late, late)


def test_every_way_to_split_few_cases_looks_the_same() -> None:
    few = [each for each in combinations_with_replacement(SMALL, 4) if sum(each) < LEAST]
    assert {repr(shown(*order)) for each in few for order in permutations(each)} == {repr(Figures({}))}


@pytest.mark.parametrize(
    ("counts", "late", "told"),
    [
        ((21, 12, 10, 15), 12, Figures({"acted": 21, "explained": 12, "elsewhere": 10, "unclear": 15}, None, (46, 12))),
        ((21, 12, 10, 15), 3, Figures(dict(zip(NAMES, (21, 12, 10, 15), strict=True)), nearly_all_in_time=True)),
        ((21, 12, 4, 3), 3, Figures({"acted": 21, "explained": 12})),
        ((21, 4, 4, 3), 3, Figures({"acted": 21}, 11, nearly_all_in_time=True)),
        ((21, 9, 9, 9), 0, Figures({"acted": 21})),
        ((21, 12, 15, 9), 0, Figures({"acted": 21, "explained": 12, "elsewhere": 15})),
    ],
)
def test_examples(counts: tuple[int, ...], late: int, told: Figures) -> None:
    assert shown(*counts, late=late) == told


async def test_members_see_figures_once_there_are_ten_cases(house: House) -> None:
    await forgot(house, 9)
    assert "We act on it" not in await figures_seen(house)
    _, chair = await owned(house)
    await resolves(chair)
    seen = await figures_seen(house)
    assert "We act on it: 10 cases" in seen
    assert "Answered" not in seen


async def test_who_has_no_seat_sees_no_figures(house: House) -> None:
    legal, stranger = house.person("legal"), house.person("stranger")
    await legal.says("cases")
    stranger.card = legal.card
    assert "Only members of the RAI council" in await stranger.presses("Figures")


async def forgot(house: House, cases: int) -> None:
    """So many cases that were acted on were resolved, and are forgotten by now."""
    async with house.app.database.writing() as transaction:
        for _ in range(cases):
            await PastStore().add(transaction, "2026-01", "acted", in_time=True)


async def figures_seen(house: House) -> str:
    legal = house.person("legal")
    await legal.says("cases")
    return await legal.presses("Figures")
