"""One concern through Slack, over HTTP or in Socket Mode, and many questions of others behind it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import httpx

from benchmarks.load import Lines, at_once
from benchmarks.slack.load import QuietSlack
from benchmarks.traces import filling
from benchmarks.traces.servers import Running, Server, started
from tests.doubles.slack.fronts import PATH, Front, HttpFront, SocketFront, signed, written
from tests.doubles.slack.people import SlackPerson
from tests.doubles.slack.seen import Json
from tests.doubles.slack.server import SlackDouble
from tests.doubles.slack.workspace import APP, APP_TOKEN, BOT_TOKEN, SECRET, TEAM, User

Way = Literal["HTTP", "Socket Mode"]
LINES, PEOPLE = 20, 50


@dataclass(frozen=True)
class Slack:
    """A server behind Slack.

    Args:
        quiet: takes the answers to the many questions.
    """

    way: Way
    running: Running
    double: SlackDouble
    quiet: QuietSlack
    front: Front

    async def concern(self, name: str, words: str) -> str:
        """Let somebody raise a concern; returns what they see in the end."""
        person = SlackPerson(self.double, self.front, self.double.workspace.person(name))
        await person.command("concern")
        async with asyncio.timeout(10):
            while not person.form_open():
                await self.double.next_call()
        fields, waits = (lambda: filling.in_slack(person)), self.double.next_call
        return await filling.sent(fields, person.submits, person.sees, words, waits)

    def id_of(self, name: str) -> str:
        """How Slack calls somebody."""
        return f"U{name.upper()}"

    async def questions(self, asked: list[str]) -> list[float]:
        """Let others ask, and wait until all are answered; how long each took to be acknowledged."""
        self.quiet.came.clear()
        payloads = [self._question(text, number) for number, text in enumerate(asked)]
        taken = await (self._posted(payloads) if self.way == "HTTP" else self._pushed(payloads))
        await self.quiet.all_came(range(len(asked)), 60)
        return taken

    def _question(self, text: str, number: int) -> Json:
        who = {"user_id": f"U{number % PEOPLE:03d}", "team_id": TEAM, "channel_id": "CONE", "api_app_id": APP}
        answered = {"response_url": f"{self.quiet.url}response/{number}", "trigger_id": f"trigger.{number}"}
        return {"command": "/rai", "text": text, **who, **answered}

    async def _posted(self, payloads: list[Json]) -> list[float]:
        async with Lines(self.running.port).opened(LINES) as lines:
            taken = await at_once(lines, map(_request, payloads))
            assert not lines.refused, "questions were refused"
            return taken

    async def _pushed(self, payloads: list[Json]) -> list[float]:
        waiting, clock = iter(payloads), asyncio.get_running_loop().time

        async def work() -> list[float]:
            taken = []
            for payload in waiting:
                begun = clock()
                await self.double.send("slash_commands", payload)
                taken.append(clock() - begun)
            return taken

        return [each for some in await asyncio.gather(*(work() for _ in range(LINES))) for each in some]


def _request(payload: Json) -> bytes:
    """A command as Slack posts it."""
    body, content_type = written("command", payload)
    told = {"Host": "house", "Content-Type": content_type, "Content-Length": str(len(body)), **signed(body)}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"POST {PATH} HTTP/1.1\r\n{head}\r\n".encode() + body


@asynccontextmanager
async def behind_slack(server: Server, way: Way, folder: Path) -> AsyncIterator[Slack]:
    """A server behind Slack, from start to end."""
    async with SlackDouble().running() as double, QuietSlack().running() as quiet:
        workspace = double.workspace
        workspace.channel("council")
        workspace.channel("one")
        workspace.users |= {f"U{number:03d}": User(f"U{number:03d}", f"user {number}") for number in range(PEOPLE)}
        keys = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_API_URL": double.api_url}
        opens = {"SLACK_SIGNING_SECRET": SECRET} if way == "HTTP" else {"SLACK_APP_TOKEN": APP_TOKEN}
        async with (
            started(server, folder, keys | opens) as running,
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{running.port}", timeout=30) as client,
        ):
            if way == "Socket Mode":
                await double.connected()
            front = HttpFront(client) if way == "HTTP" else SocketFront(double)
            yield Slack(way, running, double, quiet, front)
