"""Brings a card to where its person can see it: the chat or channel that their event came from."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from cachetools import TTLCache

from adapters.shapes import Json
from adapters.teams import names
from adapters.teams.controls import for_one
from adapters.teams.files import consents
from adapters.teams.inbound import Origin
from adapters.teams.messenger import TeamsMessenger, messages_of
from adapters.teams.services import Services
from adapters.teams.troubles import Refused
from bot.chat.cards import Card, Text

log = logging.getLogger(__name__)

NOT_AGAIN_FOR = 3_600
"""Seconds until a place that took no message for one person alone is asked again."""

NOT_ALONE = Card(
    "I cannot write to you alone",
    (Text("My answer is for you alone. Please add me under Apps, and ask me again in our own chat."),),
)


@dataclass(frozen=True)
class Surfaces:
    """Where people see things in Teams outside a dialog. Every method raises Unreachable where it cannot show one."""

    messenger: TeamsMessenger
    _without_whispers: TTLCache[str, bool] = field(default_factory=lambda: TTLCache(1_000, NOT_AGAIN_FOR), repr=False)

    async def whisper(self, card: Card, origin: Origin) -> None:
        """Show a card to its person alone: in the place where they are, or where it has no such messages, in their own
        chat with the bot.
        """
        if origin.personal:
            await self._say(messages_of(card), origin, origin.conversation)
        elif not await self._shown_there(card, origin):
            await self._in_their_chat(card, origin)
            return
        await self.hand_over(card, origin)

    async def answer(self, card: Card, origin: Origin) -> None:
        """Show a card to everybody who reads where it was asked."""
        if origin.targeted or not origin.conversation:
            await self.whisper(card, origin)
            return
        await self._say(messages_of(card), origin, origin.conversation)

    async def redraw(self, card: Card, origin: Origin) -> None:
        """Make the message that was pressed look like this card, for everybody who reads it."""
        if not origin.message:
            await self.whisper(card, origin)
            return
        if origin.alone:
            await self._redraw_whisper(card, origin)
        else:
            there = replace(self.messenger, services=Services(self._service(origin)))
            await there.edit(names.message(origin.conversation, origin.message), card)
        await self.hand_over(card, origin)

    async def directly(self, messages: Iterable[Json], origin: Origin) -> None:
        """Say something in somebody's own chat with the bot."""
        actor = names.actor(origin.tenant, origin.user)
        await self._say(messages, origin, await self.messenger.directory.chat(actor))

    async def hand_over(self, card: Card, origin: Origin) -> None:
        """Offer the files of a card in somebody's own chat, the one place where Teams takes files from bots."""
        if offered := consents(card):
            await self.directly(offered, origin)

    async def typing(self, origin: Origin) -> None:
        """Show that an answer is on its way; a channel has no sign for that."""
        if origin.surface == "chat" and origin.conversation and not origin.targeted:
            service = self._service(origin)
            await self.messenger.connector.send(service, origin.conversation, {"type": "typing"})

    def _service(self, origin: Origin) -> str:
        """Where an event came from is where it is answered, wherever others spoke since."""
        return origin.service or self.messenger.services.of(origin.tenant)

    async def _shown_there(self, card: Card, origin: Origin) -> bool:
        """Whether a card could be shown to one person alone where others read."""
        place = names.place(origin.conversation).address
        if not origin.account or not place or place in self._without_whispers:
            return False
        service = self._service(origin)
        for message in messages_of(card):
            only = {**for_one(message), "recipient": {"id": origin.account}}
            try:
                await self.messenger.connector.send(service, origin.conversation, only, targeted=True)
            except Refused as refused:
                log.info("a place takes no message for one person: %s", refused.code)
                self._without_whispers[place] = True
                return False
        return True

    async def _in_their_chat(self, card: Card, origin: Origin) -> None:
        """Show a card in somebody's own chat. Where they cannot be written to, what they asked before everybody is
        answered there with how to change that, and with nothing of the card.
        """
        try:
            await self.directly(messages_of(card), origin)
            await self.hand_over(card, origin)
        except Refused as refused:
            if origin.message or not origin.others_read or origin.surface == "dialog":
                raise
            log.info("somebody cannot be written to alone: %s", refused.code)
            await self._say(messages_of(NOT_ALONE), origin, origin.conversation)

    async def _say(self, messages: Iterable[Json], origin: Origin, conversation: str) -> None:
        service, send = self._service(origin), self.messenger.connector.send
        said = [await send(service, conversation, message) for message in messages]
        self.messenger.together.note(names.place(conversation), said)

    async def _redraw_whisper(self, card: Card, origin: Origin) -> None:
        first, *more = messages_of(card)
        service = self._service(origin)
        only = for_one(first)
        await self.messenger.connector.update(service, origin.conversation, origin.message, only, targeted=True)
        await self.directly(more, origin)
