"""What is looked for in another process's memory is found in every form, and told from what is not there."""

import subprocess
import sys

import pytest

from benchmarks.traces.__main__ import KEEPS, OURS, problems
from benchmarks.traces.filling import Field
from benchmarks.traces.look import Left, Looked
from benchmarks.traces.scan import Canary, Closed, counted

WORDS = "wv3f9ac1774e20kx"

HOLDS = """
import base64, sys
text = "".join(map(chr, map(int, sys.argv[1].split(","))))
kept = [form for form in FORMS(text)]
del text
print("ready", flush=True)
sys.stdin.read()
"""


def copies(forms: str) -> int:
    """How many copies are found in a process that keeps these forms of the words, which stand nowhere else in it."""
    code = HOLDS.replace("FORMS", f"(lambda text: [{forms}])")
    # As numbers: the words themselves would be found among the command line's.
    command = [sys.executable, "-c", code, ",".join(str(ord(each)) for each in WORDS)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        try:
            return counted(child.pid, [Canary("words", WORDS)])["words"]
        except Closed:
            pytest.skip("this machine lets nobody read its children's memory")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows a process's memory as a file")
def test_every_form_of_a_text_is_found() -> None:
    nothing = copies("len(text)")
    one = copies("text[:15] + text[15:]")
    assert one > nothing
    every = (
        "('x' + text).encode(), text + chr(8220), text + chr(128512), *(base64.b64encode((n * 'x' + text).encode()) "
    )
    assert copies(f"{every} for n in range(3))") >= nothing + 6


def test_a_canary_is_too_long_to_be_found_by_chance() -> None:
    with pytest.raises(ValueError, match="12 letters"):
        Canary("words", "short")


def looked(name: str, words: int, way: str = "HTTP") -> Looked:
    return Looked(name, way, Left(words, 0, 2), Left(words, 0, 2), 100.0)


def test_too_many_copies_and_a_leak_that_is_not_found_are_told() -> None:
    assert problems([looked(KEEPS, 1), looked(OURS, 0)]) == []
    assert "NOT FOUND" in problems([looked(KEEPS, 0)])[0]
    assert [each.partition(":")[0] for each in problems([looked(OURS, 9)])] == ["TOO MUCH", "TOO MUCH"]


def test_a_form_is_filled_in_as_far_as_it_asks() -> None:
    words = Field("What is going wrong?", required=True, begun="", choices=(), long=True)
    stage = Field("At which stage?", required=True, begun="", choices=("design", "use"), long=False)
    system = Field("Which system?", required=False, begun="", choices=("a",), long=False)
    filled = Field("What is going wrong?", required=True, begun="Something", choices=(), long=True)
    assert [each.answer("x") for each in (words, stage, system, filled)] == ["x", "design", None, None]
