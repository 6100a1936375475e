"""The clockwork: it ticks again after a failure, and its log tells no words."""

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.chat.timing import Job, SystemClock
from bot.clockwork import Clockwork


async def test_a_job_that_fails_is_run_again_and_its_words_stay_out_of_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    done, runs = asyncio.Event(), 0

    async def run() -> None:
        nonlocal runs
        runs += 1
        if runs == 1:
            raise RuntimeError("canary words")
        done.set()

    clockwork = Clockwork([Job("test.job", timedelta(milliseconds=10), run)])
    with caplog.at_level(logging.DEBUG):
        clockwork.start()
        await asyncio.wait_for(done.wait(), 10)
        await clockwork.stop()
    assert "job test.job: RuntimeError" in caplog.text
    assert "canary" not in caplog.text


async def test_a_tick_that_is_running_at_the_end_comes_to_its_own_end() -> None:
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def run() -> None:
        begun.set()
        await may_end.wait()
        ended.set()

    clockwork = Clockwork([Job("test.job", timedelta(milliseconds=10), run)])
    clockwork.start()
    await asyncio.wait_for(begun.wait(), 10)
    stopping = asyncio.ensure_future(clockwork.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    may_end.set()
    await asyncio.wait_for(stopping, 10)
    assert ended.is_set()


def test_the_system_clock_tells_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)
