"""A look at everything of Slack that can be looked at: token, scopes, the council's channel and seats, the clock."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import names
from adapters.slack.manifest import SCOPES
from adapters.slack.troubles import Refused
from adapters.slack.web import TIMEOUT
from adapters.slack.workspace import Workspace
from bot.chat.errors import Unreachable
from bot.chat.health import Finding

MOST_SKEW = 60
"""Seconds that this machine's clock may be off; Bolt refuses requests that are five minutes away."""


async def examine(workspace: Workspace, seats: Iterable[str]) -> tuple[Finding, ...]:
    """Look at a workspace.

    Args:
        seats: the ids of the council's members in Slack.
    """
    try:
        answer = await workspace.client.api_call("auth.test")
    except SlackApiError as error:
        return (_bad("Slack token", Refused(str(error.response.get("error"))).message_for_person),)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return (_bad("Slack", f"Slack did not answer ({type(error).__name__}). Nothing more could be looked at."),)
    headers = {str(name).lower(): str(value) for name, value in answer.headers.items()}
    await workspace.look()
    return (
        Finding("Slack token", well=True, sentence=f"belongs to {answer.get('team')}"),
        _scopes(headers),
        _clock(headers),
        await _way_in(workspace),
        *_council(workspace),
        *await _seats(workspace, seats),
    )


def _scopes(headers: Mapping[str, str]) -> Finding:
    granted = {each.strip() for each in headers.get("x-oauth-scopes", "").split(",")}
    missing = [scope for scope in SCOPES if scope not in granted]
    if missing:
        words = f"{', '.join(missing)} missing. Print `rai manifest slack`, put it into the app's settings, and install"
        return _bad("Slack scopes", f"{words} the app again.")
    return Finding("Slack scopes", well=True, sentence=f"all {len(SCOPES)} are granted")


def _clock(headers: Mapping[str, str]) -> Finding:
    try:
        theirs = parsedate_to_datetime(headers["date"])
    except (KeyError, ValueError):
        return Finding("Slack clock", well=True, sentence="Slack told no time")
    off = abs((datetime.now(UTC) - theirs).total_seconds())
    if off > MOST_SKEW:
        return _bad("Slack clock", f"This machine's clock is {off:.0f} seconds off: set it, or requests are refused.")
    return Finding("Slack clock", well=True, sentence="agrees with Slack's")


async def _way_in(workspace: Workspace) -> Finding:
    keys = workspace.keys
    if keys.app_token is None:
        return Finding("Slack way in", well=True, sentence="HTTP: POST /slack/events, signed")
    web = AsyncWebClient(base_url=keys.api_url, timeout=TIMEOUT, retry_handlers=[])
    try:
        await web.apps_connections_open(app_token=keys.app_token.get_secret_value())
    except (SlackApiError, aiohttp.ClientError, TimeoutError):
        words = "SLACK_APP_TOKEN opens no connection. Make an app-level token with connections:write."
        return _bad("Slack way in", words)
    return Finding("Slack way in", well=True, sentence="Socket Mode")


def _council(workspace: Workspace) -> tuple[Finding, ...]:
    channel = workspace.troubles.council
    if not channel:
        return ()
    trouble = workspace.troubles.found.get(channel)
    if trouble:
        return (_bad("Slack council channel", trouble),)
    return (Finding("Slack council channel", well=True, sentence="takes messages, and no other organisation reads it"),)


async def _seats(workspace: Workspace, seats: Iterable[str]) -> tuple[Finding, ...]:
    """Whether whoever has a seat belongs to the workspace; the sentence counts, and names nobody."""
    looked, guests, unknown = 0, 0, 0
    for user in seats:
        looked += 1
        try:
            guests += await workspace.directory.is_guest(names.actor(workspace.identity.team, user))
        except Unreachable:
            unknown += 1
    if guests or unknown:
        words = f"{looked} members, of whom {guests} are guests or of another organisation, and {unknown} not known"
        return (_bad("Slack seats", f"{words}: see RAI_COUNCIL_FILE."),)
    return (Finding("Slack seats", well=True, sentence=f"{looked} members, all of this workspace"),) if looked else ()


def _bad(name: str, sentence: str) -> Finding:
    return Finding(name, well=False, sentence=sentence)
