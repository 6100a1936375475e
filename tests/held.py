"""What in this process holds a text: everything that the collector knows of, and what other threads work with."""

import gc
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType

ATOMS = (str, bytes, bytearray)


def holders(needle: str) -> list[str]:
    """What in this process holds a text, by its kind; what the tests' own functions hold is left out."""
    gc.collect()
    found, encoded = set(), needle.encode()
    for holder, atom in _atoms():
        if (needle in atom if isinstance(atom, str) else encoded in atom) and not _is_ours(holder):
            found.add(getattr(holder, "__qualname__", type(holder).__name__))
    return sorted(found)


def _atoms() -> Iterator[tuple[object, "str | bytes | bytearray"]]:
    """Every text that something holds, with what holds it."""
    seen: set[int] = set()
    waiting: list[object] = [*gc.get_objects(), *_in_threads()]
    while waiting:
        held = waiting.pop()
        if id(held) in seen:
            continue
        seen.add(id(held))
        for each in gc.get_referents(held):
            if isinstance(each, ATOMS):
                yield held, each
            elif not gc.is_tracked(each):
                # A dictionary or tuple of nothing but texts is none of the collector's business.
                waiting.append(each)


def _is_ours(holder: object) -> bool:
    """Whether something is a function of these tests that is running."""
    code = getattr(holder, "cr_code", None) or getattr(holder, "f_code", None)
    return isinstance(code, CodeType) and "tests" in Path(code.co_filename).parts


def _in_threads() -> Iterator[object]:
    """What the functions of other threads hold, such as the database's."""
    for number, innermost in sys._current_frames().items():
        frame: FrameType | None = innermost if number != threading.get_ident() else None
        while frame:
            yield dict(frame.f_locals)
            frame = frame.f_back
