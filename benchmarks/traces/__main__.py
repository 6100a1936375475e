"""Counts what is left of one concern in a server's memory, beside a naive app; status 1 where ours leaves too much."""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from benchmarks.answering import questions
from benchmarks.process import machine
from benchmarks.traces.cost import Cost, costs
from benchmarks.traces.look import Behind, Looked, look
from benchmarks.traces.scan import Closed
from benchmarks.traces.servers import Server, naive, ours
from benchmarks.traces.slack import behind_slack
from benchmarks.traces.teams import behind_teams
from bot.questions.shelf import Shelf

MOST_WORDS, MOST_RECEIPTS, MOST_IDS = 1, 1, 4
"""Copies in our server half a second after a concern, on Slack: more is a step back. The id stands in what Slack told
of the person, which is kept of everybody who uses the bot, whatever they say, for ten minutes.
"""

LEAVES = {"RAI_OVERWRITE_FREED": "0"}
MALLOC = {**LEAVES, "PYTHONMALLOC": "malloc"}
PERTURB = {**LEAVES, "GLIBC_TUNABLES": "glibc.malloc.perturb=165:glibc.malloc.tcache_count=0"}
WAYS = ("HTTP", "Socket Mode", "Teams")
KEEPS = "keeps it on purpose"
OURS = "ours"


def main() -> None:
    """Look, print, judge."""
    wanted = _arguments()
    begun = time.monotonic()
    asked = [each for each in questions(Shelf.open(), 1_000) if "payload" not in each]
    try:
        looked = asyncio.run(_all(wanted, asked))
        measured = asyncio.run(costs(asked[: wanted.questions])) if wanted.questions else ()
    except Closed as closed:
        sys.exit(str(closed))
    print(f"{machine()}\n\n{table(looked, wanted.requests)}\n")
    print("\n".join(_told(measured)))
    wrong = problems(looked)
    print("\n".join([*wrong, f"In {time.monotonic() - begun:.0f} s."]))
    sys.exit(1 if wrong else 0)


def servers(ways: Sequence[str], *, quick: bool) -> Iterator[tuple[str, Server]]:
    """Who is looked into, and by which way the concern comes."""
    for way in ways:
        if way == "Teams":
            yield way, ours("ours, freed memory left as it is", **LEAVES)
            yield way, ours(OURS)
            continue
        yield way, naive("naive Bolt app")
        yield way, naive(KEEPS, "--keeps")
        yield way, ours("ours, freed memory left as it is", **LEAVES)
        if not quick:
            yield way, ours("ours, malloc alone", **MALLOC)
            yield way, ours("ours, perturb alone", **PERTURB)
        yield way, ours(OURS)


def problems(looked: list[Looked]) -> list[str]:
    """What must not be, a sentence each."""
    found = []
    for each in looked:
        soon, later = each.soon, each.later
        if each.name == KEEPS and not (soon.words and later.words and soon.id and later.id):
            found.append(f"NOT FOUND: what a handler kept on purpose ({each.way})")
        if each.name == OURS and each.way != "Teams" and soon.over(MOST_WORDS, MOST_RECEIPTS, MOST_IDS):
            found.append(f"TOO MUCH: {each.way}, half a second after")
        if each.name == OURS and later.over(0, 0, MOST_IDS):
            found.append(f"TOO MUCH: {each.way}, in the end")
    return found


def table(looked: list[Looked], requests: int) -> str:
    """The copies that were found, a line for each server."""
    head = f"{'copies of: words / receipt / id':44}{'after 0.5 s':>16}{f'after {requests:,} more':>20}{'MB':>7}"
    return "\n".join((head, "-" * len(head), *map(_row, looked)))


def _row(each: Looked) -> str:
    told = f"{each.way}: {each.name}"
    return f"{told:44}{each.soon.cells():>16}{each.later.cells():>20}{each.megabytes:>7.0f}"


def _told(measured: tuple[Cost, ...]) -> Iterator[str]:
    for each in measured:
        times = f"acknowledged p50 {each.p50:.1f} ms, p99 {each.p99:.1f} ms"
        yield f"{each.name}: {each.rate:.0f} questions/s, {times}, {each.megabytes:.0f} MB"
    if measured:
        before, after = measured
        more = after.megabytes - before.megabytes
        yield f"Overwriting takes {before.rate / after.rate:.2f} times as long, and {more:+.0f} MB.\n"


async def _all(wanted: argparse.Namespace, asked: list[str]) -> list[Looked]:
    looked = []
    for way, server in servers(wanted.only or WAYS, quick=wanted.quick):
        with tempfile.TemporaryDirectory() as folder:
            async with _behind(way, server, Path(folder)) as behind:
                looked.append(await look(server.name, way, behind, wanted.requests, asked))
                print(_row(looked[-1]), file=sys.stderr, flush=True)
    return looked


def _behind(way: str, server: Server, folder: Path) -> AbstractAsyncContextManager[Behind]:
    match way:
        case "HTTP" | "Socket Mode":
            return behind_slack(server, way, folder)
        case _:
            return behind_teams(server, folder)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.traces", description=main.__doc__)
    parser.add_argument("--requests", type=int, default=5_000, help="requests of others after the concern")
    parser.add_argument("--questions", type=int, default=500, help="questions by which the cost is measured; 0: not")
    parser.add_argument("--only", choices=WAYS, action="append", help="one of the ways; may be given again")
    parser.add_argument("--quick", action="store_true", help="leave out each means by itself")
    return parser.parse_args()


if __name__ == "__main__":
    main()
