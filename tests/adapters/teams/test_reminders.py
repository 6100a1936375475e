"""Reminders through Teams' limits and faults; `python -m benchmarks.teams.reminders` does it with two thousand."""

import asyncio
import time
from pathlib import Path

from benchmarks.fast_time import FastLoop
from benchmarks.teams.reminders import SCALE, JumpingTime, Reminding


def test_everybody_is_reminded_once_whatever_goes_wrong_on_the_way(tmp_path: Path) -> None:
    seconds = JumpingTime(SCALE, time.monotonic())
    done = Reminding(tmp_path, count=24, repeats=4, seed=3, seconds=seconds)
    with asyncio.Runner(loop_factory=lambda: FastLoop(seconds)) as runner:
        runner.run(done.run())
    assert done.problems == []
    assert done.weather.met.total() > 0
    assert done.doubled() <= done.again
    # What is not noticed when it is planted would not be noticed ever.
    for planted, told in (("hurry", "too fast"), ("double", "doubled"), ("lose", "lost")):
        done.plant(planted)  # type: ignore[arg-type]
        assert any(each.startswith(told) for each in done.found()), planted
