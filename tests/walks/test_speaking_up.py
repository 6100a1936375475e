"""Speaking up: a concern, its receipt, and the talk between an author and a council that never learns who it is."""

from datetime import timedelta

from tests.walks.stage import Stage
from tests.walks.talk import (
    MESSAGE,
    MORE,
    RECEIPT,
    VALUE,
    WORDS,
    WRONG,
    a_crowd,
    cases,
    owned,
    place,
    raises,
    sends,
    uses,
)

NO_SUCH = "abacus abdomen abdominal abide abiding ability"


async def test_a_concern_is_kept_and_reaches_the_council_without_its_author(stage: Stage) -> None:
    ann = stage.player("ann")
    await raises(ann)
    assert "They are the only way to read what the council writes to you" in ann.sees()
    (case,) = await cases(stage)
    assert WORDS in case
    assert "State: open" in case
    assert "Owner: nobody yet" in case
    assert "Value: fairness" in case
    for seen in (*await place(stage), *await stage.team_sees()):
        assert "ann" not in seen.split()
    assert await ann.news() == []


async def test_the_form_says_whom_it_goes_to(stage: Stage) -> None:
    ann = stage.player("ann")
    seen = await ann.says("concern")
    assert "It goes to" in seen
    assert "RAI council (chair, legal, engineer, researcher, delegate, support)" in seen


async def test_words_behind_the_verb_are_taken_into_the_form_and_not_sent_yet(stage: Stage) -> None:
    ann = stage.player("ann")
    seen = await ann.says("concern The test was skipped.")
    assert await place(stage) == []
    if stage.takes_words_from_chat:
        assert ("The test was skipped." in seen) == stage.shows_whole_forms
        assert "The test was skipped." in await ann.fills({VALUE: "safety"})
        await ann.fills()
    else:
        assert "The test was skipped." not in seen
        assert "What you wrote stands in this chat, and the form begins without it." in seen
        await sends(ann, {WRONG: "The test was skipped.", VALUE: "safety"})
    assert "The test was skipped." in (await cases(stage))[0]


async def test_a_verb_with_a_sign_beside_it_does_not_miss_the_safe_door(stage: Stage) -> None:
    ann = stage.player("ann")
    for line in ("Concern: my boss", "CONCERN my boss", "(concern) my boss"):
        assert "Raise a concern" in await ann.says(line), line
        assert ann.form_open()
    assert "The backlog is empty" in await stage.player("chair").says("backlog")


async def test_the_councils_answer_is_read_with_the_receipt_and_answered(stage: Stage) -> None:
    receipt, chair = await owned(stage)
    ann = stage.player("ann")
    await chair.presses("Write to the author")
    await chair.fills({MESSAGE: "Which release was it?"})
    assert "Which release was it?" in await uses(ann, receipt)
    assert "What you added is kept." in await uses(ann, receipt, "The one of last Tuesday.")
    below = await chair.under("State:")
    assert any("the author added something" in each for each in below)
    # The words stand in the case's own message alone: with that they are forgotten.
    assert not any("The one of last Tuesday." in each for each in below)
    (case,) = await cases(stage)
    assert case.index("Which release was it?") < case.index("The one of last Tuesday.")
    assert await ann.news() == []


async def test_an_author_who_read_the_answer_writes_back_from_there(stage: Stage) -> None:
    receipt, chair = await owned(stage)
    ann = stage.player("ann")
    await uses(ann, receipt)
    await ann.presses("Add something")
    await sends(ann, {RECEIPT: receipt, MORE: "It got worse."})
    assert "It got worse." not in await chair.looks_at("the author added something")
    seen = await chair.presses("Open the case")
    assert WORDS in seen
    assert "It got worse." in seen


async def test_a_receipt_may_be_typed_as_it_was_written_down(stage: Stage) -> None:
    ann = stage.player("ann")
    receipt = await raises(ann)
    assert "The council has your concern" in await uses(ann, receipt.upper().replace(" ", ", "))


async def test_before_the_council_has_written_the_receipt_says_so(stage: Stage) -> None:
    ann = stage.player("ann")
    receipt = await raises(ann)
    assert "The council has your concern and has not written to you yet." in await uses(ann, receipt)


async def test_a_wrong_receipt_is_told_at_its_field_and_can_be_mended(stage: Stage) -> None:
    ann = stage.player("ann")
    receipt = await raises(ann)
    await uses(ann, "abacus abdomen", "There is more.")
    assert "A receipt is six words" in ann.problems()
    await ann.fills({RECEIPT: NO_SUCH})
    assert "No concern has this receipt." in ann.problems()
    assert ann.form_open()
    assert "What you added is kept." in await sends(ann, {RECEIPT: receipt})
    assert "There is more." in (await cases(stage))[0]


