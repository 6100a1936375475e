"""A look at everything of Slack that can be looked at: token, scopes, the council's channel and seats, the clock."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.methods import SCOPES
from adapters.slack.troubles import Refused, lacking
from adapters.slack.web import TIMEOUT
from adapters.slack.workspace import Workspace
from bot.chat.errors import Unreachable
from bot.chat.health import Finding
from bot.chat.identity import Actor

MOST_SKEW = 60
"""Seconds that this machine's clock may be off; Bolt refuses requests that are five minutes away."""


async def examine(workspace: Workspace, seats: Iterable[Actor]) -> tuple[Finding, ...]:
    """Look at a workspace.

    Args:
        seats: the council's members in Slack.
    """
    try:
        answer = await workspace.client.api_call("auth.test")
    except SlackApiError as error:
        return (_bad("Slack token", _refusal(error)),)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        return (_bad("Slack", f"Slack did not answer ({type(error).__name__}). Nothing more could be looked at."),)
    headers = {str(name).lower(): str(value) for name, value in answer.headers.items()}
    await workspace.look()
    return (
        Finding("Slack token", well=True, sentence=f"belongs to {answer.get('team')}"),
        _scopes(headers),
        _clock(headers),
        await _way_in(workspace),
        *await _council(workspace),
        *await _seats(workspace, seats),
    )


def _refusal(error: SlackApiError) -> str:
    """Why Slack did not do something, in words."""
    status = getattr(error.response, "status_code", 500)
    if status == 429 or status >= 500:
        return f"Slack did not answer (status {status}). Nothing more could be looked at; try again in a minute."
    return Refused(str(error.response.get("error"))).message_for_person


def _scopes(headers: Mapping[str, str]) -> Finding:
    missing = lacking(headers.get("x-oauth-scopes", ""))
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
    except SlackApiError as error:
        code = error.response.get("error") if hasattr(error.response, "get") else None
        told = f"SLACK_APP_TOKEN opens no connection ({code or 'no answer'})"
        if code == "missing_scope":
            told = "SLACK_APP_TOKEN lacks connections:write"
        words = "Make an app-level token with connections:write at Basic Information, App-Level Tokens."
        return _bad("Slack way in", f"{told}. {words}")
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return _bad("Slack way in", f"Slack opened no connection ({type(error).__name__}). Try again in a minute.")
    return Finding("Slack way in", well=True, sentence="Socket Mode")


async def _council(workspace: Workspace) -> tuple[Finding, ...]:
    name, channel = "Slack council channel", workspace.troubles.council
    if not channel:
        return ()
    if trouble := workspace.troubles.found.get(channel):
        return (_bad(name, trouble),)
    try:
        await workspace.directory.channel(channel)
    except Unreachable as error:
        return (_bad(name, f"It could not be looked at. {error.message_for_person}"),)
    return (Finding(name, well=True, sentence="takes messages, is private, and no other organisation reads it"),)


async def _seats(workspace: Workspace, seats: Iterable[Actor]) -> tuple[Finding, ...]:
    """Whether whoever has a seat belongs to the workspace; the sentences count, and name nobody."""
    members, team = tuple(seats), workspace.identity.team
    elsewhere = sum(member.tenant != team for member in members)
    here = [member for member in members if member.tenant == team]
    told = [await _told(workspace, member) for member in here]
    counted = {
        f"have another workspace's id than this one's, which is {team}": elsewhere,
        "are guests or of another organisation": told.count("guest"),
        "are unknown to Slack": told.count("unknown"),
        "could not be looked at, because Slack did not answer": told.count("no answer"),
    }
    wrong = ", ".join(f"{count} {words}" for words, count in counted.items() if count)
    if wrong:
        return (_bad("Slack seats", f"Of {len(members)} members, {wrong}: see RAI_COUNCIL_FILE."),)
    well = f"{len(members)} members, all of this workspace"
    return (Finding("Slack seats", well=True, sentence=well),) if members else ()


async def _told(workspace: Workspace, member: Actor) -> str:
    try:
        return "guest" if await workspace.directory.is_guest(member) else "well"
    except Refused as refused:
        return "unknown" if refused.code in ("user_not_found", "user_not_visible") else "no answer"
    except Unreachable:
        return "no answer"


def _bad(name: str, sentence: str) -> Finding:
    return Finding(name, well=False, sentence=sentence)
