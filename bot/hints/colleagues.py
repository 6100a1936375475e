"""Whom a concern might name: colleagues, known in memory alone, and looked for before anything is sealed."""

import asyncio
import logging
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cachetools import LRUCache

from bot.chat.cards import Block
from bot.chat.identity import Actor
from bot.chat.ports import Directory
from bot.chat.timing import Clock
from bot.hints.known_names import Names
from bot.hints.pointing_out import hint_blocks, point_out

log = logging.getLogger(__name__)

KEPT = timedelta(hours=6)
"""After which names are asked for anew; until the new ones are here, the old ones serve."""

AGAIN = timedelta(minutes=5)
"""After which a directory that failed is asked again."""

PATIENCE = 1.0
"""Seconds that somebody waits for a directory."""

MOST_ORGANISATIONS = 16

_SAMPLE = "030 89999999, 212 899 9999"

_NOBODY = Names.of(())
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(repr=False)
class _Organisation:
    """What is known of one organisation's people.

    Args:
        due: when to ask for them.
        asking: the question that is on its way, or was last.
    """

    names: Names | None = None
    due: datetime = _LONG_AGO
    asking: "asyncio.Task[None] | None" = None


class Colleagues:
    """Points out what might identify an author. Names are in the memory of this process and nowhere else: in no log,
    repr, file or table.

    Args:
        patience: see PATIENCE; for tests.
    """

    def __init__(self, directory: Directory, clock: Clock, patience: float = PATIENCE) -> None:
        self._directory = directory
        self._clock = clock
        self._patience = patience
        self._known: LRUCache[tuple[str, str], _Organisation] = LRUCache(MOST_ORGANISATIONS)
        self._on_their_way: set[asyncio.Task[None]] = set()
        self._failed: Counter[str] = Counter()

    def meet(self, actor: Actor) -> None:
        """See that the names of somebody's organisation will be here. To be called whatever they do: asked for only
        when a concern is written, they would show everybody who sees what the bot asks that one is. Never raises.
        """
        try:
            here = self._here(actor)
            if here.due <= self._clock.now() and (here.asking is None or here.asking.done()):
                here.asking = asyncio.create_task(self._ask(actor, here))
                # Held here, too: an organisation that is forgotten for others would take its question along.
                self._on_their_way.add(here.asking)
                here.asking.add_done_callback(self._on_their_way.discard)
        except Exception as error:
            self._count(error)

    async def close(self) -> None:
        """Ask no more: names that are on their way would come to a house in which nobody writes."""
        asking = tuple(self._on_their_way)
        for each in asking:
            each.cancel()
        await asyncio.gather(*asking, return_exceptions=True)

    async def hints(self, actor: Actor, text: str) -> tuple[Block, ...]:
        """What might identify the author, said to them. Never raises: where a directory fails or is slow, what can be
        seen without it is pointed out.
        """
        self.meet(actor)
        try:
            own = await self._own_soon(actor)
            return hint_blocks(point_out(text, self._here(actor).names or _NOBODY, own))
        except Exception as error:
            self._count(error)
            return ()

    async def _own_soon(self, actor: Actor) -> tuple[str, ...]:
        """The actor's own names; as long as one waits for them, those of colleagues may come too, if none are here."""
        here, own = self._here(actor), asyncio.create_task(self._own(actor))
        first = (here.asking,) if here.asking and not here.names else ()
        try:
            # Nobody is held up: who waited long enough goes on without, and the next one has them.
            await asyncio.wait((own, *first), timeout=self._patience)
            return own.result() if own.done() else ()
        finally:
            own.cancel()

    async def _ask(self, actor: Actor, here: _Organisation) -> None:
        try:
            names = await self._directory.colleagues(actor)
            # Beside the loop: ten thousand names take a fraction of a second.
            here.names = await asyncio.to_thread(_made_ready, names)
            here.due = self._clock.now() + KEPT
        except Exception as error:
            self._count(error)
            here.due = self._clock.now() + AGAIN

    async def _own(self, actor: Actor) -> tuple[str, ...]:
        try:
            return await self._directory.own(actor)
        except Exception as error:
            self._count(error)
            return ()

    def _here(self, actor: Actor) -> _Organisation:
        return self._known.setdefault((actor.platform, actor.tenant), _Organisation())

    def _count(self, error: Exception) -> None:
        # The class alone: the text of an error may hold a name.
        kind = type(error).__name__
        self._failed[kind] += 1
        log.warning("names could not be compared with a text: %s, %d so far", kind, self._failed[kind])


def _made_ready(people: tuple[str, ...]) -> Names:
    """The names, after a first look at a text: what is loaded for that, nobody then waits for."""
    names = Names.of(people)
    point_out(_SAMPLE, names, ())
    return names
