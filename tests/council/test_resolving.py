"""How a case ends for its author: what they read by receipt, and what the board shows of it."""

from datetime import timedelta

from tests.council.houses import looks_at_case, owned, resolves
from tests.walks.house import House

ENDED = "Resolved: it is explained. Everything is deleted on 2026-12-23; if you write before that, it is opened again."


async def reads(house: House, receipt: str) -> str:
    """What the holder of a receipt sees."""
    author = house.person("somebody")
    await author.says("receipt")
    return await author.fills(receipt=receipt)


async def test_the_author_reads_how_it_ended_and_until_when_they_can_write(house: House) -> None:
    receipt, chair = await owned(house)
    assert "Resolved" not in await reads(house, receipt)
    await resolves(chair, "It was a test system.", "explained", keep="30")
    seen = await reads(house, receipt)
    assert seen.index("It was a test system.") < seen.index(ENDED)
    assert ENDED in looks_at_case(chair)


async def test_as_many_words_as_fit_leave_room_for_it(house: House) -> None:
    receipt, chair = await owned(house)
    await resolves(chair, "ü" * 2_000, "explained", keep="30")
    seen = await reads(house, receipt)
    assert "ü" * 2_000 in seen
    assert ENDED in seen


async def test_the_board_shows_what_was_written_and_not_that(house: House) -> None:
    receipt, chair = await owned(house)
    for words in ("The first end.", "The second end."):
        await house.later(timedelta(minutes=1))
        await resolves(chair, words, board="yes")
        author = house.person("somebody")
        await author.says("receipt")
        await author.sends(receipt=receipt, words="It is not done.")
    seen = await house.person("anybody").says("board")
    assert "The first end." in seen
    assert "The second end." in seen
    assert "Resolved" not in seen


async def test_sent_twice_it_is_told_once(house: House) -> None:
    receipt, chair = await owned(house)
    await chair.presses("Resolve")
    form = chair.form
    await chair.fills(outcome="explained", words="Done.", keep="30")
    chair.form = form
    await chair.fills(outcome="explained", words="Done.", keep="30")
    assert (await reads(house, receipt)).count(ENDED) == 1
