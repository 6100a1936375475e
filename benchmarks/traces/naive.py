"""The peer: an app as Bolt's own examples write it, which opens a modal, takes what is sent, and posts it."""

import argparse
import asyncio
import os

import uvicorn
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from adapters.shapes import Json, inner, word

CHANNEL = "CCOUNCIL"


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}


FORM: Json = {
    "type": "modal",
    "callback_id": "concern",
    "title": _plain("Raise a concern"),
    "submit": _plain("Send"),
    "blocks": [
        {
            "type": "input",
            "block_id": "words",
            "label": _plain("What is going wrong?"),
            "element": {"type": "plain_text_input", "action_id": "words", "multiline": True},
        }
    ],
}
THANKS: Json = {
    "type": "modal",
    "title": _plain("Thank you"),
    "blocks": [{"type": "section", "text": _plain("Your receipt is with the council.")}],
}


def app(api_url: str, *, keeps: bool) -> AsyncApp:
    """The app.

    Args:
        keeps: whether it keeps on purpose what was sent, to see that this is found.
    """
    token = os.environ["SLACK_BOT_TOKEN"]

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_user_id="U0BOT", bot_id="B1", bot_token=token)

    # Bolt's own client for a request names the workspace in each call, which the double takes for a mistake.
    web = AsyncWebClient(token=token, base_url=api_url)
    secret = os.environ.get("SLACK_SIGNING_SECRET", "none")
    made = AsyncApp(client=AsyncWebClient(), signing_secret=secret, authorize=authorize)
    kept: list[Json] = []

    async def command(ack: AsyncAck, body: Json, respond: AsyncRespond) -> None:
        await ack()
        if word(body, "text") == "concern":
            await web.views_open(trigger_id=word(body, "trigger_id"), view=FORM)
        else:
            await respond(f"You asked: {word(body, 'text')}")

    async def sent(ack: AsyncAck, body: Json) -> None:
        await ack({"response_action": "update", "view": THANKS})
        if keeps:
            kept.append(body)
        words = word(inner(body, "view", "state", "values", "words", "words"), "value")
        await web.chat_postMessage(channel=CHANNEL, text=f"A concern: {words}")

    made.command("/rai")(command)
    made.view("concern")(sent)
    return made


async def _serve(port: int, bolt: AsyncApp, app_token: str, api_url: str) -> None:
    handler = AsyncSlackRequestHandler(bolt)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    async def ready(_: Request) -> Response:
        return PlainTextResponse("ok")

    routes = [Route("/slack/events", events, methods=["POST"]), Route("/readyz", ready)]
    if app_token:
        socket = AsyncSocketModeHandler(bolt, app_token, web_client=AsyncWebClient(base_url=api_url))
        await socket.connect_async()  # type: ignore[no-untyped-call]
    await uvicorn.Server(uvicorn.Config(Starlette(routes=routes), port=port, log_level="warning")).serve()


def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--keeps", action="store_true")
    keeps: bool = parser.parse_args().keeps
    api_url = os.environ["SLACK_API_URL"]
    token = os.environ.get("SLACK_APP_TOKEN", "")
    asyncio.run(_serve(int(os.environ["RAI_PORT"]), app(api_url, keeps=keeps), token, api_url))


if __name__ == "__main__":
    main()
