"""Where somebody and their words could stand, piece by piece, and what is found there."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.residue.canary import Marks, What
from benchmarks.residue.listening import Ear, Output

KINDS = {
    "rai.db": "database",
    "rai.db-wal": "write-ahead log",
    "rai.db-shm": "shared memory of the database",
    "terminal.db": "the terminal's messages",
    "terminal.db-wal": "the terminal's messages",
    "terminal.db-shm": "the terminal's messages",
}


@dataclass(frozen=True)
class Piece:
    """Bytes that were found in a place.

    Args:
        told: what of it must hold no words, and what no person; asked for where anything was found at all.
    """

    place: str
    content: bytes = field(repr=False)
    told: Callable[[], tuple[bytes, bytes]] | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Leak:
    """What was found where, and in which form; never the words themselves."""

    what: What
    place: str
    form: str


def files(folder: Path) -> Iterator[Piece]:
    """Every file below a folder."""
    for path in sorted(folder.rglob("*")):
        try:
            if path.is_file():
                yield Piece(kind(path), path.read_bytes())
        except FileNotFoundError:
            continue  # rewritten in between


def kind(path: Path) -> str:
    """What a file is, in a word."""
    if "backups" in path.parts:
        return "backup"
    return "keys folder" if "keys" in path.parts else KINDS.get(path.name, "another file")


def spoken(ear: Ear, output: Output) -> Iterator[Piece]:
    """What the process said."""
    yield Piece("log line", bytes(ear.written))
    yield Piece("log record", bytes(ear.given))
    yield Piece("exception in the log", bytes(ear.raised))
    yield Piece("output and errors", output.so_far())


def leaks(marks: Marks, pieces: Iterable[Piece]) -> set[Leak]:
    """Everything that stands where it must not."""
    return {Leak(what, piece.place, form) for piece in pieces for what, form in _found(marks, piece)}


def _found(marks: Marks, piece: Piece) -> set[tuple[What, str]]:
    found = marks.found_in(piece.content)
    if found and piece.told:
        words, person = piece.told()
        return marks.found_in(words, ("words",)) | marks.found_in(person, ("person",))
    return found
