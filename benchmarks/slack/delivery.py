"""Council posts to Slack under kills, 429s, 500s, hangs and lost answers: none lost, none doubled; else status 1."""

import argparse
import asyncio
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from benchmarks.fast_time import FastTime
from benchmarks.process import ROOT, environment
from benchmarks.slack.delivery_child import COUNCIL, READY, Job, left, words
from benchmarks.slack.weather import Weather
from tests.doubles.slack.server import SlackDouble
from tests.doubles.slack.workspace import Workspace

Plant: TypeAlias = Literal["lose", "double", "hurry"]

SCALE = 20
"""How much faster the time runs: a thousand posts at one a second would take a quarter of an hour."""

STARTING, POSTING = 0.15, 3.0
"""The share of kills that fall while a child starts, and the longest that it posts before it is killed, in seconds."""

LONGEST = 600
"""Seconds after which a child that nobody kills has hung."""

EVERY = 10
"""Runs between two lines of progress."""


@dataclass
class Tally:
    """What happened.

    Args:
        starting: kills that fell before a child began to post.
        problems: broken promises, as kind and words.
    """

    posts: int
    kills: int = 0
    starting: int = 0
    lives: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)

    def count(self, kind: str) -> int:
        """How many problems of a kind there are."""
        return sum(each[0] == kind for each in self.problems)


class Delivery:
    """A double of Slack in this process, and a house in one child after the other.

    Args:
        kills: how many children are killed, as long as anything is left to say.
        planted: a promise to break on purpose.
    """

    def __init__(self, posts: int, kills: int, seed: int, planted: Plant | None) -> None:
        self._kills = kills
        self._planted = planted
        self._random = random.Random(seed)
        self._seconds = FastTime(SCALE, time.monotonic())
        self.weather = Weather(seed, self._seconds)
        self.double = SlackDouble(Workspace(clock=self._seconds), faults=self.weather)
        self.tally = Tally(posts)

    async def run(self, folder: Path) -> None:
        """Raise the concerns, post their cases through everything, and look what stands there."""
        self.double.workspace.channel("council", is_private=True)
        async with self.double.running():
            await self._whole(self._job(folder, self.tally.posts))
            while left(folder) and self.tally.kills < self._kills:
                await self._life(self._job(folder))
            await self._whole(self._job(folder))
        if self._planted:
            plant(self._planted, self.double)
        self.tally.problems += found(self.double, self.tally.posts, left(folder))

    def _job(self, folder: Path, raised: int = 0) -> Job:
        return Job(folder, self.double.api_url, raised, self._seconds.scale, self._seconds.begun)

    async def _life(self, job: Job) -> None:
        """One child, which is killed after a while unless it is done before."""
        self.weather.lives += 1
        child = await _started(job)
        try:
            if self._random.random() < STARTING:
                self.tally.starting += 1
                await asyncio.sleep(self._random.uniform(0, 1))
            else:
                await _ready(child)
                await asyncio.wait_for(child.wait(), self._random.uniform(0.05, POSTING))
        except TimeoutError:
            pass
        if child.returncode is None:
            child.kill()
            self.tally.kills += 1
        await self._ended(child, killed=True)

    async def _whole(self, job: Job) -> None:
        child = await _started(job)
        try:
            await asyncio.wait_for(child.wait(), LONGEST)
        except TimeoutError:
            child.kill()
        await self._ended(child, killed=False)

    async def _ended(self, child: asyncio.subprocess.Process, *, killed: bool) -> None:
        told, wrong = await child.communicate()
        self.tally.lives += 1
        if child.returncode and not (killed and child.returncode == -9):
            last = (wrong or told).decode(errors="replace").rstrip().rpartition("\n")[2]
            self.tally.problems.append(("broken", f"a child ended with {child.returncode}: {last}"))
        if killed and self.tally.lives % EVERY == 0:
            print(f"{self.tally.kills} kills, {len(standing(self.double))} posts stand", flush=True)