async def test_two_concerns_have_two_receipts_and_two_talks(stage: Stage) -> None:
    ann, chair = stage.player("ann"), stage.player("chair")
    first, second = await raises(ann, "The first thing."), await raises(ann, "The second thing.")
    await chair.looks_at("The second thing.")
    await chair.presses("Claim")
    await chair.looks_at("The second thing.")
    await chair.presses("Write to the author")
    await chair.fills({MESSAGE: "About the second."})
    assert "About the second." in await uses(ann, second)
    assert "has not written to you yet" in await uses(ann, first)
    assert sorted("About the second." in case for case in await cases(stage)) == [False, True]


async def test_a_concern_that_is_left_half_way_is_kept_nowhere(stage: Stage) -> None:
    ann = stage.player("ann")
    await ann.says(f"concern {WORDS}")
    await ann.leaves()
    assert "No open cases" in await stage.player("chair").says("cases")
    assert await place(stage) == []


async def test_a_concern_that_arrives_twice_is_one(stage: Stage) -> None:
    ann = stage.player("ann")
    await raises(ann)
    if stage.delivers_again:
        assert "This concern was sent before, and is kept; nothing was added." in await ann.sends_again()
    assert len(await cases(stage)) == 1


async def test_an_addition_that_arrives_twice_is_one(stage: Stage) -> None:
    ann = stage.player("ann")
    await uses(ann, await raises(ann), "There is more.")
    if stage.delivers_again:
        assert "This was sent before" in await ann.sends_again()
    assert (await cases(stage))[0].count("There is more.") == 1


async def test_what_an_author_writes_stands_there_letter_by_letter(stage: Stage) -> None:
    words = (
        "<!channel> <@UCHAIR> *bold* _it_ ~no~ `code` [link](https://evil.example) <https://a.example|b> :tada: &amp;"
    )
    await raises(stage.player("ann"), words)
    assert words in (await cases(stage))[0]


async def test_marks_that_hide_or_turn_letters_are_taken_out(stage: Stage) -> None:
    await raises(stage.player("ann"), "The \u202etset\u200b was\u2066 skipped.")
    assert "The tset was skipped." in (await cases(stage))[0]


async def test_more_words_than_a_concern_takes_are_told_while_they_can_be_shortened(stage: Stage) -> None:
    ann = stage.player("ann")
    seen = await ann.says(f"concern {'word ' * 500}")
    assert "Raise a concern" in seen
    assert ann.form_open()
    if stage.takes_long_answers:
        await ann.fills({WRONG: "word " * 500, VALUE: "safety"})
        assert "At most 2,000 characters, please; this has 2,499." in ann.problems()
        assert await place(stage) == []
    await sends(ann, {WRONG: "Shorter.", VALUE: "safety"})
    assert "Shorter." in (await cases(stage))[0]


async def test_words_cut_to_fit_the_form_say_so_by_a_sign(stage: Stage) -> None:
    ann = stage.player("ann")
    seen = await ann.says(f"concern {'word ' * 500}")
    if not stage.takes_words_from_chat:
        # Nothing is taken, so nothing is cut.
        assert "word word" not in seen
        assert ann.form_open()
        return
    await sends(ann, {VALUE: "safety"})
    (case,) = await cases(stage)
    assert "word word…" in case
    assert case.count("word") == 399


async def test_a_concern_of_several_lines_is_taken_in_whole(stage: Stage) -> None:
    await raises(stage.player("ann"), "The first line.\nThe second line.")
    assert "The first line. The second line." in (await cases(stage))[0]


async def test_concerns_wait_for_their_time_and_come_together(weekly_stage: Stage) -> None:
    stage, ann = weekly_stage, weekly_stage.player("ann")
    receipt = await raises(ann)
    assert "on Tue 24 Nov 2026 at 10:00 UTC at the earliest" in ann.sees()
    await raises(ann, "Another thing.")
    await a_crowd(stage)
    assert await place(stage) == []
    assert "has not been given your concern yet" in await uses(ann, receipt)
    await stage.later(timedelta(days=1, hours=1))
    released = await cases(stage)
    assert len(released) == 2
    assert all("people used the bot before this release" in case for case in released)
    assert "has not written to you yet" in await uses(ann, receipt)


async def test_what_is_added_waits_for_the_next_time(weekly_stage: Stage) -> None:
    stage, ann = weekly_stage, weekly_stage.player("ann")
    receipt = await raises(ann)
    await a_crowd(stage)
    await stage.later(timedelta(days=1, hours=1))
    assert "Messages of yours that wait for the next release: 1." in await uses(ann, receipt, "And one more thing.")
    assert not any("And one more thing." in each for each in await place(stage))
    await a_crowd(stage)
    await stage.later(timedelta(days=2))
    (case,) = await cases(stage)
    assert "And one more thing." in case


async def test_a_small_crowd_delays_and_six_days_are_the_most(weekly_stage: Stage) -> None:
    stage = weekly_stage
    await raises(stage.player("ann"))
    await stage.later(timedelta(days=1, hours=1))
    assert await place(stage) == []
    # Open since the last time before, Thursday at ten: six days later it goes, whatever the crowd.
    await stage.later(timedelta(hours=23, minutes=59))
    assert await place(stage) == []
    await stage.later(timedelta(minutes=1))
    assert len(await cases(stage)) == 1
