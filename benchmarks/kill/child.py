"""A life in a process of its own: forked from one that has everything in memory already, and killed."""

import asyncio
import os
import select
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.kill.days import Days
from benchmarks.kill.life import Life
from bot.questions.shelf import Shelf

LONGEST = 600.0
"""Seconds after which a life that nobody ends has hung."""


@dataclass(frozen=True)
class Ended:
    """How a life ended.

    Args:
        status: its exit status; None where it was killed, by us or by itself.
        seconds: from the moment its house stood.
    """

    status: int | None
    seconds: float
    problem: str = ""


def run(life: Life, shelf: Shelf, moment: float | None) -> Ended:
    """Live a life to its end; or kill it that many seconds after its house stands."""
    ready, started = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ready)
        _be(life, shelf, started)
    os.close(started)
    try:
        return _watched(child, ready, moment)
    finally:
        os.close(ready)


def _be(life: Life, shelf: Shelf, started: int) -> None:
    """The child: whatever happens, it ends here, and its parent's own ways of ending do not run."""
    status = 1
    try:
        days = Days(life)
        days.watch()
        asyncio.run(days.live(shelf, lambda: _say(started)))
        status = 0
    except BaseException:
        (life.folder / "problem.txt").write_text(traceback.format_exc(), "utf-8")
    finally:
        os._exit(status)


def _say(started: int) -> None:
    os.write(started, b"!")


def _watched(child: int, ready: int, moment: float | None) -> Ended:
    with _handle(child) as handle:
        _wait(ready, LONGEST)  # readable once it has started, or has ended before
        begun = time.monotonic()
        if not _wait(handle, LONGEST if moment is None else moment):
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        seconds = time.monotonic() - begun
    if os.WIFSIGNALED(status):
        hung = moment is None and seconds >= LONGEST
        return Ended(1 if hung else None, seconds, "it hung" if hung else "")
    return Ended(os.WEXITSTATUS(status), seconds)


def _wait(file: int, seconds: float) -> bool:
    return bool(select.select([file], [], [], seconds)[0])


@contextmanager
def _handle(child: int) -> Iterator[int]:
    handle = os.pidfd_open(child)
    try:
        yield handle
    finally:
        os.close(handle)
