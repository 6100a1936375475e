"""Which messages show one card together: the first of them, and what goes on below it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from cachetools import LRUCache

from adapters.teams import names
from bot.chat.places import MessageRef, Place

REMEMBERED = 5_000


@dataclass(frozen=True)
class Together:
    """What this process has said in several messages. A press names one of them alone; a reference that was kept names
    all that stood when it was kept.
    """

    _known: LRUCache[MessageRef, tuple[str, ...]] = field(default_factory=lambda: LRUCache(REMEMBERED), repr=False)
    _turns: WeakValueDictionary[MessageRef, asyncio.Lock] = field(default_factory=WeakValueDictionary, repr=False)

    def note(self, place: Place, messages: Sequence[str]) -> None:
        """These show a card now, and no others beside them."""
        for before in self._known.get(_one(place, messages[0]), ()) if messages else ():
            self._known.pop(_one(place, before), None)
        for each in messages if len(messages) > 1 else ():
            self._known[_one(place, each)] = tuple(messages)

    def of(self, ref: MessageRef) -> list[str]:
        """All the messages of a card, the first one first: those that are named, and those that came to them here."""
        named = names.messages(ref)
        known = self._known.get(_one(ref.place, named[0]), ())
        if known and named[0] != known[0]:
            # What was pressed stands below: its card begins above.
            return list(known)
        return [*named, *(each for each in known if each not in named)]

    def turn(self, ref: MessageRef) -> asyncio.Lock:
        """Held while a card is changed: two who change it at once would both add what it lacks."""
        return self._turns.setdefault(_one(ref.place, self.of(ref)[0]), asyncio.Lock())


def _one(place: Place, message: str) -> MessageRef:
    return names.message(place.address, message)
