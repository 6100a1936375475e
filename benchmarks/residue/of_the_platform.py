"""What goes wrong with what a platform answers to the house."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import httpx
from aiohttp import web

from benchmarks.residue.at_slack import AtSlack
from benchmarks.residue.at_teams import AtTeams
from benchmarks.residue.fault import SLACK, WEB, Fault
from tests.doubles.overheard import fair
from tests.doubles.slack.server import Fault as OfSlack
from tests.doubles.teams.faults import Fault as OfTeams

Context = Callable[[Any], AbstractAsyncContextManager[None]]


def failing(slack: OfSlack, teams: OfTeams, every: int = 2) -> Context:
    """Every so many calls go wrong like this."""

    @asynccontextmanager
    async def around(door: AtSlack | AtTeams) -> AsyncIterator[None]:
        double, count = door.stage.double, itertools.count()
        fault = slack if isinstance(door, AtSlack) else teams
        double.faults = lambda _method, _args: None if next(count) % every else fault  # type: ignore[assignment]
        if isinstance(door, AtSlack):
            door.stage.workspace.client.timeout = 0.3  # type: ignore[assignment]
        else:
            door.stage.organisation.client.timeout = httpx.Timeout(0.3)
        try:
            yield
        finally:
            double.faults = lambda _method, _args: None
            if isinstance(door, AtSlack):
                door.stage.workspace.client.timeout = 10
            else:
                door.stage.organisation.client.timeout = httpx.Timeout(10)

    return around


def weather(answer: Callable[[web.Request, bytes], Awaitable[web.StreamResponse]], every: int = 2) -> Context:
    """Every so many calls are answered like this."""

    @asynccontextmanager
    async def around(door: AtSlack | AtTeams) -> AsyncIterator[None]:
        count = itertools.count()

        def turn(request: web.Request, body: bytes) -> Awaitable[web.StreamResponse] | None:
            is_socket = "upgrade" in request.headers.get("Connection", "").lower()
            return None if is_socket or next(count) % every else answer(request, body)

        door.overheard.weather = turn
        try:
            yield
        finally:
            door.overheard.weather = fair

    return around


async def garbled(_request: web.Request, _body: bytes) -> web.StreamResponse:
    return web.Response(text='{"ok": true, "what', content_type="application/json")


async def repeated(request: web.Request, body: bytes) -> web.StreamResponse:
    """The error says again what it was sent."""
    told = f"{request.raw_path} {body.decode(errors='replace')}"
    status = 400 if request.path.startswith("/teams") else 200
    return web.json_response({"ok": False, "error": told, "message": told}, status=status, reason="OK")


async def reset(request: web.Request, _body: bytes) -> web.StreamResponse:
    """The connection is gone before anything is done."""
    if request.transport:
        request.transport.abort()
    await asyncio.sleep(0)
    return web.Response()


async def elsewhere(request: web.Request, _body: bytes) -> web.StreamResponse:
    """Somewhere else, with the words in the address."""
    return web.Response(status=302, headers={"Location": "http://127.0.0.1:9/elsewhere"})


def refused(error: str, status: int) -> Context:
    return failing(OfSlack("refused", error), OfTeams("refused", error, status))


FAULTS = (
    Fault(
        "the platform says to come back later (429)",
        WEB,
        failing(OfSlack("limited", seconds=0.05), OfTeams("limited", seconds=1)),
        early=True,
    ),
    Fault(
        "the platform answers with an error of its own (500)",
        WEB,
        failing(OfSlack("broken"), OfTeams("broken", status=500)),
        early=True,
    ),
    Fault("the platform answers nothing", WEB, failing(OfSlack("hung"), OfTeams("hung"), every=4), most=10),
    Fault("the platform's answer is lost", WEB, failing(OfSlack("lost"), OfTeams("lost"))),
    Fault("the connection to the platform is cut off", WEB, weather(reset), early=True),
    Fault("the platform's answer is no JSON", WEB, weather(garbled), early=True),
    Fault("the platform's error repeats what it was sent", WEB, weather(repeated), early=True),
    Fault("the platform sends the house elsewhere", WEB, weather(elsewhere)),
    Fault("the platform does not know the house any more", WEB, refused("invalid_auth", 401), early=True),
    Fault("the platform knows no such channel", WEB, refused("channel_not_found", 404)),
    Fault("the platform forbids it", WEB, refused("restricted_action", 403)),
    Fault(
        "the form has changed meanwhile on the platform",
        SLACK,
        failing(OfSlack("refused", "hash_conflict"), OfTeams("lost")),
    ),
)
