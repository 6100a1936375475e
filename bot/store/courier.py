"""The courier: brings what the outbox holds to its place, at least once, and by reading back, once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from bot.chat.cards import Card
from bot.chat.errors import Busy, HouseError, Unreachable
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.chat.ports import Messenger
from bot.chat.timing import Clock
from bot.store.db import Database, Transaction
from bot.store.outbox import Due, Outbox

log = logging.getLogger(__name__)

LONGEST_PAUSE = timedelta(minutes=10)

STUCK_PAUSE = timedelta(hours=1)
"""Between two tries of what a person must mend first, such as a channel that is gone."""

PATIENCE = timedelta(seconds=1)
"""How long the next message waits for one on its way, before it sets out beside it."""

MOST_ON_THE_WAY = 8
"""Messages on their way at once: a platform that hangs may not gather them all."""


@dataclass(frozen=True)
class Post:
    """A new message in a place."""

    place: Place
    card: Card


@dataclass(frozen=True)
class Edit:
    """A message that looks different now."""

    ref: MessageRef
    card: Card


@dataclass(frozen=True)
class Tell:
    """A message to one person."""

    actor: Actor
    card: Card


Outgoing: TypeAlias = Post | Edit | Tell


async def _nothing_to_note(_transaction: Transaction, _subject: str, _ref: MessageRef) -> None:
    """Most messages need no trace of where they stand."""


@dataclass(frozen=True)
class Topic:
    """How a room says something.

    Args:
        compose: what to say about a subject, drawn from the present state; None where there is nothing to say any more.
        note: keeps where it stands, in the transaction that closes the row.
        optional: whether it is nobody's problem where it cannot be said; it is tried until there is nothing to say.
    """

    compose: Callable[[str], Awaitable[Outgoing | None]]
    note: Callable[[Transaction, str, MessageRef], Awaitable[None]] = _nothing_to_note
    optional: bool = False


class Courier:
    """Works the outbox off, in any number of processes at once."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        messenger: Messenger,
        clock: Clock,
        topics: Mapping[str, Topic],
        patience: timedelta = PATIENCE,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._messenger = messenger
        self._clock = clock
        self._topics = topics
        self._patience = patience.total_seconds()
        self._on_the_way: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Say everything that is due now; what hangs goes on by itself, and holds up nothing else."""
        while len(self._on_the_way) < MOST_ON_THE_WAY and (due := await self._outbox.claim(self._clock.now())):
            task = asyncio.create_task(self._deliver(due))
            self._on_the_way.add(task)
            task.add_done_callback(self._on_the_way.discard)
            await asyncio.wait({task}, timeout=self._patience)

    async def arrived(self) -> None:
        """Wait for what is on its way: cut off inside a transaction it could hang its connection."""
        await asyncio.gather(*self._on_the_way)

    async def emptied(self) -> None:
        """Wait for what is on its way, and say what was held back by it."""
        while self._on_the_way:
            await self.arrived()
            await self.run()

    async def _deliver(self, due: Due) -> None:
        try:
            await self._say(due)
        except Busy as busy:
            await self._outbox.not_yet(due, self._clock.now() + busy.wait)
        except HouseError as error:
            await self._put_off(due, permanent=error.permanent)
        except Exception as error:
            # The class alone: the text of an unknown error may hold words or people.
            log.error("outbox topic %s: %s", due.topic, type(error).__name__)
            await self._put_off(due, permanent=False)

    async def _say(self, due: Due) -> None:
        topic = self._topics[due.topic]
        outgoing = await topic.compose(due.subject)
        ref = await self._sent(outgoing, due) if outgoing else None
        async with self._database.writing() as transaction:
            if ref:
                await topic.note(transaction, due.subject, ref)
            await self._outbox.done(transaction, due)

    async def _sent(self, outgoing: Outgoing, due: Due) -> MessageRef:
        try:
            async with asyncio.timeout(self._outbox.lease.total_seconds() / 2):
                return await self._send(outgoing, due)
        except TimeoutError:
            # Whether it arrived is not known; the next attempt asks.
            raise Unreachable("The platform did not answer in time.") from None

    async def _send(self, outgoing: Outgoing, due: Due) -> MessageRef:
        match outgoing:
            case Post(place, card):
                return await self._arrived(place, due) or await self._messenger.post(place, card, due.key)
            case Tell(actor, card):
                return await self._arrived(actor, due) or await self._messenger.tell(actor, card, due.key)
            case Edit(ref, card):
                return await self._messenger.edit(ref, card) or ref

    async def _arrived(self, where: Place | Actor, due: Due) -> MessageRef | None:
        # Only a second attempt asks: a first one cannot have arrived, and reading back is slow and rationed.
        return await self._messenger.find(where, due.key) if due.attempt > 1 else None

    async def _put_off(self, due: Due, *, permanent: bool) -> None:
        pause = STUCK_PAUSE if permanent else min(timedelta(seconds=2 ** min(due.attempt, 10)), LONGEST_PAUSE)
        stuck = permanent and not self._topics[due.topic].optional
        if stuck:
            log.error("outbox topic %s is stuck after %d attempts", due.topic, due.attempt)
        await self._outbox.again(due, self._clock.now() + pause, stuck=stuck)
