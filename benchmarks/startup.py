"""How long it takes from the start of a process to its first answer."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.process import environment, rai

RUNS = 7

QUESTION = "can we say that our data are anonymous"

# What `rai ask` and `rai chat` load of other people's code; none of it can be spared without replacing a library.
ASK_LIBRARIES = "import numpy, pydantic, pydantic_settings, typer, yaml, markdown_it"
CHAT_LIBRARIES = (
    f"{ASK_LIBRARIES}, rich.console, rich.markdown, rich.table, sqlalchemy.ext.asyncio, aiosqlite, alembic.command, "
    "nacl.public, argon2, icalendar, tzlocal, apscheduler.schedulers.asyncio"
)

NOTE = (
    "Start: whole processes, median of 7, each run right after its floors. The floor is the time to import the other "
    "people's libraries that the command needs, and nothing else; below it no code of ours can get."
)


@dataclass(frozen=True)
class Command:
    """A process that is started again and again.

    Args:
        fresh: whether each start gets an empty data folder.
    """

    words: list[str]
    fresh: bool = False

    def seconds(self, folder: Path, run: int) -> float:
        """From the start of one process to its end."""
        data_folder = folder / f"fresh-{run}" if self.fresh else folder / "used"
        begun = time.perf_counter()
        done = subprocess.run(
            self.words, cwd=folder, env=environment(data_folder), capture_output=True, text=True, check=True
        )
        taken = time.perf_counter() - begun
        if "bot" in self.words and "anonym" not in done.stdout:
            raise RuntimeError("the program answered something else")
        return taken


def figures() -> Iterator[Figure]:
    """The starts, each with its floor."""
    with tempfile.TemporaryDirectory() as folder:
        bare, ask_floor, ask, chat_floor, chat, chat_fresh = _medians(Path(folder))
    yield Figure("bare interpreter, start to end", bare, "s")
    yield Figure("rai ask, start to answer", ask, "s", ask_floor, "its imports alone")
    yield Figure("rai chat --script, one question, used folder", chat, "s", chat_floor, "its imports alone")
    yield Figure("rai chat --script, one question, fresh folder", chat_fresh, "s", chat_floor, "its imports alone")


def _medians(folder: Path) -> list[float]:
    commands = _commands(folder)
    for command in commands:
        command.seconds(folder, -1)  # once unmeasured: files come into the cache, and the used folder gets its tables
    runs = [[command.seconds(folder, run) for command in commands] for run in range(RUNS)]
    return [statistics.median(each) for each in zip(*runs, strict=True)]


def _commands(folder: Path) -> tuple[Command, ...]:
    script = folder / "script.txt"
    script.write_text(f"{QUESTION}\n", "utf-8")
    chat = rai("chat", "--script", str(script))
    return (
        Command([sys.executable, "-c", "pass"]),
        Command([sys.executable, "-c", ASK_LIBRARIES]),
        Command(rai("ask", QUESTION)),
        Command([sys.executable, "-c", CHAT_LIBRARIES]),
        Command(chat),
        Command(chat, fresh=True),
    )
