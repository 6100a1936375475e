"""A button that is pressed twice, or whose press Teams sends twice, has one effect."""

import asyncio

from adapters.teams.repeats import Repeats
from tests.adapters.teams.looking import seen
from tests.adapters.teams.test_repeats import CONCERN, QUESTION, cases, stalled
from tests.doubles.teams import payloads
from tests.doubles.teams.people import TeamsPerson
from tests.doubles.teams.shapes import Json
from tests.walks.talk import raises
from tests.walks.teams_stage import TeamsStage


async def pressed(stage: TeamsStage, label: str) -> tuple[TeamsPerson, Json]:
    """The chair before a case, and what Teams sends when they press this."""
    await raises(stage.player("ann"), CONCERN)
    chair = stage.person("chair")
    chair.looks_at(stage.council.id, CONCERN)
    surface = chair.front_surface()
    on = stage.double.organisation.message(surface.message)
    assert on is not None
    return chair, payloads.executed(chair.sender, on, chair.control(surface, label).action)


async def test_a_press_that_teams_sends_twice_at_once_changes_one_thing_and_is_answered_alike(
    stage: TeamsStage,
) -> None:
    chair, sent = await pressed(stage, "Claim")
    first, second = await asyncio.gather(chair.hands(sent), chair.hands(sent))
    await stage.settle()
    assert (first.status, first.body) == (second.status, second.body)
    assert "State: claimed" in " ".join(cases(stage)[0].split())
    assert len(chair.sees_all_in(stage.council.id)) == len({*chair.sees_all_in(stage.council.id)})


async def test_a_press_whose_answer_got_lost_is_answered_alike_when_it_comes_again(stage: TeamsStage) -> None:
    chair, sent = await pressed(stage, "Claim")
    lost = await chair.hands(sent)
    await stage.settle()
    before = chair.sees_all_in(stage.council.id)
    assert (await chair.hands(sent)).body == lost.body
    await stage.settle()
    assert "chair claimed it" in seen(lost.body["value"])
    assert chair.sees_all_in(stage.council.id) == before


async def test_a_press_that_comes_again_later_does_nothing_and_says_so(stage: TeamsStage) -> None:
    stage.door._invokes._repeats = Repeats(kept=0.0)
    chair, sent = await pressed(stage, "Claim")
    await chair.hands(sent)
    await stage.settle()
    before = chair.sees_all_in(stage.council.id)
    again = await chair.hands(sent)
    await stage.settle()
    assert again.body["value"] == "That arrived already."
    assert chair.sees_all_in(stage.council.id) == before


async def test_two_presses_of_one_button_change_one_thing(stage: TeamsStage) -> None:
    chair, sent = await pressed(stage, "Claim")
    await asyncio.gather(chair.hands(sent | {"id": "f:1"}), chair.hands(sent | {"id": "f:2"}))
    await stage.settle()
    assert len(cases(stage)) == 1
    assert sum("laimed" in each for each in stage.person("chair").sees_in(stage.council.id)) == 1


async def test_a_press_that_comes_again_while_it_is_worked_on_gets_the_same_answer(stage: TeamsStage) -> None:
    chair, sent = await pressed(stage, "Claim")
    async with stalled(stage):
        first = asyncio.create_task(chair.hands(sent))
        second = asyncio.create_task(chair.hands(sent))
        await asyncio.sleep(0)
    assert (await first).body == (await second).body
    await stage.settle()
    assert len(cases(stage)) == 1


async def test_an_answer_that_helped_twice_helped_once(stage: TeamsStage) -> None:
    you = stage.player("you")
    await you.says(QUESTION)
    surface = you.person.front_surface()
    control = you.person.control(surface, "This helped")
    for _ in range(2):
        await you.person.press(surface, control)
        await stage.settle()
    assert "told us about this answer already" in " ".join([*you.person.sees_new(), you.person.toast])
    assert stage.double.organisation.complaints == []
