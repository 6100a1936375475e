"""The desk: whatever begins there begins with the same form, and no word written there is lost."""

import pytest

from bot.chat.events import ButtonPressed, CommandUsed, FormSubmitted, HomeOpened, Inbound
from bot.chat.identity import Actor
from bot.chat.places import Place
from bot.concerns.cards import RAISE
from bot.hours.cards import BOOK
from tests.questions.library import TOPICS
from tests.walks.house import House

KNOWN = TOPICS["appeals"][1]
MIRA = Actor("terminal", "local", "mira")


async def test_the_desk_offers_what_the_rooms_begin_and_nothing_else(house: House) -> None:
    person = house.person("mira")
    assert await person.says("desk") == "RAI office hours\nWhat would you like to do?\nYour words"
    offered = [person.option("what", number) for number in range(7)]
    assert offered == ["ask", "book", "concern", "receipt", "privacy", "board", "well"]


async def test_a_question_is_answered_from_the_desk_as_anywhere(house: House) -> None:
    person = house.person("mira")
    await person.says("desk")
    assert await person.fills(words=KNOWN) == await house.person("ann").says(KNOWN)


async def test_a_concern_goes_on_to_its_form_with_the_words_kept(house: House) -> None:
    person = house.person("mira")
    await person.says("desk")
    assert "Raise a concern" in await person.fills(what="concern", words="the numbers are made up")
    assert person.form is not None
    assert person.form.fields[-1].initial == "the numbers are made up"
    assert "Your concern is kept" in await person.sends()


async def test_a_receipt_goes_on_to_its_form(house: House) -> None:
    person = house.person("mira")
    await person.says("desk")
    await person.fills(what="receipt", words="one two three four five six")
    assert person.form is not None
    assert person.form.fields[0].initial == "one two three four five six"


async def test_all_is_well_is_thanked_and_kept_nowhere(house: House) -> None:
    person = house.person("mira")
    await person.says("desk")
    assert "Nothing was kept" in await person.fills(what="well")
    assert house.council_place() == []


@pytest.mark.parametrize("verb", ["book", "well"])
async def test_words_that_would_be_lost_are_told(house: House, verb: str) -> None:
    person = house.person("mira")
    await person.says("desk")
    seen = await person.fills(what=verb, words="please")
    assert seen == (
        "words: These words would be lost. Take them away, or choose: Ask a question / Raise a concern / Use a receipt."
    )


async def test_a_question_without_words_is_asked_for_them(house: House) -> None:
    person = house.person("mira")
    await person.says("desk")
    assert await person.fills() == "words: Please write your question here."


@pytest.mark.parametrize(
    ("what", "length", "label"),
    [("ask", 801, "Ask a question"), ("concern", 2_001, "Raise a concern"), ("receipt", 121, "Use a receipt")],
)
async def test_words_too_long_for_what_was_chosen_are_told_before_they_are_lost(
    house: House, what: str, length: int, label: str
) -> None:
    person = house.person("mira")
    await person.says("desk")
    seen = await person.fills(what=what, words="x" * length)
    assert seen == f"words: {label}: at most {length - 1:,} characters, please; this has {length:,}."
    assert person.form is not None
    assert "characters, please" not in await person.fills(what=what, words="x" * (length - 1))


async def test_the_own_page_opens_the_desk_with_asking_chosen(house: House) -> None:
    person = house.person("mira")
    await person.says("")
    await person.presses("Ask a question")
    assert person.form is not None
    assert person.form.fields[0].initial == "ask"


@pytest.mark.parametrize(
    ("event", "sealed"),
    [
        (CommandUsed(MIRA, Place("terminal", "x"), "Concern:", "words"), True),
        (CommandUsed(MIRA, Place("terminal", "x"), "receipt"), True),
        (CommandUsed(MIRA, Place("terminal", "x"), "concerned", "words"), False),
        (ButtonPressed(MIRA, None, RAISE.name, "{}"), True),
        (ButtonPressed(MIRA, None, BOOK.name, "{}"), False),
        (ButtonPressed(MIRA, None, "no.such/1", "{}"), False),
        (FormSubmitted(MIRA, "concerns.raise/2", {}), True),
        (FormSubmitted(MIRA, "concerns.raise/1", {}), True),
        (ButtonPressed(MIRA, None, "concerns.gone/1", "{}"), True),
        (CommandUsed(MIRA, Place("terminal", "x"), "privacy"), True),
        (CommandUsed(MIRA, Place("terminal", "x"), "privacy", "of health data"), False),
        (FormSubmitted(MIRA, "desk.send/1", {"what": "concern"}), True),
        (FormSubmitted(MIRA, "desk.send/1", {"what": "ask", "words": "concern"}), False),
        (HomeOpened(MIRA), False),
    ],
)
async def test_what_may_not_know_who_speaks_is_known_beforehand(house: House, event: Inbound, sealed: bool) -> None:
    assert house.app.router.sealed(event) is sealed
