"""A small campaign of concerns while everything goes wrong, each thing once: nothing is left of authors and words."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def residue(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.residue", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=400, check=False)


def test_nothing_is_left_of_concerns_whatever_goes_wrong_and_planted_leaks_are_found() -> None:
    looked = residue("--once", "--at-once", "2")
    assert looked.returncode == 0, looked.stdout + looked.stderr
    assert "Leaks found: 0." in looked.stdout
    kinds = re.search(r"(\d+) kinds of fault", looked.stdout)
    assert kinds
    assert int(kinds[1]) >= 30
    planted = re.search(r"Planted leaks: ([\d,]+); not found: 0\.", looked.stdout)
    assert planted
    assert int(planted[1].replace(",", "")) > 500


def test_a_leak_is_told_by_its_place_and_form_and_not_by_its_words() -> None:
    looked = residue("--doors", "m", "--concerns", "1", "--at-once", "1", "--plant")
    assert looked.returncode == 1, looked.stdout + looked.stderr
    assert "- words in log line (UTF-8) at terminal, after: nothing goes wrong" in looked.stdout
    assert "canaryword" not in looked.stdout + looked.stderr
