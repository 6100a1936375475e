"""Brings cards to Slack's channels and people, each once, with an opaque key by which it can be found again."""

import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

from adapters.slack import names
from adapters.slack.directory import SlackDirectory
from adapters.slack.parts import Part, escaped, parts
from adapters.slack.shapes import Json, inner, objects, word
from adapters.slack.troubles import SHARED
from adapters.slack.web import SlackWeb
from bot.chat.cards import Attachment, Card
from bot.chat.errors import Unreachable
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.chat.text import clean
from bot.chat.timing import Clock

EVENT = "rai_message"
"""The metadata's event type; its payload is readable by every app of the workspace, and says nothing."""

PAGES, PAGE = 5, 200
LOOKED_BACK = timedelta(days=7)


@dataclass(frozen=True)
class SlackMessenger:
    """The Messenger port over Slack's Web API."""

    web: SlackWeb
    directory: SlackDirectory
    clock: Clock

    async def post(self, place: Place, card: Card, key: str) -> MessageRef:
        if place.platform != names.PLATFORM:
            raise Unreachable("This place is on another platform, which Slack cannot reach.", permanent=True)
        if await self.directory.is_shared(place.address):
            raise Unreachable(SHARED, permanent=True)
        return await self._post(place, card, key)

    async def tell(self, actor: Actor, card: Card, key: str) -> MessageRef:
        return await self._post(names.place(await self.direct_channel(actor.user)), card, key)

    async def edit(self, ref: MessageRef, card: Card) -> None:
        first, *more = parts(card)
        await self._update(ref, first)
        if more:
            await self._continue(ref, more)

    async def find(self, where: Place | Actor, key: str) -> MessageRef | None:
        place = where if isinstance(where, Place) else names.place(await self.direct_channel(where.user))
        async for each in self._messages(place):
            mark = inner(each, "metadata", "event_payload")
            if word(mark, "key") == key and not mark.get("part"):
                ref = names.message(place.address, word(each, "ts"))
                if mark.get("whole"):
                    return ref
                await self._take_away(ref)
        return None

    async def _post(self, place: Place, card: Card, key: str) -> MessageRef:
        first, *more = parts(card)
        files = _files(card)
        whole = not more and not files
        ref = await self._send(place, first, {"key": key, "whole": whole})
        if not whole:
            below = ref if not place.thread else MessageRef(names.place(place.address), place.thread)
            for number, part in enumerate(more, 1):
                await self._send(below.thread, part, {"key": key, "part": number})
            for file in files:
                await self._upload(place.address, file, thread_ts=below.message)
            # Only now is it known to have arrived: until then a second attempt takes it away and sends it anew.
            await self._update(ref, first, {"key": key, "whole": True})
        return ref

    async def _send(self, place: Place, part: Part, mark: Json) -> MessageRef:
        answer = await self.web.call(
            "chat.postMessage",
            channel=place.address,
            thread_ts=place.thread,
            **message_of(part),
            metadata={"event_type": EVENT, "event_payload": mark},
        )
        return names.message(place.address, word(answer, "ts"))

    async def _update(self, ref: MessageRef, part: Part, mark: Json | None = None) -> None:
        metadata = {"event_type": EVENT, "event_payload": mark} if mark else None
        await self.web.call(
            "chat.update", channel=ref.place.address, ts=ref.message, **content_of(part), metadata=metadata
        )

    async def _continue(self, ref: MessageRef, more: list[Part]) -> None:
        """Bring what continues below a message up to date: edit what stands there, and add what is missing."""
        standing = {
            number: word(each, "ts")
            async for each in self._messages(ref.thread)
            if isinstance(number := inner(each, "metadata", "event_payload").get("part"), int)
        }
        for number, part in enumerate(more, 1):
            if number in standing:
                await self._update(names.message(ref.place.address, standing[number]), part)
            else:
                await self._send(ref.thread, part, {"key": secrets.token_hex(16), "part": number})

    async def _take_away(self, ref: MessageRef) -> None:
        async for each in self._messages(ref.thread):
            if word(each, "metadata", "event_type") == EVENT:
                await self.web.call("chat.delete", channel=ref.place.address, ts=word(each, "ts"))

    async def _messages(self, place: Place) -> AsyncIterator[Json]:
        """The messages of a channel or thread of the last days, the newest page first, with their metadata."""
        oldest = self.clock.now() - LOOKED_BACK
        where = {"ts": place.thread} if place.thread else {"oldest": f"{oldest.timestamp():.6f}"}
        method, cursor = ("conversations.replies" if place.thread else "conversations.history"), ""
        for _ in range(PAGES):
            page = await self.web.call(
                method, channel=place.address, limit=PAGE, include_all_metadata="true", cursor=cursor, **where
            )
            for each in objects(page, "messages"):
                yield each
            cursor = word(page, "response_metadata", "next_cursor")
            if not cursor:
                return

    async def direct_channel(self, user: str) -> str:
        """The channel of the bot's direct messages with somebody."""
        return word(await self.web.call("conversations.open", users=user), "channel", "id")

    async def hand_over(self, user: str, card: Card) -> None:
        """Bring the files of a card that no message shows: a modal or a whisper can hold none."""
        for file in _files(card):
            await self._upload(await self.direct_channel(user), file, initial_comment=escaped(clean(card.title)))

    async def _upload(self, channel: str, file: Attachment, **where: str) -> None:
        content = file.content.encode()
        ticket = await self.web.call("files.getUploadURLExternal", filename=file.name, length=len(content))
        await self.web.upload(word(ticket, "upload_url"), content)
        files = [{"id": word(ticket, "file_id"), "title": file.name}]
        await self.web.call("files.completeUploadExternal", files=files, channel_id=channel, **where)


def _files(card: Card) -> list[Attachment]:
    return [each for each in card.blocks if isinstance(each, Attachment)]


def content_of(part: Part) -> Json:
    """A part of a card as a message's content."""
    return {"text": part.text, "blocks": part.blocks}


def message_of(part: Part) -> Json:
    """A part of a card as a new message: nothing in it is unfurled, or formatted that we did not format."""
    return {**content_of(part), "mrkdwn": False, "unfurl_links": False, "unfurl_media": False}
