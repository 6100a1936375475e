"""What takes longer than Teams waits: its dialog says so, and shows it when asked; a receipt once, nothing lost."""

import asyncio
import json

from tests.adapters.previews import looks_over
from tests.adapters.teams.test_repeats import stalled
from tests.doubles.teams import payloads
from tests.walks.talk import THURSDAY, raises, receipt_in
from tests.walks.teams_stage import TeamsStage

IN_TIME = 1.5
"""Seconds: far less than Teams waits; the stage's own patience is a small part of one."""

WAITS, SHOW = "This takes longer than usual", "Show it"
TOO_LATE = "What was to be shown here is not kept any more"
WRONG, CONCERN = "What is going wrong?", "The age of applicants is weighed twice."
QUESTION = "can a risk score be calibrated and have equal false positive rates"


async def a_late_concern(stage: TeamsStage) -> dict[str, object]:
    """Somebody sends a concern while the database stalls; returns what the waiting dialog carries."""
    you = stage.player("you")
    await you.says("concern")
    await looks_over(you.person, stage, CONCERN)
    async with stalled(stage):
        answer = await you.person.submits()
        assert (answer.status, answer.seconds < IN_TIME) == (200, True)
        assert WAITS in you.sees()
    await stage.settle()
    data: dict[str, object] = you.person.control(you.person.front_surface(), SHOW).action["data"]
    return data


def cases(stage: TeamsStage) -> list[str]:
    return stage.person("chair").sees_in(stage.council.id)


async def test_a_receipt_that_comes_late_is_shown_when_it_is_asked_for(hasty: TeamsStage) -> None:
    await a_late_concern(hasty)
    you = hasty.player("you")
    assert receipt_in(await you.presses(SHOW))
    assert len(cases(hasty)) == 1
    assert await you.news() == []
    assert hasty.double.organisation.complaints == []


async def test_whoever_asks_too_early_waits_on_and_then_sees_it(hasty: TeamsStage) -> None:
    you = hasty.player("you")
    await you.says("concern")
    await looks_over(you.person, hasty, CONCERN)
    async with stalled(hasty):
        await you.person.submits()
        for _ in range(2):
            await you.person.presses(SHOW)
            assert WAITS in you.sees()
    await hasty.settle()
    assert receipt_in(await you.presses(SHOW))


async def test_a_receipt_is_shown_that_way_once(hasty: TeamsStage) -> None:
    data, you = await a_late_concern(hasty), hasty.person("you")
    dialog = you.dialog()
    assert dialog is not None
    first = await you.hands(payloads.submitted(you.sender, dialog["on"], data))
    again = await you.hands(payloads.submitted(you.sender, dialog["on"], data))
    assert "Your concern is kept" in json.dumps(first.body)
    assert TOO_LATE in json.dumps(again.body)
    assert "it may be kept without a receipt: raise it again and say so" in json.dumps(again.body)
    assert "Your concern is kept" not in json.dumps(again.body)


async def test_two_who_ask_at_once_with_one_token_are_shown_one_receipt(hasty: TeamsStage) -> None:
    data, you = await a_late_concern(hasty), hasty.person("you")
    dialog = you.dialog()
    assert dialog is not None
    both = [you.hands(payloads.submitted(you.sender, dialog["on"], data)) for _ in range(2)]
    told = [json.dumps(each.body) for each in await asyncio.gather(*both)]
    assert sum("Your concern is kept" in each for each in told) == 1


async def test_a_dialog_that_was_closed_meanwhile_leaves_the_concern_kept_and_its_receipt_nowhere(
    hasty: TeamsStage,
) -> None:
    await a_late_concern(hasty)
    you = hasty.player("you")
    await you.leaves()
    await hasty.settle()
    assert len(cases(hasty)) == 1
    assert await you.news() == []
    assert "Receipt" not in "\n".join(you.person.sees_all_in(you.person.direct.id))


async def test_a_menu_is_shown_whatever_the_database_does(hasty: TeamsStage) -> None:
    you = hasty.person("you")
    async with stalled(hasty):
        answer = await you.extension("rai-desk")
        assert answer.seconds < IN_TIME
    assert you.form_open()


async def test_a_button_that_opens_a_form_waits_in_its_dialog(hasty: TeamsStage) -> None:
    await raises(hasty.player("ann"), CONCERN)
    chair = hasty.player("chair")
    await chair.looks_at(CONCERN)
    await chair.presses("Claim")
    await chair.looks_at(CONCERN)
    async with stalled(hasty):
        await chair.person.presses("Write to the author")
        assert WAITS in chair.sees()
    await hasty.settle()
    await chair.presses(SHOW)
    assert chair.form_open()


async def test_a_form_with_something_wrong_says_so_at_once_and_keeps_what_was_typed(hasty: TeamsStage) -> None:
    you = hasty.player("you")
    await you.says("offer")
    async with stalled(hasty):
        await you.person.submits(THURSDAY | {"From": "16:00", "Until": "15:00"})
        assert you.problems()
        assert "Scoring models." in you.sees()


async def test_a_press_that_takes_long_is_answered_in_time_and_done_after(hasty: TeamsStage) -> None:
    you = hasty.player("you")
    await you.says(QUESTION)
    async with stalled(hasty), asyncio.timeout(IN_TIME):
        await you.person.presses("This helped")
        assert you.person.toast == "One moment …"
    await hasty.settle()
    assert "Thank you" in "\n".join(you.person.sees_all_in(you.person.direct.id))


async def test_a_message_is_acknowledged_while_the_database_stalls_and_answered_after(hasty: TeamsStage) -> None:
    you = hasty.person("you")
    async with stalled(hasty):
        own = await you.message("hours")
        asked = await you.mention(QUESTION, hasty.team.id)
        assert own is not None
        assert max(own.seconds, asked.seconds) < IN_TIME
    await hasty.settle()
    seen = "\n".join(you.sees_new())
    assert "Office hours" in seen
    assert "alibrat" in seen
