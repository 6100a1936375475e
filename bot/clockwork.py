"""The clockwork: ticks the rooms' jobs, in memory and in UTC; what is due lives in the database alone."""

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
        habits = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(jobstores={"default": MemoryJobStore()}, job_defaults=habits, timezone="UTC")
        for job in jobs:
            self._scheduler.add_job(_careful(job), IntervalTrigger(seconds=job.every.total_seconds()), id=job.name)

    def start(self) -> None:
        """Begin to tick; needs a running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more."""
        self._scheduler.shutdown(wait=False)


def _careful(job: Job) -> Callable[[], Awaitable[None]]:
    async def tick() -> None:
        try:
            await job.run()
        except Exception as error:
            # The next tick tries again; the class alone is logged, since a text may hold words or people.
            log.error("job %s: %s", job.name, type(error).__name__)

    return tick
