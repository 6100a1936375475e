"""Requests that Teams never sends, or not to this bot: the right status, no room hears of them, nothing is called."""

import json
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import jwt

from adapters.requests import LARGEST as LARGEST_REQUEST
from adapters.teams.keys import APART
from tests.adapters.teams.recorded import done, on_stage
from tests.doubles.teams.fronts import PATH
from tests.doubles.teams.keys import SigningKey
from tests.doubles.teams.organisation import APP_ID, OTHER_TENANT, TENANT
from tests.doubles.teams.shapes import Json
from tests.walks.teams_stage import TeamsStage

NAME = "message_verb"


def activity(stage: TeamsStage) -> Json:
    return on_stage(NAME, stage)


async def sends(stage: TeamsStage, sent: Json, token: str | None = None) -> int:
    """The status of an activity; with a right token, where no other is given."""
    status = (await stage.front.send(sent, token)).status
    await stage.settle()
    return status


def heard_nothing(stage: TeamsStage) -> bool:
    """Whether nothing was answered, and nobody called."""
    return done(stage) == [] and stage.person("mira").sees() == ""


async def test_a_message_with_a_right_token_is_answered(stage: TeamsStage) -> None:
    assert await sends(stage, activity(stage)) == 200
    assert "office hours" in stage.person("mira").sees()


CLAIMS: dict[str, dict[str, Any]] = {
    "expired": {"exp": int(time.time()) - 600},
    "of no end": {"exp": None},
    "not yet valid": {"nbf": int(time.time()) + 9_000},
    "of no beginning": {"nbf": None},
    "by somebody else": {"iss": "https://sts.windows.net/"},
    "by nobody": {"iss": None},
    "for another bot": {"aud": "another-bot"},
    "for several": {"aud": [APP_ID, "another-bot"]},
    "for nobody": {"aud": None},
    "for no service": {"serviceurl": None},
    "for another service": {"serviceurl": "https://smba.trafficmanager.net/emea/"},
}


async def test_a_token_that_claims_something_else_is_refused(stage: TeamsStage) -> None:
    keys, service = stage.double.keys, stage.double.service_url
    sent = {what: await sends(stage, activity(stage), keys.token(service, **each)) for what, each in CLAIMS.items()}
    assert sent == dict.fromkeys(CLAIMS, 401)
    assert heard_nothing(stage)


def forged(stage: TeamsStage) -> str:
    """Signed by a key of somebody else's, which calls itself what Microsoft's is called."""
    return stage.double.keys.token(stage.double.service_url, replace(stage.double.keys.keys[0], number=1))


def unknown(stage: TeamsStage) -> str:
    return stage.double.keys.token(stage.double.service_url, SigningKey("nobody's", 1))


def changed(stage: TeamsStage) -> str:
    """With what it claims changed after it was signed."""
    head, _, signature = stage.double.keys.token(stage.double.service_url).split(".")
    _, other, _ = stage.double.keys.token(stage.double.service_url, exp=int(time.time()) + 9_999).split(".")
    return f"{head}.{other}.{signature}"


def unsigned(stage: TeamsStage) -> str:
    return jwt.encode(stage.double.keys.claims(stage.double.service_url), "", "none", {"kid": "first"})


def symmetric(stage: TeamsStage) -> str:
    return jwt.encode(stage.double.keys.claims(stage.double.service_url), "s" * 32, "HS256", {"kid": "first"})


async def test_a_token_that_microsoft_did_not_sign_is_refused(stage: TeamsStage) -> None:
    forgers = (forged, unknown, changed, unsigned, symmetric)
    assert [await sends(stage, activity(stage), forger(stage)) for forger in forgers] == [401] * len(forgers)
    assert heard_nothing(stage)


async def test_what_is_no_token_is_refused(stage: TeamsStage) -> None:
    body = json.dumps(activity(stage)).encode()
    headers = ("", "Bearer", "Bearer ", "Bearer x", "Basic bWlyYTpwYXNz", "Bearer a.b.c", "x" * 9_000)
    assert [(await stage.front.send_raw(body, header)).status for header in headers] == [401] * len(headers)
    assert heard_nothing(stage)


async def test_who_is_refused_learns_how_to_come_in_and_nothing_else(stage: TeamsStage) -> None:
    answer = await stage.front.client.post(PATH, json=activity(stage))
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.text == "This request is not Teams'.\n"


async def test_a_key_that_does_not_speak_for_teams_is_refused(stage: TeamsStage) -> None:
    stage.double.keys.keys = [SigningKey("first", endorsements=("webchat",))]
    assert await sends(stage, activity(stage)) == 401
    assert heard_nothing(stage)


async def test_an_activity_of_another_channel_is_refused(stage: TeamsStage) -> None:
    for channel in ("webchat", "directline", "emulator", "", None, 7):
        assert await sends(stage, activity(stage) | {"channelId": channel}) == 401
    assert heard_nothing(stage)


async def test_another_organisation_gets_nothing_of_this_one(stage: TeamsStage) -> None:
    for kind in ("message_verb", "task_fetch", "card_action", "extension_desk", "installation_personal"):
        theirs = on_stage(kind, stage)
        theirs["channelData"]["tenant"]["id"] = theirs["conversation"]["tenantId"] = OTHER_TENANT
        assert await sends(stage, theirs) == 403
    assert heard_nothing(stage)


