"""Brings a card or a form to where its person can see it: the surface that their event came from."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from adapters.shapes import Json, inner, word
from adapters.slack import names
from adapters.slack.guard import Guard
from adapters.slack.inbound import SHARED, Origin
from adapters.slack.messenger import SlackMessenger, content_of, edit_of, message_of
from adapters.slack.parts import Part, beyond_view, parts
from adapters.slack.render import drawn_home, drawn_view, waiting_view
from adapters.slack.render_form import drawn_form
from adapters.slack.response_urls import MOST_USES, ResponseUrls
from adapters.slack.troubles import Refused
from adapters.slack.web import PatientWeb, patiently
from bot.chat.cards import Card
from bot.chat.errors import Unreachable
from bot.chat.forms import Form


@dataclass(frozen=True)
class Surfaces:
    """Where people see things in Slack. Every method raises Unreachable where it cannot show something."""

    web: PatientWeb
    urls: ResponseUrls
    messenger: SlackMessenger
    guard: Guard

    async def whisper(self, card: Card, origin: Origin) -> None:
        """Show a card to its person alone."""
        match origin.surface:
            case "modal":
                await self.update(drawn_view(card), origin)
                await self.say_directly(beyond_view(card), origin)
            case "home" if not origin.trigger:
                await self.web.call("views.publish", user_id=origin.user, view=drawn_home(card))
            case "home" | "shortcut":
                await self._open_view(drawn_view(card), origin)
                await self.say_directly(beyond_view(card), origin)
            case "command" | "message":
                messages = parts(card, origin.thread)
                for part in messages[:MOST_USES]:
                    await self._respond(part, origin, whisper=True)
                await self.say_directly(messages[MOST_USES:], origin)
            case "mention":
                for part in parts(card, origin.thread):
                    where = {"channel": origin.channel, "user": origin.user, "thread_ts": origin.whisper_thread}
                    await self.web.call("chat.postEphemeral", **where, **content_of(part))
            case "direct":
                channel = origin.channel or await self.messenger.direct_channel(origin.user)
                await self._say(parts(card, origin.thread), channel, origin.thread)
        await self.messenger.hand_over(origin.user, card)

    async def answer(self, card: Card, origin: Origin) -> None:
        """Show a card to everybody where it was asked."""
        match origin.surface:
            case "command" | "message" if origin.response_url:
                messages = parts(card)
                for part in messages[:MOST_USES]:
                    await self._respond(part, origin, whisper=False)
                await self._say(messages[MOST_USES:], origin.channel, origin.thread)
            case "mention" | "direct":
                await self._say(parts(card), origin.channel, origin.thread)
            case _:
                await self.whisper(card, origin)

    async def redraw(self, card: Card, origin: Origin) -> None:
        """Make the message that was pressed look like this card."""
        match origin.surface:
            case "message" if origin.message and len(parts(card)) > 1:
                await patiently()(self.messenger.edit, names.message(origin.channel, origin.message), card)
            case "message":
                first, *more = parts(card, origin.thread)
                await self.urls.tell(origin.response_url, {**edit_of(first), "replace_original": True})
                for part in more[: MOST_USES - 1]:
                    await self._respond(part, origin, whisper=True)
                await self.say_directly(tuple(more[MOST_USES - 1 :]), origin)
            case _:
                await self.whisper(card, origin)
                return
        await self.messenger.hand_over(origin.user, card)

    async def open(self, form: Form, again: Card, origin: Origin) -> None:
        """Open a form; where Slack lets none open any more, show the card that leads to it ``again``."""
        view = await self.form_view(form, origin)
        if origin.surface == "modal":
            await self.update(view, origin)
            return
        try:
            if origin.trigger:
                await self._open_view(view, origin)
                return
        except Refused as refused:
            if refused.code not in ("expired_trigger_id", "exchanged_trigger_id"):
                raise
            if origin.surface in ("shortcut", "home"):
                # There is nowhere else: their windows need a trigger, too.
                origin = replace(origin, surface="direct", channel="", thread="")
        await self.whisper(again, origin)

    async def form_view(self, form: Form, origin: Origin) -> Json:
        """A form's modal. A sent modal tells no place: where another organisation reads, its name says so."""
        return named(drawn_form(form), shared=await self.guard.is_shared(origin))

    async def wait_in_modal(self, origin: Origin) -> Json:
        """Open a modal that says to wait; returns it as Slack knows it, empty where it could not open."""
        try:
            answer = await self.web.call("views.open", trigger_id=origin.trigger, view=waiting_view())
        except Unreachable:
            return {}
        return inner(answer, "view")

    async def update(self, view: Json, origin: Origin) -> None:
        """Make the modal that was acted in show this."""
        shown = named(view, shared=origin.shared)
        await self.web.call("views.update", view_id=word(origin.view, "id"), view=shown)

    async def _open_view(self, view: Json, origin: Origin) -> None:
        shown = named(view, shared=origin.shared)
        await self.web.call("views.open", trigger_id=origin.trigger, view=shown)

    async def _respond(self, part: Part, origin: Origin, *, whisper: bool) -> None:
        thread = origin.whisper_thread if whisper else origin.thread
        message: Json = {
            **content_of(part),
            "response_type": "ephemeral" if whisper else "in_channel",
            "replace_original": False,
            **({"thread_ts": thread} if thread else {}),
        }
        await self.urls.tell(origin.response_url, message)

    async def _say(self, messages: Iterable[Part], channel: str, thread: str = "") -> None:
        for part in messages:
            await self.web.call("chat.postMessage", channel=channel, thread_ts=thread, **message_of(part))

    async def say_directly(self, messages: tuple[Part, ...], origin: Origin) -> None:
        """What is too long for where it was asked goes on in the direct messages."""
        if messages:
            await self._say(messages, await self.messenger.direct_channel(origin.user))


def named(view: Json, *, shared: bool) -> Json:
    """A modal whose name says that it was opened where another organisation reads."""
    name = word(view, "callback_id").removesuffix(SHARED)
    return {**view, "callback_id": f"{name}{SHARED}"} if shared else view
