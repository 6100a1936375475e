"""A running double of each platform, and a plain client before it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.doubles.office import Office, StillClock
from tests.doubles.slack.seen import Json
from tests.doubles.slack.server import SlackDouble
from tests.doubles.slack.workspace import BOT_TOKEN, Token, Workspace
from tests.doubles.standin import StandIn
from tests.doubles.teams.organisation import Organisation
from tests.doubles.teams.server import TeamsDouble

OTHER_APP, SECOND = "xoxb-other-app", "xoxb-second"


@dataclass
class Desk:
    """A Slack with two people, some channels, another app and a second workspace; and a client for each token."""

    slack: SlackDouble
    space: Workspace
    clients: dict[str, AsyncWebClient] = field(default_factory=dict)

    async def call(self, method: str, by: str = BOT_TOKEN, verb: str = "JSON", **given: Any) -> Json:
        """What Slack answers, or its refusal, as the SDK hands it on."""
        client = self.clients.setdefault(by, AsyncWebClient(by, base_url=self.slack.api_url, retry_handlers=[]))
        try:
            if verb == "JSON":
                answer = await client.api_call(method, json=given)
            elif verb == "GET":
                answer = await client.api_call(method, http_verb="GET", params=given)
            else:
                answer = await client.api_call(method, data=given)
        except SlackApiError as error:
            told = error.response.data
            return dict(told) if isinstance(told, dict) else {"ok": False, "error": str(told)}
        return dict(answer.data)  # type: ignore[arg-type]

    async def refused(self, method: str, by: str = BOT_TOKEN, verb: str = "JSON", **given: Any) -> str:
        """Slack's word for why not."""
        answer = await self.call(method, by, verb, **given)
        assert not answer["ok"], f"{method} went through"
        return str(answer["error"])

    async def posts(self, channel: str = "CTEAM", **given: Any) -> str:
        """Post a message that is right; returns its time stamp."""
        answer = await self.call("chat.postMessage", channel=channel, **{"text": "Hello", **given})
        assert answer["ok"], answer
        return str(answer["ts"])


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    """A Slack to plant faults in."""
    space, second = Workspace(), Workspace(team="T2", bot_user="U2BOT", bot_token=SECOND)
    for name in ("mira", "ann"):
        space.person(name)
    space.person("guest", is_guest=True)
    space.person("neighbour", team="T2")
    space.channel("team", "UMIRA", "UANN")
    space.channel("secret", "UMIRA", is_private=True)
    space.channel("shared", "UMIRA", "UNEIGHBOUR", is_shared=True)
    space.channel("old", "UMIRA", is_archived=True)
    for name, private in (("public", False), ("closed", True)):
        space.channel(name, "UMIRA", is_private=private).members.discard(space.bot_user)
    space.tokens[OTHER_APP] = Token(set(space.tokens[BOT_TOKEN].scopes), user="U0OTHER", bot="B2", app="A2")
    space.channels["CTEAM"].members.add("U0OTHER")
    second.person("otto")
    second.channel("their", "UOTTO")
    async with SlackDouble(space, others=(second,)).running() as slack:
        yield Desk(slack, space)


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    """A Teams to plant faults in."""
    clock = StillClock()
    space = Organisation(clock=clock)
    mira, ann, guest = (space.person(name) for name in ("mira", "ann", "guest"))
    guest.role = "guest"
    team, group = space.team("Lab", mira, ann), space.group("Lunch", mira, guest)
    async with TeamsDouble(space).running() as teams, httpx.AsyncClient() as client:
        yield Office(teams, clock, client, mira, ann, guest, team, group)


@pytest.fixture
async def bot(office: Office) -> AsyncIterator[StandIn]:
    """A stand-in for a bot, in the office."""
    async with StandIn(office).running() as running:
        yield running
