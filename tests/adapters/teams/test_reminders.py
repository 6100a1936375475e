"""Reminders through Teams' limits and faults; `python -m benchmarks.teams.reminders` does it with two thousand."""

import asyncio
import time
from pathlib import Path

import pytest

from benchmarks.fast_time import FastLoop
from benchmarks.teams.reminders import SCALE, JumpingTime, Plant, Reminding


def reminded(folder: Path, seed: int, planted: Plant | None = None) -> Reminding:
    seconds = JumpingTime(SCALE, time.monotonic())
    done = Reminding(folder, count=24, repeats=4, seed=seed, seconds=seconds)
    with asyncio.Runner(loop_factory=lambda: FastLoop(seconds)) as runner:
        runner.run(done.run(planted))
    return done


def test_everybody_is_reminded_once_whatever_goes_wrong_on_the_way(tmp_path: Path) -> None:
    done = reminded(tmp_path, seed=3)
    assert done.problems == []
    assert done.weather.met.total() > 0
    assert done.doubled() <= done.again


@pytest.mark.parametrize("planted", ["lose", "double", "hurry"])
def test_a_broken_promise_is_noticed(tmp_path: Path, planted: Plant) -> None:
    assert reminded(tmp_path, seed=1, planted=planted).problems
