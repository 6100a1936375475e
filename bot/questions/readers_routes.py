"""The doors through which somebody says what they do."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol

from bot.chat.actions import NoPayload
from bot.chat.cards import Card
from bot.chat.errors import StaleButton
from bot.chat.events import ButtonPressed, CommandUsed, FormSubmitted
from bot.chat.identity import Actor
from bot.chat.replies import OpenForm, Redraw, Reply, Whisper
from bot.chat.routes import Command, Route, on_button, on_form
from bot.questions import readers_cards
from bot.questions.model import Reader, role_of
from bot.questions.presses import Shown
from bot.questions.readers_cards import Chosen, ReaderSays
from bot.questions.service import Questions


class Show(Protocol):
    """Draws an answer again, for a reader."""

    async def __call__(self, actor: Actor, on: Shown, reader: Reader, *, may_share: bool = False) -> Card:
        """The answer."""


class _Doors:
    def __init__(self, questions: Questions, ask: Callable[[CommandUsed], Awaitable[Reply]], show: Show) -> None:
        self._questions = questions
        self._ask = ask
        self._show = show

    async def role(self, event: CommandUsed) -> Reply:
        if not event.text:
            return Whisper(readers_cards.reader_card(await self._questions.reader(event.actor)))
        if event.text.lower() == "forget":
            return Whisper(await self._forget(event.actor))
        role = role_of(event.text)
        if role is None:
            # "Role of the controller in training?" is a question, and no role.
            return await self._ask(replace(event, text=f"role {event.text}"))
        reader = replace(await self._questions.reader(event.actor), role=role)
        await self._questions.keep_reader(event.actor, reader)
        return Whisper(readers_cards.reader_card(reader, "Kept."))

    async def on_choose(self, event: ButtonPressed, chosen: Chosen) -> Reply:
        role = role_of(chosen.role)
        if role is None:
            raise StaleButton
        reader = replace(await self._questions.reader(event.actor), role=role)
        await self._questions.keep_reader(event.actor, reader)
        shown = Shown(chosen.entry, chosen.question, chosen.seen)
        return Whisper(await self._show(event.actor, shown, reader, may_share=event.others_read))

    async def on_other(self, event: ButtonPressed, shown: Shown) -> Reply:
        return OpenForm(readers_cards.form(await self._questions.reader(event.actor), shown))

    async def on_open(self, event: ButtonPressed, _: NoPayload) -> Reply:
        return OpenForm(readers_cards.form(await self._questions.reader(event.actor)))

    async def on_forget(self, event: ButtonPressed, _: NoPayload) -> Reply:
        return Redraw(await self._forget(event.actor))

    async def says(self, event: FormSubmitted, says: ReaderSays) -> Reply:
        await self._questions.keep_reader(event.actor, says.reader)
        if says.shown:
            return Whisper(await self._show(event.actor, says.shown, says.reader))
        return Whisper(readers_cards.reader_card(says.reader, "Kept."))

    async def _forget(self, actor: Actor) -> Card:
        await self._questions.forget_reader(actor)
        return readers_cards.reader_card(await self._questions.reader(actor), "Forgotten.")


def routes(questions: Questions, ask: Callable[[CommandUsed], Awaitable[Reply]], show: Show) -> tuple[Route, ...]:
    """See, choose, change and forget one's role."""
    doors = _Doors(questions, ask, show)
    return (
        Command("role", "your role, so that answers fit it", doors.role, takes_text=True),
        on_button(readers_cards.CHOOSE, doors.on_choose),
        on_button(readers_cards.OTHER, doors.on_other),
        on_button(readers_cards.OPEN, doors.on_open),
        on_button(readers_cards.FORGET, doors.on_forget),
        on_form(readers_cards.FORM, doors.says),
    )
