"""The answers board: what the council marked as fit for all, read by everybody without a receipt."""

import asyncio
from datetime import timedelta

from sqlalchemy import text

from tests.concerns.test_walk import WORDS
from tests.council.houses import looks_at_case, owned, resolves
from tests.walks.house import House, Person


async def writes(member: Person, words: str, *, for_all: bool) -> str:
    """The owner writes to the author, maybe for all to read."""
    looks_at_case(member)
    await member.presses("Write to the author")
    return await member.fills(words=words, board="yes" if for_all else "")


def code_of(member: Person) -> str:
    """The name of the case that the member looks at."""
    return looks_at_case(member).split("\n")[0].removeprefix("Case ")


async def test_an_answer_for_all_is_read_under_the_cases_name(house: House) -> None:
    _, chair = await owned(house)
    await writes(chair, "We have stopped the release.", for_all=True)
    await writes(chair, "Only you know this.", for_all=False)
    seen = await house.person("anybody").says("board")
    assert f"The council, on {code_of(chair)}" in seen
    assert "We have stopped the release." in seen
    assert "Only you know this." not in seen
    assert WORDS not in seen
    assert "Answers on the board: 1" in looks_at_case(chair)


async def test_an_outcome_can_be_for_all_too_and_its_author_reads_it_as_before(house: House) -> None:
    receipt, chair = await owned(house)
    await writes(chair, "Thank you.", for_all=False)
    await resolves(chair, "The release was taken back.", board="yes")
    author = house.person("somebody")
    assert "The release was taken back." in await author.says("board")
    assert "Thank you." not in await author.says("board")
    await author.says("receipt")
    assert "The release was taken back." in await author.fills(receipt=receipt)


async def test_the_form_says_what_may_never_stand_there(house: House) -> None:
    _, chair = await owned(house)
    for press in ("Write to the author", "Resolve"):
        looks_at_case(chair)
        await chair.presses(press)
        assert chair.form is not None
        (box,) = (each for each in chair.form.fields if each.name == "board")
        assert "answers board" in box.label
        assert "Never write there what only the author can know." in box.hint
        assert "understands it, and nobody can see from it who raised it." in box.hint
        assert box.initial == ""


async def test_the_newest_come_first_and_older_ones_on_the_next_page(house: House) -> None:
    _, chair = await owned(house)
    for number in range(9):
        await writes(chair, f"Answer {number}.", for_all=True)
    reader = house.person("anybody")
    pages = [await reader.says("board")]
    while "Older answers" in reader.labels():
        assert len(reader.labels()) <= 6
        pages.append(await reader.presses("Older answers"))
    found = [[number for number in range(9) if f"Answer {number}." in page] for page in pages]
    # All of one moment, in the order of random ids: together they are all, each once.
    assert [len(each) for each in found] == [4, 4, 1]
    assert sorted(number for each in found for number in each) == list(range(9))


async def test_what_came_later_stands_above(house: House) -> None:
    _, chair = await owned(house)
    await writes(chair, "The first.", for_all=True)
    await house.later(timedelta(minutes=1))
    await writes(chair, "The second.", for_all=True)
    seen = await house.person("anybody").says("board")
    assert seen.index("The second.") < seen.index("The first.")


async def test_an_empty_board_says_so_and_what_it_is_for(house: House) -> None:
    seen = await house.person("anybody").says("board")
    assert "There is nothing here yet." in seen
    assert "what the council has answered" in seen
    assert "code name" in seen


async def test_who_takes_an_answer_off_is_told_who_still_reads_it(house: House) -> None:
    _, chair = await owned(house)
    await writes(chair, "We have stopped the release.", for_all=True)
    await chair.says("board")
    assert chair.card is not None
    (button,) = chair.card.every_button
    assert button.confirm is not None
    assert "Whoever raised the concern can still read it" in button.confirm.question


async def test_everybody_finds_it_on_their_page_and_at_the_desk(house: House) -> None:
    reader = house.person("anybody")
    await reader.says("")
    assert "There is nothing here yet." in await reader.presses("Read the answers board")
    await reader.says("desk")
    assert "There is nothing here yet." in await reader.fills(what="board")


async def test_a_member_takes_an_answer_off_again_and_its_author_keeps_it(house: House) -> None:
    receipt, chair = await owned(house)
    await writes(chair, "We have stopped the release.", for_all=True)
    legal, reader = house.person("legal"), house.person("somebody")
    await legal.says("board")
    seen = await legal.presses("Take it off")
    assert "It is off the board." in seen
    assert "We have stopped" not in seen
    assert "We have stopped" not in await reader.says("board")
    assert "answers board" not in looks_at_case(chair)
    await reader.says("receipt")
    assert "We have stopped" in await reader.fills(receipt=receipt)


async def test_nobody_else_takes_anything_off(house: House) -> None:
    _, chair = await owned(house)
    await writes(chair, "We have stopped the release.", for_all=True)
    member, reader = house.person("legal"), house.person("anybody")
    await reader.says("board")
    assert reader.labels() == []
    await member.says("board")
    reader.card = member.card
    assert "Only members of the RAI council" in await reader.presses("Take it off")
    assert "We have stopped" in await reader.says("board")


async def test_of_two_who_take_it_off_at_once_one_is_told_it_is_off_already(house: House) -> None:
    _, chair = await owned(house)
    await writes(chair, "We have stopped the release.", for_all=True)
    members = [house.person(name) for name in ("chair", "legal", "engineer")]
    for member in members:
        await member.says("board")
    seen = await asyncio.gather(*(member.presses("Take it off") for member in members))
    assert sorted("is not on the board any more" in each for each in seen) == [False, True, True]


async def test_of_two_who_resolve_at_once_one_does_and_the_board_has_one_answer(house: House) -> None:
    _, chair = await owned(house)
    again = house.person("chair")
    for member in (chair, again):
        looks_at_case(member)
        await member.presses("Resolve")
    seen = await asyncio.gather(
        *(member.fills(outcome="acted", words="We have stopped.", board="yes") for member in (chair, again))
    )
    assert sorted("resolved already" in each for each in seen) == [False, True]
    assert (await house.person("anybody").says("board")).count("We have stopped.") == 1


async def test_the_same_answer_sent_twice_stands_there_once(house: House) -> None:
    _, chair = await owned(house)
    await chair.presses("Write to the author")
    form = chair.form
    await chair.fills(words="We have stopped.", board="yes")
    chair.form = form
    assert "sent before" in await chair.fills(words="We have stopped.", board="yes")
    assert (await house.person("anybody").says("board")).count("We have stopped.") == 1


async def test_the_right_words_stand_there_whoever_spoke_between(house: House) -> None:
    receipt, chair = await owned(house)
    author = house.person("somebody")
    for number in range(3):
        await writes(chair, f"Asked {number}.", for_all=number == 2)
        await author.says("receipt")
        await author.sends(receipt=receipt, words=f"Said {number}.")
    seen = await house.person("anybody").says("board")
    assert "Asked 2." in seen
    assert not any(words in seen for words in ("Asked 0.", "Asked 1.", "Said"))


async def test_no_words_are_kept_for_the_board_beside_those_of_the_concern(house: House) -> None:
    _, chair = await owned(house)
    await writes(chair, "CANARY", for_all=True)
    async with house.app.database.reading() as transaction:
        rows = (await transaction.execute(text("SELECT * FROM council_board"))).all()
    assert len(rows) == 1
    assert "CANARY" not in repr(rows)
