"""The clockwork: ticks the rooms' jobs, in memory and in UTC; what is due lives in the database alone."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.chat.timing import Job

log = logging.getLogger(__name__)


class Clockwork:
    """Runs each job again and again from ``start`` to ``stop``."""

    def __init__(self, jobs: Iterable[Job]) -> None:
        # One run at a time, missed ticks melted into one, and a late tick is still a tick.
        self._running: set[asyncio.Future[None]] = set()
        habits = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(jobstores={"default": MemoryJobStore()}, job_defaults=habits, timezone="UTC")
        for job in jobs:
            self._scheduler.add_job(self._ticking(job), IntervalTrigger(seconds=job.every.total_seconds()), id=job.name)

    def start(self) -> None:
        """Begin to tick; needs a running event loop."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Tick no more, and wait for what is running: cut off inside a transaction it could hang its connection."""
        self._scheduler.shutdown(wait=False)
        await asyncio.gather(*self._running)

    def _ticking(self, job: Job) -> Callable[[], Awaitable[None]]:
        async def tick() -> None:
            running = asyncio.ensure_future(_careful(job))
            self._running.add(running)
            running.add_done_callback(self._running.discard)
            # The scheduler cancels what it has started when it stops; the shield lets it end by itself.
            await asyncio.shield(running)

        return tick


async def _careful(job: Job) -> None:
    try:
        await job.run()
    except Exception as error:
        # The next tick tries again; the class alone is logged, since a text may hold words or people.
        log.error("job %s: %s", job.name, type(error).__name__)
