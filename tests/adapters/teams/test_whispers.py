"""A message that one person alone sees stays theirs when it is pressed, whichever process said it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from json import dumps

import httpx

from adapters.teams.app import TeamsApp
from bot.web import web
from tests.doubles.teams import payloads
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.fronts import HttpFront
from tests.doubles.teams.organisation import Message
from tests.doubles.teams.people import TeamsPerson
from tests.doubles.teams.seen import answers_to
from tests.walks.talk import THURSDAY, offers
from tests.walks.teams_stage import TeamsStage

QUESTION = "can a risk score be calibrated and have equal false positive rates"
STOP, STOPPED = ("Stop offering Thursday 15:00", "Stop offering Friday 15:00"), "You stopped offering"


@asynccontextmanager
async def restarted(stage: TeamsStage) -> AsyncIterator[None]:
    """Another process behind the same address, which remembers nothing of what the first one said."""
    before, stage.door = stage.door, TeamsApp(stage.organisation, stage.app.router, stage.app.arrivals)
    transport = httpx.ASGITransport(app=web(stage.app, (stage.door,)))
    async with httpx.AsyncClient(transport=transport, base_url="http://house") as client:
        for person in stage.people.values():
            person.front = HttpFront(client, stage.double)
        yield
        await stage.settle()
    stage.door = before


async def host_with_two_hours(stage: TeamsStage) -> TeamsPerson:
    """Somebody who asked in the team's channel what they offer."""
    await offers(stage)
    await offers(stage, Every="Friday")
    host = stage.person("host")
    host.closes()
    await host.mention("hours", stage.team.id)
    await stage.settle()
    return host


def whispers(stage: TeamsStage) -> list[Message]:
    return [each for each in stage.double.organisation.conversations[stage.team.id].messages if each.only]


def refusals(stage: TeamsStage) -> list[str]:
    return [call.error for call in stage.double.organisation.calls if call.error]


async def test_what_one_person_alone_sees_is_drawn_again_for_them_after_each_restart(stage: TeamsStage) -> None:
    host = await host_with_two_hours(stage)
    for times, label in enumerate(STOP, 1):
        async with restarted(stage):
            await host.presses(label)
            await stage.settle()
        (whisper,) = whispers(stage)
        assert (whisper.only, whisper.edits) == (host.person.aad, times)
        assert STOPPED in host.sees()
    assert refusals(stage) == []
    assert not any(STOPPED in each for each in stage.person("mira").sees_all_in(stage.team.id))


async def test_what_teams_drew_from_our_answer_alone_is_still_known_to_be_for_one_person(stage: TeamsStage) -> None:
    host = await host_with_two_hours(stage)
    thursday, friday = STOP
    stage.double.faults = lambda method, _: Fault("refused", "Forbidden", 403) if method == "update" else None
    await host.presses(thursday)
    await stage.settle()
    stage.double.faults = lambda method, _: None
    await host.presses(friday)
    await stage.settle()
    (whisper,) = whispers(stage)
    assert whisper.edits == 1
    assert refusals(stage) == ["Forbidden"]


async def test_a_button_of_a_message_for_everybody_says_nothing_of_one_person(stage: TeamsStage) -> None:
    you, mira = stage.person("you"), stage.person("mira")
    await you.mention(QUESTION, stage.team.id)
    await stage.settle()
    assert '"alone"' in dumps([each.content for each in whispers(stage)])
    (share,) = [label for label in you.labels() if "hare" in label]
    await you.presses(share)
    await mira.message("hours")
    await stage.settle()
    shown = [each.content for conversation in stage.double.organisation.conversations.values()
             for each in conversation.messages if not each.only]  # fmt: skip
    assert "alibrat" in dumps(shown)
    assert '"alone"' not in dumps(shown)


async def test_what_is_pressed_in_a_dialog_changes_no_message_that_opened_it(stage: TeamsStage) -> None:
    host = stage.person("host")
    await host.message("hours")
    await stage.settle()
    await host.presses("Offer")
    await host.submits(THURSDAY)
    dialog, surface = host.dialog(), host.front_surface()
    assert dialog is not None
    stop, _ = answers_to(surface.card, host.control(surface, STOP[0]).action)
    pressed = payloads.submitted(host.sender, dialog["on"], stop.action["data"])
    # Microsoft does not say whether a client names the message that opened a dialog.
    answer = await host.hands(pressed | {"replyToId": dialog["on"].id})
    await stage.settle()
    assert STOPPED in dumps(answer.body)
    assert (dialog["on"].edits, dialog["on"] in host.direct.messages) == (0, True)
