"""One concern through Teams' dialog, and many questions of others behind it."""

import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from benchmarks.load import Lines, at_once
from benchmarks.teams.load import QuietTeams, question
from benchmarks.traces import filling
from benchmarks.traces.servers import Running, Server, started
from tests.doubles.teams.fronts import HttpFront
from tests.doubles.teams.organisation import APP_ID, TENANT, aad_of
from tests.doubles.teams.people import TeamsPerson
from tests.doubles.teams.server import TeamsDouble

LINES = 20

IN_TIME = 100
"""Questions at once that are all answered: to keep to Teams' limits, more wait for each other, some for too long."""


@dataclass(frozen=True)
class Teams:
    """A server behind Teams, which takes requests of this machine without a token: its Microsoft is this machine too.

    Args:
        quiet: takes the answers to the many questions.
        numbers: one for each question: what comes with the number of an earlier one is taken for the same, sent again.
    """

    running: Running
    double: TeamsDouble
    quiet: QuietTeams
    front: HttpFront
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def person(self, name: str) -> TeamsPerson:
        """Somebody's Teams client."""
        return TeamsPerson(self.double, self.front, self.double.organisation.person(name))

    async def concern(self, name: str, words: str) -> str:
        """Let somebody raise a concern from the desk; returns what they see in the end."""
        person = self.person(name)
        await person.extension("rai-desk")
        choice = next(each for each in filling.in_teams(person) if each.choices)
        await person.submits({choice.label: "Raise a concern"})
        fields, waits = (lambda: filling.in_teams(person)), (lambda: person.presses("Show it"))
        return await filling.sent(fields, person.submits, person.sees, words, waits)

    def id_of(self, name: str) -> str:
        """How the directory calls somebody."""
        return aad_of(name)

    async def questions(self, asked: list[str]) -> list[float]:
        """Let others ask, and wait until all are answered; how long each took to be acknowledged."""
        taken: list[float] = []
        for first in range(0, len(asked), IN_TIME):
            taken += await self._answered(asked[first : first + IN_TIME])
        return taken

    async def _answered(self, asked: list[str]) -> list[float]:
        self.quiet.came.clear()
        token = self.quiet.token()
        requests = [
            question(text, number, self.quiet.url, token).replace(b"Host: house", b"Host: localhost")
            for number, text in zip(self.numbers, asked, strict=False)
        ]
        async with Lines(self.running.port).opened(LINES) as lines:
            taken = await at_once(lines, requests)
            assert not lines.refused, "questions were refused"
        await self.quiet.all_came(len(asked), 120)
        return taken


@asynccontextmanager
async def behind_teams(server: Server, folder: Path) -> AsyncIterator[Teams]:
    """A server behind Teams, from start to end."""
    keys = {"TEAMS_DEV_NO_AUTH": "1", "TEAMS_APP_ID": APP_ID, "TEAMS_TENANT_ID": TENANT}
    async with (
        TeamsDouble().running() as double,
        QuietTeams().running() as quiet,
        started(server, folder, keys) as running,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{running.port}", timeout=30) as client,
    ):
        yield Teams(running, double, quiet, HttpFront(client, double))
