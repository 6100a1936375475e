"""What passes between one person in Slack and the house: their event in, and the reply to where they can see it."""

import logging
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import assert_never

from cachetools import TTLCache

from adapters.rooms import STEP, Outcome, Rooms, problem, problem_card, way_to_form
from adapters.shapes import Json
from adapters.slack import names
from adapters.slack.guard import Guard
from adapters.slack.inbound import Arrived, Origin
from adapters.slack.parts import beyond_view
from adapters.slack.render import drawn_view
from adapters.slack.render_form import error_blocks, refilled
from adapters.slack.response_urls import ResponseUrls
from adapters.slack.surfaces import Surfaces, named
from adapters.slack.troubles import Refused
from adapters.slack.web import PatientWeb
from adapters.slack.workspace import Workspace
from bot.chat import desk
from bot.chat.actions import Pressed
from bot.chat.cards import Card, Text
from bot.chat.errors import HouseError, Unreachable
from bot.chat.events import ButtonPressed, CommandUsed, DeskOpened, FormSubmitted, HomeOpened
from bot.chat.forms import Form, FormErrors
from bot.chat.replies import Answer, OpenForm, Redraw, Whisper
from bot.chat.router import Router
from bot.chat.text import bare_verb

log = logging.getLogger(__name__)

CLOSED = Card(
    "That took longer than usual",
    (
        Text(
            "The window was closed before the answer came. What you sent was done, unless something was wrong with it: "
            "my Home tab shows how things stand. A question is best asked again."
        ),
    ),
)
IN_ONE_WINDOW = "Slack shows no more than this in one window."

MOST_PAGES, PAGE_KEPT = 1_000, 1_800
"""How many people's pages are drawn anew after they did something, and for how many seconds after they looked."""


