"""What passes between one person in Slack and the house: their event in, and the reply to where they can see it."""

import logging
from asyncio import timeout
from dataclasses import dataclass
from typing import assert_never

from adapters.slack import names
from adapters.slack.directory import SlackDirectory
from adapters.slack.inbound import SHARED, Arrived, Origin
from adapters.slack.messenger import SlackMessenger, content_of, message_of
from adapters.slack.parts import Part, parts
from adapters.slack.render import drawn_home, drawn_view, waiting_view
from adapters.slack.render_form import drawn_form, error_blocks, refilled
from adapters.slack.shapes import Json, inner, word
from adapters.slack.troubles import Refused
from adapters.slack.web import PatientWeb
from bot.chat import desk
from bot.chat.actions import Pressed
from bot.chat.cards import Button, Card, Text
from bot.chat.errors import HouseError, NotAllowed, Unreachable
from bot.chat.events import ButtonPressed, CommandUsed, DeskOpened, FormSubmitted, HomeOpened
from bot.chat.forms import Form, FormErrors
from bot.chat.replies import Answer, OpenForm, Redraw, Reply, Whisper
from bot.chat.router import Router
from bot.chat.text import bare_verb

log = logging.getLogger(__name__)

LOOK_UP = 1
"""Seconds that a form waits for Slack to say who else reads where it opens: its trigger lives for three."""

MOST_USES = 5
"""How often a response URL can be used."""

GUEST = (
    "The safe space and the council are for members of this workspace; a guest account, or one of another "
    "organisation, can give its owner away. Nothing was kept. Please use the account of your own organisation."
)
SHARED_CHANNEL = (
    "Another organisation reads this channel too (Slack Connect), so the safe space and the council stay closed here. "
    "Nothing was kept. Please use /rai in a channel of your own organisation, or write to me directly."
)
DEFECT = (
    "Something went wrong on our side, and it was noted. Please try again; if it happens again, tell whoever runs me."
)


