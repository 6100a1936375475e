"""What passes between one person and the bot: their events in, its replies and messages out."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import assert_never

from adapters.rooms import SEALED_DEFECT
from adapters.terminal.board import Board
from adapters.terminal.desk import Desk
from adapters.terminal.forms import fill_in
from adapters.terminal.lines import EndOfInput, HalfWay, Left
from adapters.terminal.names import corner
from adapters.terminal.render import drawn_problem
from adapters.terminal.screen import Choice, Screen
from bot.chat.cards import Card
from bot.chat.errors import HouseError
from bot.chat.events import ButtonPressed, CommandUsed, FormSubmitted, HomeOpened, Inbound
from bot.chat.forms import Form, FormErrors
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.chat.replies import Answer, OpenForm, Redraw, Reply, Whisper
from bot.chat.router import Router

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Origin:
    """Where an event came from: who acts, the place its answer belongs to, the kept message that was pressed."""

    actor: Actor
    place: Place
    on: MessageRef | None = None


class Conversation:
    """Hands events to the router and draws what comes back.

    Args:
        settle: awaited after every event; raises nothing.

    Attributes:
        failed: whether something went wrong on our side.
    """

    def __init__(
        self, router: Router, board: Board, desk: Desk, screen: Screen, settle: Callable[[], Awaitable[object]]
    ) -> None:
        self._router = router
        self._board = board
        self._desk = desk
        self._screen = screen
        self._settle = settle
        self.failed = False

    async def say(self, event: CommandUsed | HomeOpened) -> None:
        """Somebody said something."""
        await self._draw(await self._handle(event), Origin(event.actor, corner(event.actor)))

    async def press(self, actor: Actor, choice: Choice) -> None:
        """Somebody chose a button."""
        ask = choice.button.confirm
        if ask and not await self._desk.agrees(ask.question, ask.yes, ask.no):
            self._desk.say("Nothing was changed.")
            return
        action, on = choice.button.action, choice.on
        reply = await self._handle(ButtonPressed(actor, on, action.name, action.data))
        await self._draw(reply, Origin(actor, on.place if on else corner(actor), on))

    async def news(self, actor: Actor, places: tuple[Place, ...]) -> None:
        """Show what somebody has not seen yet in their own corner and these places."""
        for kept in await asyncio.to_thread(self._board.unread, actor.user, (corner(actor), *places)):
            self._screen.show(kept.card, kept.ref, _note(actor, kept.ref.place))

    async def _handle(self, event: Inbound) -> Reply:
        try:
            return await self._router.handle(event)
        finally:
            await self._settle()

    async def _draw(self, reply: Reply, origin: Origin) -> None:
        match reply:
            case Whisper(card):
                self._screen.show(card, None, "only you see this")
            case Answer(card):
                ref = await asyncio.to_thread(self._board.post, origin.place, card, secrets.token_urlsafe(16))
                await self._show_kept(origin.actor, ref, card)
            case Redraw(card) if origin.on:
                await asyncio.to_thread(self._board.edit, origin.on, card)
                await self._show_kept(origin.actor, origin.on, card)
            case Redraw(card):
                self._screen.show(card, None)
            case OpenForm(form):
                await self._draw(await self._filled_in(form, origin.actor), origin)
            case FormErrors(by_field):
                self._apologise("\n".join(by_field.values()))
            case _:
                assert_never(reply)

    async def _show_kept(self, actor: Actor, ref: MessageRef, card: Card) -> None:
        await asyncio.to_thread(self._board.mark_read, actor.user, ref)
        self._screen.show(card, ref, _note(actor, ref.place))

    async def _filled_in(self, form: Form, actor: Actor) -> Reply:
        try:
            return await fill_in(form, actor, self._desk, self._send)
        except EndOfInput:
            raise HalfWay from None

    async def _send(self, event: FormSubmitted) -> Reply:
        """Send a form, again where that may help: what somebody wrote is not thrown away for a busy database."""
        while True:
            try:
                return self._router.check(event) or await self._handle(event)
            except HouseError as error:
                if error.permanent:
                    raise
                await self._again(error.message_for_person, "Nothing was sent.")
            except Exception as error:
                if not self._router.sealed(event):
                    raise
                # The class alone, as everywhere. The same form is sent again: it knows whether it is kept already.
                log.error("the terminal met %s", type(error).__name__)
                self.failed = True
                await self._again(SEALED_DEFECT, "The form was left; whether it was kept I cannot say.")

    async def _again(self, sentence: str, left: str) -> None:
        """Say what went wrong, and ask whether to try again; raises Left where not."""
        self._apologise(sentence)
        if not await self._desk.agrees("Send the same answers again?", "Send again", "Leave it"):
            raise Left(left)

    def _apologise(self, sentence: str) -> None:
        self._desk.show(drawn_problem(sentence, self._desk.width))


def _note(actor: Actor, place: Place) -> str:
    return "for you" if place == corner(actor) else place.address
