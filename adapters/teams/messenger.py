"""Brings cards to Teams' channels and people. No bot may read back what stands there: what arrived is known here."""

import logging
from dataclasses import dataclass, field

from cachetools import LRUCache, TTLCache

from adapters.shapes import Json
from adapters.teams import names
from adapters.teams.connector import Connector
from adapters.teams.directory import TeamsDirectory
from adapters.teams.files import consents
from adapters.teams.parts import parts
from adapters.teams.services import Services
from adapters.teams.troubles import SHARED, Refused, Troubles, Unsure
from bot.chat.cards import Card
from bot.chat.errors import Busy, Unreachable
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.chat.text import clean

log = logging.getLogger(__name__)

REMEMBERED, FOR_SECONDS = 10_000, 86_400
LONG_ONES = 2_000

CARD = "application/vnd.microsoft.card.adaptive"


@dataclass
class Unread:
    """What cannot be known, because Teams lets no bot read back.

    Args:
        unsure: messages whose answer was lost, or said that Teams' own service had failed.
        again: those of them that were sent once more: each may stand twice.
    """

    unsure: LRUCache[str, bool] = field(default_factory=lambda: LRUCache(REMEMBERED), repr=False)
    again: int = 0


@dataclass(frozen=True)
class TeamsMessenger:
    """The Messenger port over the connector.

    Args:
        tenant: the organisation that channels belong to.
    """

    connector: Connector
    directory: TeamsDirectory
    services: Services
    troubles: Troubles
    tenant: str
    unread: Unread = field(default_factory=Unread)
    _arrived: TTLCache[str, list[str]] = field(default_factory=lambda: TTLCache(REMEMBERED, FOR_SECONDS), repr=False)
    _whole: TTLCache[str, MessageRef] = field(default_factory=lambda: TTLCache(REMEMBERED, FOR_SECONDS), repr=False)
    _below: LRUCache[MessageRef, list[str]] = field(default_factory=lambda: LRUCache(LONG_ONES), repr=False)

    async def post(self, place: Place, card: Card, key: str) -> MessageRef:
        if place.platform != names.PLATFORM:
            raise Unreachable("This place is on another platform, which Teams cannot reach.", permanent=True)
        await self._stay_inside(place)
        return await self._post(place, self.tenant, card, key)

    async def tell(self, actor: Actor, card: Card, key: str) -> MessageRef:
        chat = await self.directory.chat(actor)
        try:
            return await self._post(names.place(chat), actor.tenant, card, key)
        except Refused:
            self.directory.forget_chat(actor)
            raise

    async def edit(self, ref: MessageRef, card: Card) -> None:
        await self._stay_inside(ref.place)
        first, *more = messages_of(card)
        service, conversation = self.services.of(self.tenant), names.conversation(ref.place)
        await self.connector.update(service, conversation, ref.message, first)
        below = self._below.setdefault(ref, [])
        for standing, part in zip(list(below), more, strict=False):
            await self.connector.update(service, conversation, standing, part)
        for part in more[len(below) :]:
            below.append(await self.connector.send(service, self._thread(ref), part))
        while len(below) > len(more):
            # Words that are not the card's any more may not stay below it.
            await self.connector.delete(service, conversation, below[-1])
            below.pop()

    async def find(self, where: Place | Actor, key: str) -> MessageRef | None:
        """What is known to have arrived. Whatever else may have arrived is counted, and is sent again."""
        if key not in self._whole and key in self.unread.unsure:
            del self.unread.unsure[key]
            self.unread.again += 1
            log.warning("a message is sent again whose first try may have arrived; %d so far", self.unread.again)
        return self._whole.get(key)

    async def _stay_inside(self, place: Place) -> None:
        """Raise Unreachable where others than the organisation's own people read what the council says."""
        if place.address == self.troubles.council and await self.directory.is_shared(place, self.tenant):
            self.troubles.seen(place.address, SHARED)
            raise Unreachable(SHARED, permanent=True)

    async def _post(self, place: Place, tenant: str, card: Card, key: str) -> MessageRef:
        """Post what has not arrived yet of a card: a second attempt goes on where the first one ended."""
        shown = messages_of(card)
        messages, arrived = [*shown, *consents(card)], self._arrived.setdefault(key, [])
        for message in messages[len(arrived) :]:
            where = self._thread(names.message(place.address, arrived[0])) if arrived else names.conversation(place)
            try:
                arrived.append(await self.connector.send(self.services.of(tenant), where, message))
            except Unsure:
                self.unread.unsure[key] = True
                raise
            except Busy as busy:
                if not arrived:
                    raise
                # Busy would mean that nothing was sent; a part of it stands there.
                raise Unreachable(busy.message_for_person) from None
        ref = MessageRef(place, arrived[0])
        self._whole[key] = ref
        self._below[ref] = arrived[1 : len(shown)]
        return ref

    def _thread(self, ref: MessageRef) -> str:
        """Where what continues below a message belongs: only channels have threads."""
        is_channel = "@thread.tacv2" in ref.place.address or "@thread.skype" in ref.place.address
        return names.conversation(ref.thread if is_channel and not ref.place.thread else ref.place)


def messages_of(card: Card) -> list[Json]:
    """A card as messages, each with the line for notifications: without one they say that a card came."""
    line = clean(card.fallback or card.title)
    return [message_of(part, line) for part in parts(card)]


def message_of(drawn: Json, line: str) -> Json:
    """A drawn card as a message, which says nothing beside it: Teams would make two messages of that."""
    return {"type": "message", "summary": line, "attachments": [{"contentType": CARD, "content": drawn}]}