@dataclass(frozen=True)
class Conversation:
    """Hands events to the router and brings replies to where their person can see them."""

    router: Router
    web: PatientWeb
    messenger: SlackMessenger
    directory: SlackDirectory

    async def reply_to(self, arrived: Arrived) -> Reply | HouseError:
        """What the house answers, or what went wrong, in words for a person. Raises nothing."""
        try:
            await self._check_place(arrived)
            return await self.router.handle(arrived.event)
        except HouseError as error:
            return error
        except Exception as error:
            # The class alone: the text of an unknown error may hold words or people.
            log.error("an event from %s failed: %s", arrived.origin.surface, type(error).__name__)
            return HouseError(DEFECT)

    async def answer(self, arrived: Arrived) -> None:
        """Handle an event and bring the reply to its person."""
        await self.give(await self.reply_to(arrived), arrived)

    async def give(self, reply: Reply | HouseError, arrived: Arrived) -> None:
        """Bring a reply to where its person can see it; what cannot be brought is counted in the log."""
        try:
            await self._give(reply, arrived)
        except Unreachable as error:
            why = error.code if isinstance(error, Refused) else type(error).__name__
            log.warning("a reply to a %s did not arrive: %s", arrived.origin.surface, why)

    async def _give(self, reply: Reply | HouseError, arrived: Arrived) -> None:
        origin = arrived.origin
        match reply:
            case HouseError() as error:
                await self._whisper(problem_card(error.message_for_person), origin)
            case FormErrors(by_field):
                await self._whisper(problem_card("\n".join(by_field.values())), origin)
            case Whisper(card):
                await self._whisper(card, origin)
            case Answer(card):
                await self._answer(card, origin)
            case Redraw(card):
                await self._redraw(card, origin)
            case OpenForm(form):
                await self._open(form, arrived)
            case _:
                assert_never(reply)

    async def _check_place(self, arrived: Arrived) -> None:
        """Raise NotAllowed where the safe space or the council would be opened to somebody outside."""
        if not self.router.sealed(arrived.event):
            return
        origin = arrived.origin
        try:
            async with timeout(LOOK_UP):
                if await self._is_shared(origin):
                    raise NotAllowed(SHARED_CHANNEL)
                if await self.directory.is_guest(arrived.event.actor):
                    raise NotAllowed(GUEST)
        except (Unreachable, TimeoutError):
            # Slack does not say. Whoever must speak is not kept from it by that.
            log.warning("who may use the safe space could not be looked up")

    async def _whisper(self, card: Card, origin: Origin) -> None:
        match origin.surface:
            case "modal":
                await self.web.call("views.update", view_id=word(origin.view, "id"), view=drawn_view(card))
            case "home" if not origin.trigger:
                await self.web.call("views.publish", user_id=origin.user, view=drawn_home(card))
            case "home" | "shortcut":
                await self._open_view(drawn_view(card), origin)
            case "command" | "message":
                for part in parts(card, origin.thread)[:MOST_USES]:
                    await self._respond(part, origin, whisper=True)
            case "mention":
                for part in parts(card, origin.thread):
                    where = {"channel": origin.channel, "user": origin.user, "thread_ts": origin.whisper_thread}
                    await self.web.call("chat.postEphemeral", **where, **content_of(part))
            case "direct":
                await self._say(parts(card, origin.thread), origin)

    async def _answer(self, card: Card, origin: Origin) -> None:
        match origin.surface:
            case "command" | "message" if origin.response_url:
                for part in parts(card)[:MOST_USES]:
                    await self._respond(part, origin, whisper=False)
            case "mention" | "direct":
                await self._say(parts(card), origin)
            case _:
                await self._whisper(card, origin)

    async def _redraw(self, card: Card, origin: Origin) -> None:
        match origin.surface:
            case "message" if origin.message and len(parts(card)) > 1:
                await self.messenger.edit(names.message(origin.channel, origin.message), card)
            case "message":
                first = parts(card, origin.thread)[0]
                await self.web.tell(origin.response_url, {**content_of(first), "replace_original": True})
            case _:
                await self._whisper(card, origin)

    async def _open(self, form: Form, arrived: Arrived) -> None:
        origin = arrived.origin
        view = await self._drawn(form, origin)
        if origin.surface == "modal":
            await self.web.call("views.update", view_id=word(origin.view, "id"), view=view)
        elif origin.trigger:
            try:
                await self._open_view(view, origin)
            except Refused as refused:
                if refused.code not in ("expired_trigger_id", "exchanged_trigger_id"):
                    raise
                await self._whisper(_again(form, arrived), origin)
        else:
            await self._whisper(_again(form, arrived), origin)

    async def wait_in_modal(self, origin: Origin) -> Json:
        """Open a modal that says to wait; returns it as Slack knows it, empty where it could not open."""
        try:
            answer = await self.web.call("views.open", trigger_id=origin.trigger, view=waiting_view())
        except Unreachable:
            return {}
        return inner(answer, "view")

    async def _open_view(self, view: Json, origin: Origin) -> None:
        await self.web.call("views.open", trigger_id=origin.trigger, view=view)

    async def _drawn(self, form: Form, origin: Origin) -> Json:
        """A form's modal. The desk leads to the safe space: opened where another organisation reads, its name says so,
        since a sent modal tells no place.
        """
        view = drawn_form(form)
        if form.name != desk.FORM:
            return view
        try:
            async with timeout(LOOK_UP):
                shared = await self._is_shared(origin)
        except (Unreachable, TimeoutError):
            return view
        return {**view, "callback_id": f"{form.name}{SHARED}"} if shared else view

    async def _is_shared(self, origin: Origin) -> bool:
        return origin.shared or (bool(origin.channel) and await self.directory.is_shared(origin.channel))

    async def _respond(self, part: Part, origin: Origin, *, whisper: bool) -> None:
        thread = origin.whisper_thread if whisper else origin.thread
        message: Json = {
            **content_of(part),
            "response_type": "ephemeral" if whisper else "in_channel",
            "replace_original": False,
            **({"thread_ts": thread} if thread else {}),
        }
        await self.web.tell(origin.response_url, message)

    async def _say(self, messages: tuple[Part, ...], origin: Origin) -> None:
        for part in messages:
            where = {"channel": origin.channel, "thread_ts": origin.thread}
            await self.web.call("chat.postMessage", **where, **message_of(part))

    def acknowledged(self, reply: Reply | HouseError, arrived: Arrived) -> Json:
        """What a sent modal shows next, as the answer to the request that brought it: what stands in a modal stands in
        no history.
        """
        view = arrived.origin.view
        match reply:
            case HouseError() as error:
                return {"response_action": "errors", "errors": error_blocks({"": error.message_for_person}, view)}
            case FormErrors(by_field):
                return {"response_action": "errors", "errors": error_blocks(by_field, view)}
            case _:
                return {"response_action": "update", "view": self._next(reply, arrived)}

    async def acknowledge_late(self, reply: Reply | HouseError, arrived: Arrived) -> None:
        """The same, where the modal shows that it waits."""
        view = arrived.origin.view
        match reply:
            case HouseError() as error:
                shown = refilled(view, error.message_for_person)
            case FormErrors(by_field):
                shown = refilled(view, " ".join(by_field.values()))
            case _:
                shown = self._next(reply, arrived)
        try:
            await self.web.call("views.update", view_id=word(view, "id"), view=shown)
        except Unreachable as error:
            log.warning("a late reply to a form did not arrive: %s", type(error).__name__)

    def _next(self, reply: Whisper | Answer | Redraw | OpenForm, arrived: Arrived) -> Json:
        match reply:
            case OpenForm(form):
                return drawn_form(form)
            case Whisper(card) | Answer(card) | Redraw(card):
                return drawn_view(card)


def problem_card(sentence: str) -> Card:
    """What went wrong, in words for a person."""
    return Card("Sorry", (Text(_literal(sentence)),))


def _literal(sentence: str) -> str:
    """A sentence of ours as CommonMark that shows it as it is."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]<>()#+-.!|&~" else sign for sign in sentence)


def _again(form: Form, arrived: Arrived) -> Card:
    """The way to a form that cannot open by itself here: a button can always open one."""
    told = ""
    match arrived.event:
        case CommandUsed(verb=verb, text=text):
            pressed = Pressed(names.SAY, bare_verb(verb))
            told = " What you wrote behind it stands in this chat; the form begins without it." if text else ""
        case ButtonPressed(name=name, data=data):
            pressed = Pressed(name, data)
        case DeskOpened(verb=verb):
            pressed = desk.OPEN(desk.Opened(verb))
        case FormSubmitted() | HomeOpened():
            pressed = desk.OPEN(desk.Opened())
    words = f"This needs a form, and Slack opens one only from a fresh button.{told}"
    return Card(form.title, (Text(words),), (Button("Open the form", pressed, "primary", opens_form=True),))
