"""What passes between one person in Teams and the house: their event in, and the reply to where they can see it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import assert_never

from adapters.rooms import STEP, Outcome, Rooms, problem, problem_card, way_to_form
from adapters.shapes import Json, inner, word
from adapters.teams import files, inbound, names
from adapters.teams.guard import Guard
from adapters.teams.inbound import Arrived, Origin
from adapters.teams.messenger import messages_of
from adapters.teams.organisation import Organisation
from adapters.teams.parts import fits
from adapters.teams.surfaces import Surfaces
from adapters.teams.tasks import shown_again, shown_card, shown_form, shown_pages
from adapters.teams.troubles import Refused
from adapters.work import Work
from bot.chat import desk
from bot.chat.actions import Pressed
from bot.chat.cards import Card
from bot.chat.errors import HouseError, StaleButton, Unreachable
from bot.chat.events import ButtonPressed, CommandUsed, DeskOpened, FormSubmitted, HomeOpened
from bot.chat.forms import Form, FormErrors
from bot.chat.ports import Arrivals
from bot.chat.replies import Answer, OpenForm, Redraw, Whisper
from bot.chat.router import Router
from bot.chat.text import bare_verb

log = logging.getLogger(__name__)

TYPING_AFTER = 1.0
"""Seconds until somebody who waits for an answer is shown that one is on its way."""

NOT_UPLOADED = "The file could not be put among yours. Please ask for it once more."


class Conversation:
    """Hands events to the router and brings replies to where their person can see them.

    Args:
        typing_after: see TYPING_AFTER.
        step: see STEP.
    """

    def __init__(
        self,
        router: Router,
        organisation: Organisation,
        arrivals: Arrivals,
        work: Work,
        typing_after: float = TYPING_AFTER,
        step: float = STEP,
    ) -> None:
        self._arrivals = arrivals
        self._typing_after = typing_after
        self.rooms = Rooms(router, step)
        self._work = work
        self._organisation = organisation
        self._guard = Guard(self.rooms, organisation)
        self.surfaces = Surfaces(organisation.answers)

    async def outcome(self, arrived: Arrived) -> Outcome:
        """What the house answers, or what went wrong, in words for a person. Raises nothing."""
        return await self.rooms.outcome(arrived.event, partial(self._guard.check, arrived))

    async def is_first(self, activity: Json) -> bool:
        """Whether an activity comes for the first time, as one without an id always does. Raises HouseError."""
        return not word(activity, "id") or await self._arrivals.first(inbound.event(activity))

    async def once(self, activity: Json, do: Callable[[], Awaitable[None]]) -> None:
        """Do something about an activity unless it came before: Teams sends it again where it is not sure."""
        try:
            if not await self.is_first(activity):
                return
        except HouseError as error:
            await self.apologise(error, inbound.origin_of(activity, "chat"))
            return
        await do()

    async def apologise(self, error: HouseError, origin: Origin) -> None:
        """Tell somebody what went wrong; where that cannot be brought either, it is counted in the log."""
        try:
            await self.surfaces.whisper(problem_card(error.message_for_person), origin)
        except Unreachable as unreachable:
            log.warning("what went wrong in a %s could not be told: %s", origin.surface, _why(unreachable))

    async def answer(self, arrived: Arrived) -> None:
        """Handle what was written or pressed in a chat, and bring the reply to its person."""
        arrived = self._without_sealed_words(arrived)
        handling = asyncio.create_task(self.outcome(arrived))
        await asyncio.wait({handling}, timeout=self._typing_after)
        if not handling.done():
            typing = asyncio.create_task(self._show_typing(arrived.origin))
            await asyncio.wait({handling})
            # No answer waits for the sign of it, and none comes after.
            typing.cancel()
            await asyncio.wait({typing})
        await self.give(await handling, arrived)

    async def give(self, outcome: Outcome, arrived: Arrived) -> None:
        """Bring a reply to where its person can see it; what cannot be brought is counted in the log."""
        try:
            await self._give(outcome, arrived)
        except Unreachable as error:
            log.warning("a reply in a %s did not arrive: %s", arrived.origin.surface, _why(error))

    async def give_when_done(self, handling: "asyncio.Task[Outcome | None]", arrived: Arrived) -> None:
        """The same, of what may still be worked on; nothing where there is nothing to say."""
        if (outcome := await handling) is not None:
            await self.give(outcome, arrived)

    async def upload(self, activity: Json) -> None:
        """Upload a file that somebody accepted, and show it in their chat."""
        origin = inbound.origin_of(activity, "chat")
        try:
            organisation = self._organisation
            shown = await files.upload(organisation.client, inner(activity, "value"), organisation.endpoints)
        except (Unreachable, ValueError) as error:
            log.warning("a file that was accepted did not arrive: %s", type(error).__name__)
            await self.apologise(HouseError(NOT_UPLOADED), origin)
            return
        try:
            await self.surfaces.directly([shown] if shown else [], origin)
        except Unreachable as error:
            # It is among their files: to say that it is not would be wrong.
            log.warning("a file that was uploaded could not be shown: %s", _why(error))

    def lives_by(self, arrived: Arrived, zone: str) -> None:
        """Remember the time zone that somebody's client told, unless nobody may know that they came."""
        if not self.rooms.sealed(arrived.event):
            self._organisation.directory.lives_by(arrived.event.actor, zone)

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
                await self.surfaces.whisper(_again(form, arrived, sealed=self.rooms.sealed(arrived.event)), origin)
            case _:
                assert_never(outcome)

    async def welcome(self, arrived: Arrived) -> None:
        """Say what the bot is for, where it was put; that is no use of it, and makes no crowd larger."""
        await self.give(await self.rooms.outcome(arrived.event, _nobody_yet), arrived)

    async def in_dialog(self, arrived: Arrived, keep: Callable[[Json], str]) -> Json:
        """What a dialog shows next: what stands in a dialog stands in no chat. Raises ValueError where it is no form of
        ours that was sent.

        Args:
            keep: keeps what the dialog shows after that, until it is asked for by the token that comes back.
        """
        if wrong := self.rooms.check(arrived.event):
            return self._shown(wrong, arrived, keep)
        async with self.rooms.evenly(arrived.event):
            outcome = await self.outcome(arrived)
            shown = self._shown(outcome, arrived, keep)
        self._work.begin(self._after(outcome, arrived))
        return shown

    async def _after(self, outcome: Outcome, arrived: Arrived) -> None:
        """What comes beside a dialog: what it has no room for, files, and the message that was pressed."""
        origin = arrived.origin
        try:
            match outcome:
                case Redraw(card) if origin.message:
                    await self.surfaces.redraw(card, origin)
                case Whisper(card) | Answer(card) | Redraw(card) if not self.rooms.sealed(arrived.event):
                    if not fits(card):
                        await self.surfaces.directly(messages_of(card), origin)
                    await self.surfaces.hand_over(card, origin)
        except Unreachable as error:
            log.warning("what follows a dialog did not arrive: %s", _why(error))

    def _shown(self, outcome: Outcome, arrived: Arrived, keep: Callable[[Json], str]) -> Json:
        match outcome:
            case HouseError() | FormErrors() if arrived.origin.data:
                wrong = outcome.by_field if isinstance(outcome, FormErrors) else {"": outcome.message_for_person}
                return shown_again(arrived.origin.data, wrong, stale=isinstance(outcome, StaleButton))
            case HouseError() | FormErrors():
                return shown_card(problem_card(problem(outcome)))
            case OpenForm(form):
                return shown_form(form)
            case Whisper(card) | Answer(card) | Redraw(card) if self.rooms.sealed(arrived.event):
                return shown_pages(card, keep)
            case Whisper(card) | Answer(card) | Redraw(card):
                return shown_card(card)
            case _:
                assert_never(outcome)

    async def _show_typing(self, origin: Origin) -> None:
        try:
            await self.surfaces.typing(origin)
        except Unreachable as error:
            log.info("that an answer is on its way could not be shown: %s", _why(error))

    def _without_sealed_words(self, arrived: Arrived) -> Arrived:
        """What was typed in a chat for the safe space goes no further: the chat itself keeps it, beyond our reach."""
        match arrived.event:
            case CommandUsed() as event if self.rooms.sealed(event):
                return replace(arrived, event=replace(event, text=""))
            case _:
                return arrived


async def _nobody_yet() -> bool:
    return False


def _why(error: Unreachable) -> str:
    return error.code if isinstance(error, Refused) else type(error).__name__


def _again(form: Form, arrived: Arrived, *, sealed: bool) -> Card:
    """The way to a form, which opens in Teams from a button alone. It stands in a history, so from what leads to the
    safe space it goes to the desk, which leads everywhere.
    """
    title, told, pressed = form.title, "", desk.OPEN(desk.Opened())
    match arrived.event:
        case _ if sealed:
            title = "RAI office hours"
        case ButtonPressed(name=name, data=data):
            pressed = Pressed(name, data)
        case DeskOpened(verb=verb):
            pressed = desk.OPEN(desk.Opened(verb))
        case CommandUsed(verb=verb):
            pressed = Pressed(names.SAY, bare_verb(verb))
        case FormSubmitted() | HomeOpened():
            pass
    match arrived.event:
        case CommandUsed(text=text) if text or sealed:
            told = " What you wrote stands in this chat, and the form begins without it."
    return way_to_form(title, f"This needs a form, which only a button can open here.{told}", pressed)
