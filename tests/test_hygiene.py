"""What the process does about its own memory, as seen by processes that do it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot import hygiene
from bot.settings import read

ROOT = Path(__file__).parents[1]
KEPT = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone lets a process close its own memory")
with_glibc = pytest.mark.skipif(not hygiene.can_overwrite(), reason="only glibc overwrites what is freed")


def ran(code: str, **variables: str) -> list[str]:
    """The lines that a fresh interpreter prints."""
    command = [sys.executable, "-c", f"import os, sys\nfrom bot import hygiene\n{code}", "serve"]
    environment = KEPT | {"PYTHONPATH": str(ROOT)} | variables
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


LOOKS = "print([each.well for each in hygiene.findings()], hygiene.findings()[0].sentence)"


@on_linux
def test_a_process_that_closes_itself_writes_no_core_and_cannot_be_read_by_its_user() -> None:
    assert ran(f"hygiene.close()\n{LOOKS}") == ["[True, True, True] off"]


@on_linux
def test_the_doctor_notices_a_process_that_is_open() -> None:
    (told,) = ran(f"import resource\nresource.setrlimit = lambda *_: None\n{LOOKS}")
    assert "[" in told
    assert "False, True]" in told


@on_linux
def test_core_dumps_cannot_be_turned_on_again() -> None:
    code = "import resource\nhygiene.close()\nprint(resource.getrlimit(resource.RLIMIT_CORE))"
    assert ran(code) == ["(0, 0)"]


BEGINS = 'print("begins", flush=True)\nhygiene.begin_again(os.environ, sys.argv[1:])\n'


@with_glibc
def test_the_program_begins_again_once_and_overwrites_then() -> None:
    code = f"{BEGINS}print(hygiene.is_overwriting(os.environ), sys.argv[1:])"
    assert ran(code) == ["begins", "begins", "True ['serve']"]


@with_glibc
def test_it_does_not_begin_again_where_the_variables_are_there_already_or_were_lost_on_the_way() -> None:
    there = {"PYTHONMALLOC": "malloc", "GLIBC_TUNABLES": hygiene.OVERWRITES}
    assert ran(BEGINS, **there) == ["begins"]
    assert ran(BEGINS, **{hygiene.BEGUN_AGAIN: "1"}) == ["begins"]


def test_what_was_not_begun_by_these_words_is_left_alone() -> None:
    begun: list[object] = []
    hygiene.begin_again({}, ["serve", "and", "nothing", "else"], lambda *told: begun.append(told))
    assert begun == []


@with_glibc
def test_what_somebody_tunes_themselves_stays() -> None:
    begun: list[Mapping[str, str]] = []
    variables = {"GLIBC_TUNABLES": "glibc.malloc.arena_max=1", "RAI_PORT": "1"}
    hygiene.begin_again(variables, sys.orig_argv[-1:], lambda _file, _words, told: begun.append(told))
    assert begun[0]["GLIBC_TUNABLES"] == f"glibc.malloc.arena_max=1:{hygiene.OVERWRITES}"
    assert (begun[0]["RAI_PORT"], begun[0]["PYTHONMALLOC"]) == ("1", "malloc")


FREES = """
import ctypes
words = b"-".join([b"words", b"of", b"somebody"] * 20)
place = id(words) + 60
before = ctypes.string_at(place, 40)
del words
print(ctypes.string_at(place, 40) == before)
"""


@with_glibc
def test_what_is_freed_lies_in_memory_until_it_is_overwritten() -> None:
    assert ran(FREES) == ["True"]
    assert ran(f"hygiene.begin_again(os.environ, sys.argv[1:])\n{FREES}") == ["False"]


@with_glibc
@pytest.mark.parametrize(("switch", "begun"), [("1", 2), ("0", 1)])
def test_serve_begins_again_unless_it_is_told_not_to(tmp_path: Path, switch: str, begun: int) -> None:
    (tmp_path / "file").touch()
    given = {"PYTHONPATH": str(ROOT), "RAI_DATA_DIR": str(tmp_path / "file" / "var"), "RAI_OVERWRITE_FREED": switch}
    # Python itself tells what it loads.
    command = [sys.executable, "-X", "importtime", "-m", "bot", "serve"]
    done = subprocess.run(
        command, cwd=tmp_path, env=KEPT | given, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "data folder" in done.stderr
    assert sum(line.endswith(" bot.hygiene") for line in done.stderr.splitlines()) == begun


def test_the_switch_is_a_setting_that_is_on() -> None:
    assert read(RAI_PORT="1").overwrite_freed
    assert not read(RAI_OVERWRITE_FREED="0").overwrite_freed


SWAPS = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"


@pytest.mark.parametrize(
    ("used", "told"),
    [
        ((), "off"),
        (("/dev/zram0",), "on, encrypted or in memory"),
        (("/dev/dm-1",), "on, encrypted or in memory"),
        (("/dev/dm-0",), "not encrypted (/dev/dm-0)"),
        (("/dev/dm-1", "/swapfile"), "not encrypted (/swapfile)"),
    ],
)
def test_the_doctor_advises_on_swap_and_never_fails_for_it(tmp_path: Path, used: tuple[str, ...], told: str) -> None:
    for device, kind in (("dm-0", "LVM-abc"), ("dm-1", "CRYPT-LUKS2-abc")):
        (tmp_path / device / "dm").mkdir(parents=True)
        (tmp_path / device / "dm" / "uuid").write_text(kind)
    swaps = tmp_path / "swaps"
    swaps.write_text(SWAPS + "".join(f"{each}  partition  1  0  -2\n" for each in used))
    *_, swap = hygiene.findings(swaps, tmp_path)
    assert swap.well
    assert told in swap.sentence
    *_, unknown = hygiene.findings(tmp_path / "nowhere")
    assert unknown.well
    assert "cannot be told here" in unknown.sentence
