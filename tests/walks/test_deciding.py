"""The council at work on a case: who may do what, what the place and its thread show, and what the author reads."""

import asyncio

from tests.walks.stage import Stage
from tests.walks.talk import ENDS, MESSAGE, TOLD, WORDS, cases, owned, place, raises, uses

DONE = {ENDS: "We act on it", TOLD: "The release was taken back."}


async def test_a_claimed_case_has_an_owner_and_its_thread_says_who(stage: Stage) -> None:
    receipt, chair = await owned(stage)
    assert chair.buttons() == ["Write to the author", "Resolve", "Hand back"]
    (case,) = await cases(stage)
    assert "State: claimed" in case
    assert "Owner: chair" in case
    (told,) = await chair.under("State:")
    assert told.endswith("chair claimed it")
    assert "has not written to you yet" in await uses(stage.player("ann"), receipt)


async def test_a_message_to_the_author_is_read_by_receipt_and_named_in_the_thread(stage: Stage) -> None:
    receipt, chair = await owned(stage)
    await chair.presses("Write to the author")
    assert "The author can read it with their receipt." in await chair.fills({MESSAGE: "Thank you. We look."})
    assert "Thank you. We look." in await uses(stage.player("ann"), receipt)
    assert "Thank you. We look." in (await cases(stage))[0]
    thread = await chair.under("State:")
    assert thread[-1].endswith("chair wrote to the author")
    assert not any("Thank you. We look." in each for each in thread)


async def test_a_case_is_resolved_with_words_for_its_author(stage: Stage) -> None:
    receipt, chair = await owned(stage)
    await chair.presses("Resolve")
    assert "The author can read the outcome with their receipt." in await chair.fills(DONE)
    assert "State: resolved: we act on it" in await chair.looks_at("State:")
    assert chair.buttons() == []
    assert (await chair.under("State:"))[-1].endswith("chair resolved it")
    assert "The release was taken back." in await uses(stage.player("ann"), receipt)
    assert "No open cases" in await chair.says("cases")


async def test_an_author_who_writes_again_opens_a_resolved_case_anew(stage: Stage) -> None:
    receipt, chair = await owned(stage)
    await chair.presses("Resolve")
    await chair.fills(DONE)
    await uses(stage.player("ann"), receipt, "It is not done.")
    seen = await chair.looks_at("State:")
    assert "State: claimed" in seen
    assert "Owner: chair" in seen
    assert "It is not done." in seen
    assert "Resolve" in chair.buttons()
    assert any("the author wrote again, which opened it anew" in each for each in await chair.under("State:"))


async def test_a_case_that_is_handed_back_is_claimed_by_another(stage: Stage) -> None:
    _, chair = await owned(stage)
    await chair.presses("Hand back")
    assert "Free this case for another member?" in chair.asked
    assert "Owner: nobody yet" in (await cases(stage))[0]
    legal = stage.player("legal")
    await legal.looks_at("State:")
    await legal.presses("Claim")
    (case,) = await cases(stage)
    assert "Owner: legal" in case
    told = [each.partition(": ")[2] for each in await legal.under("State:")]
    assert told == ["chair claimed it", "chair handed it back", "legal claimed it"]


async def test_who_does_not_agree_to_hand_back_stays_the_owner(stage: Stage) -> None:
    _, chair = await owned(stage)
    await chair.presses("Hand back", agree=False)
    assert "Free this case for another member?" in chair.asked
    assert "Owner: chair" in (await cases(stage))[0]
    assert len(await chair.under("State:")) == 1


async def test_only_the_owner_writes_resolves_and_hands_back(stage: Stage) -> None:
    receipt, _ = await owned(stage)
    legal = stage.player("legal")
    for press in ("Write to the author", "Resolve", "Hand back"):
        await legal.looks_at("State:")
        assert "belongs to chair. Nothing was sent. Ask chair" in await legal.presses(press)
        if legal.form_open():  # a window that had to open before anybody knew shows why it stays empty
            await legal.leaves()
    (case,) = await cases(stage)
    assert "Owner: chair" in case
    assert "Hello." not in case
    assert "has not written to you yet" in await uses(stage.player("ann"), receipt)


async def test_who_claims_what_another_has_claimed_meanwhile_is_told(stage: Stage) -> None:
    await raises(stage.player("ann"))
    chair, legal = stage.player("chair"), stage.player("legal")
    await legal.looks_at(WORDS)
    legal.looks_away()
    await chair.looks_at(WORDS)
    await chair.presses("Claim")
    assert "belongs to chair already. Nothing was changed." in await legal.presses("Claim")
    assert "Owner: chair" in (await cases(stage))[0]
    assert len(await chair.under("State:")) == 1


