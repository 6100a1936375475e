"""The list of cases that need somebody: which come first, what stands beside each, and that all are reached."""

from datetime import timedelta
from pathlib import Path

from tests.concerns.test_walk import WORDS, raise_concern
from tests.council.houses import looks_at_case, owned, resolves
from tests.walks.house import House, Person

DAY = timedelta(days=1)


async def raises(house: House, words: str, **chosen: str) -> str:
    """Somebody raises a concern; returns the name of its case."""
    author = house.person("somebody")
    await author.says("concern")
    await author.sends(words=words, **chosen)
    return looks_at_case(house.person("chair")).split("\n")[0].removeprefix("Case ")


def listed(member: Person) -> list[str]:
    """The cases of the list that was seen last."""
    return [label for label in member.labels() if label not in ("More cases", "Figures")]


async def test_open_cases_are_listed_and_opened(house: House) -> None:
    await raise_concern(house.person("somebody"))
    chair = house.person("chair")
    await chair.says("cases")
    assert WORDS in await chair.presses(listed(chair)[0])
    await chair.presses("Claim")
    assert "Owner: chair" in house.council_place()[0]


async def test_an_empty_list_says_no_more_than_is_true(house: House) -> None:
    chair = house.person("chair")
    assert "No case needs anybody now." in await chair.says("cases")
    _, chair = await owned(house)
    await resolves(chair)
    assert "No case needs anybody now." in await chair.says("cases")


async def test_what_goes_at_once_comes_first_then_what_has_the_fewest_days_left(house: House) -> None:
    answered = await raises(house, "The first, and answered.")
    chair = house.person("chair")
    looks_at_case(chair)
    await chair.presses("Claim")
    await chair.presses("Write to the author")
    await chair.fills(words="Thank you.")
    await house.later(DAY)
    older = await raises(house, "The older one.")
    await house.later(DAY)
    newer = await raises(house, "The newer one.")
    urgent = await raises(house, "The urgent one.", urgency="at once")
    seen = await chair.says("cases")
    assert listed(chair) == [urgent, older, newer, answered]
    assert "the most urgent first" in seen


async def test_each_case_tells_its_urgency_its_system_and_what_is_owed(house: House) -> None:
    await raises(house, "Soon.", urgency="soon", system="Loan scoring")
    await raises(house, "At once.", urgency="at once")
    chair = house.person("chair")
    looks_at_case(chair)
    await chair.presses("Claim")
    await house.later(2 * DAY)
    await chair.says("cases")
    assert chair.card is not None
    hints = [button.hint for button in chair.card.every_button if button.hint]
    assert hints == [
        "at once, owner: chair, write by 2026-11-30, 5 days left",
        "Loan scoring, owner: nobody yet, write by 2026-11-30, 5 days left",
    ]
    await house.later(6 * DAY)
    assert "write by 2026-11-30, late" in await chair.says("cases")


async def test_all_cases_are_reached_page_by_page(house: House) -> None:
    names = {await raises(house, f"Number {number}.") for number in range(9)}
    chair = house.person("chair")
    seen = await chair.says("cases")
    assert "Cases 1 to 4 of 9." in seen
    found = listed(chair)
    while "More cases" in chair.labels():
        assert len(chair.labels()) <= 6
        seen = await chair.presses("More cases")
        found += listed(chair)
    assert "Case 9 of 9." in seen
    assert len(found) == 9
    assert set(found) == names
    await chair.presses("Figures")


async def test_a_page_that_is_empty_by_now_is_the_first_one(house: House) -> None:
    for number in range(5):
        await raises(house, f"Number {number}.")
    chair, before = house.person("chair"), house.person("chair")
    await before.says("cases")
    looks_at_case(chair)
    await chair.presses("Claim")
    await resolves(chair)
    assert "Open cases" in await before.presses("More cases")
    assert len(listed(before)) == 4


async def test_a_case_that_nobody_can_open_is_listed_too(house: House, tmp_path: Path) -> None:
    name = await raises(house, "Lost.", urgency="at once")
    for file in (tmp_path / "var" / "keys").glob("*.key"):
        if not file.name.startswith("batch-"):
            file.write_bytes(b"short")
    chair = house.person("chair")
    assert "owner: nobody yet, write by 2026-11-30, 7 days left" in await chair.says("cases")
    assert listed(chair) == [name]


async def test_who_has_no_seat_sees_no_further_page(house: House) -> None:
    for number in range(5):
        await raises(house, f"Number {number}.")
    chair, stranger = house.person("chair"), house.person("stranger")
    await chair.says("cases")
    stranger.card = chair.card
    assert "Only members of the RAI council" in await stranger.presses("More cases")


async def test_the_desk_lists_the_cases(house: House) -> None:
    await raise_concern(house.person("somebody"))
    chair = house.person("chair")
    await chair.says("")
    assert "Open cases, the most urgent first" in await chair.presses("Open cases")
