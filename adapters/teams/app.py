"""Teams' way in: the token is checked, a message is acknowledged at once, an invoke is answered while Teams waits."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from adapters.requests import body_of
from adapters.rooms import STEP, padded
from adapters.shapes import Json, word
from adapters.teams import inbound, names
from adapters.teams.bot_framework import Answer, BotFramework
from adapters.teams.conversation import TYPING_AFTER, Conversation
from adapters.teams.inbound import Arrived
from adapters.teams.invokes import PATIENCE, Invokes
from adapters.teams.nearby import is_from_here
from adapters.teams.organisation import Organisation
from adapters.teams.tokens import Unauthorized
from adapters.work import Work
from bot.chat.errors import StaleButton
from bot.chat.ports import Arrivals
from bot.chat.router import Router

log = logging.getLogger(__name__)

NOT_FROM_HERE = "TEAMS_DEV_NO_AUTH is set: this bot takes requests of this machine alone.\n"


class TeamsApp:
    """The open door of one organisation.

    Args:
        patience: see PATIENCE; for tests.
        typing_after: see TYPING_AFTER; for tests.
        step: see STEP; for tests.
    """

    def __init__(
        self,
        organisation: Organisation,
        router: Router,
        arrivals: Arrivals,
        patience: float = PATIENCE,
        typing_after: float = TYPING_AFTER,
        step: float = STEP,
    ) -> None:
        self._organisation = organisation
        self._arrivals = arrivals
        self._work = Work()
        self._looking = asyncio.Lock()
        self._conversation = Conversation(router, organisation, arrivals, self._work, typing_after, step)
        self._invokes = Invokes(self._conversation, self._work, patience)
        self._framework = BotFramework()

    def routes(self) -> tuple[Route, ...]:
        """What is answered over HTTP."""
        return (Route("/api/messages", self.http, methods=["POST"]),)

    def problems(self) -> list[str]:
        """What keeps everything here from working."""
        return self._organisation.problems()

    def warnings(self) -> list[str]:
        """What keeps something here from working."""
        return self._organisation.warnings()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """From start to end."""
        self._work.begin(self._look())
        try:
            yield
        finally:
            await self.idle()
            await self._organisation.close()

    async def idle(self) -> None:
        """Wait until everything that arrived is answered."""
        await self._work.idle()

    async def http(self, request: Request) -> Response:
        """``POST /api/messages``: 200 with an invoke's answer, or what the request deserves."""
        body = await body_of(request)
        if body is None:
            return PlainTextResponse("This is more than Teams ever sends.\n", 413)
        try:
            activity = _read(body)
            if refused := await self._refused(request.headers, activity):
                return refused
            with self._work.going_on():
                answer = await self._framework.turn(activity, lambda: self._turn(activity))
        except (ValueError, RecursionError) as error:
            # The class alone: the text of a reading error may hold what was sent.
            log.warning("a request could not be read: %s", type(error).__name__)
            return PlainTextResponse("This is no activity of Teams'.\n", 400)
        return _padded(answer) if answer else Response(status_code=200)

    async def _refused(self, headers: Headers, activity: Json) -> Response | None:
        """What a request deserves that may not come in; None where it may."""
        if self._organisation.keys.unchecked:
            if not is_from_here(headers):
                log.warning("a request was refused: it comes from elsewhere, and TEAMS_DEV_NO_AUTH is set")
                return PlainTextResponse(NOT_FROM_HERE, 403)
        else:
            try:
                await self._organisation.tokens.check(headers.get("Authorization", ""), activity)
            except Unauthorized as error:
                log.warning("a request was refused: %s", error.reason)
                return PlainTextResponse("This request is not Teams'.\n", 401, {"WWW-Authenticate": "Bearer"})
            if inbound.tenant(activity) != self._organisation.keys.tenant:
                log.warning("a request was refused: another organisation")
                return PlainTextResponse("This bot answers one organisation alone, and it is not this one.\n", 403)
        if not self._organisation.endpoints.takes(word(activity, "serviceUrl")):
            log.warning("a request was refused: its service is not Teams'")
            return PlainTextResponse("This service is not Teams'.\n", 403)
        self._organisation.services.heard(inbound.tenant(activity), word(activity, "serviceUrl"))
        return None

    async def _turn(self, activity: Json) -> Answer | None:
        if inbound.is_shared(activity):
            self._organisation.directory.called_shared(names.place(word(activity, "conversation", "id")))
        match word(activity, "type"):
            case "invoke":
                return await self._invokes.answer(activity)
            case "message":
                self._said(activity)
            case "installationUpdate" | "conversationUpdate":
                self._changed(activity)
            case _:
                pass
        return None

    def _changed(self, activity: Json) -> None:
        """Somebody, or the bot, came or went: who reads there is another matter now, and the council's channel too."""
        if arrived := inbound.installed(activity):
            team = word(activity, "channelData", "team", "id")
            self._work.begin(self._welcome(arrived, team or names.place(arrived.origin.conversation).address))
        origin = inbound.origin_of(activity, "chat")
        if not origin.personal:
            self._organisation.directory.forget(names.place(origin.conversation))
            self._work.begin(self._look())

    async def _look(self) -> None:
        """Look at the organisation, unless that is going on: in a large one somebody comes or goes all the time."""
        if not self._looking.locked():
            async with self._looking:
                await self._organisation.look()

    def _said(self, activity: Json) -> None:
        try:
            arrived = inbound.message(activity)
        except ValueError:
            log.info("a button of none of ours was pressed")
            origin = inbound.origin_of(activity, "chat")
            stale = partial(self._conversation.apologise, StaleButton(), origin)
            self._work.begin(self._conversation.once(activity, stale))
            return
        if arrived:
            self._conversation.lives_by(arrived, inbound.zone(activity))
            self._work.begin(self._conversation.once(activity, partial(self._conversation.answer, arrived)))

    async def _welcome(self, arrived: Arrived, where: str) -> None:
        """Say hello once to a person, chat or team, though Teams tells twice that the bot was put somewhere. Whoever
        puts it there again within two days knows it: what has arrived is remembered for so long.
        """
        if await self._arrivals.first(f"teams welcome {where}"):
            await self._conversation.welcome(arrived)


def _read(body: bytes) -> Json:
    """An activity; raises ValueError or RecursionError where it is none. Half a letter, which JSON can name and nothing
    can store or send on, becomes a question mark.
    """
    text = body.decode()
    if "\\ud" in text.lower():
        text = json.dumps(json.loads(text), ensure_ascii=False).encode(errors="replace").decode()
    activity = json.loads(text)
    if not isinstance(activity, dict) or not word(activity, "type"):
        raise ValueError("no activity")
    return activity


def _padded(answer: Answer) -> Response:
    body = json.dumps(answer.body, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
    return Response(padded(body), answer.status, media_type="application/json")
