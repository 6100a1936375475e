"""Somebody as a walk knows them, at their Teams client."""

from collections.abc import Awaitable, Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace

from bot.chat.text import bare_verb
from tests.doubles.teams.people import TeamsPerson
from tests.doubles.teams.surfaces import Surface
from tests.walks.stage import in_words

TO_THE_FORM = "Open the form"
WHAT, MENU = "What would you like to do?", "rai-desk"
AT_THE_DESK = {
    "ask": "Ask a question",
    "book": "Book an office hour",
    "concern": "Raise a concern",
    "receipt": "Use a receipt",
}
SEALED = ("concern", "receipt")
"""What a chat leads to by way of the desk alone, which leads everywhere."""


@dataclass
class TeamsPlayer:
    """Somebody who writes to the bot in their own chat, and presses what opens the form where there is one.

    Args:
        settle: waits until everything that came in is answered, and everything due is said.
        council: the channel in which the council meets.
        team: the channel of the team.
        told: the messages in people's own chats that were told unasked.
    """

    name: str
    person: TeamsPerson
    settle: Callable[[], Awaitable[None]]
    council: str
    team: str
    told: set[str]
    asked: str = ""
    _old: Surface | None = None
    _pressed: str = ""

    async def says(self, line: str, *, among_others: bool = False) -> str:
        self._looks_up()
        await (self.person.mention(line, self.team) if among_others else self.person.message(line))
        await self.settle()
        seen = in_words("\n".join(self.person.sees_new()))
        if self._leads_to_form():
            await self.person.presses(TO_THE_FORM)
            await self._chooses(line, SEALED)
            return f"{seen} {await self._sees()}"
        if not seen and not among_others:
            # Nothing came: the menu still opens the desk, since a dialog is no message.
            await self.person.extension(MENU)
            await self._chooses(line, tuple(AT_THE_DESK))
            return await self._sees()
        return seen

    async def opens_page(self) -> str:
        self._looks_up()
        await self.person.message("home")
        return await self._sees()

    async def presses(self, label: str, *, agree: bool = True) -> str:
        self.person.picked = self._old or self.person.picked
        pressed, self._pressed = self.person.front_surface(), self.sees()
        self.person.sees_new()
        self.asked = self.person.question(label)
        await self.person.presses(label, agree=agree)
        return f"{await self._sees()} {self._redrawn(pressed)}".strip()

    async def fills(self, answers: Mapping[str, str] | None = None) -> str:
        self.person.sees_new()
        await self.person.submits(answers)
        return await self._sees()

    async def sends_again(self) -> str:
        await self.person.submits_again()
        return await self._sees()

    async def leaves(self) -> None:
        self.person.closes()

    def looks_away(self) -> None:
        surface = self.person.front_surface()
        self._old = replace(
            surface, **{each: deepcopy(getattr(surface, each)) for each in ("card", "content", "shown")}
        )

    def sees(self) -> str:
        return in_words(self.person.sees())

    def buttons(self) -> list[str]:
        if self._old:
            return [each.label for each in self._old.controls()]
        return [] if self.person.form_open() else self.person.labels()

    def form_open(self) -> bool:
        return self.person.form_open()

    def options(self, label: str) -> list[str]:
        return self.person.choices(label)

    def problems(self) -> str:
        return in_words("\n".join(self.person.errors.values()))

    async def news(self) -> list[str]:
        kept = self.person.direct.messages
        shown = zip(kept, self.person.sees_all_in(self.person.direct.id), strict=True)
        return [in_words(words) for each, words in shown if each.id in self.told]

    async def looks_at(self, containing: str) -> str:
        self._looks_up()
        there = any(containing in each for each in await self.council_sees())
        return in_words(self.person.looks_at(self.council if there else self.person.direct.id, containing))

    async def council_sees(self) -> list[str]:
        return [in_words(each) for each in self.person.sees_all_in(self.council)]

    async def under(self, containing: str) -> list[str]:
        messages = self.person.space.conversations[self.council].messages
        seen = await self.council_sees()
        root = next(each.id for each, words in zip(messages, seen, strict=True) if containing in words)
        return [in_words(each) for each in self.person.sees_in(self.council, root)]

    def _leads_to_form(self) -> bool:
        return not self.person.dialog() and TO_THE_FORM in self.person.labels()

    async def _chooses(self, line: str, known: tuple[str, ...]) -> None:
        """Go on from the desk to what was asked for, where the way leads over it."""
        verb = bare_verb(line.partition(" ")[0])
        if verb in known and WHAT in self.person.fields():
            await self.person.submits({WHAT: AT_THE_DESK[verb]})

    def _redrawn(self, pressed: Surface) -> str:
        """What was pressed, where it looks different now: that is what a person goes on with."""
        if pressed.kind == "dialog" or self._old or self.person.form_open():
            return ""
        now = self.person.again(pressed)
        if in_words(now.seen()) == self._pressed:
            return ""
        self.person.picked = now
        return in_words(now.seen())

    def _looks_up(self) -> None:
        self.person.sees_new()
        self._old, self.person.picked = None, None
        self.person.space.dialogs.pop(self.person.person.aad, None)

    async def _sees(self) -> str:
        """What is new in front of them, once everything is settled."""
        await self.settle()
        shown = [self.person.sees()] if self.person.dialog() else self.person.sees_new()
        return in_words("\n".join([*(shown or [self.person.sees()]), self.person.toast]))
