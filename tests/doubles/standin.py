"""A stand-in for a bot, as small as it goes: it keeps what it was told and answers what a test lets it answer."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.doubles.office import Office
from tests.doubles.teams.fronts import PATH, HttpFront
from tests.doubles.teams.organisation import Person
from tests.doubles.teams.people import TeamsPerson
from tests.doubles.teams.shapes import CARD, Json


@dataclass
class StandIn:
    """A bot.

    Args:
        answers: what it answers to an invoke, by its name.
    """

    office: Office
    answers: dict[str, Json] = field(default_factory=dict)
    status: int = 200
    heard: list[Json] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    front: HttpFront = field(init=False)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["StandIn"]:
        """The bot behind its address."""
        transport = httpx.ASGITransport(Starlette(routes=[Route(PATH, self._hears, methods=["POST"])]))
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
            self.front = HttpFront(client, self.office.teams)
            yield self

    def at_client(self, person: Person, *, executes: bool = True) -> TeamsPerson:
        """Somebody at their Teams client."""
        return TeamsPerson(self.office.teams, self.front, person, executes=executes)

    async def _hears(self, request: Request) -> Response:
        activity = json.loads(await request.body())
        self.heard.append(activity)
        self.tokens.append(request.headers.get("Authorization", ""))
        told = self.answers.get(activity.get("name", ""))
        return Response(status_code=self.status) if told is None else JSONResponse(told, self.status)


def dialog(card: Json, title: str = "A form") -> Json:
    """An answer that opens a dialog, or puts another one in its place."""
    value = {"title": title, "width": "medium", "height": "medium", "card": {"contentType": CARD, "content": card}}
    return {"task": {"type": "continue", "value": value}}


def redraw(card: Json) -> Json:
    """An answer that shows another card."""
    return {"statusCode": 200, "type": CARD, "value": card}


def spoken(text: str) -> Json:
    """An answer in passing."""
    return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": text}
