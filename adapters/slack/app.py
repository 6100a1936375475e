"""Slack's way in: Bolt verifies, this acknowledges at once, the house answers when it can."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import replace

from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.response import BoltResponse
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from adapters.requests import body_of
from adapters.rooms import STEP, Outcome, padded
from adapters.shapes import Json, inner, objects, word
from adapters.slack import inbound
from adapters.slack.bolt import UNREADABLE, bolt_app, bolt_request
from adapters.slack.conversation import Conversation
from adapters.slack.inbound import Arrived
from adapters.slack.prompts import suggest
from adapters.slack.render import waiting_view
from adapters.slack.socket import Socket
from adapters.slack.workspace import Workspace
from adapters.work import Work
from bot.chat.errors import HouseError
from bot.chat.ports import Arrivals
from bot.chat.router import Router

log = logging.getLogger(__name__)

FORM_PATIENCE = 1.2
"""Seconds before a modal opens that waits: a trigger lives for three, and Slack itself needs some of them."""

SENT_PATIENCE = 2.0
"""Seconds before a sent form is told that it takes longer; Slack gives up at three."""

LAST_WORDS = 0.05
"""Seconds for the last acknowledgements to leave."""

ANY = re.compile(".*", re.DOTALL)


class SlackApp:
    """The open door of one workspace.

    Args:
        form_patience: see FORM_PATIENCE; for tests.
        sent_patience: see SENT_PATIENCE; for tests.
        step: see STEP; for tests.
    """

    def __init__(
        self,
        workspace: Workspace,
        router: Router,
        arrivals: Arrivals,
        form_patience: float = FORM_PATIENCE,
        sent_patience: float = SENT_PATIENCE,
        step: float = STEP,
    ) -> None:
        self._workspace = workspace
        self._arrivals = arrivals
        self._form_patience, self._sent_patience = form_patience, sent_patience
        self._conversation = Conversation(router, workspace, step)
        self._work = Work()
        self._bolt = self._made()
        self._socket = Socket(self._bolt, workspace.keys)

    def routes(self) -> tuple[Route, ...]:
        """What is answered over HTTP: nothing without a secret to check signatures with."""
        if self._workspace.keys.signing_secret is None:
            return ()
        return (Route("/slack/events", self.http, methods=["POST"]),)

    def problems(self) -> list[str]:
        """What keeps everything here from working."""
        return [*self._workspace.problems(), *(self._socket.problems() if self._workspace.keys.app_token else [])]

    def warnings(self) -> list[str]:
        """What keeps something here from working."""
        return self._workspace.warnings()

    async def http(self, request: Request) -> Response:
        """``POST /slack/events``: 200 or what the request deserves."""
        body = await body_of(request)
        if body is None:
            return PlainTextResponse("This is more than Slack ever sends.\n", 413)
        try:
            return _padded(to_starlette_response(await self._bolt.async_dispatch(bolt_request(request, body))))
        except UNREADABLE as error:
            log.warning("a request could not be read: %s", type(error).__name__)
            return PlainTextResponse("This is no request of Slack's.\n", 400)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """From start to end; in Socket Mode, connected as soon as Slack lets it."""
        token = self._workspace.keys.app_token
        async with self._conversation.urls.opened():
            self._work.begin(self._workspace.look())
            async with self._socket.connected(token.get_secret_value()) if token else nullcontext():
                try:
                    yield
                finally:
                    # Before the connection closes: what was acknowledged is still on its way out.
                    await self.idle()
                    await asyncio.sleep(LAST_WORDS)

    async def idle(self) -> None:
        """Wait until everything that arrived is answered."""
        await self._work.idle()

    def _made(self) -> AsyncApp:
        bolt = bolt_app(self._workspace)
        bolt.error(self._failed)
        bolt.command(ANY)(self._on_command)
        bolt.event("app_mention")(self._on_mention)
        bolt.event("message")(self._on_message)
        bolt.event("app_home_opened")(self._on_home)
        bolt.event("app_uninstalled")(self._on_gone)
        bolt.event("tokens_revoked")(self._on_gone)
        bolt.shortcut(ANY)(self._on_shortcut)
        bolt.action(ANY)(self._on_press)
        bolt.view(ANY)(self._on_sent)
        return bolt

    async def _failed(self, error: Exception) -> BoltResponse | None:
        log.error("a listener failed: %s", type(error).__name__)
        return BoltResponse(status=400) if isinstance(error, UNREADABLE) else None

    async def _on_command(self, ack: AsyncAck, body: Json) -> None:
        await ack()
        self._work.begin(self._answered(inbound.command(body)))

    async def _on_shortcut(self, ack: AsyncAck, body: Json) -> None:
        await ack()
        self._work.begin(self._answered(inbound.shortcut(body)))

    async def _on_press(self, ack: AsyncAck, body: Json) -> None:
        await ack()
        if arrived := inbound.press(body):
            self._work.begin(self._answered(arrived))

    async def _on_mention(self, body: Json) -> None:
        self._work.begin(self._once(body, inbound.mention(body, self._bot(body))))

    async def _on_message(self, body: Json) -> None:
        self._work.begin(self._once(body, inbound.direct_message(body)))

    async def _on_home(self, body: Json) -> None:
        if word(body, "event", "tab") == "messages":
            self._work.begin(suggest(self._workspace.web, word(body, "event", "channel")))
        else:
            self._work.begin(self._once(body, inbound.home(body)))

    async def _on_gone(self, body: Json) -> None:
        event = inner(body, "event")
        bots = inner(event, "tokens").get("bot")
        if word(event, "type") == "app_uninstalled" or bots:
            self._workspace.troubles.met("token_revoked", "")
            log.error("the app was taken out of the workspace, or its token was revoked")

    async def _on_sent(self, ack: AsyncAck, body: Json) -> None:
        try:
            arrived = inbound.submission(body)
        except ValueError:
            await ack()
            return
        with self._work.going_on():
            await self._acknowledge(ack, arrived)

    async def _acknowledge(self, ack: AsyncAck, arrived: Arrived) -> None:
        if wrong := self._conversation.check(arrived):
            await ack(await self._conversation.acknowledged(wrong, arrived))
            return
        handling = asyncio.create_task(self._answer_to(arrived))
        await asyncio.wait({handling}, timeout=self._sent_patience)
        if handling.done():
            outcome, answer = handling.result()
            await ack(answer)
            self._work.begin(self._conversation.after(outcome, arrived))
        else:
            await ack({"response_action": "update", "view": waiting_view()})
            self._work.begin(self._answered_late(handling, arrived))

    async def _answer_to(self, arrived: Arrived) -> tuple[Outcome, Json]:
        """What the house answers to a sent modal, and what that then shows; at an even time."""
        async with self._conversation.evenly(arrived):
            outcome = await self._conversation.outcome(arrived)
            answer = await self._conversation.acknowledged(outcome, arrived)
        return outcome, answer

    async def _answered_late(self, handling: "asyncio.Task[tuple[Outcome, Json]]", arrived: Arrived) -> None:
        # Not before Slack shows the modal that waits: applied after the answer, it would stand in its place for ever.
        settled = asyncio.create_task(asyncio.sleep(self._sent_patience / 2))
        outcome, _ = await handling
        await settled
        await self._conversation.acknowledge_late(outcome, arrived)

    async def _answered(self, arrived: Arrived) -> None:
        """Answer; what must open something while its trigger lives opens a modal that waits, if need be."""
        handling = asyncio.create_task(self._conversation.outcome(arrived))
        if self._conversation.opens_window(arrived):
            await asyncio.wait({handling}, timeout=self._form_patience)
            origin = arrived.origin
            if not handling.done() and (view := await self._conversation.surfaces.wait_in_modal(origin)):
                arrived = replace(arrived, origin=replace(origin, surface="modal", view=view))
        await self._conversation.give(await handling, arrived)

    async def _once(self, body: Json, arrived: Arrived | None) -> None:
        """Answer an event unless it came before: Slack sends it again where it is not sure."""
        if arrived is None:
            return
        try:
            if not await self._arrivals.first(f"slack {word(body, 'team_id')} {word(body, 'event_id')}"):
                return
        except HouseError as error:
            await self._conversation.give(error, arrived)
            return
        await self._conversation.answer(arrived)

    def _bot(self, body: Json) -> str:
        known = (word(each, "user_id") for each in objects(body, "authorizations") if each.get("is_bot"))
        return self._workspace.identity.user or next(known, "")


def _padded(response: Response) -> Response:
    """What a sent modal shows next, at a size that tells nothing of it."""
    if not response.body:
        return response
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    return Response(padded(bytes(response.body)), response.status_code, headers)