async def test_of_members_who_claim_at_once_one_is_the_owner(stage: Stage) -> None:
    await raises(stage.player("ann"))
    members = [stage.player(name) for name in ("chair", "legal", "engineer", "researcher")]
    for member in members:
        await member.looks_at(WORDS)
        member.looks_away()
    seen = await asyncio.gather(*(member.presses("Claim") for member in members))
    assert sum("already. Nothing was changed." in each for each in seen) == 3
    assert "Owner: nobody yet" not in (await cases(stage))[0]
    assert len(await members[0].under("State:")) == 1


async def test_somebody_without_a_seat_reads_along_and_can_do_nothing(stage: Stage) -> None:
    await raises(stage.player("ann"))
    stage.seats("guest")
    guest = stage.player("guest")
    assert WORDS in await guest.looks_at("State:")
    assert "Only members of the RAI council may do this. Nothing was changed." in await guest.presses("Claim")
    assert "Owner: nobody yet" in (await cases(stage))[0]
    assert "Only members of the RAI council" in await guest.says("cases")
    assert len(await place(stage)) == 1


async def test_who_sits_elsewhere_sees_nothing_of_a_case(stage: Stage) -> None:
    await raises(stage.player("ann"))
    mira = stage.player("mira")
    assert await mira.council_sees() == await mira.news() == []
    assert WORDS not in await mira.opens_page()
    assert "Only members of the RAI council" in await mira.says("cases")


async def test_a_resolved_case_takes_nothing_more(stage: Stage) -> None:
    _, chair = await owned(stage)
    legal = stage.player("legal")
    await legal.looks_at("State:")
    legal.looks_away()
    await chair.presses("Resolve")
    await chair.fills(DONE)
    assert "is resolved already. Nothing was changed." in await legal.presses("Hand back")
    assert (await chair.under("State:"))[-1].endswith("chair resolved it")


async def test_a_message_that_arrives_twice_is_written_once(stage: Stage) -> None:
    receipt, chair = await owned(stage)
    await chair.presses("Write to the author")
    await chair.fills({MESSAGE: "Thank you."})
    if stage.delivers_again:
        assert "This was sent before" in await chair.sends_again()
    assert (await uses(stage.player("ann"), receipt)).count("Thank you.") == 1
    assert len(await chair.under("State:")) == 2


async def test_a_message_that_is_left_half_way_is_not_written(stage: Stage) -> None:
    receipt, chair = await owned(stage)
    await chair.presses("Write to the author")
    assert chair.form_open()
    await chair.leaves()
    assert "has not written to you yet" in await uses(stage.player("ann"), receipt)
    assert len(await chair.under("State:")) == 1


async def test_two_cases_are_two_messages_and_do_not_touch(stage: Stage) -> None:
    ann, chair = stage.player("ann"), stage.player("chair")
    await raises(ann, "The first thing.")
    await raises(ann, "The second thing.")
    await chair.looks_at("The first thing.")
    await chair.presses("Claim")
    first, second = sorted(await cases(stage), key=lambda case: "The second thing." in case)
    assert "Owner: chair" in first
    assert "Owner: nobody yet" in second
    # Each is named by two words: what is said about the first names the second nowhere.
    code = " ".join(second.split()[:2])
    assert [each for each in await place(stage) if code in each] == [second]


async def test_members_list_what_needs_somebody_and_open_it_there(stage: Stage) -> None:
    chair = stage.player("chair")
    assert "No case needs anybody now." in await stage.player("legal").says("cases")
    for number in range(6):
        await raises(stage.player("ann"), f"Number {number}.")
    seen = await chair.says("cases")
    assert "Cases 1 to 4 of 6." in seen
    assert chair.buttons()[-2:] == ["More cases", "Figures"]
    assert len(chair.buttons()) == 6
    assert "Cases 5 to 6 of 6." in await chair.presses("More cases")
    assert len(chair.buttons()) == 3
    await chair.says("cases")
    code = chair.buttons()[2]
    assert f"Case {code}" in await chair.presses(code)
    await chair.presses("Claim")
    claimed = [case for case in await cases(stage) if "Owner: chair" in case]
    assert len(claimed) == 1
    assert f"Case {code}" in claimed[0]


async def test_what_a_member_writes_reaches_the_author_letter_by_letter(stage: Stage) -> None:
    receipt, chair = await owned(stage)
    words = "<!here> <@UANN> *bold* [link](https://evil.example) :tada:"
    await chair.presses("Write to the author")
    await chair.fills({MESSAGE: words})
    assert words in await uses(stage.player("ann"), receipt)
    assert words in (await cases(stage))[0]
