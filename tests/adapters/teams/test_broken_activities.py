"""Activities with parts that are missing, wrong or of another version: never a defect, no word of theirs in a log."""

import json
import logging
from typing import Any

import pytest

from adapters.teams.shape import Shape, packed
from tests.adapters.teams.recorded import broken, done, names, on_stage
from tests.doubles.teams.cards import problems_of_card
from tests.doubles.teams.fronts import Answer
from tests.doubles.teams.shapes import CARD, Json
from tests.walks.teams_stage import TeamsStage

SAID = ("fair", "receipt", "mira", "Mira", "weigh", "29:1", "a:1", "19:", "double-secret", "🙂", "<at>", "Berlin")
STALE, KEPT = "from another version of the bot", "Nothing was changed"
SPOKEN = "application/vnd.microsoft.activity.message"
EVERY = 4
"""Of all the ways to break an activity, each test tries so many-th; the kinds begin apart, and share them all."""


def shows(answer: Answer) -> list[str]:
    """What is wrong with an invoke's answer in the eyes of a client, where it is one."""
    body = answer.body
    if "task" in body:
        value = body["task"]["value"]
        told = [] if value["title"].strip() else ["a dialog without a title"]
        return [*told, *problems_of_card(value["card"]["content"], "dialog")]
    if body.get("type") == CARD:
        return problems_of_card(body["value"], "message")
    return [] if body.get("type") == SPOKEN and body["value"].strip() else [f"an answer of {sorted(body)}"]


def is_shown(sent: Json, answer: Answer) -> bool:
    """Whether an answer needs a body: that of an invoke which a client waits for."""
    return answer.status == 200 and sent.get("type") == "invoke" and sent.get("name") != "fileConsent/invoke"


