"""A seat at the terminal: what is typed comes in, what is drawn goes out, and what was kept is put in its place."""

import re

from rich.console import Console, RenderableType
from rich.text import Text as Words

from adapters.terminal.lines import Left, Lines
from adapters.terminal.render import WIDEST, Harmless, drawn_choices, one_line, visible

_KEPT = re.compile(r"\$([A-Za-z][A-Za-z0-9_]*)")

_YES = frozenset(("1", "y", "yes"))
_NO = frozenset(("2", "n", "no"))

ANSWER = "  > "


class Desk:
    """The console and the lines of one session."""

    def __init__(self, console: Console, lines: Lines) -> None:
        self._console = console
        self._lines = lines
        self._kept: dict[str, str] = {}

    @property
    def width(self) -> int:
        """Columns to draw in."""
        return min(self._console.width, WIDEST)

    def show(self, drawn: RenderableType) -> None:
        """Put something on the screen."""
        self._console.print(Harmless(drawn))

    def say(self, sentence: str, style: str = "") -> None:
        """Put a sentence on the screen."""
        self.show(Words(visible(sentence), style=style))

    def say_unbroken(self, sentence: str) -> None:
        """Put a sentence on the screen without breaking it, so that a path in it can be copied."""
        self._console.print(Harmless(Words(one_line(sentence))), soft_wrap=True)

    def keep(self, name: str, value: str) -> None:
        """From now on ``$name`` in a line stands for the value."""
        self._kept[name] = one_line(value)

    async def line(self, prompt: str) -> str:
        """The next line."""
        return self._filled(await self._lines.ask(prompt, form=False))

    async def answer(self) -> str:
        """The answer to a question that was shown."""
        return self._filled(await self._lines.ask(ANSWER, form=True))

    async def agrees(self, question: str, yes: str, no: str) -> bool:
        """Whether the person says yes; leaving the question means no."""
        self.say(question, style="bold")
        for choice in drawn_choices([Words(one_line(label)) for label in (yes, no)], self.width):
            self.show(choice)
        while True:
            try:
                said = (await self.answer()).strip().casefold()
            except Left:
                return False
            if said in _YES | {yes.casefold()}:
                return True
            if said in _NO | {"", "/cancel", no.casefold()}:
                return False
            self.say("Please answer yes or no.")

    def _filled(self, line: str) -> str:
        return _KEPT.sub(lambda found: self._kept.get(found[1], found[0]), line)
