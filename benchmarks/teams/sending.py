"""How many messages a second go out to a Teams that is far away, beside the stock SDK's own sender."""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace

from botbuilder.schema import Activity
from botframework.connector.aio import ConnectorClient
from msrest.authentication import BasicTokenAuthentication
from pydantic import SecretStr

from adapters.shapes import Json
from adapters.teams.calls import PlainCalls
from adapters.teams.connector import Connector
from adapters.teams.credentials import Credentials
from adapters.teams.endpoints import Endpoints
from adapters.teams.lines import client
from adapters.teams.pace import Limits, Pace
from adapters.teams.troubles import Troubles
from benchmarks.figure import Figure, Target
from benchmarks.serving import free_port, serving
from benchmarks.teams.distant import LATENCY, PEOPLE, chats
from tests.doubles.teams.organisation import APP_ID, BOT, SECRET, TENANT, Organisation

IN_FLIGHT = 64
OURS, STOCK = 1_000, 200

NOTE = (
    f"Teams: {OURS:,} cards to {PEOPLE} people, {IN_FLIGHT} on their way at once, to a connector in a process of its "
    f"own that answers after {LATENCY * 1_000:.0f} ms. The floor is the stock SDK's ConnectorClient on the same server "
    f"({STOCK} cards), made for each turn and run in its default thread pool, as its adapter does. Our own limits are "
    "lifted here; Teams takes 30 a second of one organisation."
)

_LIFTED = ((100_000, 1.0),)
_CARD: Json = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "body": [
        {"type": "TextBlock", "text": "Your office hour is tomorrow", "weight": "bolder", "wrap": True},
        {"type": "TextBlock", "text": "You are expected at half past nine. " * 10, "wrap": True},
    ],
}
MESSAGE: Json = {
    "type": "message",
    "summary": "Your office hour is tomorrow",
    "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": _CARD}],
}


async def figures() -> Iterator[Figure]:
    """The rate, beside the stock sender's."""
    port = free_port()
    async with serving([sys.executable, "-m", "benchmarks.teams.distant", str(port)], port, {}):
        where, to = f"http://127.0.0.1:{port}/", chats(Organisation())
        stock = await _stock(f"{where}teams/", await _token(where), to)
        ours = await _ours(where, to)
    name = f"cards sent at {LATENCY * 1_000:.0f} ms"
    return iter((Figure(name, ours, "/s", stock, "stock SDK's sender", Target("value", ">=", 150)),))


async def _ours(where: str, to: list[str]) -> float:
    async with client() as http:
        troubles = Troubles()
        endpoints = replace(Endpoints(), login=f"{where}login/", service=f"{where}teams/")
        secret = SecretStr(SECRET)
        credentials = Credentials(http, endpoints, TENANT, APP_ID, secret, time.monotonic, troubles)
        pace = Pace(time.monotonic, Limits(_LIFTED, _LIFTED, _LIFTED, _LIFTED))
        connector = Connector(PlainCalls(http, endpoints, credentials, pace, troubles), BOT)

        async def send(chat: str) -> None:
            await connector.send(endpoints.service, chat, MESSAGE)

        return await _rate(send, to, OURS)


async def _stock(service: str, token: str, to: list[str]) -> float:
    credentials = BasicTokenAuthentication({"access_token": token})
    message = Activity().deserialize(MESSAGE)

    async def send(chat: str) -> None:
        turn = ConnectorClient(credentials, base_url=service)
        await turn.conversations.send_to_conversation(chat, message)

    return await _rate(send, to, STOCK)


async def _token(where: str) -> str:
    """A token for the stock sender, which is not to sign in while it is measured."""
    async with client() as http:
        endpoints = replace(Endpoints(), login=f"{where}login/")
        secret = SecretStr(SECRET)
        credentials = Credentials(http, endpoints, TENANT, APP_ID, secret, time.monotonic, Troubles())
        return (await credentials.header())["Authorization"].removeprefix("Bearer ")


async def _rate(send: Callable[[str], Awaitable[None]], to: list[str], count: int) -> float:
    """Messages a second, after a first one for everybody who is on their way at once."""
    free = asyncio.Semaphore(IN_FLIGHT)

    async def one(number: int) -> None:
        async with free:
            await send(to[number % len(to)])

    await asyncio.gather(*(one(number) for number in range(IN_FLIGHT)))
    begun = time.perf_counter()
    await asyncio.gather(*(one(number) for number in range(count)))
    return count / (time.perf_counter() - begun)
