"""A concern's whole way, as its author and the council see it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.cards import Facts
from bot.concerns.schedule import AtOnce, Schedule, parse
from tests.walks.house import House, Person

WORDS = "The new scoring model was shipped although the bias test failed."


def receipt_of(person: Person) -> str:
    assert person.card is not None
    rows = dict(next(block.rows for block in person.card.blocks if isinstance(block, Facts)))
    return rows["Receipt"]


async def raise_concern(person: Person, words: str = WORDS, value: str = "fairness") -> str:
    await person.says("concern")
    await person.fills(words=words, value=value)
    await person.fills()
    return receipt_of(person)


async def test_a_concern_reaches_the_council_and_the_answer_its_author(house: House) -> None:
    author, chair = house.person("somebody"), house.person("chair")
    receipt = await raise_concern(author)
    assert re.fullmatch(r"\S+( \S+){5}", receipt)

    seen = chair.looks(house.app.council.place)
    assert WORDS in seen
    assert "Value: fairness" in seen
    assert "Owner: chair" in await chair.presses("Claim")
    await chair.presses("Write to the author")
    assert "receipt" in await chair.fills(words="Thank you. Which release was it?")

    await author.says("receipt")
    assert "Which release was it?" in await author.fills(receipt=receipt)

    await author.says("receipt")
    await author.sends(receipt=receipt.upper().replace(" ", ",  "), words="The one of last Tuesday.")
    assert "The one of last Tuesday." in house.council_place()[-1]

    seen = chair.looks(house.app.council.place, lambda text: "added something" not in text)
    assert "The one of last Tuesday." in seen
    await chair.presses("Resolve")
    await chair.fills(outcome="acted", words="The release was taken back.")
    seen = chair.looks(house.app.council.place, lambda text: "added something" not in text)
    assert "State: resolved: we act on it" in seen
    assert chair.card is not None
    assert chair.card.every_button == ()

    await author.says("receipt")
    assert "The release was taken back." in await author.fills(receipt=receipt)


async def test_words_behind_the_verb_are_taken_into_the_form(house: House) -> None:
    author = house.person("somebody")
    await author.says(f"concern {WORDS}")
    await author.sends(value="safety")
    assert WORDS in house.council_place()[0]


async def test_the_same_form_sent_twice_is_one_concern(house: House) -> None:
    author = house.person("somebody")
    await author.says("concern")
    form = author.form
    await author.sends(words=WORDS, value="privacy")
    author.form = form
    assert "sent before" in await author.sends(words=WORDS, value="privacy")
    assert len(house.council_place()) == 1


@pytest.mark.parametrize(
    ("receipt", "told"),
    [
        ("abacus abdomen abdominal abide abiding ability", "No concern has this receipt"),
        ("abacus abdomen", "six words"),
        ("these are not quite listed wordszz", "“are” is none of the words"),
        ("", "fill this in"),
        ("a" * 121, "At most 120 characters"),
    ],
)
async def test_a_wrong_receipt_is_told_at_its_field(house: House, receipt: str, told: str) -> None:
    author = house.person("somebody")
    await author.says("receipt")
    assert told in await author.fills(receipt=receipt)
    assert list(author.errors) == ["receipt"]


@pytest.mark.parametrize("words", ["", "   ", "x" * 2_001, "\u202e\u200b"])
async def test_a_concern_without_or_with_too_many_words_is_not_taken(house: House, words: str) -> None:
    author = house.person("somebody")
    await author.says("concern")
    await author.sends(words=words, value="safety")
    assert list(author.errors) == ["words"]
    assert house.council_place() == []


async def test_an_unknown_value_is_told_at_its_field(house: House) -> None:
    author = house.person("somebody")
    await author.says("concern")
    await author.sends(words=WORDS, value="speed")
    assert list(author.errors) == ["value"]


TUESDAY = parse("tue,thu 10:00 Europe/Berlin")


async def crowd(house: House, size: int) -> None:
    for number in range(size):
        await house.person(f"person-{number}").says("help")


@pytest.fixture
def weekly(open_house: Callable[[Schedule], House]) -> House:
    return open_house(TUESDAY)


async def test_concerns_wait_for_the_release_and_go_together(weekly: House) -> None:
    await weekly.app.start()
    author = weekly.person("somebody")
    receipt = await raise_concern(author)
    assert "Tue 24 Nov 2026 at 10:00 Europe/Berlin" in plain_of(author)
    await raise_concern(author, "Another thing.")
    await crowd(weekly, 25)
    await weekly.later(timedelta(hours=20))
    assert weekly.council_place() == []

    await author.says("receipt")
    assert "has not been given your concern yet" in await author.fills(receipt=receipt)
    weekly.clock.set(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    await weekly.app.settle()
    assert len(weekly.council_place()) == 2
    assert "26 people used the bot" in weekly.council_place()[0]

    await author.says("receipt")
    await author.sends(receipt=receipt, words="And one more thing.")
    assert len(weekly.council_place()) == 2
    await crowd(weekly, 25)
    await weekly.later(timedelta(days=2))
    assert "the author added something" in weekly.council_threads()[-1]
    assert sum("And one more thing." in case for case in weekly.council_place()) == 1
    await weekly.app.stop()


async def test_a_small_crowd_delays_a_release_and_the_limit_ends_the_wait(weekly: House) -> None:
    await weekly.app.start()
    await raise_concern(weekly.person("somebody"))
    weekly.clock.set(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    await weekly.app.settle()
    assert weekly.council_place() == []
    # The batch is open since Monday, 09:00 UTC: six days later it goes, whatever the crowd.
    weekly.clock.set(datetime(2026, 11, 29, 8, 59, tzinfo=UTC))
    await weekly.app.settle()
    assert weekly.council_place() == []
    await weekly.later(timedelta(minutes=1))
    assert "1 person used the bot" in weekly.council_place()[0]
    await weekly.app.stop()


async def test_a_crowd_that_comes_after_the_release_time_does_not_set_the_batch_off(weekly: House) -> None:
    await weekly.app.start()
    await raise_concern(weekly.person("somebody"))
    weekly.clock.set(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    await weekly.app.settle()
    await crowd(weekly, 25)
    await weekly.later(timedelta(hours=3))
    assert weekly.council_place() == []
    weekly.clock.set(datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
    await weekly.app.settle()
    assert "26 people used the bot" in weekly.council_place()[0]
    await weekly.app.stop()


async def test_people_of_an_earlier_week_are_no_cover(weekly: House) -> None:
    await weekly.app.start()
    await crowd(weekly, 25)
    for _ in range(14):
        await weekly.later(timedelta(days=1))
    await raise_concern(weekly.person("somebody"))
    await weekly.later(timedelta(days=1, hours=1))
    assert weekly.council_place() == []
    await weekly.app.stop()


async def test_a_session_that_releases_at_once_leaves_a_waiting_batch_alone(
    open_house: Callable[[Schedule], House], weekly: House
) -> None:
    await weekly.app.start()
    await raise_concern(weekly.person("somebody"))
    trial = open_house(AtOnce())
    await trial.app.start()
    author = trial.person("somebody-else")
    await raise_concern(author, "Another thing.")
    await trial.later(timedelta(hours=3))
    assert trial.council_place() == []
    assert "with the next release, on Tue 24 Nov 2026 at 10:00 Europe/Berlin at the earliest" in plain_of(author)
    for house in (trial, weekly):
        await house.app.stop()


async def test_words_that_were_added_stand_where_they_were_released(weekly: House) -> None:
    """Between two replies they would tell the council when they were written."""
    await weekly.app.start()
    author, chair = weekly.person("somebody"), weekly.person("chair")
    receipt = await raise_concern(author)
    await crowd(weekly, 25)
    weekly.clock.set(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    await weekly.app.settle()
    chair.looks(weekly.app.council.place)
    await chair.presses("Claim")

    async def reply(words: str) -> None:
        chair.looks(weekly.app.council.place, lambda text: "added something" not in text)
        await chair.presses("Write to the author")
        await chair.fills(words=words)

    await reply("FIRST REPLY")
    for words in ("ADDED ONE", "ADDED TWO"):
        await author.says("receipt")
        await author.sends(receipt=receipt, words=words)
    assert "wait for the next release: 2" in plain_of(author)
    await reply("SECOND REPLY")
    await crowd(weekly, 25)
    weekly.clock.set(datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
    await weekly.app.settle()
    seen = chair.looks(weekly.app.council.place, lambda text: "added something" not in text)
    said = [seen.index(words) for words in (WORDS, "FIRST REPLY", "SECOND REPLY", "ADDED ONE", "ADDED TWO")]
    assert said == sorted(said)
    await weekly.app.stop()


@pytest.mark.parametrize("line", ["concern: my boss", "Concern, my boss", "CONCERN my boss", "(concern) my boss"])
async def test_a_verb_with_a_sign_behind_it_does_not_miss_the_sealed_door(house: House, line: str) -> None:
    assert "What is going wrong?" in await house.person("somebody").says(line)


@pytest.mark.parametrize("hidden", ["", "x", "alice says that the boss is bad ", "\ud800", "A" * 32])
async def test_a_form_with_a_forged_mark_is_not_taken(house: House, hidden: str) -> None:
    author = house.person("somebody")
    await author.says("concern")
    assert author.form is not None
    author.form = replace(author.form, hidden=hidden)
    assert "Nothing was changed" in await author.sends(words=WORDS, value="safety")
    assert house.council_place() == []


def plain_of(person: Person) -> str:
    from bot.chat.plain import plain_card

    assert person.card is not None
    return plain_card(person.card)


async def test_the_desk_opens_both_forms(house: House) -> None:
    author = house.person("somebody")
    await author.says("")
    assert "What is going wrong?" in await author.presses("Raise a concern")
    assert "Your receipt" in await author.presses("Use a receipt")
