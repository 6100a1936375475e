"""Socket Mode: the connection through which Slack reaches a house that has no public address."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.web import TIMEOUT
from adapters.slack.workspace import Keys

CLOSED = (
    "There is no connection to Slack (Socket Mode). It is tried again and again; `rai doctor` tells whether "
    "SLACK_APP_TOKEN opens one."
)

PING_SECONDS, ADDRESS_SECONDS = 10, 30
"""Between two pings, and between two tries; and after how long without a connection another address is asked for."""


class Socket:
    """The connection, from start to end. The SDK opens it anew whenever it breaks.

    Args:
        every: see ``PING_SECONDS``.
        address_for: see ``ADDRESS_SECONDS``.
    """

    def __init__(
        self, bolt: AsyncApp, keys: Keys, every: float = PING_SECONDS, address_for: float = ADDRESS_SECONDS
    ) -> None:
        self._bolt = bolt
        self._keys = keys
        self._every, self._address_for = every, address_for
        self._handler: AsyncSocketModeHandler | None = None

    @asynccontextmanager
    async def connected(self, app_token: str) -> AsyncIterator[None]:
        """Connect as soon as Slack lets us, and stay so."""
        quiet = logging.getLogger("slack_sdk.socket_mode")
        # Its errors hold addresses with tickets in them; the health check says whether there is a connection.
        quiet.setLevel(logging.CRITICAL)
        web = AsyncWebClient(base_url=self._keys.api_url, timeout=TIMEOUT, logger=quiet)
        self._handler = AsyncSocketModeHandler(
            self._bolt, app_token, logger=quiet, web_client=web, ping_interval=self._every
        )
        await _hand_on(self._handler.client)
        connecting = asyncio.create_task(self._handler.connect_async())  # type: ignore[no-untyped-call]
        watching = asyncio.create_task(self._forget_dead_addresses(self._handler))
        try:
            yield
        finally:
            connecting.cancel()
            watching.cancel()
            await self._handler.close_async()  # type: ignore[no-untyped-call]
            self._handler = None

    def problems(self) -> list[str]:
        """That nothing can be heard, where there is no connection."""
        session = self._handler.client.current_session if self._handler else None
        return [] if session and not session.closed else [CLOSED]

    async def _forget_dead_addresses(self, handler: AsyncSocketModeHandler) -> None:
        """Slack's addresses run out, and the SDK asks for another only where it has none: without this, one that fails
        for as long as it lives would be tried for ever.
        """
        while True:
            await asyncio.sleep(self._address_for)
            if self.problems():
                handler.client.wss_uri = None


async def _hand_on(client: SocketModeClient) -> None:
    """Have what comes handed on where it comes in. The SDK's own loop holds the last text that came until the next one
    comes, on a quiet evening for hours; and it may be a concern.
    """

    class HandsOn(aiohttp.ClientWebSocketResponse):
        async def receive(self, timeout: float | None = None) -> aiohttp.WSMessage:  # noqa: ASYNC109
            while True:
                message = await super().receive(timeout)
                if message.type is not aiohttp.WSMsgType.TEXT:
                    return message
                await client.enqueue_message(message.data)
                del message

    await client.aiohttp_client_session.close()
    client.aiohttp_client_session = aiohttp.ClientSession(ws_response_class=HandsOn)
