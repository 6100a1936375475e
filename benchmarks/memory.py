"""How much memory the house holds once it has worked; run as a module it is the process that is measured."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure, Target
from benchmarks.process import ROOT

QUESTIONS, CONCERNS = 200, 5

NOTE = (
    f"Memory: resident set, in millions of bytes, of a process that found its tables, answered {QUESTIONS} questions, "
    f"kept {CONCERNS} concerns with the real hash (which fills 64 MiB while it runs) and posted them. The floor is a "
    "bare interpreter."
)

_BARE = "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmRSS')))"


def figures() -> Iterator[Figure]:
    """What stays, and the most there was for a moment."""
    worked: dict[str, float] = json.loads(_output("-m", "benchmarks.memory"))
    bare = int(_output("-c", _BARE)) * 1_024 / 1e6
    yield Figure("memory after the work", worked["VmRSS"], "MB", bare, "bare Python", Target("value", "<", 120))
    yield Figure("memory, transient peak", worked["VmHWM"], "MB", bare, "bare Python")


def _output(*words: str) -> str:
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


async def _work(folder: Path) -> None:
    # Only here: whoever asks for the figure need not load the house.
    from benchmarks.answering import asked, questions
    from benchmarks.house import house
    from bot.concerns.model import Concern, FormMark, Words
    from bot.concerns.schedule import AtOnce

    async with house(folder, schedule=AtOnce()) as app:
        for question in questions(app.shelf, QUESTIONS):
            await app.router.handle(asked(question))
        for number in range(CONCERNS):
            await app.concerns.raise_concern(Concern(Words(f"Concern {number}")), FormMark.new())
        await app.settle()
        print(json.dumps(_megabytes()))


def _megabytes() -> dict[str, float]:
    """The resident set now and at its highest; the kernel's own count, which no parent process can blur."""
    lines = (line.split() for line in Path("/proc/self/status").read_text("utf-8").splitlines())
    return {line[0].rstrip(":"): int(line[1]) * 1_024 / 1e6 for line in lines if line[0] in ("VmRSS:", "VmHWM:")}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        data = Path(temporary) / "var"
        # As at every start but the first: a process that migrates keeps Alembic loaded, some ten millions of bytes.
        upgrade = [sys.executable, "-m", "bot", "db", "upgrade"]
        subprocess.run(upgrade, env=os.environ | {"RAI_DATA_DIR": str(data)}, check=True, capture_output=True)
        asyncio.run(_work(data))
