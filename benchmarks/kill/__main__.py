"""The command line of the kills: kill many lives in many worlds, print what was found; status 1 on any violation."""

import argparse
import gc
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from math import inf
from pathlib import Path
from typing import get_args

# Before numpy is loaded: a process that has threads of its own is not forked.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

from benchmarks.kill.life import Plant
from benchmarks.kill.template import Template, no_library, postgres, rehearse
from benchmarks.kill.world import RELEASES, Plan, Tally, World
from bot.questions.shelf import Shelf

OF_ONE_WORLD = 25
"""Kills on one database, before everything is looked at."""

EVERY = 500
"""Kills between two lines of progress."""


def main() -> None:
    """Kill, audit, report."""
    wanted, begun = _arguments(), time.monotonic()
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        folder = Path(place)
        server = stack.enter_context(postgres(folder)) if wanted.postgres else ""
        template, shelf = Template(folder / "var", server), no_library()
        template.make()
        rehearse(template, shelf)
        gc.collect()
        gc.freeze()  # or the first collection in each child would copy all of it
        tally = _all(_played(list(_plans(wanted, template)), shelf, wanted.processes), begun, wanted.minutes)
    print(report(tally))
    print(f"In {time.monotonic() - begun:.0f} s, with {_processor_seconds():.0f} s of processor time.")
    sys.exit(1 if tally.violations else 0)


def _all(tallies: Iterable[Tally], begun: float, minutes: float) -> Tally:
    tally = Tally()
    for each in tallies:
        before = tally.kills // EVERY
        tally.add(each)
        if tally.kills // EVERY > before:
            print(f"{tally.kills} kills after {time.monotonic() - begun:.0f} s", flush=True)
        if time.monotonic() - begun > minutes * 60:
            break
    return tally


def report(tally: Tally) -> str:
    """What was found, in words."""
    told = ", ".join(f"{tally.told[kind]} {kinds}" for kind, kinds in _KINDS.items())
    reasons = ", ".join(f"{count} {why}" for why, count in sorted(tally.reasons.items()))
    lines = (
        f"kills         {tally.kills} in {tally.worlds} worlds; {tally.whole} more lives ended by themselves",
        f"in between    {tally.between} of them between a form and its post",
        f"acknowledged  {tally.told.total()} ({told}); {tally.unanswered} were never answered",
        f"shown         {tally.reasons.total()} ({reasons})",
        f"lost          {tally.count('lost')}",
        f"doubled       {tally.count('doubled')}",
        f"early         {tally.count('early')}",
        f"invented      {tally.count('invented')}",
        f"unsealed      {tally.count('unsealed')}",
        f"keys          {tally.count('keys')} missing or left over",
        f"broken lives  {tally.count('broken')}",
        f"integrity     {'ok' if not tally.count('integrity') else 'VIOLATED'}",
        *(f"  {each.kind}: {each.about}" for each in tally.violations),
        *_histogram("What the program was at when it was killed:", tally.at),
        *_histogram("Of these were aimed at a moment, and hit it:", tally.moments),
    )
    return "\n".join(lines)


_KINDS = {"concern": "concerns", "addition": "additions by receipt", "reply": "replies of the council"}


def _processor_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _histogram(title: str, counted: Counter[str]) -> Iterator[str]:
    yield f"\n{title}"
    yield from (f"  {count:5}  {name}" for name, count in counted.most_common())


def _plans(wanted: argparse.Namespace, template: Template) -> Iterator[Plan]:
    of_each = min(OF_ONE_WORLD, -(-wanted.kills // len(RELEASES)))  # so that there is a world of each schedule
    numbers = range(-(-wanted.kills // of_each)) if wanted.world is None else [wanted.world]
    for done, number in enumerate(numbers):
        kills = min(of_each, wanted.kills - done * of_each)
        yield Plan(wanted.seed, number, kills, template, plant=wanted.plant)


def _played(plans: list[Plan], shelf: Shelf, processes: int) -> Iterator[Tally]:
    if processes == 1:
        yield from (World(each, shelf).play() for each in plans)
        return
    with multiprocessing.get_context("fork").Pool(processes, _remember, (shelf,)) as pool:
        yield from pool.imap_unordered(_play, plans)


_shelf: list[Shelf] = []
"""What a worker of the pool was forked with: too large to be sent."""


def _remember(shelf: Shelf) -> None:
    _shelf.append(shelf)


def _play(plan: Plan) -> Tally:
    return World(plan, _shelf[0]).play()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kill", description=main.__doc__)
    parser.add_argument("--kills", type=int, default=200, help="how many (default: 200)")
    parser.add_argument("--seed", type=int, default=1, help="chooses what people do, and the moments")
    parser.add_argument("--world", type=int, help="play this one world again")
    parser.add_argument("--processes", type=int, default=2, help="how many worlds at once (default: 2)")
    parser.add_argument("--minutes", type=float, default=inf, help="stop then, and report the worlds that ended")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL server of our own, instead of a file")
    parser.add_argument("--plant", choices=get_args(Plant), help="plant a defect: must end with status 1")
    return parser.parse_args()


if __name__ == "__main__":
    main()
