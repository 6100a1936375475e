"""What is asked behind an answer: the subject stays for an hour, in its place, with its person, without a word."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.identity import Actor
from bot.chat.places import Place
from bot.questions.follow_up import asks_for_more, is_bare
from bot.questions.memory import MOST_KEPT, Memory, Subjects
from tests.fakes.timing import FakeClock
from tests.questions.library import TOPICS, small_shelf
from tests.questions.rows import rows
from tests.walks.house import House

KNOWN = TOPICS["appeals"][1]
TOOK = "I took this to be about what I answered last:"


async def test_why_opens_the_rest_of_the_last_answer(house: House) -> None:
    person = house.person("mira")
    await person.says(KNOWN)
    seen = await person.says("why?")
    assert TOOK in seen
    assert "> Letting people appeal" in seen
    assert "It does not help with:" in seen


async def test_and_for_offers_what_lies_around_the_subject(house: House) -> None:
    person = house.person("mira")
    await person.says(KNOWN)
    seen = await person.says("and for small teams?")
    assert TOOK in seen
    assert person.labels() == ["Letting people appeal", "Carbon footprint of training", "None of these: ask a human"]
    assert await rows(house, "questions_gap") == []
    assert "Tension between Carbon footprint" in await person.presses("Carbon footprint of training")
    assert "> Carbon footprint" in await person.says("and then?")


async def test_an_answer_without_neighbours_shows_its_rest(house: House) -> None:
    person = house.person("mira")
    await person.says(TOPICS["drift"][1])
    assert "It does not help with: Anything else than Watching for drift" in await person.says("and for small teams?")


@pytest.mark.parametrize("wait", ["place", "person", "hour", "none"])
async def test_outside_of_a_subject_a_bare_follow_up_is_not_known(house: House, wait: str) -> None:
    person, other = house.person("mira"), house.person("ben")
    if wait != "none":
        await person.says(KNOWN, place="thread-1")
    match wait:
        case "place":
            seen = await person.says("and for small teams?", place="thread-2")
        case "person":
            seen = await other.says("and for small teams?", place="thread-1")
        case _:
            house.clock.move(timedelta(hours=1))
            seen = await person.says("and for small teams?", place="thread-1")
    assert "I don't know" in seen


async def test_a_word_of_its_own_is_offered_beside_the_subject(house: House, folder: Path) -> None:
    person = house.person("mira")
    await person.says(KNOWN)
    house.app.live.shelf = small_shelf(folder, right=0.9999)
    assert TOOK in await person.says("and drift?")
    assert person.labels()[:2] == ["Letting people appeal", "Watching for drift"]
    assert TOOK in await person.says("why?")


async def test_each_place_keeps_its_own_subject(house: House) -> None:
    person = house.person("mira")
    await person.says(KNOWN, place="thread-1")
    await person.says(TOPICS["drift"][1], place="thread-2")
    assert "> Letting people appeal" in await person.says("why?", place="thread-1")
    assert "> Watching for drift" in await person.says("why?", place="thread-2")


async def test_a_question_with_a_subject_of_its_own_leaves_the_old_one(house: House) -> None:
    person = house.person("mira")
    await person.says(KNOWN)
    assert "Watching for drift" in await person.says(TOPICS["drift"][1])
    assert "I don't know" in await person.says("how do I change the toner of the printer")


@pytest.mark.parametrize(
    ("words", "bare", "more"),
    [
        ("why?", True, True),
        ("more please", True, True),
        ("for example?", True, True),
        ("tell me more", True, True),
        ("and for small teams?", True, False),
        ("what about children", True, False),
        ("but in hospitals?", True, False),
        ("and how do we measure the error rates of both groups", False, False),
        ("toner of the printer", False, False),
        ("toner", False, False),
        ("🙂", False, True),
        ("", False, True),
    ],
)
def test_a_bare_follow_up_is_told_from_a_question(words: str, bare: bool, more: bool) -> None:
    assert is_bare(words) == bare
    assert asks_for_more(words) == more


def test_the_memory_is_short_and_cannot_be_read_back(clock: FakeClock) -> None:
    memory: Memory[str] = Memory(clock, 3, timedelta(hours=1))
    for name in ("canary-1", "canary-2", "canary-3", "canary-4"):
        memory.keep(name, "entry")
    assert len(memory) == 3
    assert memory.recall("canary-1") is None
    assert memory.recall("canary-4") == "entry"
    assert "canary" not in repr(vars(memory))
    clock.move(timedelta(hours=1))
    assert memory.recall("canary-4") is None


def test_a_thousand_places_are_kept_and_no_more(clock: FakeClock) -> None:
    subjects, person = Subjects(clock), Actor("terminal", "local", "canary")
    for number in range(MOST_KEPT + 5):
        subjects.came(person, Place("terminal", f"place-{number}"))
        subjects.answered(person, "entry")
    assert subjects.of(person) == "entry"
    subjects.came(person, Place("terminal", "place-0"))
    assert subjects.of(person) is None
