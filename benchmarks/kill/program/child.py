"""One run of the real program, killed at a chosen moment."""

import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.process import environment, rai

_LONGEST = 60.0
"""Seconds after which a session that nobody kills has hung."""

_TO_DIE = 10.0
"""Seconds for a session that has hung to write down where."""


@dataclass(frozen=True)
class Run:
    """How a run went.

    Args:
        status: its exit status; None where it was killed.
        transcript: everything it wrote before it ended.
    """

    status: int | None
    transcript: str
    seconds: float


def run(folder: Path, script: str, moment: float | None) -> Run:
    """Run a session on the data in a folder; SIGKILL after that many seconds, where it has not ended by itself."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    typed, shown = folder.parent / "script.txt", folder.parent / "transcript.txt"  # the last run's, where one is kept
    typed.write_text(script, "utf-8")
    begun = time.monotonic()
    # Into a file: what the program had written stands there whatever happens to it, and nothing waits for a reader.
    with shown.open("wb") as out:
        status = _status(folder, rai("chat", "--script", str(typed)), out.fileno(), moment)
    seconds = time.monotonic() - begun
    return Run(status, shown.read_text("utf-8", errors="ignore"), seconds)


def _status(folder: Path, command: list[str], out: int, moment: float | None) -> int | None:
    with subprocess.Popen(
        command,
        cwd=folder.parent,
        env=environment(folder) | {"PYTHONFAULTHANDLER": "1"},
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=out,
    ) as process:
        try:
            return process.wait(_LONGEST if moment is None else moment)
        except subprocess.TimeoutExpired:
            if moment is None:
                return _where_it_hangs(process)
            process.kill()
            process.wait()
            return None


def _where_it_hangs(process: subprocess.Popen[bytes]) -> int:
    """Have Python's fault handler write every thread's stack behind the transcript."""
    process.send_signal(signal.SIGABRT)
    try:
        return process.wait(_TO_DIE)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
