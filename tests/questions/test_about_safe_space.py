"""Who asks about the form, a receipt or what it may cost is led there, and nothing of it is kept."""

import json
import logging
from pathlib import Path

import pytest

from bot.questions.about_safe_space import is_about, may_be_about
from knowledge.library import BUILT_IN, load
from tests.questions.rows import everything, rows
from tests.walks.house import House

ABOUT = """
I lost my receipt
delete my concern
can you see my name
who will see that I wrote this
can I be fired for raising a concern
how long until the council answers
someone could get hurt tomorrow
receipts
concerns
use a receipt
answers board
raise a concern
I am scared
is this anonymous
withdraw my concern
how do I raise a concern?
I want to raise a concern, please
can't find my receipt
I forgot the six words
how do I get a new receipt
what happens to my concern now
who reads my concern?
does my boss see what I write here
will they find out that it was me
can the council trace me
am I really anonymous here?
how anonymous is this
is it safe to say something here
I'd like to raise an anonymous concern
will I get in trouble if I write this
when does the council reply
when do I get an answer
somebody is in danger
I'm really afraid
my code name
where can I see the board
I want to stay anonymous
"""

OF_THE_LIBRARY = """
what is a concern in fairness testing
who signs the receipt of a data set
what is an anonymous survey
how do we anonymise names
is k-anonymity enough
we collect feedback without names, is that anonymous
we hashed the user ids, is it anonymous now
how do teams raise concerns about a model early
my concern is that the model is biased against older people
can users see my model card
who can see this data set
can the model tell who wrote a text
how long until the works council answers
who could get hurt by a recommendation feature
how do we delete a person's data when a complaint comes
which board decides on the launch
what does a user do with a wrong answer
is it safe to launch without a red team
can people find out what I trained the model on
"""

ASKED = Path(__file__).parents[1] / "knowledge" / "questions"


@pytest.mark.parametrize("text", ABOUT.strip().splitlines())
def test_a_question_about_the_safe_space_is_known_as_one(text: str) -> None:
    assert is_about(text)
    assert is_about(text.upper().replace("'", "’"))
    assert may_be_about(text)


@pytest.mark.parametrize("text", OF_THE_LIBRARY.strip().splitlines())
def test_a_question_for_the_library_is_not(text: str) -> None:
    assert not is_about(text)


def test_nothing_that_the_library_knows_or_was_ever_tried_with_is_taken_from_it() -> None:
    known = [phrasing for entry in load(BUILT_IN).answerable.values() for phrasing in entry.phrasings]
    lines = (line for name in ("asked", "near") for line in (ASKED / f"{name}.jsonl").read_text("utf-8").splitlines())
    tried = [json.loads(line)["text"] for line in lines if line.strip()]
    assert len(known) > 1_000
    assert len(tried) > 100
    assert [text for text in (*known, *tried) if is_about(text)] == []


def test_a_long_text_is_read_in_no_time() -> None:
    for text in ("how long " * 300, "can you see " * 200, "who will can could " * 100, "i am so " * 250, "a" * 2_000):
        assert not is_about(text)


@pytest.mark.parametrize("text", [*ABOUT.strip().splitlines(), "will they retaliate, 5c2e88", "anonymous 5c2e88 inbox"])
async def test_it_gets_the_same_card_and_is_kept_nowhere(
    house: House, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    person = house.person("mira")
    seen = await person.says(text)
    assert seen.startswith("About the anonymous form")
    assert "A lost receipt cannot be given again" in seen
    assert "Nobody can take a concern back" in seen
    assert "/rai board" in seen
    assert "/rai privacy" in seen
    assert person.labels() == ["Raise a concern", "Use a receipt"]
    assert await rows(house, "questions_gap") == []
    assert text not in await everything(house)
    assert text not in caplog.text
    assert "What is going wrong?" in await person.presses("Raise a concern")
    await person.says(text)
    assert "receipt" in (await person.presses("Use a receipt")).lower()


async def test_what_only_could_be_about_it_goes_to_the_library_first(house: House, folder: Path) -> None:
    person = house.person("mira")
    assert may_be_about("voice recordings and consent forms, a concern of our team")
    seen = await person.says("voice recordings and consent forms, a concern of our team")
    assert "Consent of speakers" in seen
    assert "About the anonymous form" not in seen


async def test_such_words_are_not_kept_with_a_verdict_either(house: House) -> None:
    person = house.person("mira")
    await person.says("voice recordings and consent forms, a concern of our team")
    if "It did not" in person.labels():
        await person.presses("It did not")
    assert await rows(house, "questions_gap") == []
