"""Plays the beginning of every walk in Microsoft's Agents Playground, and checks what it showed."""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.teams.children import PACKAGE, Missing, client, free_port, house
from benchmarks.teams.client import Playground, playground
from benchmarks.teams.walks import WALKS, Walk


def main() -> int:
    """Play every walk; 1 where one of them failed or something is missing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.teams.playground", description=__doc__)
    parser.add_argument("--quiet", action="store_true", help="print what went wrong, and not what was shown")
    quiet = bool(parser.parse_args().quiet)
    try:
        with tempfile.TemporaryDirectory(prefix="rai-playground-") as folder:
            return asyncio.run(_played(Path(folder), quiet=quiet))
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1


async def _played(folder: Path, *, quiet: bool) -> int:
    ours, theirs = free_port(), free_port()
    endpoint = f"http://127.0.0.1:{ours}/api/messages"
    async with house(folder, ours), client(folder, theirs, endpoint), playground(f"http://127.0.0.1:{theirs}") as teams:
        begun = time.monotonic()
        failed = [walk.__name__ for walk in WALKS if not await _went_well(walk, teams, quiet=quiet)]
        print(f"\n{len(WALKS) - len(failed)} of {len(WALKS)} walks began well, in {time.monotonic() - begun:.1f} s.")
    print(f"Played in {PACKAGE}, which Microsoft gives for evaluation and whose ways in are not documented.")
    if teams.refused:
        print(f"What it refused the house: {', '.join(sorted(set(teams.refused)))}.")
    return 1 if failed else 0


async def _went_well(walk: Walk, teams: Playground, *, quiet: bool) -> bool:
    what = (walk.__doc__ or walk.__name__).strip()
    try:
        seen = await walk(teams)
    except (AssertionError, KeyError, StopIteration) as wrong:
        print(f"\n✗ {what}\n    {type(wrong).__name__}: {wrong}")
        return False
    print(f"\n✓ {what}")
    if not quiet:
        print("\n".join(f"    {line}" for line in seen.splitlines()[:12]))
    return True


if __name__ == "__main__":
    sys.exit(main())
