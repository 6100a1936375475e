"""How fast `/rai <question>` is acknowledged and answered, beside a bare Bolt app; and with a database that stands."""

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.answering import questions
from benchmarks.figure import Figure, Target
from benchmarks.load import Lines, at_once, steadily
from benchmarks.process import rai
from benchmarks.serving import free_port, serving
from benchmarks.slack.load import SECRET, QuietSlack, command
from bot.questions.shelf import Shelf

COMMANDS = 2_000
LINES = 20
A_SECOND = 200
STALLED = 10.0
STALLED_A_SECOND = 20

NOTE = (
    f"Slack: {COMMANDS:,} signed `/rai <question>` over {LINES} connections to `rai serve` in a process of its own, "
    "which answers each through its response URL. The floor is a Bolt app on the same server that acknowledges alone. "
    f"Then {A_SECOND} a second, each timed from when it was due; then {STALLED_A_SECOND} a second while another "
    f"process holds the database for {STALLED:.0f} s."
)


async def figures() -> Iterator[Figure]:
    """Rates and times, each beside the bare app's."""
    async with QuietSlack().running() as slack:
        with tempfile.TemporaryDirectory() as folder:
            asked = questions(Shelf.open(), COMMANDS)
            async with _bare() as port:
                bare = await _rush(port, asked, slack), await _stream(port, asked, slack)
            slack.came.clear()
            async with _ours(Path(folder) / "var", slack) as port:
                ours = await _rush(port, asked, slack)
                await slack.all_came(range(COMMANDS), 120)
                slack.came.clear()
                begun = time.perf_counter()
                stream = await _stream(port, asked, slack)
                await slack.all_came(range(COMMANDS), 120)
                answers = [came - begun - number / A_SECOND for number, came in slack.came.items()]
                stalled = await _stalled(port, Path(folder) / "var" / "rai.db", slack)
    return iter((*_rush_figures(ours, bare[0]), *_stream_figures(stream, bare[1], answers), _stall_figure(stalled)))


@dataclass(frozen=True)
class _Rush:
    """Everything at once: what each took, in seconds; how many were acknowledged a second, and how many refused."""

    taken: list[float]
    rate: float
    refused: int


async def _rush(port: int, asked: list[str], slack: QuietSlack) -> _Rush:
    requests = [command(text, number, slack.url) for number, text in enumerate(asked)]
    async with Lines(port).opened(LINES) as lines:
        await at_once(lines, requests[:100])
        begun = time.perf_counter()
        taken = await at_once(lines, requests)
        return _Rush(taken, len(taken) / (time.perf_counter() - begun), lines.refused)


async def _stream(port: int, asked: list[str], slack: QuietSlack) -> list[float]:
    requests = [command(text, number, slack.url) for number, text in enumerate(asked)]
    async with Lines(port).opened(LINES) as lines:
        return await steadily(lines, requests, A_SECOND)


async def _stalled(port: int, database: Path, slack: QuietSlack) -> list[float]:
    count = int(STALLED * STALLED_A_SECOND)
    # Questions that nobody answered are kept: each of these needs the database.
    requests = [command(f"which biscuit goes with tea {number}", number, slack.url) for number in range(count)]
    async with Lines(port).opened(LINES) as lines:
        with closing(sqlite3.connect(database, isolation_level=None, timeout=30)) as other:
            other.execute("BEGIN IMMEDIATE")
            taken = await steadily(lines, requests, STALLED_A_SECOND)
            other.execute("ROLLBACK")
    return taken


def _rush_figures(ours: _Rush, bare: _Rush) -> tuple[Figure, ...]:
    floor = "bare Bolt app"
    return (
        Figure("commands acknowledged", ours.rate, "/s", bare.rate, floor, Target("ratio", ">=", 0.7)),
        Figure("commands refused", ours.refused, "", bare.refused, floor, Target("value", "<", 1)),
        Figure("acknowledged in a rush, p50", _ms(ours.taken, 50), "ms", _ms(bare.taken, 50), floor),
        Figure("acknowledged in a rush, p99", _ms(ours.taken, 99), "ms", _ms(bare.taken, 99), floor),
    )


def _stream_figures(ours: list[float], bare: list[float], answers: list[float]) -> tuple[Figure, ...]:
    rate, floor = f"at {A_SECOND}/s", "bare Bolt app"
    return (
        Figure(f"acknowledged {rate}, p50", _ms(ours, 50), "ms", _ms(bare, 50), floor),
        Figure(f"acknowledged {rate}, p99", _ms(ours, 99), "ms", _ms(bare, 99), floor, Target("value", "<", 100)),
        Figure(f"answered {rate}, p50", _ms(answers, 50), "ms"),
        Figure(f"answered {rate}, p99", _ms(answers, 99), "ms"),
    )


def _stall_figure(stalled: list[float]) -> Figure:
    name = f"slowest while the database stands {STALLED:.0f} s"
    return Figure(name, max(stalled) * 1_000, "ms", target=Target("value", "<", 3_000))


def _ms(taken: list[float], percent: int) -> float:
    return statistics.quantiles(taken, n=100)[percent - 1] * 1_000


@asynccontextmanager
async def _bare() -> AsyncIterator[int]:
    port = free_port()
    async with serving([sys.executable, "-m", "benchmarks.slack.bare", str(port), SECRET], port, {}):
        yield port


@asynccontextmanager
async def _ours(data: Path, slack: QuietSlack) -> AsyncIterator[int]:
    port = free_port()
    settings = {
        "RAI_PORT": str(port),
        "SLACK_BOT_TOKEN": "xoxb-benchmark",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"{slack.url}api/",
    }
    async with serving(rai("serve"), port, settings, data):
        yield port
