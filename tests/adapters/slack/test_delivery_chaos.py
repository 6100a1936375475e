"""Council posts through kills, limits, errors, hangs and lost answers: each once; and what is broken would be noticed.

The whole of it is ``python -m benchmarks.slack.delivery``: a thousand posts.
"""

import re
import subprocess
import sys

import pytest

from benchmarks.process import ROOT
from benchmarks.slack.delivery import Plant, found, plant
from benchmarks.slack.delivery_child import words
from tests.doubles.slack.server import SlackDouble

POSTS, KILLS = 60, 2


def counted(report: str, name: str) -> int:
    number = re.search(rf"^{name} +(\d+)", report, re.MULTILINE)
    assert number, report
    return int(number[1])


def test_no_case_is_lost_or_posted_twice_when_the_house_is_killed_and_slack_is_not_well() -> None:
    command = (sys.executable, "-m", "benchmarks.slack.delivery", f"--posts={POSTS}", f"--kills={KILLS}", "--seed=3")
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert counted(ran.stdout, "kills") == KILLS
    assert f"{POSTS} messages stand there" in ran.stdout
    for kind in ("limited", "broken", "lost"):
        assert re.search(rf"[1-9]\d* {kind}", ran.stdout), ran.stdout


@pytest.mark.parametrize(("planted", "kind"), [("lose", "lost"), ("double", "doubled"), ("hurry", "too early")])
def test_a_planted_violation_is_found(planted: Plant, kind: str) -> None:
    double = SlackDouble()
    channel = double.workspace.channel("council")
    for number in range(3):
        double.workspace.keep(channel, {"text": words(number)})
    assert list(found(double, 3, unsaid=0)) == []
    plant(planted, double)
    assert [each[0] for each in found(double, 3, unsaid=0)] == [kind]


def test_what_was_never_said_is_lost() -> None:
    double = SlackDouble()
    double.workspace.channel("council")
    assert [each[0] for each in found(double, 0, unsaid=2)] == ["lost"]
