"""What goes on behind an answer that was given already, and is waited for before a door closes."""

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager

log = logging.getLogger(__name__)


class Work:
    """Everything under way behind one door."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Future[None]] = set()

    def begin(self, work: Coroutine[object, object, object]) -> None:
        """Begin something that nobody waits for."""
        task = asyncio.create_task(_guarded(work))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Something that somebody waits for, and the door too before it closes."""
        done = asyncio.get_running_loop().create_future()
        self._under_way.add(done)
        try:
            yield
        finally:
            self._under_way.discard(done)
            done.set_result(None)

    async def idle(self) -> None:
        """Wait until all of it is done."""
        while self._under_way:
            await asyncio.gather(*self._under_way)


async def _guarded(work: Coroutine[object, object, object]) -> None:
    """A defect is told in the log by its class alone: left to itself it would be told with a traceback."""
    try:
        await work
    except Exception as error:
        log.error("what came in could not be answered: %s", type(error).__name__)