class Conversation:
    """Hands events to the router and brings replies to where their person can see them."""

    def __init__(self, router: Router, workspace: Workspace, step: float = STEP) -> None:
        self._rooms = Rooms(router, step)
        self._guard = Guard(self._rooms, workspace)
        self.urls = ResponseUrls()
        self.surfaces = Surfaces(PatientWeb(workspace.web), self.urls, workspace.messenger, self._guard)
        self._pages: TTLCache[str, HomeOpened] = TTLCache(MOST_PAGES, PAGE_KEPT)

    async def outcome(self, arrived: Arrived) -> Outcome:
        """What the house answers, or what went wrong, in words for a person. Raises nothing."""
        return await self._rooms.outcome(arrived.event, partial(self._guard.check, arrived))

    def evenly(self, arrived: Arrived) -> AbstractAsyncContextManager[None]:
        """What is done within takes an even time, where it answers a sent form."""
        return self._rooms.evenly(arrived.event)

    def check(self, arrived: Arrived) -> Outcome | None:
        """What is wrong with a sent form, without doing anything."""
        return self._rooms.check(arrived.event)

    def opens_window(self, arrived: Arrived) -> bool:
        """Whether something must open while the event's trigger lives."""
        origin = arrived.origin
        if not origin.trigger or origin.surface == "modal":
            return False
        at_once = origin.opens_form or origin.surface in ("shortcut", "home") or isinstance(arrived.event, DeskOpened)
        return at_once or self._rooms.sealed(arrived.event)

    async def answer(self, arrived: Arrived) -> None:
        """Handle an event and bring the reply to its person."""
        await self.give(await self.outcome(arrived), arrived)

    async def give(self, outcome: Outcome, arrived: Arrived) -> None:
        """Bring a reply to where its person can see it; what cannot be brought is counted in the log."""
        try:
            await self._give(outcome, arrived)
            await self._turn_page(arrived)
        except Unreachable as error:
            log.warning("a reply to a %s did not arrive: %s", arrived.origin.surface, _why(error))

    async def _give(self, outcome: Outcome, arrived: Arrived) -> None:
        origin = arrived.origin
        match outcome:
            case HouseError() | FormErrors():
                await self.surfaces.whisper(problem_card(problem(outcome)), origin)
            case Whisper(card):
                await self.surfaces.whisper(card, origin)
            case Answer(card):
                await self.surfaces.answer(card, origin)
            case Redraw(card):
                await self.surfaces.redraw(card, origin)
            case OpenForm(form):
                await self.surfaces.open(form, _again(form, arrived, sealed=self._rooms.sealed(arrived.event)), origin)
            case _:
                assert_never(outcome)

    async def _turn_page(self, arrived: Arrived) -> None:
        """Draw somebody's page of the bot anew where they did something after they had looked at it."""
        match arrived.event:
            case HomeOpened() as opened:
                self._pages.expire()
                self._pages[arrived.origin.user] = opened
            case ButtonPressed() | FormSubmitted() if page := self._pages.get(arrived.origin.user):
                origin = Origin(arrived.origin.team, arrived.origin.user, "home")
                reply = await self.outcome(Arrived(page, origin))
                if isinstance(reply, Whisper):
                    await self.surfaces.whisper(reply.card, origin)

    async def acknowledged(self, outcome: Outcome, arrived: Arrived) -> Json:
        """What a sent modal shows next, as the answer to the request that brought it: what stands in a modal stands in
        no history.
        """
        view = arrived.origin.view
        match outcome:
            case HouseError() as error:
                return {"response_action": "errors", "errors": error_blocks({"": error.message_for_person}, view)}
            case FormErrors(by_field):
                return {"response_action": "errors", "errors": error_blocks(by_field, view)}
            case _:
                shown = named(await self._next(outcome, arrived), shared=arrived.origin.shared)
                return {"response_action": "update", "view": shown}

    async def after(self, outcome: Outcome, arrived: Arrived) -> None:
        """What comes beside an acknowledged modal: what it has no room for, files, and the page drawn anew."""
        try:
            match outcome:
                case Whisper(card) | Answer(card) | Redraw(card) if not self._rooms.sealed(arrived.event):
                    await self.surfaces.say_directly(beyond_view(card), arrived.origin)
                    await self.surfaces.messenger.hand_over(arrived.origin.user, card)
            await self._turn_page(arrived)
        except Unreachable as error:
            log.warning("what follows a form did not arrive: %s", type(error).__name__)

    async def acknowledge_late(self, outcome: Outcome, arrived: Arrived) -> None:
        """The same, where the modal shows that it waits. Where it was closed meanwhile, the direct messages say that it
        took too long, and never what was answered; of the safe space they say nothing.
        """
        shown = (
            refilled(arrived.origin.view, problem(outcome))
            if isinstance(outcome, HouseError | FormErrors)
            else await self._next(outcome, arrived)
        )
        try:
            await self.surfaces.update(shown, arrived.origin)
        except Unreachable as error:
            log.warning("a late reply to a form did not arrive: %s", _why(error))
            if not self._rooms.sealed(arrived.event):
                origin = Origin(arrived.origin.team, arrived.origin.user, "direct")
                await self.give(Whisper(CLOSED), Arrived(arrived.event, origin))
            return
        await self.after(outcome, arrived)

    async def _next(self, outcome: Whisper | Answer | Redraw | OpenForm, arrived: Arrived) -> Json:
        match outcome:
            case OpenForm(form):
                return await self.surfaces.form_view(form, arrived.origin)
            case Whisper(card) | Answer(card) | Redraw(card) if self._rooms.sealed(arrived.event):
                return drawn_view(card, IN_ONE_WINDOW)
            case Whisper(card) | Answer(card) | Redraw(card):
                return drawn_view(card)


def _why(error: Unreachable) -> str:
    return error.code if isinstance(error, Refused) else type(error).__name__


def _again(form: Form, arrived: Arrived, *, sealed: bool) -> Card:
    """The way to a form that cannot open by itself here: a button can always open one. It may stand in a history, so
    from what leads to the safe space it goes to the desk, which leads everywhere.
    """
    title, told, pressed = form.title, "", desk.OPEN(desk.Opened())
    match arrived.event:
        case _ if sealed:
            title = "RAI office hours"
        case CommandUsed(verb=verb, text=text):
            pressed = Pressed(names.SAY, bare_verb(verb))
            stands = text and arrived.origin.surface in ("mention", "direct")
            told = " What you wrote behind it stands in this chat; the form begins without it." if stands else ""
        case ButtonPressed(name=name, data=data):
            pressed = Pressed(name, data)
        case DeskOpened(verb=verb):
            pressed = desk.OPEN(desk.Opened(verb))
        case FormSubmitted() | HomeOpened():
            pass
    return way_to_form(title, f"This needs a form, and Slack opens one only from a fresh button.{told}", pressed)
