"""The double's modals, triggers, response addresses and faults: each as Slack has them, to the second."""

import asyncio
import json

import aiohttp
import httpx
import pytest

from tests.doubles.blocks import plain
from tests.doubles.conftest import Desk
from tests.doubles.slack.clock import SlackClock
from tests.doubles.slack.seen import Json
from tests.doubles.slack.server import Fault


def view(words: str = "x", **more: object) -> Json:
    return {"type": "modal", "title": {**plain(1), "text": words}, "blocks": [{"type": "divider"}], **more}


async def opens(desk: Desk, user: str = "UMIRA", words: str = "x") -> Json:
    answer = await desk.call("views.open", trigger_id=desk.space.trigger(user), view=view(words))
    assert answer["ok"], answer
    return dict(answer["view"])


def passes(desk: Desk, seconds: float) -> None:
    """Let time pass."""
    assert isinstance(desk.space.clock, SlackClock)
    desk.space.clock.move(seconds)


def titles(desk: Desk, user: str = "UMIRA") -> list[str]:
    return [each["title"]["text"] for each in desk.space.modals.get(user, [])]


async def test_a_trigger_works_once(desk: Desk) -> None:
    trigger = desk.space.trigger("UMIRA")
    assert (await desk.call("views.open", trigger_id=trigger, view=view()))["ok"]
    assert await desk.refused("views.open", trigger_id=trigger, view=view()) == "exchanged_trigger_id"
    assert await desk.refused("views.open", trigger_id="1.2.3", view=view()) == "invalid_trigger_id"


@pytest.mark.parametrize(("seconds", "error"), [(2.5, ""), (3.1, "expired_trigger_id")])
async def test_a_trigger_lives_for_three_seconds(desk: Desk, seconds: float, error: str) -> None:
    trigger = desk.space.trigger("UMIRA")
    passes(desk, seconds)
    assert (await desk.call("views.open", trigger_id=trigger, view=view())).get("error", "") == error


async def test_two_users_at_once_have_a_stack_each(desk: Desk) -> None:
    await asyncio.gather(opens(desk, "UMIRA", "hers"), opens(desk, "UANN", "theirs"))
    assert (titles(desk), titles(desk, "UANN")) == (["hers"], ["theirs"])


async def test_modals_are_pushed_three_deep(desk: Desk) -> None:
    push: Json = {"view": view("more")}
    assert await desk.refused("views.push", trigger_id=desk.space.trigger("UMIRA"), **push) == "not_found"
    await opens(desk)
    for _ in range(2):
        assert (await desk.call("views.push", trigger_id=desk.space.trigger("UMIRA"), **push))["ok"]
    assert await desk.refused("views.push", trigger_id=desk.space.trigger("UMIRA"), **push) == "push_limit_reached"
    assert titles(desk) == ["x", "more", "more"]


async def test_a_view_is_updated_by_who_saw_its_last_hash(desk: Desk) -> None:
    opened = await opens(desk)
    given: Json = {"view_id": opened["id"], "hash": opened["hash"]}
    assert (await desk.call("views.update", **given, view=view("second")))["ok"]
    assert await desk.refused("views.update", **given, view=view("third")) == "hash_conflict"
    assert (await desk.call("views.update", view_id=opened["id"], view=view("fourth")))["ok"]
    assert titles(desk) == ["fourth"]


async def test_a_closed_view_is_gone(desk: Desk) -> None:
    opened = await opens(desk)
    desk.space.modals["UMIRA"].pop()
    assert await desk.refused("views.update", view_id=opened["id"], view=view()) == "not_found"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"title": plain(25)}, "invalid_arguments"),
        ({"blocks": [{"type": "divider"}] * 101}, "invalid_arguments"),
        ({"type": "home", "blocks": [{"type": "divider"}]}, "invalid_arguments"),
        ({"private_metadata": "x" * 3_001}, "invalid_arguments"),
        ({"blocks": [{"type": "context", "elements": [plain(3_000)] * 10}] * 9}, "view_too_large"),
    ],
)
async def test_a_view_that_is_wrong_does_not_open(desk: Desk, wrong: Json, error: str) -> None:
    assert await desk.refused("views.open", trigger_id=desk.space.trigger("UMIRA"), view=view(**wrong)) == error
    assert titles(desk) == []


