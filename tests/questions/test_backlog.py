"""Questions without a good answer: noted without an author, grouped, made into tickets, let go, forgotten."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.questions.backlog_groups import groups
from bot.questions.model import Gap
from tests.questions.library import TOPICS
from tests.questions.rows import everything, rows
from tests.walks.house import House, Person

KNOWN = TOPICS["appeals"][1]
PRINTER = "how do I change the toner of the printer"
WAIT = "Tell me when this is answered"


async def asked(house: House, *questions: str) -> None:
    for number, question in enumerate(questions):
        await house.person(f"canary-{number}").says(question)


async def at_the_backlog(house: House, name: str = "chair") -> Person:
    member = house.person(name)
    await member.says("backlog")
    return member


async def test_what_was_refused_is_noted_without_a_name_a_time_or_an_order(house: House) -> None:
    person = house.person("canary-person")
    assert "noted without your name" in await person.says(PRINTER)
    (row,) = await rows(house, "questions_gap")
    assert set(row) == {"id", "question", "day", "why", "entry", "library", "ticket"}
    assert (row["question"], str(row["day"]), row["why"]) == (PRINTER, "2026-11-23", "refused")
    assert "canary" not in await everything(house)


async def test_the_asker_can_have_it_deleted_once(house: House) -> None:
    person = house.person("mira")
    await person.says(PRINTER)
    card = person.card
    await person.presses(WAIT)
    assert "Nothing of it is kept" in await person.presses("Don't keep my question")
    assert (await rows(house, "questions_gap"), await rows(house, "questions_waiting")) == ([], [])
    person.card = card
    assert "not kept any more" in await person.presses("Don't keep my question")
    assert "not kept any more" in await person.presses(WAIT)


@pytest.mark.parametrize("label", ["It did not", "Wrong or out of date"])
async def test_a_question_that_was_answered_badly_is_noted_with_the_entry(house: House, label: str) -> None:
    person = house.person("canary-person")
    await person.says("role engineer")
    await person.says(KNOWN)
    assert "together with your question" in await person.presses(label)
    (row,) = await rows(house, "questions_gap")
    assert (row["question"], row["entry"]) == (KNOWN, "appeals")
    assert "canary" not in repr(row)
    await person.presses("Don't keep my question")
    assert await rows(house, "questions_gap") == []


async def test_a_helpful_answer_leaves_no_words(house: House) -> None:
    person = house.person("mira")
    await person.says("role engineer")
    await person.says(KNOWN)
    await person.presses("This helped")
    assert await rows(house, "questions_gap") == []


@pytest.mark.parametrize("words", ["🙂🙂🙂", "the of and", "…"])
async def test_what_says_nothing_is_not_noted(house: House, words: str) -> None:
    assert "I don't know" in await house.person("mira").says(words)
    assert await rows(house, "questions_gap") == []


async def test_the_backlog_is_for_members(house: House) -> None:
    await asked(house, PRINTER)
    member = await at_the_backlog(house)
    await member.presses(member.labels()[0])
    stranger = house.person("stranger")
    assert "Only members" in await stranger.says("backlog")
    stranger.card = member.card
    for label in ("Make it a ticket", "Close", "Back to the backlog"):
        assert "Only members" in await stranger.presses(label)
    assert len(await rows(house, "questions_gap")) == 1


async def test_questions_that_ask_the_same_become_one_ticket_and_all_who_wait_are_told(house: House) -> None:
    first, second = house.person("mira"), house.person("ben")
    await first.says(PRINTER)
    await first.presses(WAIT)
    house.clock.move(timedelta(days=2))
    await second.says("the printer's toner: who can change it?")
    await second.presses(WAIT)
    second_card = second.card
    await asked(house, "where does the parrot of the office sleep")
    chair = await at_the_backlog(house)
    assert "2 times, 2026-11-23 to 2026-11-25" in (await chair.says("backlog"))
    seen = await chair.presses(chair.labels()[0])
    assert f"> {PRINTER}" in seen
    assert "> the printer's toner: who can change it?" in seen
    assert "on its way" in await chair.presses("Make it a ticket")
    assert "parrot" in chair.labels()[0]
    assert "Somebody asks" in chair.looks(house.app.council.place)
    second.card = second_card
    assert "A ticket was made of it" in await second.presses("Don't keep my question")
    await chair.presses("Answer")
    await chair.fills(answer="The office team does.")
    assert "The office team does." in first.corner()[0]
    assert (len(first.corner()), len(second.corner())) == (1, 1)
    assert await rows(house, "questions_waiting") == []
    assert [row["question"] for row in await rows(house, "questions_gap")] == [
        "where does the parrot of the office sleep"
    ]


async def test_a_closed_group_is_gone_with_those_who_wait(house: House) -> None:
    person = house.person("mira")
    await person.says(PRINTER)
    await person.presses(WAIT)
    chair = await at_the_backlog(house)
    await chair.presses(chair.labels()[0])
    assert "Deleted: 1 questions" in await chair.presses("Close")
    assert "The backlog is empty" in await chair.says("backlog")
    assert await rows(house, "questions_waiting") == []


async def test_two_members_who_press_at_once_make_one_ticket(house: House) -> None:
    await asked(house, PRINTER)
    members = [await at_the_backlog(house, name) for name in ("chair", "legal")]
    for member in members:
        await member.presses(member.labels()[0])
    seen = await asyncio.gather(*(member.presses("Make it a ticket") for member in members))
    assert sum("on its way" in each for each in seen) == 1
    assert len(await rows(house, "questions_ticket")) == 1


async def test_a_group_that_grew_since_is_looked_at_again(house: House) -> None:
    await asked(house, PRINTER)
    chair = await at_the_backlog(house)
    await chair.presses(chair.labels()[0])
    await asked(house, f"{PRINTER} upstairs")
    assert "has changed since" in await chair.presses("Close")
    assert len(await rows(house, "questions_gap")) == 2


async def test_waiting_twice_counts_once(house: House) -> None:
    person = house.person("mira")
    await person.says(PRINTER)
    card = person.card
    assert "kept apart from your words" in await person.presses(WAIT)
    person.card = card
    assert "told already" in await person.presses(WAIT)
    (row,) = await rows(house, "questions_waiting")
    assert set(row) == {"id", "subject", "person"}


async def test_after_half_a_year_a_question_is_forgotten_with_those_who_wait(house: House) -> None:
    person = house.person("mira")
    await person.says(PRINTER)
    await person.presses(WAIT)
    await house.later(timedelta(days=180))
    assert len(await rows(house, "questions_gap")) == 1
    await house.later(timedelta(days=1))
    assert (await rows(house, "questions_gap"), await rows(house, "questions_waiting")) == ([], [])


async def test_the_largest_groups_come_first_and_six_buttons_suffice(house: House) -> None:
    subjects = ("parrot", "printer", "bicycle", "kitchen", "window", "carpet", "lamp")
    await asked(house, *(f"who repairs the broken {subject} downstairs {subject}" for subject in subjects))
    chair = await at_the_backlog(house)
    assert 0 < len(chair.labels()) <= 6


def gap(number: int, question: str, day: date = date(2026, 11, 23)) -> Gap:
    return Gap(f"{number:032x}", question, day, "refused", None, "0" * 12)


def test_questions_are_grouped_by_the_stems_they_share_whatever_their_order() -> None:
    asked = [
        gap(1, "how do we change the toner of the printer"),
        gap(2, "changing toner in our printer"),
        gap(3, "printer toner changed by whom?"),
        gap(4, "where does the parrot sleep"),
        gap(5, "これは何ですか"),
        gap(6, "parrots and where they sleep"),
    ]
    made = groups(asked)
    assert [sorted(int(each.id, 16) for each in group.gaps) for group in made] == [[1, 2, 3], [4, 6], [5]]
    assert groups(reversed(asked)) == made
    assert groups([]) == ()
    assert made[0].days == (date(2026, 11, 23), date(2026, 11, 23))


def test_words_that_every_question_has_do_not_gather_all_of_them() -> None:
    subjects = ("wages of annotators abroad", "carbon of cooling water", "voice of callers recorded")
    assert len(groups(gap(number, f"responsible {subject}") for number, subject in enumerate(subjects))) == 3


def test_two_thousand_questions_are_grouped_in_a_moment() -> None:
    many = [replace(gap(number, f"question {number} about subject{number % 400} and more")) for number in range(2_000)]
    assert len(groups(many)) <= 2_000
