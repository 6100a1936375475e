"""Response URLs: where an answer to a command or a press goes, without a token."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp

from adapters.slack.troubles import Refused
from adapters.slack.web import no_answer, patiently, web_session
from bot.chat.errors import Busy, Unreachable

MOST_USES = 5
"""How often one takes an answer, within thirty minutes."""


class ResponseUrls:
    """Posts to response URLs, over connections that are kept open. Each address is one person's and takes five answers:
    there is no pace to keep.
    """

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """From start to end."""
        async with web_session() as self._session:
            yield

    async def tell(self, address: str, message: Mapping[str, object]) -> None:
        """Post a message; where Slack asks for patience, it is waited for.

        Raises:
            Unreachable: it was not taken; permanent where the address is used up or too old.
        """
        await patiently()(self._tell, address, message)

    async def _tell(self, address: str, message: Mapping[str, object]) -> None:
        if self._session is None:
            raise Unreachable("The door to Slack is closed.")
        try:
            async with self._session.post(address, json=dict(message)) as answer:
                status, body = answer.status, await answer.text()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise no_answer(error) from None
        if status == 429:
            raise Busy(timedelta(seconds=float(answer.headers.get("Retry-After", 1))))
        if status != 200 or _refused(body):
            raise Refused("response_url")


def _refused(body: str) -> bool:
    """Whether an answer says no: it is ``ok`` or JSON."""
    try:
        answer = json.loads(body)
    except json.JSONDecodeError:
        return False
    return isinstance(answer, dict) and not answer.get("ok", True)
