"""The release: which batch takes what comes now, when it goes to the council, and how its order is forgotten."""

import logging
from datetime import datetime

from bot.chat.errors import StoreProblem
from bot.chat.timing import Clock
from bot.concerns.model import Batch, People
from bot.concerns.schedule import AT_ONCE, Schedule, parse
from bot.concerns.store import ConcernsStore
from bot.store.db import Transaction

log = logging.getLogger(__name__)

RELEASED = "concerns.released"
"""The outbox topic of a concern that goes to the council."""

ADDED = "concerns.added"
"""The outbox topic of a message that an author added."""


class Release:
    """Batches of concerns.

    Args:
        people: how many different people used the bot since the time that the waiting batch is open since.
        least_people: how many of them a batch waits for.
    """

    def __init__(
        self, store: ConcernsStore, clock: Clock, schedule: Schedule, people: People, least_people: int
    ) -> None:
        self._store = store
        self._clock = clock
        self._schedule = schedule
        self._people = people
        self._least_people = least_people
        self._window: datetime | None = None
        self._asked_at: datetime | None = None
        # Whether the file may still tell in which order concerns came; unknown at the start, so it is rewritten then.
        self._order_told = True

    async def open_batch(self, transaction: Transaction) -> int:
        """The number of the batch that takes what comes now."""
        since = self._schedule.opened(self._clock.now())
        return await self._store.open_batch(transaction, since, self._schedule.text)

    def something_came(self) -> None:
        """The file may tell its order from now on, until the next run."""
        self._order_told = True

    async def next(self) -> datetime | None:
        """When the waiting batch goes at the earliest; None where everything goes at once."""
        batch = await self._store.waiting_batch()
        schedule = parse(batch.release) if batch else self._schedule
        return schedule.following(self._clock.now())

    async def run(self) -> None:
        """Hand the waiting batch to the council, shuffled, if it is due; exactly once, whoever else tries.

        Whether the crowd is large enough is asked once, at the release time: later, the batch would go at the moment
        the last missing person came.
        """
        now = self._clock.now()
        batch = await self._store.waiting_batch()
        self._count_anew(batch, now)
        if batch and self._is_due(batch, now):
            try:
                await self._hand_over(batch, now)
            except StoreProblem:
                # The crowd was large enough; only the database was not there.
                self._asked_at = None
                raise
        if self._order_told:
            await self._forget_order()

    def _count_anew(self, batch: Batch | None, now: datetime) -> None:
        # A batch hides among the people who used the bot since the release time it is open since, and nobody before.
        window = batch.since if batch else self._schedule.opened(now)
        if window != self._window:
            self._window = window
            self._people.forget()

    def _is_due(self, batch: Batch, now: datetime) -> bool:
        schedule = parse(batch.release)
        slot, asked = schedule.slot(now), self._asked_at
        self._asked_at = slot
        enough = self._people.size() >= self._least_people
        return schedule.overdue(batch.since, now) or (enough and batch.since < slot != asked)

    async def _hand_over(self, batch: Batch, now: datetime) -> None:
        people = None if batch.release == AT_ONCE else self._people.size()
        async with self._store.database.writing() as transaction:
            if await self._store.release(transaction, batch.number, now, people):
                await self._store.give_places(transaction, batch.number)
                new, added = await self._store.in_batch(transaction, batch.number)
                await self._store.announce(transaction, RELEASED, new, now)
                await self._store.announce(transaction, ADDED, added, now)
        self._order_told = True

    async def _forget_order(self) -> None:
        # Before, not after: what comes while the file is written anew must set it again.
        self._order_told = False
        try:
            await self._store.database.rewrite()
        except StoreProblem:
            self._order_told = True
            log.warning("the database is busy: the order of concerns stays in its file until the next try")
