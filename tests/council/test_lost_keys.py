"""A concern whose key is gone: what stands in place of its words, and that its case can still come to an end."""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.concerns.test_walk import WORDS
from tests.council.houses import looks_at_case, owned, resolves
from tests.walks.house import House, Person

LOST = "Nobody can open these words any more"


def of_concerns(folder: Path) -> list[Path]:
    """The keys of all concerns, without that of the next batch."""
    return [file for file in (folder / "var" / "keys").glob("*.key") if not file.name.startswith("batch-")]


def loses_keys(folder: Path) -> None:
    """The keys of all concerns are gone."""
    for file in of_concerns(folder):
        file.unlink()


def damages_keys(folder: Path) -> None:
    """The keys of all concerns are cut short."""
    for file in of_concerns(folder):
        file.write_bytes(b"short")


async def answers_for_all(house: House, words: str) -> Person:
    """A case whose owner has put an answer on the board."""
    _, chair = await owned(house)
    await chair.presses("Write to the author")
    await chair.fills(words=words, board="yes")
    return chair


async def test_the_board_shows_the_answers_that_can_be_opened(
    house: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await answers_for_all(house, "This is lost.")
    loses_keys(tmp_path)
    await house.later(timedelta(minutes=1))
    await answers_for_all(house, "This can be read.")
    seen = await house.person("anybody").says("board")
    assert "This can be read." in seen
    assert LOST not in seen
    assert "Answers that nobody can open any more: 1." in seen
    assert "answers on the board cannot be opened: 1" in caplog.text


async def test_a_board_on_which_nothing_can_be_opened_says_so(house: House, tmp_path: Path) -> None:
    await answers_for_all(house, "This is lost.")
    loses_keys(tmp_path)
    seen = await house.person("anybody").says("board")
    assert "Answers that nobody can open any more: 1." in seen
    assert "nothing here yet" not in seen


async def test_a_key_that_is_damaged_holds_up_no_other_answer(house: House, tmp_path: Path) -> None:
    await answers_for_all(house, "This is lost.")
    damages_keys(tmp_path)
    await house.later(timedelta(minutes=1))
    await answers_for_all(house, "This can be read.")
    assert "This can be read." in await house.person("anybody").says("board")


@pytest.mark.parametrize("goes_wrong", [loses_keys, damages_keys])
async def test_its_card_says_what_cannot_be_read_and_claims_nothing_else_of_it(
    house: House, tmp_path: Path, caplog: pytest.LogCaptureFixture, goes_wrong: Callable[[Path], None]
) -> None:
    _, chair = await owned(house)
    goes_wrong(tmp_path)
    await chair.says("cases")
    seen = await chair.presses(chair.labels()[0])
    assert LOST in seen
    assert WORDS not in seen
    assert "Value:" not in seen
    assert "Urgency:" not in seen
    assert "Owner: chair" in seen
    told = [record.levelno for record in caplog.records if "cannot be opened" in record.message]
    assert set(told) == {logging.ERROR}


async def test_it_is_answered_resolved_and_forgotten_like_any_other(house: House, tmp_path: Path) -> None:
    receipt, chair = await owned(house)
    loses_keys(tmp_path)
    await resolves(chair, "Please say it again.", keep="30")
    seen = looks_at_case(chair)
    assert LOST in seen
    assert "Please say it again." in seen
    author = house.person("somebody")
    await author.says("receipt")
    assert "Please say it again." in await author.fills(receipt=receipt)
    await house.later(timedelta(days=30))
    assert house.council_place()[0].startswith("A case was forgotten on ")


async def test_behind_a_page_that_nobody_can_open_the_older_answers_are_reached(house: House, tmp_path: Path) -> None:
    older = await answers_for_all(house, "This can be read.")
    code = looks_at_case(older).split("\n")[0].removeprefix("Case ")
    before = {file.name for file in (tmp_path / "var" / "keys").glob("*.key")}
    for _ in range(4):
        await house.later(timedelta(minutes=1))
        await answers_for_all(house, "This is lost.")
    for file in (tmp_path / "var" / "keys").glob("*.key"):
        if file.name not in before and not file.name.startswith("batch-"):
            file.unlink()
    reader = house.person("anybody")
    assert "Answers that nobody can open any more: 4." in await reader.says("board")
    assert f"The council, on {code}" in await reader.presses("Older answers")
