"""Payloads with parts that are missing, wrong or of another version: never a defect, and no word of theirs in a log."""

import json
import logging
from typing import Any

import pytest

from tests.adapters.slack.recorded import broken, done, kind, names, on_stage
from tests.walks.slack_stage import SlackStage

SAID = ("fair", "receipt", "UMIRA", "mira", "weigh", "TEAM", "DUMIRA", "xoxb", "double-secret", "🙂", "<!channel>")


@pytest.mark.parametrize("name", names())
async def test_a_payload_with_a_part_missing_or_wrong_is_never_a_defect(
    http: SlackStage, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    wrong = list(broken(on_stage(name, http)))
    # Left out, and replaced, in turn; the kinds of payload begin apart, and so share all parts among them.
    some = wrong[len(name) % 3 :: 3]
    statuses = {what: (await http.front.send(kind(name), payload)).status for what, payload in some}
    await http.settle()
    assert {what: status for what, status in statuses.items() if status not in (200, 400, 404)} == {}
    told = [each.getMessage() for each in caplog.records if each.name.startswith(("adapters", "bot", "slack"))]
    assert [line for line in told if any(word in line for word in SAID)] == []
    assert [line for line in told if "an event from" in line or "a page failed" in line] == []


async def press(stage: SlackStage, name: str = "block_actions_in_a_message", **action: Any) -> str:
    """Press something that no card of ours has; returns what is then in front of the person."""
    payload = on_stage(name, stage)
    payload["actions"][0].update(action)
    assert (await stage.front.send("interactive", payload)).status == 200
    await stage.settle()
    return stage.person("mira").sees()


@pytest.mark.parametrize(
    "action",
    [
        {"action_id": "council.decide/9#0"},
        {"action_id": "desk.open/1#0", "value": "{}garbage"},
        {"action_id": "desk.open/1#0", "value": '{"verb": 7}'},
        {"action_id": "desk.open/1#0", "value": ""},
        {"action_id": "council.claim/1#0", "value": '{"case": "x", "more": 1}'},
    ],
)
async def test_a_stale_button_says_so(http: SlackStage, action: dict[str, str]) -> None:
    assert "from another version of the bot" in await press(http, **action)


@pytest.mark.parametrize("action_id", ["something-of-another-app", "a" * 255, "desk.open/1", "#0#form", "../etc/1#0"])
async def test_a_button_that_is_none_of_ours_is_acknowledged_and_left_alone(http: SlackStage, action_id: str) -> None:
    await press(http, action_id=action_id)
    assert done(http) == []


async def test_a_button_says_nothing_that_could_be_said_for_somebody_else(http: SlackStage) -> None:
    seen = await press(http, action_id="slack.say/1#0#form", value="nonsense")
    assert seen, "a verb that is none becomes a question, and gets an answer"


async def test_a_form_of_another_version_says_so_and_keeps_the_input(http: SlackStage) -> None:
    payload = on_stage("view_submission", http)
    payload["view"]["callback_id"] = "desk.send/9"
    ack = await http.front.send("interactive", payload)
    assert ack.body["response_action"] == "errors"
    assert "another version" in json.dumps(ack.body)


async def test_a_form_of_another_app_is_acknowledged_and_closed(http: SlackStage) -> None:
    payload = on_stage("view_submission", http)
    payload["view"]["state"]["values"] = {"x": {"x": {"type": "rich_text_input"}}}
    ack = await http.front.send("interactive", payload)
    assert (ack.status, ack.body) == (200, {})


async def test_a_shortcut_of_another_version_opens_the_desk(http: SlackStage) -> None:
    payload = on_stage("shortcut", http)
    payload["callback_id"] = "rai-something-old"
    assert (await http.front.send("interactive", payload)).status == 200
    await http.settle()
    assert "RAI office hours" in http.person("mira").sees()
