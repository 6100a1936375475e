"""The real connector before a small Teams that answers what a test orders, and one clock, which a test moves."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

from aiohttp import web
from pydantic import SecretStr

from adapters.shapes import Json
from adapters.teams.calls import PlainCalls
from adapters.teams.connector import Connector, PatientConnector
from adapters.teams.credentials import Credentials
from adapters.teams.endpoints import Endpoints
from adapters.teams.lines import client
from adapters.teams.pace import Limits, Pace
from adapters.teams.troubles import Troubles
from tests.adapters.teams.microsoft import APP, Seconds

COUNCIL = "19:council@thread.tacv2"
TENANT = "00000000-0000-0000-0000-0000000007e4"

Answer = Callable[[web.Request], web.StreamResponse]


@dataclass(frozen=True)
class Came:
    """A call as it came."""

    method: str
    path: str
    query: dict[str, str]
    token: str
    content: Json | None


def says(status: int, said: object = None, **headers: str) -> Answer:
    """An answer with this status and JSON."""
    return lambda _: web.json_response(
        said, status=status, headers={n.replace("_", "-"): v for n, v in headers.items()}
    )


def refuses(status: int, code: str) -> Answer:
    """Teams says no."""
    return says(status, {"error": {"code": code, "message": "words that name somebody"}})


def hangs_up(request: web.Request) -> web.StreamResponse:
    """The connection breaks, and nothing is answered."""
    assert request.transport
    request.transport.close()
    return web.Response()


@dataclass
class Exchange:
    """What a test orders and sees.

    Args:
        answers: what is answered next, one by one; else everything is taken.
        came: every call, but those for a token.
        tokens: how many tokens were given.
        lines: the connections that were opened.
        slept: what the patient connector waited, in seconds.
    """

    seconds: Seconds
    troubles: Troubles
    answers: list[Answer] = field(default_factory=list)
    came: list[Came] = field(default_factory=list)
    tokens: int = 0
    lines: set[object] = field(default_factory=set)
    slept: list[float] = field(default_factory=list)
    url: str = ""
    plain: PlainCalls = field(init=False)
    connector: Connector = field(init=False)
    patient: Connector = field(init=False)

    async def posts(self, conversation: str = COUNCIL, text: str = "Hello") -> str:
        """Post a message as the courier does."""
        return await self.connector.send(self.url, conversation, {"type": "message", "text": text})

    async def answers_somebody(self, conversation: str = COUNCIL) -> str:
        """Post a message that somebody waits for."""
        return await self.patient.send(self.url, conversation, {"type": "message", "text": "Hello"})

    async def sleep(self, seconds: float) -> None:
        """Waits by moving the clock."""
        self.slept.append(seconds)
        self.seconds.now += seconds

    async def take(self, request: web.Request) -> web.StreamResponse:
        """Teams, and Microsoft's login."""
        self.lines.add(request.transport)
        if request.path.endswith("/oauth2/v2.0/token"):
            self.tokens += 1
            return web.json_response({"access_token": f"token-{self.tokens}", "expires_in": 3_600})
        content = await request.json() if request.can_read_body else None
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        path = request.raw_path.partition("?")[0]
        self.came.append(Came(request.method, path, dict(request.query), token, content))
        if self.answers:
            return self.answers.pop(0)(request)
        return web.json_response({"id": str(len(self.came))}, status=201)


@asynccontextmanager
async def exchange(secret: str | None = "secret", limits: Limits | None = None) -> AsyncIterator[Exchange]:
    """An exchange whose council has a channel."""
    made = Exchange(Seconds(), Troubles(COUNCIL))
    async with _listening(made), client() as http:
        endpoints = replace(Endpoints(), login=made.url.replace("teams", "login"), service=made.url)
        kept = SecretStr(secret) if secret else None
        credentials = Credentials(http, endpoints, TENANT, APP, kept, made.seconds, made.troubles)
        pace = Pace(made.seconds, limits or Limits(), chance=lambda: 1.0)
        made.plain = PlainCalls(http, endpoints, credentials, pace, made.troubles)
        made.connector = Connector(made.plain, f"28:{APP}")
        made.patient = PatientConnector(made.connector, made.sleep)
        yield made


@asynccontextmanager
async def _listening(made: Exchange) -> AsyncIterator[None]:
    application = web.Application()
    application.router.add_route("*", "/{rest:.*}", made.take)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/teams/"
    try:
        yield
    finally:
        await runner.cleanup()


def waited(seconds: float) -> timedelta:
    """So many seconds."""
    return timedelta(seconds=seconds)
