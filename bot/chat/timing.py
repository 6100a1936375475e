"""Time as a port, and the work that time sets off."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Says what time it is."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True)
class Job:
    """Something done again and again. ``run`` looks up what is due in the database: a job holds no state and takes no
    arguments, so a missed or doubled tick loses and repeats nothing.
    """

    name: str
    every: timedelta
    run: Callable[[], Awaitable[None]]


def one_at_a_time(job: Job) -> Job:
    """The same job, of which no two runs overlap in this process: whoever comes second waits, and so finds done what
    the first had begun.
    """
    turn = asyncio.Lock()

    async def run() -> None:
        async with turn:
            await job.run()

    return replace(job, run=run)
