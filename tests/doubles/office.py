"""A running double of Teams, and a plain client before it that logs in as a bot does."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.doubles.teams.clock import BEGINS
from tests.doubles.teams.organisation import APP_ID, BOT, SECRET, Conversation, Organisation, Person, Team
from tests.doubles.teams.server import TeamsDouble
from tests.doubles.teams.shapes import Json, with_card

SCOPE = "https://api.botframework.com/.default"


class StillClock:
    """A clock of Teams that stands still until it is told to move."""

    def __init__(self) -> None:
        self._moved = 0.0

    def __call__(self) -> float:
        return self._moved

    def wall(self) -> float:
        """Seconds since 1970."""
        return BEGINS + self._moved

    def move(self, seconds: float) -> None:
        """Let time pass."""
        self._moved += seconds


@dataclass
class Office:
    """A Teams with people, a team and a group chat, and a client."""

    teams: TeamsDouble
    clock: StillClock
    client: httpx.AsyncClient
    mira: Person
    ann: Person
    guest: Person
    team: Team
    group: Conversation
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def space(self) -> Organisation:
        """What Teams knows."""
        return self.teams.organisation

    @property
    def channel(self) -> Conversation:
        """The team's first channel."""
        return self.space.conversations[self.team.id]

    async def login(self, tenant: str = "", **changed: str) -> httpx.Response:
        """Ask for a token."""
        form = {"grant_type": "client_credentials", "client_id": APP_ID, "client_secret": SECRET, "scope": SCOPE}
        address = f"{self.teams.login_url}{tenant or self.space.tenant}/oauth2/v2.0/token"
        return await self.client.post(address, data={**form, **changed})

    async def token(self, scope: str = SCOPE) -> str:
        """A token, asked for once."""
        if scope not in self.tokens:
            self.tokens[scope] = (await self.login(scope=scope)).json()["access_token"]
        return self.tokens[scope]

    async def call(self, verb: str, path: str, body: Json | None = None, **query: str) -> httpx.Response:
        """Call the connector."""
        headers = {"Authorization": f"Bearer {await self.token()}".strip()}
        address = f"{self.teams.service_url}v3/{path}"
        return await self.client.request(verb, address, json=body, params=query, headers=headers)

    async def refused(self, verb: str, path: str, body: Json | None = None, **query: str) -> tuple[int, str]:
        """Teams' status and word for why not."""
        answer = await self.call(verb, path, body, **query)
        assert answer.status_code >= 400, f"{verb} {path} went through"
        return answer.status_code, str(answer.json()["error"]["code"])

    async def posts(self, to: str, **given: Any) -> str:
        """Post a message that is right; returns its id."""
        answer = await self.call("POST", f"conversations/{to}/activities", message(**given))
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def shows(self, card: Json) -> str:
        """Post a card in the team's channel; returns its id."""
        answer = await self.call("POST", f"conversations/{self.team.id}/activities", with_card(card))
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def opens_chat(self, person: Person) -> str:
        """Begin to speak with somebody."""
        answer = await self.call("POST", "conversations", chat_with(person.aad))
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])


def message(text: str = "Hello", **more: Any) -> Json:
    """A message."""
    return {"type": "message", "text": text, **more}


def chat_with(who: str, tenant: str = "", **more: Any) -> Json:
    """What opens a chat with somebody."""
    where = tenant or Organisation().tenant
    told = {"bot": {"id": BOT}, "members": [{"id": who}], "tenantId": where, "isGroup": False}
    return {**told, "channelData": {"tenant": {"id": where}}, **more}
