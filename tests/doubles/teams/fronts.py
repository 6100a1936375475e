"""How Teams hands an activity to an app: over HTTP, with a signed token."""

import json
import time
from dataclasses import dataclass

import httpx

from tests.doubles.teams.server import TeamsDouble
from tests.doubles.teams.shapes import Json

PATH = "/api/messages"


@dataclass(frozen=True)
class Answer:
    """What the app answered: the status, what it said, and how long that took."""

    status: int
    body: Json
    seconds: float


@dataclass(frozen=True)
class HttpFront:
    """Signed HTTP."""

    client: httpx.AsyncClient
    double: TeamsDouble

    async def send(self, activity: Json, token: str | None = None) -> Answer:
        """Hand an activity over; with another token than a right one, or none where it is empty."""
        by = self.double.keys.token(str(activity.get("serviceUrl"))) if token is None else token
        return await self.send_raw(json.dumps(activity).encode(), f"Bearer {by}" if by else "")

    async def send_raw(self, body: bytes, authorization: str) -> Answer:
        """Hand anything over."""
        headers = {"Content-Type": "application/json", **({"Authorization": authorization} if authorization else {})}
        begun = time.monotonic()
        answer = await self.client.post(PATH, content=body, headers=headers)
        told = answer.text
        return Answer(answer.status_code, json.loads(told) if told[:1] == "{" else {}, time.monotonic() - begun)
