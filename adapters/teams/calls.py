"""One call of Teams' connector: at its pace, with our token, and Teams' refusals turned into the house's errors."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal, Protocol, TypeAlias

import httpx
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_after_attempt,
    wait_random_exponential,
)

from adapters.shapes import Json, word
from adapters.teams.credentials import Credentials, body, retry_after
from adapters.teams.endpoints import Endpoints
from adapters.teams.pace import Kind, Pace
from adapters.teams.troubles import CREDENTIALS, Refused, Troubles, Unsent, Unsure
from bot.chat.errors import Busy, Unreachable

Method: TypeAlias = Literal["GET", "POST", "PUT", "DELETE"]


@dataclass(frozen=True)
class Call:
    """What is asked of the connector.

    Args:
        conversation: whose pace it keeps; without a thread.
        targeted: whether it is for one person alone, which an organisation may refuse and take all others.
        hurried: whether somebody waits for it.
    """

    method: Method
    service_url: str
    path: str = field(repr=False)
    conversation: str = field(repr=False)
    kind: Kind
    content: Json | None = field(default=None, repr=False)
    query: Mapping[str, str] | None = field(default=None, repr=False)
    targeted: bool = False
    hurried: bool = False

    @property
    def is_message(self) -> bool:
        """Whether everybody in the conversation sees that it was taken."""
        return self.method == "POST" and self.kind == "send" and not self.targeted


class Calls(Protocol):
    """Makes calls."""

    async def make(self, call: Call) -> Json:
        """Make one; its answer's JSON.

        Raises:
            Busy: the conversation, or Teams, takes no more for now; nothing was sent, or nothing kept.
            Refused: Microsoft said no, and why.
            Unsent: no connection came about.
            Unsure: it was sent, and may have been done.
        """


@dataclass(frozen=True)
class PlainCalls:
    """Makes each call once."""

    http: httpx.AsyncClient
    endpoints: Endpoints
    credentials: Credentials
    pace: Pace
    troubles: Troubles

    async def make(self, call: Call) -> Json:
        """See Calls."""
        if not self.endpoints.takes(call.service_url):
            raise Refused("ServiceUrl", 403)
        answer = await self._authorized(call)
        if answer.is_success:
            self.pace.went_well(call.conversation, call.kind)
            self.troubles.went_well(call.conversation if call.is_message else "")
            return body(answer)
        raise self._refusal(call, answer)

    async def _authorized(self, call: Call) -> httpx.Response:
        """The answer; where Teams does not take our token, the answer to another one."""
        header = await self.credentials.header()
        answer = await self._answer(call, header)
        if answer.status_code == 401 and header:
            self.credentials.forget(header)
            answer = await self._answer(call, await self.credentials.header())
        return answer

    async def _answer(self, call: Call, header: Mapping[str, str]) -> httpx.Response:
        if wait := self.pace.wait(call.conversation, call.kind, hurried=call.hurried):
            raise Busy(wait)
        address = call.service_url.rstrip("/") + call.path
        try:
            answer = await self.http.request(call.method, address, json=call.content, params=call.query, headers=header)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
            self.troubles.silent()
            raise Unsent(type(error).__name__) from None
        except httpx.HTTPError as error:
            self.troubles.silent()
            # The class alone: an error of the client's may hold the whole request.
            raise Unsure(type(error).__name__) from None
        self.troubles.heard()
        return answer

    def _refusal(self, call: Call, answer: httpx.Response) -> Unreachable:
        match answer.status_code:
            case 429:
                return Busy(self.pace.close(call.conversation, call.kind, retry_after(answer)))
            case 412:  # another call into the same conversation was on its way
                return Busy(self.pace.close(call.conversation, call.kind))
            case status if status >= 500:
                return Unsure(str(status), status)
            case 401:
                refused = Refused(CREDENTIALS, 401)
            case status:
                refused = Refused(_code(answer), status)
        self.troubles.met(refused.code, "" if call.targeted else call.conversation)
        return refused


def _code(answer: httpx.Response) -> str:
    """Teams' word for what is wrong; what is no short word may hold anything, and is not carried on."""
    said = body(answer)
    code = word(said, "error", "code") or word(said, "error") or _inner_code(word(said, "message"))
    return code if code.isascii() and code.isalnum() and len(code) <= 60 else "unknown"


def _inner_code(message: str) -> str:
    """Where somebody blocked or removed the bot, Teams says so in JSON inside of its message."""
    try:
        return word(json.loads(message), "subCode")
    except (ValueError, RecursionError):
        return ""


PATIENCE = 30
"""Seconds that somebody's answer waits for a conversation that takes no more for now."""

ATTEMPTS = 3
"""How often a call is made that Teams did not surely finish."""


@dataclass(frozen=True)
class PatientCalls:
    """The same calls, for answers that somebody waits for: a busy conversation is waited for here, as long as it asks,
    and a call that Teams did not surely finish is made again. It may then stand there twice; to wait for an answer that
    never comes would be worse.

    Args:
        sleep: how to wait; tests have time pass in another way.
    """

    calls: Calls
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def make(self, call: Call) -> Json:
        """See Calls."""
        return await self._patiently(self._again, partial(self.calls.make, replace(call, hurried=True)))

    @property
    def _patiently(self) -> AsyncRetrying:
        busy = retry_if_exception_type(Busy)
        return AsyncRetrying(retry=busy, wait=_as_asked, stop=_out_of_patience, sleep=self.sleep, reraise=True)

    @property
    def _again(self) -> AsyncRetrying:
        soon = wait_random_exponential(multiplier=0.5, max=4)
        stop = stop_after_attempt(ATTEMPTS)
        unfinished = retry_if_exception_type((Unsent, Unsure))
        return AsyncRetrying(retry=unfinished, wait=soon, stop=stop, sleep=self.sleep, reraise=True)


def _out_of_patience(state: RetryCallState) -> bool:
    return state.idle_for + state.upcoming_sleep > PATIENCE


def _as_asked(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    return error.wait.total_seconds() if isinstance(error, Busy) else 1.0
