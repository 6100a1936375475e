"""The release: which batch takes what comes now, when it goes to the council, and in which order."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from bot.chat.errors import Conflict, StoreProblem
from bot.chat.timing import Clock
from bot.concerns.batch_store import BatchStore, Open
from bot.concerns.keyring import Keyring
from bot.concerns.model import Batch, ConcernId, Going, People, crowd_needed
from bot.concerns.schedule import AT_ONCE, Schedule, parse
from bot.concerns.store import ConcernsStore
from bot.concerns.traces import KEYS, Traces
from bot.concerns.vault import Vault, seal_anew
from bot.store import outbox
from bot.store.db import Transaction

log = logging.getLogger(__name__)

RELEASED = "concerns.released"
"""The outbox topic of a concern that goes to the council."""

ADDED = "concerns.added"
"""The outbox topic of a message that an author added."""

_FULL = (
    "More concerns wait for the council than it can read at once, so this one was not taken. Please keep your words "
    "and send them after the next release, or use an outside channel."
)

_CLOCKS_DIFFER = timedelta(hours=1)
"""How long the clock may be behind what it was when a batch was opened, before it is taken for right."""


class Release:
    """Batches of concerns.

    Args:
        people: how many different people used the bot since the time that the waiting batch is open since.
        least_people: how many of them a batch waits for, where a tenth of the members seen is less.
        most_waiting: messages that one batch takes.
    """

    def __init__(
        self,
        store: ConcernsStore,
        vault: Vault,
        keyring: Keyring,
        clock: Clock,
        schedule: Schedule,
        people: People,
        least_people: int,
        most_waiting: int,
    ) -> None:
        self._store = store
        self._batches = BatchStore(store.database)
        self._vault = vault
        self._keyring = keyring
        self._clock = clock
        self._schedule = schedule
        self._people = people
        self._least_people = least_people
        self._most_waiting = most_waiting
        self._window: datetime | None = None
        self._waited: Batch | None = None
        self._asked_at: datetime | None = None
        self._ahead_since: datetime | None = None
        self.traces = Traces(self._batches, keyring)

    async def open_batch(self, transaction: Transaction) -> Open:
        """The batch that takes what comes now; raises Conflict where it is full."""
        since = self._schedule.opened(self._clock.now())
        batch = await self._batches.open_batch(transaction, since, self._schedule.text, self._public)
        if await self._batches.count(transaction, batch.number) >= self._most_waiting:
            raise Conflict(_FULL)
        return batch

    async def check_keys(self, transaction: Transaction) -> None:
        """See that the keys folder belongs to this database, and what waits was sealed for a key in it.

        Raises:
            StoreProblem: the database is another one, or an older copy, or the key of what waits is gone.
        """
        await self.traces.check(transaction)
        held = await self._batches.held_batch(transaction)
        if not (held and held.sealing_key and held.sealing_key != self._public(held.number)):
            return
        if await self._batches.count(transaction, held.number):
            raise StoreProblem(
                "The concerns that wait were sealed for a key that is not in the keys folder of RAI_DATA_DIR. Nothing "
                "was changed. Put the folder back that belongs to this database; several processes share one. If that "
                "key is gone for good, `rai db give-up` deletes what nobody can open any more.",
                permanent=True,
            )
        await self._batches.seal_for(transaction, held.number, self._public(held.number))

    async def give_up(self, transaction: Transaction) -> int:
        """Go on with this database and this folder of keys: delete what waits where its key is gone, and have keys
        destroyed that the database does not name; how many messages were deleted.
        """
        await self.traces.accept(transaction)
        held = await self._batches.held_batch(transaction)
        if not (held and held.sealing_key and held.sealing_key != self._public(held.number)):
            return 0
        lost = await self._batches.count(transaction, held.number)
        await self._batches.give_up(transaction, held.number)
        await self._batches.seal_for(transaction, held.number, self._public(held.number))
        return lost

    async def forget_empty(self, transaction: Transaction) -> None:
        """Delete the batches of which everything is forgotten."""
        await self._batches.forget_empty(transaction)

    async def next(self) -> Going | None:
        """When what comes now goes to the council; None where everything goes at once."""
        now, batch = self._clock.now(), await self._batches.waiting_batch()
        # An empty batch goes by the rule of the house that takes the first message.
        schedule = parse(batch.release) if batch and await self._batches.holds_any(batch.number) else self._schedule
        since = batch.since if batch and batch.release == schedule.text else schedule.opened(now)
        return schedule.going(since, now)

    async def run(self) -> None:
        """Hand the waiting batch to the council, shuffled, if it is due; exactly once, whoever else tries.

        Whether the crowd is large enough is asked once, at the release time: later, the batch would go at the moment
        the last missing person came. Each process asks for itself, so the largest of their counts decides.
        """
        now = self._clock.now()
        batch = await self._waiting(now)
        await self._count_anew(batch, now)
        if batch:
            if await self._is_due(batch, now):
                try:
                    await self._hand_over(batch, now)
                except StoreProblem:
                    self._asked_at = None  # the crowd was large enough; only the database was not there
                    raise
        elif self._schedule.following(now):
            async with self._store.database.writing() as transaction:
                await self._open_next(transaction, self._schedule.opened(now))
        await self.traces.wipe(now)

    async def _waiting(self, now: datetime) -> Batch | None:
        batch = await self._batches.waiting_batch()
        if batch is None or batch.since <= now:
            self._ahead_since = None
            return batch
        self._ahead_since = min(self._ahead_since or now, now)
        if now < self._ahead_since + _CLOCKS_DIFFER:  # ours may be behind, for a moment
            return batch
        # Opened while the clock was ahead: it would wait until that time, and six days more.
        log.warning("batch %d is open since a time to come: it is put back to the present", batch.number)
        since = parse(batch.release).opened(now)
        async with self._store.database.writing() as transaction:
            await self._batches.open_since(transaction, batch.number, since)
        return replace(batch, since=since)

    async def _count_anew(self, batch: Batch | None, now: datetime) -> None:
        # A batch hides among the people who used the bot since the release time it is open since, and nobody before.
        window = batch.since if batch else self._schedule.opened(now)
        if window != self._window:
            if self._waited and self._waited.release != AT_ONCE:  # another process may have released it, and seen fewer
                await self._batches.report(self._waited.number, self._people.size(), self._people.members())
            self._window = window
            self._people.forget()
        self._waited = batch

    async def _is_due(self, batch: Batch, now: datetime) -> bool:
        schedule = parse(batch.release)
        if schedule.overdue(batch.since, now):
            return True
        slot = schedule.slot(now)
        if not batch.since < slot != self._asked_at:
            return False
        people, members = self._people.size(), await self._members()
        self._asked_at = slot
        if people >= crowd_needed(self._least_people, members):
            return True
        await self._batches.report(batch.number, people, members)
        return False

    async def _members(self) -> int:
        """As many as any process ever saw."""
        return max(self._people.members(), await self._batches.members())

    async def _hand_over(self, batch: Batch, now: datetime) -> None:
        people = None if batch.release == AT_ONCE else max(self._people.size(), batch.people)
        members = await self._members()
        async with self._store.database.writing() as transaction:
            if ours := await self._batches.release(transaction, batch.number, now, people, members):
                await self._store.give_places(transaction, batch.number)
                await self._send(transaction, batch.number, now)
                if self._schedule.following(now):
                    await self._open_next(transaction, parse(batch.release).went(batch.since, now))
        if ours:
            self._waited = None  # it has its count: who comes from now on was not there
        self.traces.leave()

    async def _open_next(self, transaction: Transaction, since: datetime) -> None:
        # Whether anything comes or not: a batch that its first concern opened would tell since when that is there.
        await self._batches.open_batch(transaction, since, self._schedule.text, self._public)

    async def _send(self, transaction: Transaction, batch: int, now: datetime) -> None:
        await self._seal_anew(transaction, batch)
        new, added = await self._store.in_batch(transaction, batch)
        await outbox.put_all(transaction, RELEASED, dict.fromkeys(new, now))
        await outbox.put_all(transaction, ADDED, dict.fromkeys(added, now))

    async def urgent_batch(self, transaction: Transaction) -> Open:
        """A batch of its own for what its author wants to go now, whatever that risks; then call ``send_urgent``."""
        # Whoever looks for keys without a use may not look between the making of this one's and its commit.
        await self._store.database.one_at_a_time(transaction, KEYS)
        now = self._clock.now()
        if await self._batches.released_after(transaction, now - timedelta(days=1)) >= self._most_waiting:
            raise Conflict(_FULL)
        row = {"since": self._schedule.opened(now), "release": self._schedule.text, "released_at": now}
        row["people"] = self._people.size()
        while not (number := await self._batches.add_batch(transaction, key=self._public, **row)):
            pass  # another replica took the number
        return Open(number, self._public(number))

    async def send_urgent(self, transaction: Transaction, batch: Open) -> None:
        """Hand over what an urgent batch holds."""
        await self._send(transaction, batch.number, self._clock.now())

    async def _seal_anew(self, transaction: Transaction, batch: int) -> None:
        """Each concern gets a key of its own, so that it can be forgotten by itself; the batch's is needed no more."""
        old = self._keyring.batch(batch), self._vault.private
        right = await self._batches.sealing_key(transaction, batch) == self._public(batch)

        def again(concern: ConcernId, sealed: bytes) -> bytes:
            own = bytes(self._keyring.concern(concern).public_key)  # where none can be made, everything waits
            try:
                return seal_anew(old, own, sealed)
            except StoreProblem:
                if not right:
                    raise
                # The key is the right one, so this message is damaged. It may not hold up all the others.
                log.error("a message in batch %d is damaged, and cannot be opened", batch)
                return sealed

        await self._store.seal_anew(transaction, batch, again)

    def _public(self, batch: int) -> bytes:
        return bytes(self._keyring.batch(batch).public_key)
