"""Whether sizes and times at a door tell a concern from a question: ``python -m benchmarks.telling_apart``."""

import argparse
import asyncio
import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path

import httpx
import numpy as np
from numpy.typing import NDArray

from bot.concerns.schedule import parse
from bot.questions.shelf import Shelf
from tests.doubles.slack.fronts import HttpFront
from tests.doubles.teams.fronts import HttpFront as TeamsFront
from tests.walks.slack_stage import SlackStage, slack_stage
from tests.walks.talk import KNOWN, WHAT, YOUR_WORDS
from tests.walks.teams_stage import TeamsStage, teams_stage

QUESTION = "a question"
KINDS = (QUESTION, "a concern's form opens", "its preview opens", "its receipt is shown")

DOORS = ("slack", "teams")

ROUNDS_EACH = 30
"""Rounds of one person: nobody uses the bot more than so often on one day."""

ALLOWED = 0.02

_doing: ContextVar[str] = ContextVar("_doing", default="")


@dataclass
class Seen:
    """What somebody on the network sees of the requests that bring a sent form.

    Args:
        asked: bytes of the request, answered: bytes of its answer, took: seconds until that was there.
    """

    asked: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    answered: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    begun: dict[int, float] = field(default_factory=dict)

    async def request(self, request: httpx.Request) -> None:
        """A request goes out."""
        self.begun[id(request)] = asyncio.get_running_loop().time()

    async def response(self, response: httpx.Response) -> None:
        """Its answer is here; of each form only the first counts, which is what brought it."""
        began = self.begun.pop(id(response.request))
        kind = _doing.get()
        if not kind:
            return
        _doing.set("")
        self.took[kind].append(asyncio.get_running_loop().time() - began)
        self.asked[kind].append(len(response.request.content))
        self.answered[kind].append(int(response.headers.get("content-length", 0)))


def auc(left: Sequence[float], right: Sequence[float]) -> float:
    """How often something of the right is larger than something of the left, ties counted half (Mann and Whitney)."""
    first, second = np.sort(np.asarray(left)), np.asarray(right)
    below: NDArray[np.intp] = np.searchsorted(first, second, "left")
    up_to: NDArray[np.intp] = np.searchsorted(first, second, "right")
    return float((below + up_to).mean() / 2 / len(first))


def spread(left: Sequence[float], right: Sequence[float]) -> float:
    """Half the 95 % interval of an AUC of 0.5 (Hanley and McNeil 1982)."""
    return 1.96 * sqrt((len(left) + len(right) + 1) / (12 * len(left) * len(right)))


async def person(stage: SlackStage | TeamsStage, name: str, rounds: int) -> None:
    """Somebody asks a question and raises a concern in turn, both from the desk and with the same words."""
    player = stage.player(name)
    for _ in range(rounds):
        await player.says("desk")
        _doing.set(KINDS[0])
        await player.fills({WHAT: "Ask a question", YOUR_WORDS: KNOWN})
        await player.says("desk")
        _doing.set(KINDS[1])
        await player.fills({WHAT: "Raise a concern", YOUR_WORDS: KNOWN})
        for kind in KINDS[2:]:
            _doing.set(kind)
            await player.fills()


@asynccontextmanager
async def opened(door: str, folder: Path) -> AsyncIterator[SlackStage | TeamsStage]:
    """A house behind one door, as it is in service."""
    schedule, shelf = parse("fri 10:00 UTC"), Shelf.open()
    stage = slack_stage if door == "slack" else teams_stage
    async with stage(folder, shelf, schedule=schedule, as_in_service=True) as made:
        yield made


async def measured(door: str, rounds: int, at_once: int) -> Seen:
    """What is seen of so many rounds, ``at_once`` people at a time."""
    seen = Seen()
    with tempfile.TemporaryDirectory() as folder:
        async with opened(door, Path(folder)) as stage:
            assert isinstance(stage.front, HttpFront | TeamsFront)
            stage.front.client.event_hooks = {"request": [seen.request], "response": [seen.response]}
            left = rounds
            while left > 0:
                each = min(ROUNDS_EACH, max(1, left // at_once))
                names = [f"p{left}x{number}" for number in range(at_once)]
                await asyncio.gather(*(asyncio.create_task(person(stage, name, each)) for name in names))
                left -= each * at_once
    return seen


def told(door: str, seen: Seen) -> bool:
    """Print a table of one door; whether answers and times stayed within what is allowed."""
    print(f"\n| {door}: a question beside | requests | AUC of times | of answers' sizes | of requests' sizes | +- |")
    print("|---|---|---|---|---|---|")
    well = True
    for kind in KINDS[1:]:
        views = (seen.took, seen.answered, seen.asked)
        times, answers, requests = (auc(view[QUESTION], view[kind]) for view in views)
        within = spread(seen.took[QUESTION], seen.took[kind])
        print(f"| {kind} | {len(seen.took[kind])} | {times:.3f} | {answers:.3f} | {requests:.3f} | {within:.3f} |")
        well &= all(abs(each - 0.5) <= ALLOWED + within for each in (times, answers))
    return well


def main() -> None:
    """Measure the doors; exit status 1 where times or answers tell more than is allowed, beyond the interval."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.telling_apart")
    parser.add_argument("--rounds", type=int, default=1_000)
    parser.add_argument("--at-once", type=int, default=4)
    parser.add_argument("--doors", nargs="+", choices=DOORS, default=DOORS)
    options = parser.parse_args()
    found = [told(door, asyncio.run(measured(door, options.rounds, options.at_once))) for door in options.doors]
    raise SystemExit(0 if all(found) else 1)


if __name__ == "__main__":
    main()
