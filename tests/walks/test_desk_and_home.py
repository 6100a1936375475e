"""The desk, one form from which everything begins, and the bot's own page."""

from tests.walks.stage import Stage
from tests.walks.talk import (
    FIRST,
    KNOWN,
    RECEIPT,
    VALUE,
    WHAT,
    WORDS,
    WRONG,
    YOUR_WORDS,
    books,
    cases,
    offers,
    place,
    raises,
    receipt_in,
    sends,
    uses,
)


async def test_the_desk_offers_whatever_can_begin_and_shows_others_nothing(stage: Stage) -> None:
    mira = stage.player("mira")
    seen = await mira.says("desk", among_others=True)
    assert "RAI office hours" in seen
    assert mira.options(WHAT) == [
        "Ask a question", "Book an office hour", "Raise a concern", "Use a receipt", "See what is kept of a concern",
        "Read the answers board", "All is well",
    ]  # fmt: skip
    assert await stage.team_sees() == await place(stage) == []


async def test_a_question_is_answered_from_the_desk_as_anywhere(stage: Stage) -> None:
    mira = stage.player("mira")
    await mira.says("desk")
    seen = await mira.fills({WHAT: "Ask a question", YOUR_WORDS: KNOWN})
    assert "The short words on Letting people appeal." in seen
    assert "More" in mira.buttons()
    assert await place(stage) == []


async def test_an_hour_is_booked_from_the_desk(stage: Stage) -> None:
    host, mira = await offers(stage), stage.player("mira")
    await mira.says("desk")
    assert "Book an office hour" in await mira.fills({WHAT: "Book an office hour"})
    assert "Your office hour is booked" in await mira.fills({"When": f"{FIRST}, host"})
    assert "Somebody booked your office hour" in (await host.news())[0]


async def test_a_concern_from_the_desk_keeps_the_words_that_were_begun_there(stage: Stage) -> None:
    ann = stage.player("ann")
    await ann.says("desk")
    seen = await ann.fills({WHAT: "Raise a concern", YOUR_WORDS: "The numbers are made up."})
    assert "Raise a concern" in seen
    assert ("The numbers are made up." in seen) == stage.shows_whole_forms
    assert "The numbers are made up." in await ann.fills({VALUE: "transparency"})
    assert "Your concern is kept" in await ann.fills()
    (case,) = await cases(stage)
    assert "The numbers are made up." in case
    assert "Value: transparency" in case


async def test_a_receipt_is_used_from_the_desk(stage: Stage) -> None:
    ann = stage.player("ann")
    receipt = await raises(ann)
    await ann.says("desk")
    assert "Use a receipt" in await ann.fills({WHAT: "Use a receipt", YOUR_WORDS: receipt})
    assert "The council has your concern and has not written to you yet." in await ann.fills()


async def test_what_is_kept_of_a_concern_is_shown_from_the_desk(stage: Stage) -> None:
    ann = stage.player("ann")
    await ann.says("desk")
    assert "What a concern becomes" in await ann.fills({WHAT: "See what is kept of a concern"})
    assert await place(stage) == []


async def test_all_is_well_is_thanked_and_kept_nowhere(stage: Stage) -> None:
    mira, chair = stage.player("mira"), stage.player("chair")
    await mira.says("desk")
    assert "Good to hear. Nothing was kept." in await mira.fills({WHAT: "All is well"})
    assert "The backlog is empty" in await chair.says("backlog")
    assert await place(stage) == await stage.team_sees() == []


async def test_words_that_would_be_lost_are_told_and_can_be_taken_away(stage: Stage) -> None:
    mira = stage.player("mira")
    await mira.says("desk")
    await mira.fills({WHAT: "All is well", YOUR_WORDS: "thank you"})
    lost = "These words would be lost. Take them away, or choose: Ask a question / Raise a concern / Use a receipt."
    assert lost in mira.problems()
    assert mira.form_open()
    assert "Good to hear." in await mira.fills({YOUR_WORDS: ""})
    assert not mira.form_open()


async def test_a_question_without_words_is_asked_for_them(stage: Stage) -> None:
    mira = stage.player("mira")
    await mira.says("desk")
    await mira.fills()
    assert "Please write your question here." in mira.problems()
    assert "The short words on Letting people appeal." in await mira.fills({YOUR_WORDS: KNOWN})


async def test_a_desk_that_is_left_half_way_did_nothing(stage: Stage) -> None:
    ann, chair = stage.player("ann"), stage.player("chair")
    await ann.says("desk")
    await ann.fills({WHAT: "Raise a concern", YOUR_WORDS: WORDS})
    await ann.leaves()
    assert not ann.form_open()
    assert "No open cases" in await chair.says("cases")
    assert await place(stage) == []


async def test_the_own_page_shows_every_room_and_the_next_free_hour(stage: Stage) -> None:
    mira = stage.player("mira")
    assert "No office hour is free in the next four weeks." in await mira.opens_page()
    await offers(stage)
    seen = await mira.opens_page()
    assert "Ask what a value means for the thing on your desk" in seen
    assert f"Free next, with host: {FIRST}" in seen
    assert "Something is going wrong? Say it without your name; the council answers." in seen
    assert "open cases" not in seen
    assert mira.buttons() == [
        "Ask a question", "Book", "Office hours", "Raise a concern", "Use a receipt", "Read the answers board",
    ]  # fmt: skip


async def test_the_own_page_shows_what_somebody_booked_and_to_nobody_else(stage: Stage) -> None:
    await offers(stage)
    mira, guest = stage.player("mira"), stage.player("guest")
    await books(mira)
    assert f"You meet host: {FIRST}" in await mira.opens_page()
    assert f"You meet mira: {FIRST}" in await stage.player("host").opens_page()
    assert "You meet" not in await guest.opens_page()


async def test_asking_begins_on_the_own_page(stage: Stage) -> None:
    mira = stage.player("mira")
    await mira.opens_page()
    assert "RAI office hours" in await mira.presses("Ask a question")
    assert "The short words on Letting people appeal." in await mira.fills({YOUR_WORDS: KNOWN})


async def test_a_concern_and_its_receipt_begin_on_the_own_page(stage: Stage) -> None:
    ann = stage.player("ann")
    await ann.opens_page()
    await ann.presses("Raise a concern")
    receipt = receipt_in(await sends(ann, {WRONG: WORDS, VALUE: "fairness"}))
    assert len(await cases(stage)) == 1
    await ann.opens_page()
    await ann.presses("Use a receipt")
    assert "The council has your concern" in await ann.fills({RECEIPT: receipt})


async def test_members_find_their_open_cases_on_the_own_page(stage: Stage) -> None:
    chair = stage.player("chair")
    await raises(stage.player("ann"))
    assert "RAI council: 1 open cases." in await chair.opens_page()
    assert "owner: nobody yet, write by" in await chair.presses("Open cases")
    code = chair.buttons()[0]
    assert WORDS in await chair.presses(code)
    await chair.presses("Claim")
    (case,) = await cases(stage)
    assert f"Case {code}" in case
    assert "Owner: chair" in case


async def test_a_receipt_that_was_shown_is_in_front_of_its_author_alone(stage: Stage) -> None:
    ann, mira, chair = stage.player("ann"), stage.player("mira"), stage.player("chair")
    receipt = await raises(ann)
    for seen in (await mira.opens_page(), await chair.opens_page(), *await place(stage), *await chair.news()):
        assert receipt not in seen
    assert receipt not in await uses(ann, receipt)
