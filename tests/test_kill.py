"""The program, killed at random moments, loses nothing it acknowledged; and what would be lost would be noticed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def kill(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.kill", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)


def counted(report: str, name: str) -> int:
    found = re.search(rf"^{name} +(\d+)", report, re.MULTILINE)
    assert found, report
    return int(found[1])


def test_nothing_acknowledged_is_lost_or_said_twice_when_the_program_is_killed() -> None:
    acknowledged = 0
    # On a machine that was quiet when a session was timed and is busy by now, all kills may fall while it starts.
    for seed in ("37", "38", "39"):
        killed = kill("--kills", "6", "--seed", seed)
        assert killed.returncode == 0, killed.stdout + killed.stderr
        assert counted(killed.stdout, "kills") == 6
        assert "integrity     ok" in killed.stdout
        if acknowledged := counted(killed.stdout, "acknowledged"):
            break
    assert acknowledged > 0


@pytest.mark.parametrize(("plant", "kind"), [("lose", "lost"), ("double", "doubled")])
def test_a_planted_violation_is_caught(plant: str, kind: str) -> None:
    planted = kill("--kills", "0", "--plant", plant)
    assert planted.returncode == 1, planted.stdout + planted.stderr
    assert counted(planted.stdout, kind) > 0
    assert counted(planted.stdout, "acknowledged") > 0
