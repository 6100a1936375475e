"""The program, killed at random moments, loses nothing it acknowledged; and what would be lost would be noticed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.kill.program.audit import audit
from benchmarks.kill.program.transcript import Acknowledged
from bot.questions.shelf import Shelf

ROOT = Path(__file__).parents[1]


def kill(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)


def counted(report: str, name: str) -> int:
    found = re.search(rf"^{name} +(\d+)", report, re.MULTILINE)
    assert found, report
    return int(found[1])


def test_every_concern_is_posted_once_and_never_early_however_often_the_program_is_killed() -> None:
    killed = kill("benchmarks.kill", "--kills", "24", "--seed", "37")
    assert killed.returncode == 0, killed.stdout + killed.stderr
    assert counted(killed.stdout, "kills") == 24
    assert counted(killed.stdout, "in between") > 8
    assert counted(killed.stdout, "acknowledged") > 8


@pytest.mark.parametrize(("plant", "kind"), [("lose", "lost"), ("double", "doubled"), ("early", "early")])
def test_a_planted_defect_is_noticed(plant: str, kind: str) -> None:
    planted = kill("benchmarks.kill", "--kills", "8", "--plant", plant)
    assert planted.returncode == 1, planted.stdout + planted.stderr
    assert counted(planted.stdout, kind) > 0


def test_nothing_that_was_shown_in_the_terminal_is_lost_when_the_program_is_killed_from_its_very_first_start() -> None:
    killed = kill("benchmarks.kill.program", "--kills", "3", "--seed", "37")
    assert killed.returncode == 0, killed.stdout + killed.stderr
    assert counted(killed.stdout, "kills") == 3
    assert "integrity     ok" in killed.stdout


async def test_a_question_that_was_shown_as_kept_and_is_not_there_is_noticed(tmp_path: Path, shelf: Shelf) -> None:
    told = Acknowledged(tickets={"K9 a question"}, bookings={"K9 a booking"})
    found = await audit(tmp_path / "var", told, (), shelf)
    assert [each.kind for each in found] == ["lost", "lost"]
