"""What the house answers over HTTP beside the platforms: health, readiness, metrics, a booking's calendar file."""

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Protocol

from prometheus_client import CollectorRegistry, Gauge, Info, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot import __version__
from bot.app import App
from bot.chat.errors import HouseError
from bot.chat.health import Standing
from bot.doctor import problems

log = logging.getLogger(__name__)


class Door(Standing, Protocol):
    """A platform's way in."""

    def routes(self) -> tuple[Route, ...]:
        """What it answers over HTTP."""

    def running(self) -> AbstractAsyncContextManager[None]:
        """The door from start to end; at the end, everything that came in is answered."""


def web(app: App, doors: Sequence[Door] = ()) -> Starlette:
    """The ASGI application of ``rai serve``; the clockwork ticks while it runs."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with app.running(), AsyncExitStack() as open_doors:
            for door in doors:
                await open_doors.enter_async_context(door.running())
            yield

    pages = _Pages(app, doors)
    routes = (
        *(route for door in doors for route in door.routes()),
        Route("/healthz", pages.health),
        Route("/readyz", pages.ready),
        Route("/metrics", pages.metrics),
        Route("/calendar/{secret}.ics", pages.calendar),
    )
    return Starlette(routes=routes, lifespan=lifespan, middleware=[Middleware(_Boundary)])


class _Boundary:
    """Turns a defect into words: the server's own way would log a traceback, which may hold words or people."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception as error:
            log.error("a page failed: %s", type(error).__name__)
            await PlainTextResponse("Something went wrong on our side.\n", 500)(scope, receive, send)


class _Pages:
    """Answers to GET requests."""

    def __init__(self, app: App, doors: Sequence[Standing]) -> None:
        self._app = app
        self._doors = doors

    async def health(self, _: Request) -> Response:
        """The process is alive."""
        return PlainTextResponse("ok\n")

    async def ready(self, _: Request) -> Response:
        """The process can do its work; 503 and the reasons where it cannot."""
        found = [*await problems(self._app), *(each for door in self._doors for each in door.problems())]
        warnings = [each for door in self._doors for each in door.warnings()]
        told = {"ready": not found, "problems": found, "warnings": warnings}
        return JSONResponse(told, status_code=503 if found else 200)

    async def metrics(self, _: Request) -> Response:
        """Counts in Prometheus' text format; names and numbers only, and none of concerns: figures below ten could lead
        to an author.
        """
        registry = CollectorRegistry()
        Info("rai", "This version and its library.", registry=registry).info(
            {"version": __version__, "library": self._app.shelf.library.version}
        )
        entries = Gauge("rai_library_entries", "Entries the library answers from.", registry=registry)
        entries.set(len(self._app.shelf.library.entries))
        stuck = Gauge("rai_outbox_stuck", "Messages that wait for somebody to mend the cause.", registry=registry)
        try:
            stuck.set(await self._app.outbox.stuck())
        except HouseError as error:
            return PlainTextResponse(f"{error.message_for_person}\n", status_code=503)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    async def calendar(self, request: Request) -> Response:
        """A booking's calendar file; whoever has the secret address may read it."""
        try:
            content = await self._app.hours.calendar(request.path_params["secret"])
        except HouseError as error:
            return PlainTextResponse(f"{error.message_for_person}\n", status_code=503)
        if content is None:
            return PlainTextResponse("There is no such calendar.\n", status_code=404)
        return Response(content, media_type="text/calendar", headers={"Cache-Control": "no-store"})
