"""Somebody as a walk knows them, at a terminal of their own."""

import asyncio
import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from adapters.terminal.names import person
from bot.chat.places import Place
from tests.walks.terminal_front import LONGEST_WAIT, Front, Keys
from tests.walks.terminal_screen import Drawn, asks_to_send_again, drawings, faults, opens_form, question

AS_IT_STANDS = "Send it as it stands?"


@dataclass
class TerminalPlayer:
    """Somebody who types, and reads; their terminal starts with their first line."""

    front: Front
    name: str
    asked: str = ""
    _screen: io.StringIO = field(default_factory=io.StringIO)
    _keys: Keys = field(default_factory=Keys)
    _session: asyncio.Task[int] | None = None
    _page: str = ""
    _field: str = ""
    _answers: dict[str, str] = field(default_factory=dict)
    _reach: list[Drawn] = field(default_factory=list)
    _picked: Drawn | None = None
    _looks: int = 0

    async def says(self, line: str, *, among_others: bool = False) -> str:
        return await self._begins(f"/rai {line}")

    async def opens_page(self) -> str:
        return await self._begins("/rai")

    async def presses(self, label: str, *, agree: bool = True) -> str:
        self.asked = ""
        output = await self._types(await self._number(label))
        if self._keys.in_form and not opens_form(output):
            self.asked = self._page.partition("\n")[0]
            await self._types("1" if agree else "2")
        return self.sees()

    async def fills(self, answers: Mapping[str, str] | None = None) -> str:
        assert self.form_open(), "no form is open"
        self._answers |= answers or {}
        wrong: list[str] = []
        while self._keys.in_form and not wrong:
            wrong = faults(await self._types(*self._answer()))
            if asks_to_send_again(self._page) or opens_form(self._page):
                break
        if not self._keys.in_form or opens_form(self._page):
            self._answers = {}
        return self.sees()

    async def sends_again(self) -> str:
        raise AssertionError("a terminal hands each form over itself, once")

    async def leaves(self) -> None:
        await self._types("/cancel")

    def looks_away(self) -> None:
        """A screen never changes what stands on it."""

    def sees(self) -> str:
        return " ".join(drawn.shown() for drawn in drawings(self._page))

    def buttons(self) -> list[str]:
        shown = [self._picked] if self._picked else self._reach
        return [] if self.form_open() else [label for drawn in shown for label in drawn.choices.values()]

    def form_open(self) -> bool:
        return self._keys.in_form

    def options(self, label: str) -> list[str]:
        assert self._field == label, f"{self._field!r} is asked, and not {label!r}"
        return list(drawings(self._page)[-1].choices.values())

    def problems(self) -> str:
        return " ".join(faults(self._page))

    async def news(self) -> list[str]:
        await self._types("")
        return [drawn.shown() for drawn in drawings(self._screen.getvalue()) if drawn.note == "for you"]

    async def looks_at(self, containing: str) -> str:
        await self._types("")
        seen = [
            drawn for drawn in drawings(self._screen.getvalue()) if drawn.note in ("for you", self._council.address)
        ]
        fitting = [drawn for drawn in seen if containing in drawn.shown()]
        assert fitting, f"nothing on the screen contains {containing!r}"
        self._picked = fitting[-1]
        return self._picked.shown()

    async def council_sees(self) -> list[str]:
        if self._council not in self.front.places_of(person(self.name)):
            return []
        self._looks += 1
        seen = await self.front.everything_in((self._council,), f"{self.name}-{self._looks}")
        return [drawn.shown() for drawn in seen]

    async def under(self, containing: str) -> list[str]:
        seen = await self.council_sees()
        return seen[next(number for number, each in enumerate(seen) if containing in each) + 1 :]

    async def goes(self) -> int:
        """Leave, the open form first; returns how the session ended."""
        if self._session is None:
            return 0
        if self._keys.in_form:
            await self.leaves()
        self._keys.type(None)
        return await asyncio.wait_for(self._session, LONGEST_WAIT)

    def breaks_off(self) -> None:
        """Go without a word, where a walk failed."""
        if self._session is not None:
            self._session.cancel()

    @property
    def _council(self) -> Place:
        return self.front.app.council.place

    async def _begins(self, line: str) -> str:
        if self.form_open():
            await self.leaves()
        await self._types(line)
        return self.sees()

    async def _number(self, label: str) -> str:
        """The number that presses a button; of a case that has scrolled away, once it is opened from the list."""
        if self._picked and self._picked not in self._reach:
            _, code = self._picked.title.split()
            await self._types("cases")
            await self._types(await self._number(code))
        among = [self._picked] if self._picked in self._reach else list(reversed(self._reach))
        numbers = [number for drawn in among for number, each in drawn.choices.items() if each == label]
        assert numbers, f"there is no button {label!r}, only {self.buttons()}"
        return numbers[0]

    def _answer(self) -> list[str]:
        """The lines that answer the question that is asked; an empty one keeps what stands there."""
        if asks_to_send_again(self._page):
            return ["1"]
        if self._field == AS_IT_STANDS:
            return ["no" if self._answers else ""]
        given = self._answers.get(self._field, "")
        keeps = "Enter keeps" in self._page
        return (
            ["-"] if given == "" and self._field in self._answers and keeps else given.replace("\n", "\\\n").split("\n")
        )

    async def _types(self, *lines: str) -> str:
        """Type lines; returns what they brought onto the screen."""
        if self._session is None:
            self._session = asyncio.create_task(
                self.front.terminal(self._keys, self._screen, self.front.places_of).run()
            )
            await self._keys.asked(self._session)
            await self._types(f"/as {self.name}")
        self._picked, begun = None, len(self._screen.getvalue())
        for line in lines:
            self._keys.type(line)
            await self._keys.asked(self._session)
        self._turns_to(self._screen.getvalue()[begun:])
        return self._page

    def _turns_to(self, page: str) -> None:
        """What stands on a page; the numbers of the last one stay within reach until this one has some."""
        self._page = page
        if self._keys.in_form:
            self._field = question(page) or self._field
        elif reach := [drawn for drawn in drawings(page) if drawn.choices]:
            self._reach = reach
