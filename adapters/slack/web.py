"""Slack's Web API: one call at a time, never sent twice, with Slack's refusals turned into the house's errors."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    retry_if_exception_type,
    stop_after_attempt,
    stop_before_delay,
    wait_fixed,
)

from adapters.shapes import Json
from adapters.slack.methods import METHODS
from adapters.slack.pace import Pace, Turns
from adapters.slack.pauses import Pauses
from adapters.slack.troubles import Refused, Troubles
from bot.chat.errors import Busy, Unreachable

TIMEOUT = 8
"""Seconds for one call: less than half of what a message on its way may take in all."""

DEFAULT_API = "https://slack.com/api/"


def client(token: str, api_url: str = DEFAULT_API) -> AsyncWebClient:
    """Slack's own client, without its retries: a message whose answer was lost would be sent again, and stand twice."""
    return AsyncWebClient(token=token, base_url=api_url, timeout=TIMEOUT, retry_handlers=[])


@dataclass(frozen=True)
class SlackWeb:
    """Calls of the bot's token.

    Args:
        pace: which place may be written to when; calls that are not messages are held up by Retry-After alone.
        troubles: what was refused, for the health check.
        pauses: what Slack asked for, over a restart.
    """

    client: AsyncWebClient
    pace: Pace
    troubles: Troubles
    pauses: Pauses
    turns: Turns = field(default_factory=Turns)

    async def call(self, method: str, **arguments: object) -> Json:
        """Call a method of the table.

        Raises:
            Busy: the place, or Slack, takes no more for now; nothing was sent.
            Refused: Slack said no, and why.
            Unreachable: no answer came; whether it was done is not known.
        """
        channel = str(arguments.get("channel") or arguments.get("channel_id") or "")
        gate = f"{method} {channel}" if method == "chat.postMessage" else method
        with self.turns.of(method, channel):
            self._wait_for(method, gate)
            try:
                answer = await self._send(method, arguments)
            except Refused as refused:
                self.troubles.met(refused.code, channel)
                raise
        # To read in a channel is no sign that it takes messages.
        self.troubles.went_well(channel if method == "chat.postMessage" else "")
        return answer

    async def upload(self, address: str, content: bytes) -> None:
        """Send a file's content to the address that Slack named for it; raises Unreachable where it was not taken."""
        try:
            async with web_session() as session, session.post(address, data=content) as answer:
                if answer.status != 200:
                    raise Refused("upload")
        except (aiohttp.ClientError, TimeoutError) as error:
            raise no_answer(error) from None

    def _wait_for(self, method: str, gate: str) -> None:
        # A message's method itself is closed only where Slack asked for that before a restart.
        wait = self.pace.closed(method)
        if not wait and gate != method:
            wait = self.pace.wait(gate)
        if wait:
            raise Busy(wait)

    async def _send(self, method: str, arguments: Mapping[str, object]) -> Json:
        given = {name: value for name, value in arguments.items() if value not in (None, "")}
        try:
            if METHODS[method].kind == "read":
                answer = await self.client.api_call(method, http_verb="GET", params=given)
            else:
                answer = await self.client.api_call(method, json=given)
        except SlackApiError as error:
            self.troubles.heard(error.response.headers)
            raise self._refusal(method, given, error) from None
        except (aiohttp.ClientError, TimeoutError, asyncio.IncompleteReadError, json.JSONDecodeError) as error:
            raise no_answer(error) from None
        self.troubles.heard(answer.headers)
        return dict(answer.data) if isinstance(answer.data, dict) else {}

    def _refusal(self, method: str, given: Mapping[str, object], error: SlackApiError) -> Unreachable:
        status = getattr(error.response, "status_code", 200)
        if status == 429:
            gate = f"{method} {given.get('channel', '')}" if method == "chat.postMessage" else method
            seconds = float(error.response.headers.get("Retry-After", 1))
            self.pauses.keep(method, timedelta(seconds=seconds))
            return Busy(self.pace.close(gate, seconds))
        if status >= 500:
            return no_answer(error)
        # A response without a body of ours may hold anything: only a short word of Slack's is carried on.
        code = error.response.get("error") if hasattr(error.response, "get") else None
        return Refused(
            code if isinstance(code, str) and len(code) <= 60 and code.replace("_", "").isalnum() else "unknown"
        )


@dataclass(frozen=True)
class PatientWeb:
    """The same calls, for answers that somebody waits for: a busy place is waited for here, as long as it asks, and a
    call that may be repeated is where no answer came.
    """

    web: SlackWeb

    async def call(self, method: str, **arguments: object) -> Json:
        """See SlackWeb."""
        call = partial(self.web.call, method, **arguments)
        return await patiently()(_again(), call) if METHODS[method].repeatable else await patiently()(call)


PATIENCE = 30
"""Seconds that somebody's answer waits for a place that takes no more for now."""

REPEATED_WITHIN = 20
"""Seconds within which a call that may be repeated begins for the last time."""


def patiently() -> AsyncRetrying:
    """Tries again while a place is busy, which means that nothing was sent; whatever else fails may have arrived."""
    only = retry_if_exception_type(Busy)
    return AsyncRetrying(retry=only, wait=_as_asked, stop=stop_before_delay(PATIENCE), reraise=True)


def _again() -> AsyncRetrying:
    """Tries again, twice and soon, where no answer came."""
    only = retry_if_exception(lambda error: isinstance(error, Unreachable) and not isinstance(error, Refused | Busy))
    return AsyncRetrying(
        retry=only,
        wait=wait_fixed(0.5),
        stop=stop_after_attempt(3) | stop_before_delay(REPEATED_WITHIN),
        reraise=True,
    )


def _as_asked(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    return error.wait.total_seconds() if isinstance(error, Busy) else 1.0


def web_session() -> aiohttp.ClientSession:
    """A session of the client beside the SDK's, for the addresses that Slack names."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIMEOUT))


def no_answer(error: Exception) -> Unreachable:
    # The class alone: an error of the client's may hold the whole request.
    return Unreachable(f"Slack did not answer ({type(error).__name__}). Please try again in a moment.")
