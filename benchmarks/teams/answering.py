"""How long a question in a Teams chat takes until its answer is at Microsoft's, beside a bare bot that echoes it."""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.answering import questions
from benchmarks.figure import Figure
from benchmarks.load import Lines, steadily
from benchmarks.serving import free_port, serving
from benchmarks.teams.load import PEOPLE, QuietTeams, question
from bot.questions.shelf import Shelf

QUESTIONS = 600
LINES = 20
A_SECOND = 15
"""Below Teams' own limit of 30 calls a second: each answer takes one, and a person's first question another."""

NOTE = (
    f"Teams: {QUESTIONS:,} signed questions of {PEOPLE} people, {A_SECOND} a second, each timed from when it was due "
    "until its answer came to a Microsoft on this machine; `rai serve`'s door in a process of its own, with who asks "
    "looked up. The floor is a bot of the stock SDK that checks the token and echoes."
)


async def figures() -> Iterator[Figure]:
    """Times, each beside the bare bot's."""
    asked = questions(Shelf.open(), QUESTIONS)
    with tempfile.TemporaryDirectory() as folder:
        bare = await _times("bare", asked, Path(folder) / "bare")
        ours = await _times("ours", asked, Path(folder) / "ours")
    floor = "bare echo"
    return iter(
        Figure(f"Teams: question to answer, p{each}", _ms(ours, each), "ms", _ms(bare, each), floor)
        for each in (50, 99)
    )  # fmt: skip


async def _times(name: str, asked: list[str], data: Path) -> list[float]:
    """Seconds from when each question was due until its answer came."""
    port = free_port()
    async with QuietTeams().running() as teams:
        command = [sys.executable, "-m", f"benchmarks.teams.{name}", str(port), teams.url]
        async with serving(command, port, {}, data), Lines(port).opened(LINES) as lines:
            token = teams.token()
            requests = [question(text, number, teams.url, token) for number, text in enumerate(asked)]
            warm = [question(text, QUESTIONS + number, teams.url, token) for number, text in enumerate(asked[:50])]
            await steadily(lines, warm, A_SECOND)
            await teams.all_came(len(warm), 60)
            teams.came.clear()
            begun = time.perf_counter()
            await steadily(lines, requests, A_SECOND)
            await teams.all_came(len(asked), 60)
    return [came - begun - number / A_SECOND for number, came in teams.came.items()]


def _ms(taken: list[float], percent: int) -> float:
    return statistics.quantiles(taken, n=100)[percent - 1] * 1_000
