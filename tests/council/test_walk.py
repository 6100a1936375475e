"""What members of the council may do with a case, and what everybody else may not."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.chat.errors import Unreachable
from tests.concerns.test_walk import WORDS, raise_concern
from tests.council.houses import looks_at_case
from tests.walks.house import House, Person


async def a_case(house: House) -> Person:
    """The chair, looking at a fresh case."""
    await raise_concern(house.person("somebody"))
    chair = house.person("chair")
    chair.looks(house.app.council.place)
    return chair


def beside(member: Person, name: str) -> Person:
    """Another person who looks at the same card."""
    other = member.house.person(name)
    other.card, other.on = member.card, member.on
    return other


@pytest.mark.parametrize("label", ["Claim"])
async def test_somebody_without_a_seat_can_press_nothing(house: House, label: str) -> None:
    chair = await a_case(house)
    stranger = beside(chair, "stranger")
    assert "Only members of the RAI council" in await stranger.presses(label)
    assert "Owner: nobody yet" in chair.looks(house.app.council.place)


async def test_somebody_without_a_seat_sees_no_cases(house: House) -> None:
    await a_case(house)
    assert "Only members" in await house.person("stranger").says("cases")


async def test_twenty_claims_at_once_make_one_owner(house: House) -> None:
    chair = await a_case(house)
    members = [beside(chair, name) for name in ("chair", "legal", "engineer", "researcher") for _ in range(5)]
    seen = await asyncio.gather(*(member.presses("Claim") for member in members))
    assert sum("wrote" not in text and text.startswith("Case") and "claimed it" in text for text in seen) == 1
    assert all("already" in text or "claimed it" in text for text in seen)


async def test_only_the_owner_writes_and_resolves(house: House) -> None:
    chair = await a_case(house)
    await chair.presses("Claim")
    legal = beside(chair, "legal")
    for press in ("Write to the author", "Resolve", "Hand back"):
        seen = await legal.presses(press)
        assert " belongs to chair. Nothing was sent. Ask chair, or have them hand it back." in seen
        assert legal.form is None  # before anything was filled in


async def test_who_had_the_form_open_when_the_case_was_handed_back_is_told_too(house: House) -> None:
    chair = await a_case(house)
    await chair.presses("Claim")
    late = beside(chair, "chair")
    for press, filled in (("Write to the author", {}), ("Resolve", {"outcome": "acted"})):
        await late.presses(press)
        form = late.form
        await beside(late, "chair").presses("Hand back")
        late.form = form
        assert ". Nothing was sent. Claim it first." in await late.fills(words="Hello.", **filled)
        assert ". Nothing was sent. Claim it first." in await late.presses(press)
        looks_at_case(chair)
        await chair.presses("Claim")


async def test_the_same_message_sent_twice_reaches_the_author_once(house: House) -> None:
    chair = await a_case(house)
    await chair.presses("Claim")
    await chair.presses("Write to the author")
    form = chair.form
    await chair.fills(words="Thank you.")
    chair.form = form
    assert "sent before" in await chair.fills(words="Thank you.")
    assert chair.looks(house.app.council.place).count("Thank you.") == 1


async def test_a_case_that_was_handed_back_can_be_claimed_by_another(house: House) -> None:
    chair = await a_case(house)
    await chair.presses("Claim")
    assert "Owner: nobody yet" in await chair.presses("Hand back")
    assert "Owner: legal" in await beside(chair, "legal").presses("Claim")


async def test_a_claim_pressed_twice_says_so(house: House) -> None:
    chair = await a_case(house)
    late = beside(chair, "chair")
    await chair.presses("Claim")
    assert "You own case" in await late.presses("Claim")
    assert "belongs to chair already" in await beside(late, "legal").presses("Claim")


async def test_a_resolved_case_takes_nothing_more(house: House) -> None:
    chair = await a_case(house)
    open_card = beside(chair, "legal")
    await chair.presses("Claim")
    claimed_card = beside(chair, "chair")
    await chair.presses("Resolve")
    form = chair.form
    await chair.fills(outcome="explained", words="It was a test system.")
    assert "resolved already" in await open_card.presses("Claim")
    assert "resolved already" in await claimed_card.presses("Hand back")
    chair.form = form
    assert "resolved already" in await chair.fills(outcome="acted", words="Again.")


async def test_each_thing_an_author_adds_is_posted_once(house: House) -> None:
    author = house.person("somebody")
    receipt = await raise_concern(author)
    house.messenger.failures = [Unreachable("The platform is away.")]
    for words in ("ADDED ONE", "ADDED TWO"):
        await author.says("receipt")
        await author.sends(receipt=receipt, words=words)
    for _ in range(4):
        await house.later(timedelta(minutes=1))
    posts = [seen for seen in house.council_threads() if "the author added something" in seen]
    assert len(posts) == 2
    (case,) = house.council_place()
    assert [case.count(words) for words in ("ADDED ONE", "ADDED TWO")] == [1, 1]
    # A case is forgotten with its own message: what its author wrote may stand in no other.
    assert not any("ADDED" in seen for seen in house.council_threads())


async def test_an_author_who_writes_again_opens_a_resolved_case_anew(house: House) -> None:
    author = house.person("somebody")
    receipt = await raise_concern(author)
    chair = house.person("chair")
    chair.looks(house.app.council.place)
    await chair.presses("Claim")
    await chair.presses("Resolve")
    await chair.fills(outcome="acted", words="Done.")
    await author.says("receipt")
    await author.sends(receipt=receipt, words="It is not done.")
    seen = chair.looks(house.app.council.place)
    assert "State: claimed" in seen
    assert "the author wrote again, which opened it anew" in seen
    await chair.presses("Write to the author")
    assert "receipt" in await chair.fills(words="We look again.")


async def test_a_case_whose_owners_seat_is_gone_can_be_claimed(house: House) -> None:
    chair = await a_case(house)
    await chair.presses("Claim")
    async with house.app.database.writing() as transaction:
        await transaction.execute(text("UPDATE council_case SET owner = 'a seat of last year'"))
    legal = house.person("legal")
    await legal.says("cases")
    assert legal.card is not None
    await legal.presses(legal.card.every_button[0].label)
    assert "Owner: legal" in await legal.presses("Claim")


async def test_a_post_whose_answer_was_lost_still_shows_the_newest_state(house: House) -> None:
    house.messenger.lost_answers = 1
    await raise_concern(house.person("somebody"))
    chair = house.person("chair")
    await chair.says("cases")
    assert chair.card is not None
    await chair.presses(chair.card.every_button[0].label)
    await chair.presses("Claim")
    for _ in range(4):
        await house.later(timedelta(minutes=1))
    assert len(house.council_place()) == 1
    assert "Owner: chair" in house.council_place()[0]


async def test_a_case_that_went_at_once_says_that_there_was_no_crowd(house: House) -> None:
    author = house.person("somebody")
    for urgency in ("at once", "soon"):
        await author.says("concern")
        await author.sends(words="It fails.", urgency=urgency)
    urgent, soon = house.council_place()
    assert "Crowd: none, it went at once" in urgent
    assert "went at once" not in soon


async def test_the_home_page_shows_members_their_cases(house: House) -> None:
    await a_case(house)
    assert "1 open cases" in await house.person("chair").says("")
    assert "open cases" not in await house.person("stranger").says("")


async def test_a_case_of_an_author_who_wrote_again_can_be_opened_from_the_note(house: House) -> None:
    author = house.person("somebody")
    receipt = await raise_concern(author)
    await author.says("receipt")
    await author.sends(receipt=receipt, words="There is more.")
    chair = house.person("chair")
    assert "the author added something" in chair.looks_into_threads()
    seen = await chair.presses("Open the case")
    assert WORDS in seen
    assert "There is more." in seen


async def test_a_case_that_is_gone_says_so(house: House) -> None:
    chair = await a_case(house)
    async with house.app.database.writing() as transaction:
        for table in ("council_act", "council_case"):
            await transaction.execute(text(f"DELETE FROM {table}"))
    assert "This case is not here" in await chair.presses("Claim")


async def test_what_happens_to_a_case_is_told_in_its_thread_and_the_card_stays_one(house: House) -> None:
    chair = await a_case(house)
    await chair.presses("Claim")
    await chair.presses("Hand back")
    (ref,) = [ref for ref in house.messenger.messages if ref.place == house.app.council.place]
    told = house.messenger.threads(house.app.council.place)
    assert [card.title.partition(": ")[2] for _, card in told] == ["chair claimed it", "chair handed it back"]
    assert {thread for thread, _ in told} == {ref.message}
    assert len(house.council_place()) == 1
