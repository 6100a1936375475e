"""The process keeps few traces: no core dumps, closed to others of its user, freed memory overwritten."""

import ctypes
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bot.chat.health import Finding

if sys.platform != "win32":
    import resource

PYTHON, LIBRARY = "PYTHONMALLOC", "GLIBC_TUNABLES"
OVERWRITES = "glibc.malloc.perturb=165:glibc.malloc.tcache_count=0"
"""The C library overwrites what is given back, but for what it puts into a short-term store of each thread; so there is
none. Python must ask it for every piece: its own allocator hands pieces out again and again without touching them.
"""
BEGUN_AGAIN = "RAI_BEGUN_AGAIN"
"""Marks a process that was begun a second time, so that none is begun a third time."""

GET_DUMPABLE, SET_DUMPABLE = 3, 4
"""prctl(2)"""

Execute = Callable[[str, list[str], Mapping[str, str]], object]


def begin_again(variables: Mapping[str, str], command: Sequence[str], execute: Execute = os.execve) -> None:
    """Begin this program once more, with freed memory overwritten: C libraries read how to do that before a program
    begins. Does nothing where that is so already, or cannot be so.

    Args:
        command: the words after the program's name; where the process was not begun by them, it is not ours alone.
    """
    begun_by = list(sys.orig_argv)
    ours = begun_by[len(begun_by) - len(command) :] == list(command)
    if BEGUN_AGAIN in variables or is_overwriting(variables) or not ours or not can_overwrite():
        return
    others = [each for each in (variables.get(LIBRARY),) if each]
    told = {PYTHON: "malloc", LIBRARY: ":".join([*others, OVERWRITES]), BEGUN_AGAIN: "1"}
    execute(sys.executable, [sys.executable, *begun_by[1:]], {**variables, **told})


def is_overwriting(variables: Mapping[str, str]) -> bool:
    """Whether a process with these variables overwrites what it frees."""
    return can_overwrite() and variables.get(PYTHON) == "malloc" and OVERWRITES in variables.get(LIBRARY, "")


def can_overwrite() -> bool:
    """Whether this system has the C library that can overwrite what is freed."""
    try:
        return sys.platform == "linux" and bool(os.confstr("CS_GNU_LIBC_VERSION"))
    except (ValueError, OSError):
        return False


def close() -> None:
    """Let no core dump be written of this process, and let others of its user not read its memory, where the system can
    do that; ``findings`` tells whether it did.
    """
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        _prctl(SET_DUMPABLE, 0)


def findings(swaps: Path = Path("/proc/swaps"), devices: Path = Path("/sys/block")) -> tuple[Finding, ...]:
    """Whether both hold for this process, and whether what is in memory may be written to a disk in clear.

    Args:
        swaps: where Linux lists what it swaps to.
        devices: where it tells about block devices.
    """
    return (_dumps(), _memory(), Finding("swap", well=True, sentence=_swap(swaps, devices)))


def _dumps() -> Finding:
    if sys.platform == "win32":
        sentence = "this system's own reports of crashes may hold memory: turn them off for the bot"
        return Finding("core dumps", well=True, sentence=sentence)
    off = resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
    return Finding("core dumps", off, "off" if off else "they could not be turned off: set `ulimit -c 0` for the bot.")


def _memory() -> Finding:
    if sys.platform != "linux":
        sentence = "whether others of the bot's user read its memory is up to this system: give the bot a user alone"
        return Finding("memory", well=True, sentence=sentence)
    if _prctl(GET_DUMPABLE) == 0:
        return Finding("memory", well=True, sentence="closed to everybody but root")
    return Finding("memory", well=False, sentence="it stays open to others of the bot's user: give it a user alone.")


def _swap(swaps: Path, devices: Path) -> str:
    try:
        used = [line.split()[0] for line in swaps.read_text("utf-8").splitlines()[1:] if line.strip()]
    except OSError:
        return "whether memory is written to a disk cannot be told here; if it is, see that the disk is encrypted"
    clear = [each for each in used if not _is_safe(Path(each).name, devices)]
    if clear:
        return f"on, and as far as can be told not encrypted ({', '.join(clear)}): better encrypt it, or turn it off"
    return "on, encrypted or in memory" if used else "off"


def _is_safe(device: str, devices: Path) -> bool:
    """Whether a device is compressed memory, or encrypted by the kernel (dm-crypt)."""
    if device.startswith("zram"):
        return True
    try:
        return (devices / device / "dm" / "uuid").read_text("utf-8").startswith("CRYPT-")
    except OSError:
        return False


def _prctl(option: int, value: int = 0) -> int:
    return int(ctypes.CDLL(None).prctl(option, value, 0, 0, 0))
