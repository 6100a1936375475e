"""Measures everything, prints one table, and says how long that took."""

import argparse
import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import answering, intake, memory, startup
from benchmarks.figure import Figure, table
from benchmarks.process import machine
from benchmarks.slack import acknowledging
from benchmarks.teams import answering as teams
from benchmarks.teams import sending


def main() -> None:
    """Run the benchmarks; exit status 0 whatever they say, since a busy machine is nobody's mistake."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Figures, each beside its floor.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures into a file too")
    file: Path | None = parser.parse_args().json
    begun = time.monotonic()
    figures = list(_measured())
    print(f"{machine()}\n\n{table(figures)}\n")
    for module in (startup, answering, intake, acknowledging, teams, sending, memory):
        print(f"- {module.NOTE}")
    print(f"\nMeasured in {time.monotonic() - begun:.0f} s.")
    if file:
        found = {"machine": machine(), "figures": [figure.row() for figure in figures]}
        file.write_text(json.dumps(found, indent=2) + "\n", "utf-8")


def _measured() -> Iterator[Figure]:
    yield from startup.figures()
    yield from asyncio.run(answering.figures())
    yield from asyncio.run(intake.figures())
    yield from asyncio.run(acknowledging.figures())
    yield from asyncio.run(teams.figures())
    yield from asyncio.run(sending.figures())
    yield from memory.figures()


if __name__ == "__main__":
    main()
