"""Requests that Slack never sends, or sent long ago: the right status, never a 500, and no word of theirs in a log."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.requests import LARGEST as LARGEST_REQUEST
from bot.questions.shelf import Shelf
from tests.adapters.slack.recorded import done, on_stage
from tests.doubles.slack.fronts import PATH, signed, written
from tests.walks.slack_player import TEAM_CHANNEL
from tests.walks.slack_stage import SlackStage, slack_stage

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


async def sends(stage: SlackStage, body: bytes, headers: dict[str, str] | None = None, content: str = JSON) -> int:
    """The status of a request with this body; signed, where no other headers are given."""
    sent = {"Content-Type": content, **(signed(body) if headers is None else headers)}
    answer = await stage.client.post(PATH, content=body, headers=sent)
    await stage.settle()
    return answer.status_code


def a_question(stage: SlackStage) -> bytes:
    body, _ = written("command", on_stage("command_question", stage))
    return body


def an_old_stamp(minutes: float) -> dict[str, str]:
    return {"X-Slack-Request-Timestamp": str(int(time.time() - minutes * 60))}


async def test_a_signed_question_is_answered(http: SlackStage) -> None:
    assert await sends(http, a_question(http), content=FORM) == 200
    # The names of colleagues are asked for once, whatever somebody does.
    assert [method for method in done(http) if method != "users.list"] == ["response_url"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": "v1=0"},
        {"X-Slack-Request-Timestamp": ""},
        an_old_stamp(10),
        an_old_stamp(-10),
    ],
)
async def test_a_request_that_is_not_signed_now_by_slack_is_refused(http: SlackStage, wrong: dict[str, str]) -> None:
    body = a_question(http)
    headers = {name: value for name, value in {**signed(body), **wrong}.items() if value}
    assert await sends(http, body, headers, FORM) == 401
    assert done(http) == []


@pytest.mark.parametrize("minutes", [5.5, 60, -5.5])
async def test_a_request_that_was_signed_at_another_time_is_refused(http: SlackStage, minutes: float) -> None:
    body = a_question(http)
    assert await sends(http, body, signed(body, at=time.time() - minutes * 60), FORM) == 401
    assert done(http) == []


async def test_a_request_of_somebody_elses_secret_or_body_is_refused(http: SlackStage) -> None:
    body = a_question(http)
    assert await sends(http, body, signed(body, secret="another"), FORM) == 401
    assert await sends(http, body + b"&text=concern", signed(body), FORM) == 401
    assert await sends(http, body, {}, FORM) == 401
    assert done(http) == []


@pytest.mark.parametrize("name", ["X-Slack-Request-Timestamp", "X-Slack-Signature"])
async def test_headers_that_are_no_stamp_and_no_signature_are_refused(http: SlackStage, name: str) -> None:
    body = a_question(http)
    assert await sends(http, body, {**signed(body), name: "yesterday"}, FORM) in (400, 401)
    assert done(http) == []


async def test_an_event_that_is_replayed_has_no_second_effect(http: SlackStage) -> None:
    body, _ = written("event", on_stage("message_im", http))
    headers = signed(body)
    assert [await sends(http, body, headers) for _ in range(3)] == [200] * 3
    assert done(http).count("chat.postMessage") == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no json",
        b"{",
        b"[]",
        b"7",
        b"null",
        b'"x"',
        b"{}",
        b'{"type": 7}',
        b'{"type": "event_callback"}',
        b'{"type": "event_callback", "event": []}',
        b'{"type": "event_callback", "event": {"type": "message"}}',
        b'{"type": "event_callback", "event": {"type": "app_mention"}}',
        b'{"type": "something_new", "team_id": "T1"}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"x":' * 100_000,
    ],
)
@pytest.mark.parametrize("content", [JSON, FORM, "text/plain"])
async def test_a_body_that_is_no_request_of_slacks_is_refused(http: SlackStage, body: bytes, content: str) -> None:
    assert await sends(http, body, content=content) in (200, 400, 404)
    assert await sends(http, body, {}, content) in (400, 401)
    assert done(http) == []


@pytest.mark.parametrize(
    "body",
    [
        b"payload=",
        b"payload=no+json",
        b"payload=[]",
        b"payload=7",
        b"payload=%7B%7D",
        b"text=x",
        b"&&&=%zz",
    ],
)
async def test_a_form_that_is_no_request_of_slacks_is_refused(http: SlackStage, body: bytes) -> None:
    assert await sends(http, body, content=FORM) in (400, 404)
    assert done(http) == []


@pytest.mark.parametrize("content", ["text/plain", "multipart/form-data; boundary=x", ""])
async def test_another_content_type_gets_nothing_that_the_right_one_would_not(http: SlackStage, content: str) -> None:
    assert await sends(http, a_question(http), content=content) in (200, 400, 404)
    assert http.double.workspace.complaints == []


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_only_post_is_answered(http: SlackStage, method: str) -> None:
    assert (await http.client.request(method, PATH)).status_code == 405


async def test_more_than_slack_ever_sends_is_not_read(http: SlackStage) -> None:
    async def in_pieces() -> AsyncIterator[bytes]:
        for _ in range(LARGEST_REQUEST // 100_000 + 1):
            yield b"x" * 100_000

    body = b"x" * (LARGEST_REQUEST + 1)
    assert await sends(http, body) == 413
    answer = await http.client.post(PATH, content=in_pieces(), headers=signed(body))
    assert answer.status_code == 413


async def test_slacks_own_questions_are_answered(http: SlackStage) -> None:
    ack = await http.front.send("event", on_stage("url_verification", http))
    assert (ack.status, ack.body) == (200, {"challenge": "an-invented-challenge"})
    assert (await http.front.send("command", on_stage("ssl_check", http))).status == 200
    assert (await http.front.send("interactive", on_stage("view_closed", http))).status == 404
    assert done(http) == []


async def test_a_question_of_slacks_needs_its_signature_too(http: SlackStage) -> None:
    body, content = written("event", on_stage("url_verification", http))
    assert await sends(http, body, {}, content) == 401


async def test_a_house_without_a_secret_answers_nothing_over_http(tmp_path: Path, shelf: Shelf) -> None:
    async with slack_stage(tmp_path, shelf, "socket") as stage:
        assert (await stage.client.post(PATH, content=b"{}", headers=signed(b"{}"))).status_code == 404
        assert TEAM_CHANNEL in stage.double.workspace.channels
