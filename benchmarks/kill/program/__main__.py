"""The command line of the kills of the whole program: measure a session, kill many, print what was found."""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.kill.program.child import run
from benchmarks.kill.program.rounds import Rounds, Tally
from benchmarks.kill.program.session import session
from bot.questions.shelf import Shelf

EVERY = 20
"""Kills between two lines of progress."""


def main() -> None:
    """Kill, audit, report."""
    wanted = _arguments()
    begun = time.monotonic()
    shelf = Shelf.open()
    usual = _usual(shelf)
    print(f"A session usually takes {usual:.2f} s; {wanted.kills} kills, seed {wanted.seed}.", flush=True)

    def progress(kills: int) -> None:
        if kills % EVERY == 0:
            print(f"{kills} kills after {time.monotonic() - begun:.0f} s", flush=True)

    tally = asyncio.run(Rounds(wanted.seed, usual, shelf, progress).run(wanted.kills))
    print(report(tally))
    print(f"In {time.monotonic() - begun:.0f} s.")
    sys.exit(1 if tally.violations else 0)


def report(tally: Tally) -> str:
    """What was found, in words."""
    told = ", ".join(f"{count} {name}" for name, count in tally.acknowledged.items())
    left = ", ".join(f"{count} of {name}" for name, count in sorted(tally.left_over.items()))
    lines = (
        f"kills         {tally.kills} on {tally.rounds} fresh folders, {tally.starting} of them while it started",
        f"not killed    {tally.finished} more runs, which ended before their moment",
        f"acknowledged  {tally.acknowledged.total()} ({told or 'nothing'})",
        f"lost          {tally.count('lost')}",
        f"doubled       {tally.count('doubled')}",
        f"broken runs   {tally.count('broken')}",
        f"integrity     {'ok' if not tally.count('integrity') else 'VIOLATED'}",
        f"drafts left   {left or 'none'}",
        *(f"  {each.kind}: {each.about}" for each in tally.violations),
    )
    return "\n".join(lines)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kill.program", description=main.__doc__)
    parser.add_argument("--kills", type=int, default=200, help="how many (default: 200)")
    parser.add_argument("--seed", type=int, default=1, help="chooses the moments, as shares of a usual session")
    return parser.parse_args()


def _usual(shelf: Shelf) -> float:
    with tempfile.TemporaryDirectory() as folder:
        ended = run(Path(folder) / "var", session(0, shelf).script, None)
    if ended.status != 0:
        raise SystemExit(f"A session that nobody kills ends with status {ended.status}:\n{ended.transcript}")
    return ended.seconds


if __name__ == "__main__":
    main()
