"""A door that takes whatever comes, for development on this machine alone; and one that lacks what opens it."""

import time
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


async def test_for_development_an_activity_without_a_token_is_taken(stage: TeamsStage) -> None:
    door = unchecked(stage)
    transport = httpx.ASGITransport(app=web(stage.app, (door,)))
    async with httpx.AsyncClient(transport=transport, base_url="http://house") as client, door.running():
        answer = await client.post(PATH, json=on_stage("message_verb", stage))
        evil = await client.post(PATH, json=on_stage("message_verb", stage) | {"serviceUrl": "https://evil.example/"})
        await door.idle()
    assert (answer.status_code, evil.status_code) == (200, 403)
    assert "office hours" in stage.person("mira").sees()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "house.example"])
def test_for_development_nobody_else_may_reach_the_bot(host: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenSettings, match="anybody could speak as a council member"):
        read(RAI_DATA_DIR=str(tmp_path), TEAMS_DEV_NO_AUTH="1", RAI_HOST=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_for_development_this_machine_alone_may_reach_the_bot(host: str, tmp_path: Path) -> None:
    assert read(RAI_DATA_DIR=str(tmp_path), TEAMS_DEV_NO_AUTH="1", RAI_HOST=host).teams


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, "TEAMS_APP_SECRET and TEAMS_TENANT_ID"),
        ({"TEAMS_TENANT_ID": TENANT}, "TEAMS_APP_SECRET"),
        ({"TEAMS_APP_SECRET": "s"}, "TEAMS_TENANT_ID"),
        ({"TEAMS_APP_SECRET": "", "TEAMS_TENANT_ID": ""}, "TEAMS_APP_SECRET and TEAMS_TENANT_ID"),
    ],
)
def test_an_app_id_alone_opens_no_door_and_says_what_is_missing(
    given: dict[str, str], missing: str, tmp_path: Path
) -> None:
    with pytest.raises(BrokenSettings) as refused:
        read(RAI_DATA_DIR=str(tmp_path), TEAMS_APP_ID=APP_ID, **given)
    assert f"alone it opens no door. Set {missing} too" in "\n".join(refused.value.problems)
