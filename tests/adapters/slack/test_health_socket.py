"""An app token that opens no connection is in the health check for as long, and is tried again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from pydantic import SecretStr
from slack_bolt.app.async_app import AsyncApp

from adapters.slack.app import SlackApp
from adapters.slack.socket import Socket
from adapters.slack.workspace import Keys, Workspace
from bot.chat.crowd import Crowd
from bot.chat.events import CommandUsed
from bot.chat.places import Place
from bot.chat.replies import Reply
from bot.chat.router import Command, Router
from tests.doubles.slack.server import Fault, SlackDouble
from tests.doubles.slack.workspace import APP_TOKEN, BOT_TOKEN
from tests.fakes.timing import FakeClock


async def _nothing(_: CommandUsed) -> Reply:
    raise AssertionError("nobody asks")


class _Nothing:
    async def first(self, event: str) -> bool:
        return bool(event)


@asynccontextmanager
async def door(double: SlackDouble) -> AsyncIterator[SlackApp]:
    """A door in Socket Mode, without a house behind it."""
    keys = Keys(SecretStr(BOT_TOKEN), None, SecretStr(APP_TOKEN), double.api_url)
    workspace = Workspace.of(keys, Place("terminal", "council"), FakeClock(), asyncio.get_running_loop().time)
    router = Router((Command("ask", "x", _nothing, otherwise=True),), Crowd())
    made = SlackApp(workspace, router, _Nothing())
    async with made.running():
        yield made


@pytest.mark.parametrize("refusal", ["missing_scope", "invalid_auth", "not_allowed_token_type"])
async def test_an_app_token_that_opens_no_connection_is_told(refusal: str) -> None:
    async with SlackDouble().running() as double:
        asked = asyncio.Event()

        def fault(method: str, _: object) -> Fault | None:
            if method != "apps.connections.open":
                return None
            asked.set()
            return Fault("refused", refusal)

        double.faults = fault
        async with door(double) as opened:
            await asyncio.wait_for(asked.wait(), 5)
            assert ["There is no connection to Slack" in each for each in opened.problems()] == [True]
            assert "SLACK_APP_TOKEN" in opened.problems()[0]


async def test_a_connection_that_breaks_and_does_not_come_back_is_told() -> None:
    async with SlackDouble().running() as double, door(double) as opened:
        await double.connected()
        async with asyncio.timeout(5):
            while opened.problems():
                await asyncio.sleep(0.01)
        double.faults = lambda _method, _args: Fault("refused", "invalid_auth")
        await double._sockets[-1].close()
        async with asyncio.timeout(5):
            while not opened.problems():
                await asyncio.sleep(0.01)


async def test_an_address_that_opens_nothing_is_given_up_for_another() -> None:
    async with SlackDouble(dead_addresses=2).running() as double:
        keys = Keys(SecretStr(BOT_TOKEN), None, SecretStr(APP_TOKEN), double.api_url)
        socket = Socket(AsyncApp(token=BOT_TOKEN), keys, every=0.01, address_for=0.05)
        async with socket.connected(APP_TOKEN), asyncio.timeout(5):
            await double.connected()
            while socket.problems():
                await asyncio.sleep(0.01)
        asked = [call for call in double.workspace.calls if call.method == "apps.connections.open"]
        assert len(asked) == 3
