"""Counts what is found of a text in another process's memory, in every form in which a text can lie there."""

import base64
import errno
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from urllib.parse import quote_plus

SHORTEST = 12
STEP = 4_000_000
"""Bytes that are read at once."""


class Closed(Exception):
    """A process's memory may not be read; its text says what to do."""


@dataclass(frozen=True)
class Canary:
    """A text that stands nowhere else.

    Args:
        name: what it stands for in the table.
        text: long enough that no part of it is found by chance.
    """

    name: str
    text: str

    def __post_init__(self) -> None:
        if len(self.text) < SHORTEST:
            raise ValueError(f"a canary has {SHORTEST} letters or more")

    def forms(self) -> frozenset[bytes]:
        """How it may lie in memory: in each width of a Python text, in base64, in an address, in JSON."""
        plain = self.text.encode()
        written = (plain, quote_plus(self.text).encode(), json.dumps(self.text)[1:-1].encode())
        return frozenset((*written, self.text.encode("utf-16-le"), self.text.encode("utf-32-le"), *_in_base64(plain)))


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """What is the same in base64 whatever stands before and behind, for each of the three places it can begin at."""
    for before in range(3):
        padded = b"\0" * before + plain
        whole = len(padded) // 3 * 3
        coded = base64.b64encode(padded[:whole])
        first = 4 if before else 0
        yield coded[first:]
        yield coded[first:].replace(b"+", b"-").replace(b"/", b"_")


@dataclass(frozen=True)
class Region:
    """A part of a process's memory that can be read.

    Args:
        name: what is mapped there, as the kernel calls it; empty for memory that was asked for without a name.
    """

    begin: int
    end: int
    name: str


def regions(process: int) -> Iterator[Region]:
    """Everything of a process that can be read, but for what the kernel itself has mapped there."""
    for line in Path(f"/proc/{process}/maps").read_text("utf-8", "replace").splitlines():
        where, rights, _, _, _, *name = line.split(maxsplit=5)
        begin, end = (int(each, 16) for each in where.split("-"))
        told = name[0] if name else ""
        if rights.startswith("r") and told not in ("[vvar]", "[vvar_vclock]", "[vsyscall]", "[vdso]"):
            yield Region(begin, end, told)


def counted(process: int, canaries: Iterable[Canary]) -> dict[str, int]:
    """How many copies of each canary lie in a process's memory now.

    Raises:
        Closed: the system does not let us read it.
    """
    return {name: sum(places.values()) for name, places in found(process, canaries).items()}


def found(process: int, canaries: Iterable[Canary]) -> dict[str, dict[str, int]]:
    """The same, by the part of memory: the heap, a stack, memory without a name."""
    forms = {each.name: each.forms() for each in canaries}
    longest = max(len(form) for some in forms.values() for form in some)
    told: dict[str, dict[str, int]] = {name: {} for name in forms}
    try:
        with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
            for region in regions(process):
                for before, piece in _pieces(memory, region, longest - 1):
                    for name, some in forms.items():
                        # What lies in the overlap alone was counted with the piece before.
                        if hits := sum(piece.count(form) - before.count(form) for form in some):
                            told[name][region.name] = told[name].get(region.name, 0) + hits
    except PermissionError:
        raise Closed(
            "The server's memory is closed to everybody but root, as it should be: run this as root."
        ) from None
    return told


def _pieces(memory: FileIO, region: Region, overlap: int) -> Iterator[tuple[bytes, bytes]]:
    """A region's bytes in pieces, each with what of it was in the one before."""
    before = b""
    for at in range(region.begin, region.end, STEP):
        memory.seek(at)
        try:
            piece = before + memory.read(min(STEP, region.end - at))
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            # Mapped, but with nothing behind it; or given back while we read.
            return
        yield before, piece
        before = piece[-overlap:]
