"""Somebody as a walk knows them, at their Slack client."""

from collections.abc import Awaitable, Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace

from tests.doubles.slack.people import SlackPerson
from tests.doubles.slack.seen import controls, inputs
from tests.doubles.slack.surfaces import Surface
from tests.walks.stage import in_words

COUNCIL = "CCOUNCIL"
TEAM_CHANNEL = "CTEAM"


@dataclass
class SlackPlayer:
    """Somebody who uses ``/rai`` in the direct messages.

    Args:
        settle: waits until everything that came in is answered, and everything due is said.
    """

    name: str
    person: SlackPerson
    settle: Callable[[], Awaitable[None]]
    asked: str = ""
    _old: Surface | None = None
    _pressed: str = ""

    async def says(self, line: str, *, among_others: bool = False) -> str:
        self._looks_up()
        await self.person.command(line, TEAM_CHANNEL if among_others else "")
        return await self._sees()

    async def opens_page(self) -> str:
        self._looks_up()
        await self.person.opens_home()
        return await self._sees()

    async def presses(self, label: str, *, agree: bool = True) -> str:
        self.person.picked = self._old or self.person.picked
        pressed, self._pressed = self.person.surface(), self.sees()
        self.person.sees_new()
        self.asked = self.person.question(label)
        await self.person.presses(label, agree=agree)
        return f"{await self._sees()} {self._redrawn(pressed)}".strip()

    async def fills(self, answers: Mapping[str, str] | None = None) -> str:
        await self.person.submits(answers)
        return await self._sees()

    async def sends_again(self) -> str:
        await self.person.submits_again()
        return await self._sees()

    async def leaves(self) -> None:
        self.person.closes()

    def looks_away(self) -> None:
        surface = self.person.surface()
        assert surface is not None, "nothing is in front of this person"
        self._old = replace(surface, content=deepcopy(surface.content))

    def sees(self) -> str:
        return in_words(self.person.sees())

    def buttons(self) -> list[str]:
        return [each.label for each in controls(self._old.blocks)] if self._old else self.person.labels()

    def form_open(self) -> bool:
        return self.person.form_open()

    def options(self, label: str) -> list[str]:
        surface = self.person.surface()
        elements = {each["label"]["text"]: each["element"] for each in inputs(surface.blocks if surface else [])}
        return [each["text"]["text"] for each in elements[label]["options"]]

    def problems(self) -> str:
        return in_words("\n".join(self.person.errors.values()))

    async def news(self) -> list[str]:
        return [in_words(each) for each in self.person.sees_in(self._direct)]

    async def looks_at(self, containing: str) -> str:
        self._looks_up()
        member = self.person.user.id in self.person.space.channels[COUNCIL].members
        there = member and any(containing in each for each in await self.council_sees())
        return in_words(self.person.looks_at(COUNCIL if there else self._direct, containing))

    async def council_sees(self) -> list[str]:
        return [in_words(each) for each in self.person.sees_all_in(COUNCIL)]

    async def under(self, containing: str) -> list[str]:
        messages = self.person.space.channels[COUNCIL].messages
        seen = self.person.sees_all_in(COUNCIL)
        root = next(each["ts"] for each, words in zip(messages, seen, strict=True) if containing in in_words(words))
        return [in_words(each) for each in self.person.sees_in(COUNCIL, root)]

    @property
    def _direct(self) -> str:
        return self.person.space.direct(self.person.user.id).id

    def _redrawn(self, pressed: Surface | None) -> str:
        """What was pressed, where it looks different now: that is what a person goes on with."""
        if pressed is None or pressed.kind in ("modal", "home") or self._old or self.person.form_open():
            return ""
        now = self.person.again(pressed)
        if in_words(now.shown()) == self._pressed:
            return ""
        self.person.picked = now
        return in_words(now.shown())

    def _looks_up(self) -> None:
        self.person.sees_new()
        self._old, self.person.picked = None, None
        self.person.space.modals.pop(self.person.user.id, None)

    async def _sees(self) -> str:
        """What is new in front of them, once everything is settled."""
        await self.settle()
        shown = [self.person.sees()] if self.person.modal_open() else self.person.sees_new()
        return in_words("\n".join([*(shown or [self.person.sees()]), *self.person.errors.values()]))
