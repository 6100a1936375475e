"""A session at the terminal: lines in, cards out, and one place where errors become words."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import assert_never

from rich.console import Console
from rich.text import Text as Words

from adapters.terminal.board import Board
from adapters.terminal.conversation import Conversation
from adapters.terminal.desk import Desk
from adapters.terminal.inbound import (
    META_COMMANDS,
    Become,
    Help,
    Keep,
    Meaning,
    Nothing,
    Press,
    Quit,
    Say,
    Slashed,
    Unclear,
    understand,
)
from adapters.terminal.lines import EndOfInput, HalfWay, Left, Lines
from adapters.terminal.names import FIRST_NAME, person
from adapters.terminal.render import Beside, drawn_problem, visible
from adapters.terminal.screen import Screen
from bot.chat.cards import Card, Facts, Text
from bot.chat.errors import HouseError
from bot.chat.identity import Actor
from bot.chat.places import Place
from bot.chat.router import Router
from bot.chat.welcome import help_card

log = logging.getLogger(__name__)

OUR_FAULT = "Something went wrong on our side. What you had sent before is kept. Please try again; the log says more."


class Terminal:
    """The bot, for whoever sits here.

    Args:
        settle: delivers what is due in the outbox.
        places_of: the shared places a person sits in.
        people: names to offer for ``/as``.
        notices: sentences shown at the start.
    """

    def __init__(
        self,
        router: Router,
        board: Board,
        settle: Callable[[], Awaitable[None]],
        places_of: Callable[[Actor], tuple[Place, ...]],
        people: tuple[str, ...],
        console: Console,
        lines: Lines,
        files_folder: Path,
        notices: tuple[str, ...] = (),
    ) -> None:
        self._verbs = router.verbs()
        self._places_of = places_of
        self._people = people
        self._lines = lines
        self._notices = notices
        self._desk = Desk(console, lines)
        self._screen = Screen(self._desk, files_folder)
        self._conversation = Conversation(
            router, board, self._desk, self._screen, settle=lambda: self._guarded(settle())
        )
        self._actor = person(FIRST_NAME)
        self._failed = False

    async def run(self) -> int:
        """The whole session; 1 where something went wrong on our side, or the input ended in the middle of a form."""
        self._greet()
        await self._guarded(self._news())
        try:
            while True:
                await self._turn(understand(await self._next_line(), self._actor))
        except HalfWay:
            self._desk.say("The form was left half-way; nothing more was sent.")
            return 1
        except EndOfInput:
            return 1 if self._failed or self._conversation.failed else 0

    def _greet(self) -> None:
        self._desk.say("RAI office hours, in this terminal", style="bold cyan")
        self._desk.say("Ask in your own words. /help shows what else there is, /quit leaves.")
        for notice in self._notices:
            self._desk.show(Beside(Words(visible(notice), style="dim"), first="· "))

    async def _next_line(self) -> str:
        """The next line; while a person thinks about it, new messages appear above."""
        typed = asyncio.Event()
        watching = asyncio.create_task(self._watch(typed))
        try:
            return await self._desk.line(f"{self._actor.user}> ")
        finally:
            # Told, not cancelled: a message that was fetched is marked as read, and must be shown.
            typed.set()
            await watching

    async def _watch(self, typed: asyncio.Event) -> None:
        every = self._lines.news_every
        well = every is not None
        while well and not typed.is_set():
            try:
                await asyncio.wait_for(typed.wait(), every)
            except TimeoutError:
                self._screen.go_on()
                well = await self._guarded(self._news())  # an error is told once; the next line tries again

    async def _turn(self, meaning: Meaning) -> None:
        self._screen.begin()
        await self._guarded(self._do(meaning))
        await self._guarded(self._news())

    async def _guarded(self, doing: Awaitable[None]) -> bool:
        """Whether it went well. The one error boundary: whatever goes wrong is told in words."""
        try:
            await doing
        except EndOfInput:
            raise
        except Left as left:
            self._desk.say(str(left) or "Nothing was sent.")
        except HouseError as error:
            self._apologise(error.message_for_person)
            return False
        except Exception as error:
            # The class alone: an error's text and traceback may hold who somebody is and what they wrote.
            log.error("the terminal met %s", type(error).__name__)
            self._failed = True
            self._apologise(OUR_FAULT)
            return False
        return True

    def _apologise(self, sentence: str) -> None:
        self._desk.show(drawn_problem(sentence, self._desk.width))

    async def _do(self, meaning: Meaning) -> None:
        match meaning:
            case Say(event):
                await self._conversation.say(event)
            case Press(number):
                await self._press(number)
            case Become(name):
                self._become(name)
            case Keep(name, label):
                self._keep(name, label)
            case Help():
                self._screen.show(self._help(), None)
            case Quit():
                raise EndOfInput
            case Unclear(sentence):
                self._desk.say(sentence)
            case Slashed(verb):
                self._desk.say(self._without_slash(verb))
            case Nothing():
                return
            case _:
                assert_never(meaning)

    def _without_slash(self, verb: str) -> str:
        if any(verb == each.verb for each in self._verbs):
            return f"What the bot can do goes without a slash here: write {verb}"
        return (
            "That command is not known here. Known are /rai, /as, /keep, /help and /quit; "
            "what the bot can do goes without a slash."
        )

    async def _press(self, number: int) -> None:
        choice = self._screen.choice(number)
        if choice:
            await self._conversation.press(self._actor, choice)
        else:
            self._desk.say(f"There is no button {number} on the screen. Nothing was pressed.")

    def _become(self, name: str) -> None:
        self._actor = person(name)
        self._screen.forget()
        places = " and ".join(place.address for place in self._places_of(self._actor))
        self._desk.say(f"You are now {name}, and sit in {places}." if places else f"You are now {name}.")

    def _keep(self, name: str, label: str) -> None:
        value = self._screen.value_of(label)
        if value is None:
            self._desk.say(f"Nothing on the last card is called {label}. Nothing was kept.")
            return
        self._desk.keep(name, value)
        self._desk.say(f"Kept: ${name} stands for it from now on.")

    def _help(self) -> Card:
        card = help_card(self._verbs)
        names = f"Names to try with `/as`: {', '.join(self._people)}." if self._people else "Any name goes with `/as`."
        ours = (Text(f"In this terminal, a number presses the button with that number. {names}"), Facts(META_COMMANDS))
        return replace(card, blocks=(*card.blocks, *ours))

    async def _news(self) -> None:
        await self._conversation.news(self._actor, self._places_of(self._actor))