@pytest.mark.parametrize("name", names())
async def test_an_activity_with_a_part_missing_or_wrong_is_never_a_defect(
    stage: TeamsStage, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    right = on_stage(name, stage)
    token = stage.double.keys.token(right["serviceUrl"])
    wrong = list(broken(right))[len(name) % EVERY :: EVERY]
    strange: dict[str, object] = {}
    for number, (what, sent) in enumerate(wrong):
        fresh = sent | {"id": f"{sent['id']}-{number}"} if sent.get("id") == right["id"] else sent
        answer = await stage.front.send(fresh, token)
        if answer.status not in (200, 400, 401, 403, 501):
            strange[what] = answer.status
        elif is_shown(fresh, answer) and (problems := shows(answer)):
            strange[what] = problems
    await stage.settle()
    assert strange == {}
    told = [each.getMessage() for each in caplog.records if not each.name.startswith(("httpx", "aiohttp"))]
    assert [line for line in told if any(word in line for word in SAID)] == []
    assert [
        line for line in told if "an event failed" in line or "a page failed" in line or "not be shown" in line
    ] == []
    assert [each.exc_info for each in caplog.records if each.exc_info] == []
    assert stage.double.organisation.complaints == []


async def invokes(stage: TeamsStage, sent: Json) -> str:
    """What is then in front of the person, in the words of the answer; which Teams could show."""
    answer = await stage.front.send(sent)
    await stage.settle()
    assert answer.status == 200
    assert shows(answer) == []
    return json.dumps(answer.body, ensure_ascii=False)


def carrying(stage: TeamsStage, name: str, **rai: Any) -> Json:
    """A recorded press, which carries something else."""
    activity = on_stage(name, stage)
    value = activity["value"]
    place = value if name == "submit_fallback" else value["action"]["data"] if "action" in value else value["data"]
    place["rai"] = rai
    return activity


FOREIGN: dict[str, dict[str, Any]] = {
    "of another version": {"press": "council.decide/9", "data": "{}"},
    "with garbage": {"press": "desk.open/1", "data": "{}garbage"},
    "with another shape": {"press": "desk.open/1", "data": '{"verb": 7}'},
    "with nothing": {"press": "desk.open/1", "data": ""},
    "with more": {"press": "council.claim/1", "data": '{"case": "x", "more": 1}'},
    "with no data": {"press": "desk.open/1"},
    "with data that are no text": {"press": "desk.open/1", "data": {"verb": ""}},
    "with broken letters": {"press": "desk.open/1", "data": "\ud800"},
    "of nobody": {"press": "../etc/1", "data": ""},
    "of no name": {"press": "", "data": ""},
    "of a name that is no text": {"press": ["desk.open/1"], "data": ""},
    "of a long name": {"press": "a" * 5_000 + "/1", "data": ""},
    "of nothing at all": {},
}


@pytest.mark.parametrize("name", ["card_action", "task_fetch", "task_submit_press"])
async def test_a_stale_or_foreign_button_says_so_whichever_way_it_is_pressed(stage: TeamsStage, name: str) -> None:
    for what, carried in FOREIGN.items():
        answered = await invokes(stage, carrying(stage, name, **carried) | {"id": what})
        told = [each for each in (answered, *stage.person("mira").sees_new()) if STALE in each]
        assert (what, [KEPT in each for each in told]) == (what, [True])


async def test_on_an_old_client_a_stale_or_foreign_button_says_so_too_and_once(stage: TeamsStage) -> None:
    for what, carried in FOREIGN.items():
        if carried:
            for _ in range(2):  # as Teams sends what it is not sure of
                await stage.front.send(carrying(stage, "submit_fallback", **carried) | {"id": what})
                await stage.settle()
            told = [(STALE in each, KEPT in each) for each in stage.person("mira").sees_new()]
            assert (what, told) == (what, [(True, True)])


async def test_what_a_foreign_button_says_before_others_is_told_to_its_person_alone(stage: TeamsStage) -> None:
    pressed = carrying(stage, "submit_fallback", press="../etc/1", data="")
    thread = f"{stage.team.id};messageid=1795424400000"
    pressed["conversation"] |= {"id": thread, "conversationType": "channel"}
    await stage.front.send(pressed)
    await stage.settle()
    assert STALE in "\n".join(stage.person("mira").sees_all_in(stage.team.id))
    assert STALE not in "\n".join(await stage.team_sees())


async def test_a_button_that_says_a_verb_says_it_for_nobody_else(stage: TeamsStage) -> None:
    await invokes(stage, carrying(stage, "card_action", press="teams.say/1", data="cases"))
    assert "Only members of the RAI council may do this" in "\n".join(stage.person("mira").sees_new())


def form(
    stage: TeamsStage, name: str = "concerns.raise/1", hidden: object = "", shape: object = "", **typed: Any
) -> Json:
    """A form as it is sent, in whatever shape."""
    activity = on_stage("task_submit_press", stage)
    activity["value"]["data"] = {"rai": {"form": name, "hidden": hidden, "shape": shape}, **typed}
    return activity


def a_shape(**changed: Any) -> str:
    return packed(Shape("A form", "Send", [{"type": "Container", "items": [inside(**changed)]}]))


def inside(**changed: Any) -> Json:
    return {"type": "Input.Text", "id": "words", "label": "Your words", **changed}


FORMS: dict[str, dict[str, Any]] = {
    "without a shape": {},
    "with a shape that is none": {"shape": "AAAA"},
    "with a shape that is no text": {"shape": {"title": "x"}},
    "with a form of nothing": {"shape": packed(Shape("A form", "Send", []))},
    "with no number": {"shape": a_shape(spacing=float("nan"))},
    "with half a letter": {"shape": a_shape(placeholder="\ud800")},
    "with endless depth": {"shape": a_shape(items=json.loads("[" * 100 + "]" * 100))},
}


async def test_a_form_whose_shape_was_tampered_with_is_told_so_and_nothing_is_kept(stage: TeamsStage) -> None:
    for what, changed in FORMS.items():
        sent = form(stage, **changed, words="The age of applicants is weighed twice.") | {"id": what}
        assert (what, STALE in await invokes(stage, sent)) == (what, True)
    assert await stage.player("chair").council_sees() == []


async def test_a_form_of_another_version_says_so_and_keeps_what_was_typed(stage: TeamsStage) -> None:
    words = "The age of applicants is weighed twice."
    seen = await invokes(stage, form(stage, "concerns.raise/9", shape=a_shape(), words=words))
    assert "another version" in seen
    assert words in seen


async def test_hidden_text_that_was_tampered_with_is_no_defect(
    stage: TeamsStage, caplog: pytest.LogCaptureFixture
) -> None:
    for number, hidden in enumerate(("nonsense", '{"once": 7}', "🙂" * 5_000, 7, None, {"a": "b"}, "\ud800")):
        for name in ("council.write/1", "concerns.raise/2"):
            sent = form(stage, name, hidden=hidden, shape=a_shape(), words="It weighs age twice.")
            await invokes(stage, sent | {"id": f"{name} {number}"})
    assert [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR] == []


async def test_hidden_text_that_nobody_can_read_is_not_handed_back(stage: TeamsStage) -> None:
    ann = stage.player("ann")
    await ann.says("concern")
    await ann.fills({"What is going wrong?": "It weighs age twice."})
    sent = ann.person.sent
    answer = await ann.person.sends(
        {**sent, "data": {**sent["data"], "rai": {**sent["data"]["rai"], "hidden": "PLANTED"}}}
    )
    shown = json.dumps(answer.body)
    assert "from another version of the bot" in shown
    assert "It weighs age twice." in shown
    assert "PLANTED" not in shown


async def test_a_token_to_wait_with_that_was_made_up_shows_nothing_of_anybodys(stage: TeamsStage) -> None:
    for token in ("x", "🙂", "a" * 100_000, "\ud800"):
        activity = on_stage("task_submit_wait", stage) | {"id": token[:9]}
        activity["value"]["data"]["rai"]["wait"] = token
        assert "is not kept any more" in await invokes(stage, activity)


async def test_whatever_way_an_activity_says_it_is_delivered_a_dialog_is_answered_as_a_dialog(
    stage: TeamsStage,
) -> None:
    for mode in ("expectReplies", "notification", "ephemeral", "stream", "🙂"):
        assert "RAI office hours" in await invokes(stage, on_stage("task_fetch", stage) | {"deliveryMode": mode})


async def test_an_invoke_of_a_kind_that_nobody_knows_is_told_so(stage: TeamsStage) -> None:
    for name in ("", "composeExtension/query", "message/submitAction", "signin/verifyState", "x" * 999):
        assert (await stage.front.send(on_stage("task_fetch", stage) | {"name": name})).status == 501
    assert done(stage) == []


async def test_an_activity_of_another_kind_is_acknowledged_and_left_alone(stage: TeamsStage) -> None:
    for kind in ("messageReaction", "messageUpdate", "messageDelete", "event", "typing", "Invoke", "🙂"):
        answer = await stage.front.send(on_stage("message_question", stage) | {"type": kind})
        assert (answer.status, answer.body) == (200, {})
    await stage.settle()
    assert done(stage) == []
