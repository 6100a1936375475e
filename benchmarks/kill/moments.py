"""Moments at which the program can be made to end itself, seen from outside: statements, files, messages."""

import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import Pool

if TYPE_CHECKING:
    from _typeshed import HasFileno

Kind: TypeAlias = Literal["read", "write", "commit", "file", "message"]

_FILE_EVENTS = {
    "open": "writing",
    "os.remove": "removing",
    "os.rename": "renaming",
    "os.link": "naming",
    "os.truncate": "truncating",
}
"""What Python tells of files before it happens (docs.python.org, audit events table)."""


@dataclass(frozen=True)
class Aim:
    """The ``number``-th moment of a kind, counted from 1."""

    kind: Kind
    number: int


class Moments:
    """Counts moments from ``arm`` on, and kills this very process at the one that was aimed at.

    Args:
        last_words: called with the moment's name before.
    """

    def __init__(self, aim: Aim | None, last_words: Callable[[str], None]) -> None:
        self._aim = aim
        self._last_words = last_words
        self._armed = False
        self._passed: Counter[str] = Counter()

    @property
    def counted(self) -> dict[str, str]:
        """How many moments of each kind there were."""
        return {kind: str(times) for kind, times in self._passed.items()}

    def arm(self) -> None:
        """From now on."""
        self._armed = True

    def passes(self, kind: Kind, name: str) -> None:
        """One moment."""
        if not self._armed:
            return
        self._passed[kind] += 1
        if self._aim and self._aim.kind == kind and self._aim.number == self._passed[kind]:
            self._armed = False  # or writing the last words would be a moment too
            self._last_words(name)
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, folder: Path) -> None:
        """Look at every statement, every commit and every file in that folder, for as long as this process lives."""
        self._watch_statements()
        self._watch_files(os.fspath(folder))

    def _watch_statements(self) -> None:
        def before(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            self.passes(_kind(statement), f"before {_short(statement)}")

        def after(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            self.passes(_kind(statement), f"after {_short(statement)}")

        event.listen(Engine, "before_cursor_execute", before)
        event.listen(Engine, "after_cursor_execute", after)
        event.listen(Engine, "commit", lambda _: self.passes("commit", "before COMMIT"))
        event.listen(Pool, "reset", lambda *_: self.passes("commit", "after COMMIT"))

    def _watch_files(self, folder: str) -> None:
        def happens(name: str, told: tuple[object, ...]) -> None:
            if self._armed and name in _FILE_EVENTS and str(told[0]).startswith(folder) and not _reads(name, told):
                self.passes("file", f"before {_FILE_EVENTS[name]} {_which(str(told[0]))}")

        def synced(fd: "int | HasFileno") -> None:
            self.passes("file", "before fsync of a key")
            sync(fd)
            self.passes("file", "after fsync of a key")

        sys.addaudithook(happens)
        sync, os.fsync = os.fsync, synced


def _kind(statement: str) -> Kind:
    return "read" if statement.lstrip().startswith(("SELECT", "BEGIN", "PRAGMA")) else "write"


def _reads(name: str, told: tuple[object, ...]) -> bool:
    return name == "open" and isinstance(told[2], int) and not told[2] & (os.O_WRONLY | os.O_RDWR)


def _which(path: str) -> str:
    name = Path(path).name
    return (
        "a draft of a key"
        if name.startswith(".")
        else "a batch's key"
        if name.startswith("batch")
        else "a concern's key"
    )


def _short(statement: str) -> str:
    words = statement.split()
    match words[0]:
        case "INSERT" | "DELETE":
            return f"{words[0]} {words[2]}"
        case "UPDATE":
            return f"UPDATE {words[1]}"
        case "SELECT":
            return f"SELECT from {words[words.index('FROM') + 1]}" if "FROM" in words else "SELECT"
        case verb:
            return verb