def standing(double: SlackDouble) -> list[str]:
    """What stands in the council's channel, each message's text."""
    kept = double.workspace.channels[COUNCIL].messages
    return [str(each["text"]) for each in kept if each.get("thread_ts", each["ts"]) == each["ts"]]


def plant(planted: Plant, double: SlackDouble) -> None:
    """Break a promise: what the audit does not notice then, it would not notice ever."""
    kept = double.workspace.channels[COUNCIL].messages
    match planted:
        case "lose":
            kept.pop()
        case "double":
            kept.append({**kept[0], "ts": "9999999999.000000"})
        case "hurry":
            double.violations.append("chat.postMessage planted")


def found(double: SlackDouble, posts: int, unsaid: int) -> Iterator[tuple[str, str]]:
    """Compare what stands there with what was to be posted; ``unsaid`` is what is left in the outbox."""
    times = Counter(number for text in standing(double) for number in re.findall(r"Concern number (\d+)", text))
    for number in range(posts):
        stands = times[f"{number:05d}"]
        if stands != 1:
            yield "doubled" if stands else "lost", f"{words(number)!r} stands {stands} times"
    yield from (("too early", gate) for gate in double.violations)
    yield from (("refused content", problem) for problem in double.workspace.complaints)
    if unsaid:
        yield "lost", f"{unsaid} messages are still in the outbox"


async def _started(job: Job) -> asyncio.subprocess.Process:
    command = (sys.executable, "-u", "-m", "benchmarks.slack.delivery_child", *job.words())
    pipe = asyncio.subprocess.PIPE
    given = environment(job.folder)
    return await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=given, stdout=pipe, stderr=pipe)


async def _ready(child: asyncio.subprocess.Process) -> None:
    assert child.stdout is not None
    async for line in child.stdout:
        if line.decode().strip() == READY:
            return


def report(delivery: Delivery, seconds: float) -> str:
    """What was found, in words."""
    tally, met = delivery.tally, delivery.weather.met
    calls = Counter(each.method for each in delivery.double.workspace.calls)
    faults = ", ".join(f"{met[kind]} {kind}" for kind in sorted(met)) or "none"
    lines = (
        f"posts          {tally.posts} cases were to be posted, {len(standing(delivery.double))} messages stand there",
        f"kills          {tally.kills} of {tally.lives} runs, {tally.starting} of them while it started",
        f"faults         {faults}",
        f"calls          {', '.join(f'{count} {method}' for method, count in calls.most_common())}",
        f"lost           {tally.count('lost')}",
        f"doubled        {tally.count('doubled')}",
        f"too early      {tally.count('too early')} calls came before Retry-After allowed them",
        f"broken runs    {tally.count('broken')}",
        f"refused        {tally.count('refused content')} messages that Slack would not take",
        *(f"  {each}" for each in delivery.weather.early),
        *(f"  {kind}: {about}" for kind, about in tally.problems[:20]),
        f"In {seconds:.0f} s, in which {seconds * SCALE:.0f} passed for the house and for Slack.",
    )
    return "\n".join(lines)


def main() -> None:
    """Post, kill, audit, report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.slack.delivery", description=__doc__)
    parser.add_argument("--posts", type=int, default=1_000, help="how many (default: 1000)")
    parser.add_argument("--kills", type=int, default=40, help="how many at most (default: 40)")
    parser.add_argument("--seed", type=int, default=1, help="chooses what goes wrong, and when")
    parser.add_argument(
        "--plant", choices=("lose", "double", "hurry"), help="break a promise on purpose: must end with status 1"
    )
    wanted, begun = parser.parse_args(), time.monotonic()
    delivery = Delivery(wanted.posts, wanted.kills, wanted.seed, wanted.plant)
    above = Path(tempfile.mkdtemp(prefix="rai-slack-"))
    asyncio.run(delivery.run(above / "var"))
    print(report(delivery, time.monotonic() - begun))
    if delivery.tally.problems and not wanted.plant:
        print(f"Its data is kept in {above}.")
    else:
        shutil.rmtree(above)
    sys.exit(1 if delivery.tally.problems else 0)


if __name__ == "__main__":
    main()
