"""What the council owes, through every door: it is reminded, it answers on a board, and it forgets."""

from datetime import timedelta

from tests.walks.stage import Stage
from tests.walks.talk import ENDS, MESSAGE, TOLD, WORDS, owned, place, raises

DAY = timedelta(days=1)
FOR_ALL = "Fit for everybody: also put it on the answers board"
KEPT = "How long is it kept?"
NOBODY_WROTE = "nobody has written to its author yet"


async def test_an_owner_is_reminded_alone_and_then_the_whole_council(stage: Stage) -> None:
    _, chair = await owned(stage)
    await stage.later(4 * DAY)
    (told,) = [each for each in await chair.news() if NOBODY_WROTE in each]
    assert "3 days left" in told
    assert WORDS not in told
    await chair.looks_at("You own this case.")
    assert WORDS in await chair.presses("Open the case")
    assert await stage.player("legal").news() == []
    assert not any(NOBODY_WROTE in each for each in await place(stage))
    await stage.later(2 * DAY)
    assert sum(NOBODY_WROTE in each for each in await place(stage)) == 1


async def test_a_case_that_nobody_owns_is_told_to_the_council_and_claimed_from_there(stage: Stage) -> None:
    await raises(stage.player("ann"))
    await stage.later(4 * DAY)
    legal = stage.player("legal")
    assert "Owner: nobody yet" in await legal.looks_at(NOBODY_WROTE)
    await legal.presses("Open the case")
    await legal.presses("Claim")
    assert "Owner: legal" in await legal.looks_at("State:")


async def test_the_card_tells_when_something_is_late(stage: Stage) -> None:
    _, chair = await owned(stage)
    assert "7 days left" in await chair.looks_at("State:")
    await stage.later(8 * DAY)
    assert "Write by: 2026-11-30, late" in await chair.looks_at("State:")


async def test_an_answer_for_all_is_read_from_the_board_by_everybody(stage: Stage) -> None:
    _, chair = await owned(stage)
    for number in range(5):
        await chair.looks_at("State:")
        await chair.presses("Write to the author")
        await chair.fills({MESSAGE: f"Answer {number}.", FOR_ALL: "yes"})
    mira = stage.player("mira")
    newest = await mira.says("board")
    older = await mira.presses("Older answers")
    seen = [sum(f"Answer {number}." in page for page in (newest, older)) for number in range(5)]
    assert all(seen)
    assert WORDS not in newest + older
    assert "The council, on " in newest


async def test_the_board_is_found_on_everybodys_page(stage: Stage) -> None:
    mira = stage.player("mira")
    assert "The answers board" in await mira.opens_page()
    assert "There is nothing here yet." in await mira.presses("Read the answers board")


async def test_a_member_takes_an_answer_off_the_board(stage: Stage) -> None:
    _, chair = await owned(stage)
    await chair.presses("Write to the author")
    await chair.fills({MESSAGE: "We have stopped it.", FOR_ALL: "yes"})
    legal = stage.player("legal")
    assert "We have stopped it." in await legal.says("board")
    assert "It is off the board." in await legal.presses("Take it off")
    assert "Whoever raised the concern can still read it by receipt." in legal.asked
    assert "There is nothing here yet." in await stage.player("mira").says("board")


async def test_a_case_that_is_forgotten_leaves_none_of_its_words(stage: Stage) -> None:
    _, chair = await owned(stage)
    await chair.presses("Resolve")
    await chair.fills({ENDS: "We act on it", TOLD: "The release was taken back.", KEPT: "30 days"})
    assert "Forgotten on: 2026-12-23" in await chair.looks_at("State:")
    await stage.later(30 * DAY)
    assert "deleted for good" in await chair.looks_at("A case was forgotten on 2026-12-23")
    for words in (WORDS, "The release was taken back."):
        assert not any(words in each for each in await place(stage))