async def test_a_page_is_published_for_one_person(desk: Desk) -> None:
    page = {"type": "home", "blocks": [{"type": "divider"}]}
    first = await desk.call("views.publish", user_id="UMIRA", view=page)
    assert list(desk.space.homes) == ["UMIRA"]
    assert await desk.refused("views.publish", user_id="UNOBODY", view=page) == "user_not_found"
    assert await desk.refused("views.publish", user_id="UMIRA", view=view()) == "invalid_arguments"
    assert (await desk.call("views.publish", user_id="UMIRA", view=page, hash=first["view"]["hash"]))["ok"]
    assert await desk.refused("views.publish", user_id="UMIRA", view=page, hash="old") == "hash_conflict"


async def tell(address: str, **message: object) -> tuple[int, str]:
    async with httpx.AsyncClient() as client:
        answer = await client.post(address, json={"text": "x", **message})
    return answer.status_code, "" if answer.text == "ok" else str(json.loads(answer.text)["error"])


async def test_a_response_address_takes_five_answers(desk: Desk) -> None:
    address = desk.slack.response_url("CCLOSED", "UMIRA")
    assert [await tell(address) for _ in range(6)] == [(200, "")] * 5 + [(404, "used_url")]
    assert len(desk.space.whispers) == 5


@pytest.mark.parametrize(("minutes", "told"), [(29, (200, "")), (31, (404, "expired_url"))])
async def test_a_response_address_lives_for_half_an_hour(desk: Desk, minutes: int, told: tuple[int, str]) -> None:
    address = desk.slack.response_url("CTEAM", "UMIRA")
    passes(desk, minutes * 60)
    assert await tell(address) == told


async def test_an_answer_is_whispered_or_said_or_put_in_the_place_of_another(desk: Desk) -> None:
    kept = await desk.posts(text="old")
    await tell(desk.slack.response_url("CTEAM", "UMIRA"), text="psst")
    await tell(desk.slack.response_url("CTEAM", "UMIRA"), text="all", response_type="in_channel")
    await tell(desk.slack.response_url("CTEAM", "UMIRA", on=kept), text="new", replace_original=True)
    whisper = desk.space.whispers[0].message["ts"]
    await tell(desk.slack.response_url("CTEAM", "UMIRA", whisper=whisper), text="hush", replace_original=True)
    assert [each["text"] for each in desk.space.channels["CTEAM"].messages] == ["new", "all"]
    assert [each.message["text"] for each in desk.space.whispers] == ["hush"]


async def test_an_answer_that_is_wrong_is_refused(desk: Desk) -> None:
    address = desk.slack.response_url("CTEAM", "UMIRA")
    assert await tell(address, text="<!here>") == (400, "invalid_blocks")
    assert await tell(address, channel="CSECRET") == (400, "invalid_blocks")
    assert await tell(f"{address}x") == (404, "expired_url")
    assert desk.space.whispers == []


async def test_who_comes_back_before_retry_after_is_noted(desk: Desk) -> None:
    faults = [Fault("limited", seconds=30)]
    desk.slack.faults = lambda _method, _args: faults.pop() if faults else None
    assert await desk.refused("chat.postMessage", channel="CTEAM", text="x") == "ratelimited"
    await desk.posts("CSECRET")
    assert desk.slack.violations == []
    await desk.posts()
    assert desk.slack.violations == ["chat.postMessage CTEAM"]
    passes(desk, 31)
    await desk.posts()
    assert len(desk.slack.violations) == 1


async def test_an_answer_is_lost_after_the_message_was_kept(desk: Desk) -> None:
    desk.slack.faults = lambda _method, _args: Fault("lost")
    with pytest.raises(aiohttp.ClientError):
        await desk.call("chat.postMessage", channel="CTEAM", text="once")
    assert [each["text"] for each in desk.space.channels["CTEAM"].messages] == ["once"]


@pytest.mark.parametrize(("kind", "told"), [("broken", "<html>Oh no</html>"), ("refused", "internal_error")])
async def test_a_call_that_fails_leaves_nothing(desk: Desk, kind: str, told: str) -> None:
    desk.slack.faults = lambda _method, _args: Fault(kind)  # type: ignore[arg-type]
    assert await desk.refused("chat.postMessage", channel="CTEAM", text="x") == told
    assert desk.space.channels["CTEAM"].messages == []


async def test_every_call_is_recorded_with_slacks_word(desk: Desk) -> None:
    await desk.posts()
    await desk.refused("chat.postMessage", channel="CPUBLIC", text="x")
    assert [(each.method, each.error) for each in desk.space.calls] == [
        ("chat.postMessage", ""),
        ("chat.postMessage", "not_in_channel"),
    ]
