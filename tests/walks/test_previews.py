"""Before a concern is sent: its preview, what being urgent risks, and the rows that it becomes."""

import re
from datetime import timedelta

from tests.walks.stage import Stage
from tests.walks.talk import (
    AFFECTED,
    AT_ONCE,
    MORE,
    PREVIEW,
    RECEIPT,
    STAGE,
    SURE,
    URGENCY,
    VALUE,
    WORDS,
    WRONG,
    a_crowd,
    cases,
    place,
    raises,
    uses,
)

_ROWS = re.compile(
    r"id:? (\w+) lookup:? \w+ author_key:? \w+… \(32 bytes\) batch:? \d+ .*"
    r"id:? \w+ concern:? \1 turn:? 0 voice:? author batch:? \d+ once:? \w+ "
    r"for_council:? \w+… \(8,240 bytes\) for_author:? empty"
)
"""A concern's row and its message's, column by column, as any door shows them."""


async def test_the_preview_shows_exactly_what_the_council_then_sees(stage: Stage) -> None:
    ann = stage.player("ann")
    await ann.says("concern")
    chosen = {VALUE: "fairness", STAGE: "launch", AFFECTED: "customers", URGENCY: "soon", SURE: "seen it"}
    seen = await ann.fills({WRONG: WORDS, **chosen})
    facts = "Value: fairness Stage: launch Affected: customers Urgency: soon How sure: seen it"
    assert f"{PREVIEW} You can still change it. {facts} {_by_author(seen, WORDS)} Here the time is known." in seen
    assert await place(stage) == []
    assert "Your concern is kept" in await ann.fills()
    (case,) = await cases(stage)
    assert f"Owner: nobody yet {facts} Write by: " in case
    assert _by_author(seen, WORDS) in case


def _by_author(seen: str, words: str) -> str:
    """Words as somebody sees them who is shown that the author said so."""
    before, after = f"The author {words}", f"{words} — The author"
    return before if before in seen else after


async def test_what_is_changed_in_the_preview_is_previewed_again(stage: Stage) -> None:
    ann = stage.player("ann")
    await ann.says("concern")
    await ann.fills({WRONG: "Tom told me so.", VALUE: "fairness"})
    seen = await ann.fills({WRONG: "Somebody told me so."})
    assert PREVIEW in seen
    assert _by_author(seen, "Somebody told me so.") in seen
    assert "Tom" not in seen
    assert await place(stage) == []
    seen = await ann.fills({VALUE: "privacy"})
    assert "Value: privacy" in seen
    assert await place(stage) == []
    assert "Your concern is kept" in await ann.fills()
    (case,) = await cases(stage)
    assert "Value: privacy" in case
    assert _by_author(case, "Somebody told me so.") in case
    assert "Tom" not in case


async def test_a_concern_that_is_left_in_its_preview_is_kept_nowhere(stage: Stage) -> None:
    ann = stage.player("ann")
    await ann.says("concern")
    assert PREVIEW in await ann.fills({WRONG: WORDS})
    await ann.leaves()
    assert "No open cases" in await stage.player("chair").says("cases")
    assert await place(stage) == []


async def test_what_would_rather_not_be_said_is_no_row(stage: Stage) -> None:
    ann = stage.player("ann")
    await raises(ann, value="not sure")
    (case,) = await cases(stage)
    assert "Owner: nobody yet Value: not sure Urgency: can wait Write by: " in case


async def test_the_case_goes_by_the_name_that_its_author_was_told(stage: Stage) -> None:
    ann = stage.player("ann")
    receipt = await raises(ann)
    told = re.search("Note ([a-z-]+) too", ann.sees())
    assert told
    code = told[1]
    (case,) = await cases(stage)
    assert f"Case {code}" in case
    assert f"Your concern, {code}" in await uses(ann, receipt)


async def test_what_is_added_is_previewed_and_can_still_be_changed(stage: Stage) -> None:
    ann = stage.player("ann")
    receipt = await raises(ann)
    await ann.says("receipt")
    seen = await ann.fills({RECEIPT: receipt, MORE: "Tom has the file."})
    assert f"{PREVIEW} You can still change it. {_by_author(seen, 'Tom has the file.')}" in seen
    assert "Every message makes it a little easier to guess" in seen
    seen = await ann.fills({MORE: "There is a file."})
    assert _by_author(seen, "There is a file.") in seen
    assert "Tom" not in seen
    assert "has the file" not in (await cases(stage))[0]
    assert "What you added is kept." in await ann.fills()
    (case,) = await cases(stage)
    assert "There is a file." in case
    assert "Tom" not in case


async def test_privacy_shows_the_rows_that_a_concern_becomes(stage: Stage) -> None:
    seen = await stage.player("ann").says("privacy")
    assert "What a concern becomes" in seen
    assert _ROWS.search(seen)
    assert await place(stage) == []
    assert "No open cases" in await stage.player("chair").says("cases")


async def test_privacy_of_something_is_a_question(stage: Stage) -> None:
    seen = await stage.player("ann").says("privacy of health data")
    assert "What a concern becomes" not in seen
    assert "I don't know" in seen or "The short words on" in seen


async def test_an_urgent_concern_says_what_it_risks_and_goes_at_once_although_others_wait(weekly_stage: Stage) -> None:
    stage, ann = weekly_stage, weekly_stage.player("ann")
    await raises(stage.player("mira"), "This can wait.")
    await ann.says("concern")
    seen = await ann.fills({WRONG: "This cannot wait.", URGENCY: AT_ONCE})
    assert "At once means that the time is known." in seen
    assert await place(stage) == []
    assert "It goes to the council at once." in await ann.fills()
    (case,) = await cases(stage)
    assert "Urgency: at once" in case
    assert "Crowd: none, it went at once" in case  # which did not hide its author
    assert "This cannot wait." in case
    await a_crowd(stage)
    await stage.later(timedelta(days=1, hours=1))
    assert ["This can wait." in case for case in await cases(stage)] == [False, True]


async def test_a_concern_that_is_not_urgent_after_all_is_previewed_without_the_risk(weekly_stage: Stage) -> None:
    stage, ann = weekly_stage, weekly_stage.player("ann")
    await ann.says("concern")
    await ann.fills({WRONG: WORDS, URGENCY: AT_ONCE})
    seen = await ann.fills({URGENCY: "soon"})
    assert "Urgency: soon" in seen
    assert "At once means that the time is known." not in seen
    assert "with the next release" in await ann.fills()
    assert await place(stage) == []