async def test_an_activity_of_no_organisation_is_refused(stage: TeamsStage) -> None:
    lost = activity(stage)
    del lost["channelData"], lost["conversation"]["tenantId"]
    assert await sends(stage, lost) == 403
    assert heard_nothing(stage)


SERVICES = (
    "https://evil.example/",
    "https://smba.trafficmanager.net.evil.example/",
    "https://evil.example/smba.trafficmanager.net/",
    "https://smba.trafficmanager.net@evil.example/",
    "https://smba.trafficmanager.net:8443/",
    "http://smba.trafficmanager.net/teams/",
    "ftp://smba.trafficmanager.net/",
    "//smba.trafficmanager.net/",
    "smba.trafficmanager.net",
    "https://",
)


async def test_a_service_that_is_not_microsofts_is_given_nothing_though_the_token_names_it(stage: TeamsStage) -> None:
    sent = {service: await sends(stage, activity(stage) | {"serviceUrl": service}) for service in SERVICES}
    assert sent == dict.fromkeys(SERVICES, 403)
    assert stage.organisation.services.of(TENANT) == stage.double.service_url
    assert heard_nothing(stage)


async def test_an_activity_without_a_service_is_refused(stage: TeamsStage) -> None:
    right = stage.double.keys.token(stage.double.service_url)
    nothing: tuple[object, ...] = ("", None, 7, [])
    for service in nothing:
        assert await sends(stage, activity(stage) | {"serviceUrl": service}, right) == 401
    assert heard_nothing(stage)


BODIES = (
    b"",
    b"no json",
    b"{",
    b"[]",
    b"7",
    b"null",
    b'"x"',
    b"{}",
    b'{"type": 7}',
    b'{"type": ""}',
    b'{"text": "help"}',
    b"\xff\xfe\x00",
    b'{"type": "message", "id": ' + b"9" * 5_000 + b"}",
    b"[" * 100_000,
    b'{"type":' * 100_000,
)


async def test_a_body_that_is_no_activity_is_refused(stage: TeamsStage) -> None:
    right = f"Bearer {stage.double.keys.token(stage.double.service_url)}"
    for body in BODIES:
        statuses = [(await stage.front.send_raw(body, header)).status for header in (right, "")]
        assert (body[:40], statuses) == (body[:40], [400, 400])
    assert heard_nothing(stage)


async def test_an_activity_as_deep_as_json_can_be_is_no_defect(stage: TeamsStage) -> None:
    deep = json.dumps(activity(stage) | {"value": "HERE"}).encode()
    right = f"Bearer {stage.double.keys.token(stage.double.service_url)}"
    for levels in (500, 900, 50_000):
        body = deep.replace(b'"HERE"', b"[" * levels + b"]" * levels)
        assert (await stage.front.send_raw(body, right)).status in (200, 400)
    await stage.settle()
    assert stage.double.organisation.complaints == []


async def test_more_than_teams_ever_sends_is_not_read(stage: TeamsStage) -> None:
    async def in_pieces() -> AsyncIterator[bytes]:
        for _ in range(LARGEST_REQUEST // 100_000 + 1):
            yield b"x" * 100_000

    right = f"Bearer {stage.double.keys.token(stage.double.service_url)}"
    assert (await stage.front.send_raw(b"x" * (LARGEST_REQUEST + 1), right)).status == 413
    answer = await stage.front.client.post(PATH, content=in_pieces(), headers={"Authorization": right})
    assert answer.status_code == 413
    assert heard_nothing(stage)


async def test_only_post_is_answered(stage: TeamsStage) -> None:
    for method in ("GET", "PUT", "DELETE"):
        assert (await stage.front.client.request(method, PATH)).status_code == 405


async def test_a_key_that_is_new_while_the_bot_runs_is_fetched_and_the_old_one_opens_nothing(stage: TeamsStage) -> None:
    old, keys = stage.double.keys.keys[0], stage.double.keys
    assert await sends(stage, activity(stage)) == 200
    keys.rolls_over()
    signing, before = stage.organisation.signing_keys, stage.organisation.signing_keys.seconds
    signing.seconds = lambda: before() + APART
    assert await sends(stage, activity(stage) | {"id": "second"}) == 200
    assert await sends(stage, activity(stage) | {"id": "third"}, keys.token(stage.double.service_url, old)) == 401
    assert len([each for each in stage.person("mira").sees_new() if "office hours" in each]) == 2


async def test_whoever_names_keys_that_are_none_makes_the_bot_ask_microsoft_at_most_once_a_minute(
    stage: TeamsStage,
) -> None:
    assert await sends(stage, activity(stage)) == 200
    before = stage.double.keys.fetched["keys"]
    stands_still = stage.organisation.signing_keys.seconds() + APART
    stage.organisation.signing_keys.seconds = lambda: stands_still
    for number in range(20):
        token = stage.double.keys.token(stage.double.service_url, SigningKey(f"none-{number}", 1))
        assert await sends(stage, activity(stage), token) == 401
    assert stage.double.keys.fetched["keys"] == before + 1


async def test_a_request_that_is_replayed_has_no_second_effect(stage: TeamsStage) -> None:
    body = json.dumps(activity(stage)).encode()
    header = f"Bearer {stage.double.keys.token(stage.double.service_url)}"
    assert [(await stage.front.send_raw(body, header)).status for _ in range(3)] == [200] * 3
    await stage.settle()
    assert done(stage).count("send") == 1
