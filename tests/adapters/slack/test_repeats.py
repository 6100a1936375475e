"""What Slack sends again has one effect: a thousand events, each four times and shuffled, are a thousand answers."""

import asyncio
import random
from collections import Counter

from tests.adapters.previews import looks_over
from tests.doubles.slack import payloads
from tests.doubles.slack.people import SlackPerson
from tests.doubles.slack.seen import Json
from tests.walks.slack_player import COUNCIL
from tests.walks.slack_stage import SlackStage

TIMES = 4
AT_ONCE = 20


def asks_for_help(stage: SlackStage, number: int) -> Json:
    """What Slack sends when somebody writes ``help`` to the bot alone."""
    space = stage.double.workspace
    person = space.users.get(f"UP{number}") or space.person(f"p{number}")
    channel = space.direct(person.id).id
    told = {"type": "message", "user": person.id, "text": "help", "channel": channel, "channel_type": "im"}
    stamp = f"1795424400.{number:06d}"
    return payloads.event(payloads.Sender(space, person, space.team), {**told, "ts": stamp, "event_ts": stamp})


async def again_and_again(stage: SlackStage, events: list[Json]) -> Counter[int]:
    """Send each event four times, in any order and many at once; returns the statuses."""
    deliveries = [(event, retry) for event in events for retry in range(TIMES)]
    random.Random(4).shuffle(deliveries)
    gate, statuses = asyncio.Semaphore(AT_ONCE), Counter[int]()

    async def deliver(event: Json, retry: int) -> None:
        headers = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"} if retry else {}
        async with gate:
            statuses[(await stage.front.send("event", event, headers)).status] += 1

    await asyncio.gather(*(deliver(event, retry) for event, retry in deliveries))
    await stage.settle()
    return statuses


def answers(stage: SlackStage) -> Counter[str]:
    """How many answers stand in each direct channel."""
    channels = stage.double.workspace.channels.values()
    return Counter({each.id: len(each.messages) for each in channels if each.partner and each.messages})


async def test_a_thousand_events_four_times_each_are_a_thousand_answers(http: SlackStage) -> None:
    statuses = await again_and_again(http, [asks_for_help(http, number) for number in range(1_000)])
    assert statuses == {200: 1_000 * TIMES}
    assert (len(answers(http)), set(answers(http).values())) == (1_000, {1})


async def test_whichever_way_they_come_repeats_have_one_effect(stage: SlackStage) -> None:
    await again_and_again(stage, [asks_for_help(stage, number) for number in range(40)])
    assert (len(answers(stage)), set(answers(stage).values())) == (40, {1})


async def test_two_events_of_one_person_are_two(stage: SlackStage) -> None:
    you = stage.person("you")
    for _ in range(2):
        await you.direct_message("help")
    await stage.settle()
    assert len([each for each in you.sees_in("DUYOU") if "What I can do" in each]) == 2


async def test_a_mention_that_comes_again_is_answered_once(stage: SlackStage) -> None:
    you = stage.person("you")
    told = {
        "type": "app_mention",
        "user": "UYOU",
        "text": "<@U0BOT> help",
        "channel": "CTEAM",
        "ts": "1795424400.000001",
    }
    for retry in range(TIMES):
        await you.event(told, "Ev-the-same", retry)
        await stage.settle()
    assert len(you.whispers()) == 1


async def a_filled_form(stage: SlackStage, words: str) -> tuple[SlackPerson, Json]:
    """Somebody before a form for a concern, and the form as it will be sent."""
    you = stage.person("you")
    await you.command("concern")
    await stage.settle()
    await looks_over(you, stage, words)
    surface = you.surface()
    assert surface is not None
    view = surface.content
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return you, {**view, "state": {"values": {each["block_id"]: as_it_stands(each["element"]) for each in inputs}}}


def as_it_stands(element: Json) -> Json:
    """What Slack sends of an input that nobody touched."""
    said = {"value": element.get("initial_value"), "selected_option": element.get("initial_option")}
    kept = {name: value for name, value in said.items() if value is not None}
    return {element["action_id"]: {"type": element["type"], **kept}}


async def test_a_form_that_is_sent_twice_is_one_concern(stage: SlackStage) -> None:
    you, filled = await a_filled_form(stage, "The age of applicants is weighed twice.")
    first = await you.sends(filled)
    second = await you.sends(filled)
    await stage.settle()
    assert first.body["response_action"] == "update"
    assert (second.status, second.body["response_action"]) == (200, "errors")
    assert "was sent before, and is kept" in str(second.body["errors"])
    assert len(stage.person("chair").sees_in(COUNCIL)) == 1


async def test_a_form_that_is_sent_twice_at_once_is_one_concern(stage: SlackStage) -> None:
    you, filled = await a_filled_form(stage, "The age of applicants is weighed twice.")
    await asyncio.gather(you.sends(filled), you.sends(filled))
    await stage.settle()
    assert len(stage.person("chair").sees_in(COUNCIL)) == 1


async def test_a_button_that_is_pressed_twice_at_once_changes_one_thing(stage: SlackStage) -> None:
    you, filled = await a_filled_form(stage, "The age of applicants is weighed twice.")
    await you.sends(filled)
    await stage.settle()
    chair = stage.person("chair")
    chair.looks_at(COUNCIL, "weighed twice")
    surface = chair.picked
    assert surface is not None
    control = chair.control(surface, "Claim")
    await asyncio.gather(chair.press(surface, control), chair.press(surface, control))
    await stage.settle()
    assert len(chair.sees_in(COUNCIL)) == 1
    assert chair.labels().count("Claim") == 0


async def test_an_answer_that_helped_twice_helped_once(stage: SlackStage) -> None:
    you = stage.player("you")
    await you.says("can a risk score be calibrated and have equal false positive rates")
    surface = you.person.surface()
    assert surface is not None
    control = you.person.control(surface, "This helped")
    for _ in range(2):
        await you.person.press(surface, control)
        await stage.settle()
    assert "told us about this answer already" in you.sees()
    assert stage.double.workspace.complaints == []
