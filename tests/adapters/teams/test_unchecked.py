"""A door that takes whatever comes, for development on this machine alone; and one that lacks what opens it."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from adapters.teams.app import TeamsApp
from adapters.teams.endpoints import Endpoints
from adapters.teams.organisation import Keys, Organisation
from bot.chat.places import Place
from bot.settings import BrokenSettings, read
from bot.web import web
from tests.adapters.teams.recorded import on_stage
from tests.doubles.teams.fronts import PATH
from tests.doubles.teams.organisation import APP_ID, SECRET, TENANT
from tests.walks.teams_stage import TeamsStage


def unchecked(stage: TeamsStage) -> TeamsApp:
    """A second door to the same house that takes whatever comes, for development."""
    double = stage.double
    endpoints = Endpoints(double.login_url, double.openid_url, double.service_url, open_to_loopback=True)
    keys = Keys(APP_ID, SecretStr(SECRET), TENANT, unchecked=True)
    house = Organisation.of(keys, Place("terminal", "council"), time.monotonic, endpoints=endpoints)
    return TeamsApp(house, stage.app.router, stage.app.arrivals)


@asynccontextmanager
async def posting(stage: TeamsStage) -> AsyncIterator[Callable[..., Awaitable[int]]]:
    """Posts an activity to that door as a program on this machine does, but for the headers that are given."""
    door = unchecked(stage)

    async def post(changed: dict[str, str] | None = None, **parts: str) -> int:
        answer = await client.post(PATH, json=on_stage("message_verb", stage) | parts, headers=changed)
        await door.idle()
        return answer.status_code

    transport = httpx.ASGITransport(app=web(stage.app, (door,)))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:3978") as client, door.running():
        yield post


@pytest.mark.parametrize("host", ["127.0.0.1:3978", "localhost:3978", "LOCALHOST", "[::1]:3978"])
async def test_for_development_an_activity_without_a_token_is_taken(host: str, stage: TeamsStage) -> None:
    async with posting(stage) as post:
        assert await post({"Host": host, "x-ms-agents-playground": "true"}) == 200
    assert "office hours" in stage.person("mira").sees()


async def test_for_development_a_service_that_is_nobodys_is_still_refused(stage: TeamsStage) -> None:
    async with posting(stage) as post:
        assert await post(serviceUrl="https://evil.example/") == 403


@pytest.mark.parametrize(
    "header",
    [
        {"Host": "rai.example.org"},
        {"Host": "127.0.0.1.evil.example:3978"},
        {"Host": ""},
        {"Host": "["},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:3978"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"X-Forwarded-For": "192.0.2.7"},
        {"X-Forwarded-Host": "rai.example.org"},
        {"X-Forwarded-Proto": "https"},
        {"Forwarded": "for=192.0.2.7"},
        {"X-Real-IP": "192.0.2.7"},
        {"Via": "1.1 proxy"},
    ],
    ids=lambda header: " ".join(next(iter(header.items()))),
)
async def test_for_development_no_web_page_and_nobody_behind_a_proxy_is_heard(
    header: dict[str, str], stage: TeamsStage
) -> None:
    async with posting(stage) as post:
        assert await post(header) == 403
    assert stage.person("mira").sees() == ""


async def test_where_tokens_are_checked_a_proxy_may_stand_in_front(stage: TeamsStage) -> None:
    token = stage.double.keys.token(stage.double.service_url)
    passed_on = {"Authorization": f"Bearer {token}", "X-Forwarded-For": "192.0.2.7", "Host": "rai.example.org"}
    answer = await stage.front.client.post(PATH, json=on_stage("message_verb", stage), headers=passed_on)
    assert answer.status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "house.example"])
def test_for_development_nobody_else_may_reach_the_bot(host: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenSettings, match="anybody could speak as a council member"):
        read(RAI_DATA_DIR=str(tmp_path), TEAMS_DEV_NO_AUTH="1", RAI_HOST=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_for_development_this_machine_alone_may_reach_the_bot(host: str, tmp_path: Path) -> None:
    assert read(RAI_DATA_DIR=str(tmp_path), TEAMS_DEV_NO_AUTH="1", RAI_HOST=host).teams


def test_for_development_the_bot_that_people_rely_on_is_not_opened(tmp_path: Path) -> None:
    given = {"TEAMS_APP_ID": APP_ID, "TEAMS_TENANT_ID": TENANT, "TEAMS_APP_SECRET": "canary"}
    with pytest.raises(BrokenSettings, match="beside TEAMS_APP_SECRET it would open to anybody") as refused:
        read(RAI_DATA_DIR=str(tmp_path), TEAMS_DEV_NO_AUTH="1", **given)
    assert "canary" not in str(refused.value)


WITH_ID, WITH_SECRET, WITH_TENANT = {"TEAMS_APP_ID": APP_ID}, {"TEAMS_APP_SECRET": "s"}, {"TEAMS_TENANT_ID": TENANT}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (WITH_ID, "TEAMS_APP_ID: alone it opens no door. Set TEAMS_APP_SECRET and TEAMS_TENANT_ID too"),
        (WITH_ID | WITH_TENANT, "TEAMS_APP_ID and TEAMS_TENANT_ID: alone they open no door. Set TEAMS_APP_SECRET too"),
        (WITH_ID | WITH_SECRET, "TEAMS_APP_ID and TEAMS_APP_SECRET: alone they open no door. Set TEAMS_TENANT_ID too"),
        (
            WITH_SECRET | WITH_TENANT,
            "TEAMS_APP_SECRET and TEAMS_TENANT_ID: alone they open no door. Set TEAMS_APP_ID too",
        ),
        (WITH_SECRET, "TEAMS_APP_SECRET: alone it opens no door. Set TEAMS_APP_ID and TEAMS_TENANT_ID too"),
        (WITH_TENANT, "TEAMS_TENANT_ID: alone it opens no door. Set TEAMS_APP_ID and TEAMS_APP_SECRET too"),
        (
            WITH_ID | {"TEAMS_APP_SECRET": "", "TEAMS_TENANT_ID": ""},
            "TEAMS_APP_ID: alone it opens no door. Set TEAMS_APP_SECRET and TEAMS_TENANT_ID too",
        ),
    ],
)
def test_a_part_of_the_keys_opens_no_door_and_says_what_is_missing(
    given: dict[str, str], says: str, tmp_path: Path
) -> None:
    with pytest.raises(BrokenSettings) as refused:
        read(RAI_DATA_DIR=str(tmp_path), **given)
    assert says in "\n".join(refused.value.problems)
