"""What the files would tell: in which order concerns came, what was forgotten, and keys whose time is over."""

import logging
from datetime import datetime

from bot.chat.errors import StoreProblem
from bot.concerns.batch_store import BatchStore
from bot.concerns.keyring import Keyring
from bot.concerns.tables import TABLES
from bot.store.db import Transaction

log = logging.getLogger(__name__)

KEYS = 7_236_403
"""The number of the lock under which keys are destroyed."""

_EVERY = 300
"""Seconds between two rewritings of the files, whether anything came or not: else the time at which a file was changed,
or a transaction's number, would tell for good when the last concern came.
"""


class Traces:
    """Rewrites the files, destroys keys, and sees that the keys folder belongs to the database."""

    def __init__(self, batches: BatchStore, keyring: Keyring) -> None:
        self._batches = batches
        self._database = batches.database
        self._keyring = keyring
        # Whether something was released or forgotten, and the files still tell of it; unknown at the start.
        self._left = True
        # In which period of _EVERY they were rewritten.
        self._wiped: float | None = None

    def leave(self) -> None:
        """Something was released or forgotten: the files are rewritten with the next run."""
        self._left = True

    async def check(self, transaction: Transaction) -> None:
        """See that the keys folder has seen no later state; raises StoreProblem where it has."""
        # Keys that this database does not name are those of concerns that came later, or of another installation's.
        if await self._batches.newest(transaction) < self._keyring.newest():
            raise StoreProblem(
                "The keys folder of RAI_DATA_DIR has seen a later state of this database, or another one. Its keys "
                "would be lost, so nothing was done. Set RAI_DATABASE_URL right, or put the keys folder back that "
                "belongs to this copy. If what came later is gone for good, `rai db give-up` goes on without it.",
                permanent=True,
            )

    async def accept(self, transaction: Transaction) -> None:
        """Take this database for the right one: keys that it does not name are destroyed with the next run."""
        self._keyring.note_newest(await self._batches.newest(transaction))
        self.leave()

    async def wipe(self, now: datetime) -> None:
        """Rewrite the files and destroy the keys whose time is over, where it is time."""
        period = now.timestamp() // _EVERY
        if not self._left and self._wiped == period:
            return
        # Before, not after: what is forgotten while the files are rewritten must set it again.
        left, self._left, self._wiped = self._left, False, period
        try:
            async with self._database.writing() as transaction:
                await self._database.one_at_a_time(transaction, KEYS)
                await self.check(transaction)
                await self._tend_keys(transaction)
            await self._database.rewrite(TABLES)
        except StoreProblem as problem:
            # What was released or forgotten is tried at once again; else whoever reads for long would fill the log.
            self._left |= left
            log.warning("files keep the order of concerns, or a key that is over: %s", problem.message_for_person)

    async def _tend_keys(self, transaction: Transaction) -> None:
        # The names first: a key that is made meanwhile is not among them.
        names = self._keyring.names()
        for name in names - await self._batches.keys_in_use(transaction):
            self._keyring.destroy(name)
        self._keyring.note_newest(await self._batches.newest(transaction))
        # Made ahead, since a file that is made for the first concern of a batch would tell when that came.
        if not await self._batches.held_batch(transaction):
            self._keyring.batch(await self._batches.next_number(transaction))
