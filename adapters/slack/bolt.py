"""Bolt as this door uses it: it checks signatures and finds the listener, asks Slack nothing and waits for nothing."""

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request

from adapters.slack.workspace import Workspace

UNREADABLE = (ValueError, AttributeError, TypeError, LookupError, RecursionError)
"""What reading a payload of a shape that Slack never sends raises, in Bolt's own code."""


def bolt_app(workspace: Workspace) -> AsyncApp:
    """An app of Bolt's without listeners."""
    keys = workspace.keys
    secret = keys.signing_secret.get_secret_value() if keys.signing_secret else "no HTTP without a secret"
    # A client without a token: with one, Bolt would ask Slack about it inside the three seconds.
    # Listeners run before the response: else Bolt looks every ten milliseconds whether they have acknowledged.
    return AsyncApp(
        client=AsyncWebClient(),
        signing_secret=secret,
        authorize=_by_memory(workspace),
        logger=_quiet(),
        process_before_response=True,
    )


def bolt_request(request: Request, body: bytes) -> AsyncBoltRequest:
    """A request as Bolt reads it. Bolt takes a command whose words hold "payload" for something else and finds nothing
    in it (slack_bolt 1.30, ``parse_body``); such a body is read here, and its signature still checked there.
    """
    made = to_async_bolt_request(request, body)
    if not made.body:
        read = AsyncBoltRequest(body=dict(parse_qsl(body.decode(), keep_blank_values=True)), mode="socket_mode")
        made.body, made.context = read.body, read.context
    return made


def _quiet() -> logging.Logger:
    """Bolt's own logger; it warns of each token in the environment that it was not given."""
    logger = logging.getLogger("slack_bolt")
    logger.setLevel(logging.ERROR)
    return logger


def _by_memory(workspace: Workspace) -> Callable[..., Awaitable[AuthorizeResult]]:
    """Tells Bolt whose bot it is from memory: asking Slack would let its slowness run into the three seconds."""

    async def authorize(team_id: str | None, enterprise_id: str | None) -> AuthorizeResult:
        who, token = workspace.identity, workspace.keys.bot_token.get_secret_value()
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_user_id=who.user, bot_id=who.bot, bot_token=token
        )

    return authorize
