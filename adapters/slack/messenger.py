"""Brings cards to Slack's channels and people, each once, with an opaque key by which it can be found again."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

from adapters.shapes import Json, inner, objects, word
from adapters.slack import names
from adapters.slack.directory import SlackDirectory
from adapters.slack.parts import LONGEST_EDIT, Part, cut, escaped, parts
from adapters.slack.troubles import PUBLIC, SHARED
from adapters.slack.web import PatientWeb, SlackWeb
from bot.chat.cards import Attachment, Card
from bot.chat.errors import Busy, Unreachable
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.chat.text import clean
from bot.chat.timing import Clock

EVENT = "rai_message"
"""The metadata's event type; its payload is readable by every app of the workspace, and says nothing."""

PAGES, PAGE = 5, 200
LOOKED_BACK = timedelta(days=30)
"""Longer than anybody takes to mend what keeps a message from being sent again."""


@dataclass(frozen=True)
class SlackMessenger:
    """The Messenger port over Slack's Web API."""

    web: SlackWeb
    directory: SlackDirectory
    clock: Clock

    async def post(self, place: Place, card: Card, key: str) -> MessageRef:
        if place.platform != names.PLATFORM:
            raise Unreachable("This place is on another platform, which Slack cannot reach.", permanent=True)
        await self._stay_inside(place)
        return await self._post(place, card, key)

    async def tell(self, actor: Actor, card: Card, key: str) -> MessageRef:
        return await self._post(names.place(await self.direct_channel(actor.user)), card, key)

    async def edit(self, ref: MessageRef, card: Card) -> None:
        await self._stay_inside(ref.place)
        first, *more = parts(card)
        await self._update(ref, first)
        if more:
            await self._continue(ref, more)

    async def find(self, where: Place | Actor, key: str) -> MessageRef | None:
        place = where if isinstance(where, Place) else names.place(await self.direct_channel(where.user))
        async for each in self._messages(place):
            mark = _mark(each)
            if word(mark, "key") == key and "part" not in mark:
                ref = names.message(place.address, word(each, "ts"))
                if mark.get("whole"):
                    return ref
                await self._take_away(place, ref, key)
        return None

    async def _stay_inside(self, place: Place) -> None:
        """Raise Unreachable where others than the channel's own members read."""
        if await self.directory.is_shared(place.address):
            self._refuse(place, SHARED)
        if await self.directory.is_public(place.address):
            self._refuse(place, PUBLIC)

    def _refuse(self, place: Place, sentence: str) -> None:
        self.web.troubles.seen(place.address, sentence)
        raise Unreachable(sentence, permanent=True)

    async def _post(self, place: Place, card: Card, key: str) -> MessageRef:
        first, *more = parts(card)
        # Before anything is shown: what may not be uploaded would be shown and taken away again every hour.
        files = [await self._uploaded(each) for each in _files(card)]
        whole = not more and not files
        ref = await self._send(self.web, place, first, {"key": key, "whole": whole})
        if not whole:
            try:
                await self._complete(place.thread or ref.message, ref, card, files, key)
            except Busy as busy:
                # Busy would mean that nothing was sent; a part of it stands there.
                raise Unreachable(busy.message_for_person) from None
        return ref

    async def _complete(self, thread: str, ref: MessageRef, card: Card, files: list[Json], key: str) -> None:
        """Send what continues below a first message. Only then it counts as arrived: until it does, a second attempt
        takes all of it away and sends it anew.
        """
        web, where = PatientWeb(self.web), names.place(ref.place.address, thread)
        first, *more = parts(card)
        for number, part in enumerate(more, 1):
            await self._send(web, where, part, {"key": key, "part": number})
        for file in files:
            below = {"channel_id": where.address, "thread_ts": thread}
            await web.call("files.completeUploadExternal", files=[file], **below)
        await web.call("chat.update", **_at(ref), **edit_of(first), metadata=_metadata({"key": key, "whole": True}))

    async def _send(self, web: SlackWeb | PatientWeb, place: Place, part: Part, mark: Json) -> MessageRef:
        where: Json = {"channel": place.address, "thread_ts": place.thread}
        answer = await web.call("chat.postMessage", **where, **message_of(part), metadata=_metadata(mark))
        return names.message(place.address, word(answer, "ts"))

    async def _update(self, ref: MessageRef, part: Part) -> None:
        # Without metadata a message keeps what it has.
        await self.web.call("chat.update", **_at(ref), **edit_of(part))

    async def _continue(self, ref: MessageRef, more: list[Part]) -> None:
        """Bring what continues below a message up to date: edit what stands there, and add what is missing."""
        marks = {word(each, "ts"): _mark(each) async for each in self._messages(ref.thread)}
        key = word(marks.get(ref.message, {}), "key")
        standing = {mark.get("part"): ts for ts, mark in marks.items() if word(mark, "key") == key}
        for number, part in enumerate(more, 1):
            if number in standing:
                await self._update(names.message(ref.place.address, standing[number]), part)
            else:
                await self._send(self.web, ref.thread, part, {"key": key, "part": number})

    async def _take_away(self, place: Place, ref: MessageRef, key: str) -> None:
        """Delete a message that arrived in part, the first of it last: while that stands, the rest is found again."""
        below = place if place.thread else ref.thread
        found = [each async for each in self._messages(below)]
        # A file's message carries no mark of ours; below a message of ours nobody else's bot puts any.
        ours = (
            word(each, "ts")
            for each in found
            if word(_mark(each), "key") == key or (each.get("files") and word(each, "bot_id") and not place.thread)
        )
        for ts in sorted(ours, reverse=True):
            await self.web.call("chat.delete", channel=ref.place.address, ts=ts)

    async def _messages(self, place: Place) -> AsyncIterator[Json]:
        """The messages of a channel or thread of the last days, the newest page first, with their metadata."""
        oldest = self.clock.now() - LOOKED_BACK
        where = {"ts": place.thread} if place.thread else {"oldest": f"{oldest.timestamp():.6f}"}
        cursor = ""
        for _ in range(PAGES):
            page = await self.web.call(
                "conversations.replies" if place.thread else "conversations.history",
                channel=place.address,
                limit=PAGE,
                include_all_metadata="true",
                cursor=cursor,
                **where,
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
            handed, channel = await self._uploaded(file), await self.direct_channel(user)
            comment = escaped(clean(card.title))
            await self.web.call(
                "files.completeUploadExternal", files=[handed], channel_id=channel, initial_comment=comment
            )

    async def _uploaded(self, file: Attachment) -> Json:
        """Hand a file's content to Slack; nobody sees it yet."""
        content = file.content.encode()
        ticket = await self.web.call("files.getUploadURLExternal", filename=file.name, length=len(content))
        await self.web.upload(word(ticket, "upload_url"), content)
        return {"id": word(ticket, "file_id"), "title": file.name}


def _files(card: Card) -> list[Attachment]:
    return [each for each in card.blocks if isinstance(each, Attachment)]


def _at(ref: MessageRef) -> Json:
    return {"channel": ref.place.address, "ts": ref.message}


def _metadata(mark: Json) -> Json:
    return {"event_type": EVENT, "event_payload": mark}


def _mark(message: Json) -> Json:
    """What we know a message of ours by; empty where it is not ours."""
    return inner(message, "metadata", "event_payload") if word(message, "metadata", "event_type") == EVENT else {}


def content_of(part: Part) -> Json:
    """A part of a card as a message's content."""
    return {"text": part.text, "blocks": part.blocks}


def edit_of(part: Part) -> Json:
    """A part of a card as what a message is to look like: its blocks say all, its text as much as an edit takes."""
    return {**content_of(part), "text": cut(part.text, LONGEST_EDIT)}


def message_of(part: Part) -> Json:
    """A part of a card as a new message: nothing in it is unfurled, or formatted that we did not format."""
    return {**content_of(part), "mrkdwn": False, "unfurl_links": False, "unfurl_media": False}
