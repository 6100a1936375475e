"""Brings cards to Teams' channels and people. No bot may read back what stands there: what arrived is known here."""

import logging
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from cachetools import LRUCache, TTLCache

from adapters.shapes import Json
from adapters.teams import names
from adapters.teams.connector import Connector
from adapters.teams.directory import TeamsDirectory
from adapters.teams.files import consents
from adapters.teams.parts import parts
from adapters.teams.services import Services
from adapters.teams.together import Together
from adapters.teams.troubles import SHARED, Refused, Troubles, Unsent
from bot.chat.cards import Card
from bot.chat.errors import Busy, Unreachable
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.chat.text import clean

log = logging.getLogger(__name__)

REMEMBERED, FOR_SECONDS = 10_000, 86_400

GONE = 404

CARD = "application/vnd.microsoft.card.adaptive"


@dataclass
class Unread:
    """What cannot be known, because Teams lets no bot read back.

    Args:
        unsure: what was sent, and of which Teams has not said yet that it took it, or that it did not.
        again: how often something was sent once more that may have arrived: as many messages may stand twice.
    """

    unsure: LRUCache[str, bool] = field(default_factory=lambda: LRUCache(REMEMBERED), repr=False)
    again: int = 0

    @contextmanager
    def trying(self, key: str) -> Iterator[None]:
        """Around one try: it stays in doubt unless it ends with what is sure, whatever cuts it off."""
        if self.unsure.pop(key, False):
            self.again += 1
            log.warning("a message is sent again whose first try may have arrived; %d so far", self.again)
        self.unsure[key] = True
        try:
            yield
        except (Busy, Refused, Unsent):
            self.unsure.pop(key, None)
            raise
        self.unsure.pop(key, None)


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
    together: Together = field(default_factory=Together)
    _arrived: TTLCache[str, list[str]] = field(default_factory=lambda: TTLCache(REMEMBERED, FOR_SECONDS), repr=False)
    _whole: TTLCache[str, MessageRef] = field(default_factory=lambda: TTLCache(REMEMBERED, FOR_SECONDS), repr=False)

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

    async def edit(self, ref: MessageRef, card: Card) -> MessageRef:
        await self._stay_inside(ref.place)
        async with self.together.turn(ref):
            return await self._edited(ref, messages_of(card))

    async def find(self, where: Place | Actor, key: str) -> MessageRef | None:
        """What is known to have arrived; whatever else may have arrived is sent again, and counted then."""
        return self._whole.get(key)

    async def _stay_inside(self, place: Place) -> None:
        """Raise Unreachable where others than the organisation's own people read what the council says."""
        if place.address == self.troubles.council and await self.directory.is_shared(place, self.tenant):
            self.troubles.seen(place.address, SHARED)
            raise Unreachable(SHARED, permanent=True)

    async def _post(self, place: Place, tenant: str, card: Card, key: str) -> MessageRef:
        """Post what has not arrived yet of a card: a second attempt goes on where the first one ended."""
        shown, offers = messages_of(card), consents(card)
        arrived = self._arrived.setdefault(key, [])
        for message in [*shown, *offers][len(arrived) :]:
            where = self._thread(MessageRef(place, arrived[0])) if arrived else names.conversation(place)
            try:
                with self.unread.trying(key):
                    arrived.append(await self.connector.send(self.services.of(tenant), where, message))
            except Busy as busy:
                if not arrived:
                    raise
                # Busy would mean that nothing was sent; a part of it stands there.
                raise Unreachable(busy.message_for_person) from None
        standing = arrived[: len(arrived) - len(offers)]
        self.together.note(place, standing)
        self._whole[key] = names.together(place, standing)
        return self._whole[key]

    async def _edited(self, ref: MessageRef, shown: list[Json]) -> MessageRef:
        """Bring every message of a card up to date, add what it lacks, and take away what is not its any more."""
        service, conversation = self.services.of(self.tenant), names.conversation(ref.place)
        (root, *below), (first, *more) = self.together.of(ref), shown
        await self.connector.update(service, conversation, root, first)
        kept = [root]
        for part in more:
            kept.append(await self._changed(ref, below, part) or await self._added(MessageRef(ref.place, root), part))
            self.together.note(ref.place, [*kept, *below])
        for each in reversed(below):
            # Words that are not the card's any more may not stay below it.
            await _there(self.connector.delete(service, conversation, each))
        self.together.note(ref.place, kept)
        return names.together(ref.place, kept)

    async def _changed(self, ref: MessageRef, below: list[str], part: Json) -> str:
        """Let the first message that stands below show this part of a card; empty where none stands there any more."""
        service, conversation = self.services.of(self.tenant), names.conversation(ref.place)
        while below:
            each = below.pop(0)
            if await _there(self.connector.update(service, conversation, each, part)):
                return each
        return ""

    async def _added(self, root: MessageRef, part: Json) -> str:
        with self.unread.trying(f"{root.place.address} {root.message}"):
            return await self.connector.send(self.services.of(self.tenant), self._thread(root), part)

    def _thread(self, ref: MessageRef) -> str:
        """Where what continues below a message belongs: only channels have threads."""
        is_channel = "@thread.tacv2" in ref.place.address or "@thread.skype" in ref.place.address
        return names.conversation(ref.thread if is_channel and not ref.place.thread else ref.place)


async def _there(change: Awaitable[None]) -> bool:
    """Whether what was to be changed stands there; somebody may have taken it away by hand."""
    try:
        await change
    except Refused as refused:
        if refused.status != GONE:
            raise
        return False
    return True


def messages_of(card: Card) -> list[Json]:
    """A card as messages, each with the line for notifications: without one they say that a card came."""
    line = clean(card.fallback or card.title)
    return [message_of(part, line) for part in parts(card)]


def message_of(drawn: Json, line: str) -> Json:
    """A drawn card as a message, which says nothing beside it: Teams would make two messages of that."""
    return {"type": "message", "summary": line, "attachments": [{"contentType": CARD, "content": drawn}]}
