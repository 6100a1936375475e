"""The terminal's front door: a terminal for each who sits down, and the keys they type on."""

import asyncio
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from adapters.terminal.app import Terminal
from adapters.terminal.board import Board
from adapters.terminal.lines import EndOfInput, Lines
from bot.app import App
from bot.chat.identity import Actor
from bot.chat.places import Place
from tests.walks.terminal_screen import Drawn, drawings

LONGEST_WAIT = 20.0
"""Seconds after which a terminal that neither asks nor ends counts as hung."""


class Keys:
    """What somebody types, a line at a time, each when the terminal asks for it."""

    news_every = None

    def __init__(self) -> None:
        self._typed: asyncio.Queue[str | None] = asyncio.Queue()
        self._asks = asyncio.Event()
        self.in_form = False

    async def ask(self, prompt: str, *, form: bool) -> str:
        self.in_form = form
        self._asks.set()
        line = await self._typed.get()
        if line is None:
            raise EndOfInput
        return line

    async def asked(self, session: "asyncio.Task[int]") -> None:
        """Wait until the terminal asks for a line; raises what ended it before."""
        asking = asyncio.create_task(self._asks.wait())
        await asyncio.wait({asking, session}, timeout=LONGEST_WAIT, return_when=asyncio.FIRST_COMPLETED)
        asking.cancel()
        assert self._asks.is_set(), f"the terminal asks for nothing: {session}"

    def type(self, line: str | None) -> None:
        """Type a line; None ends the input."""
        self._asks.clear()
        self._typed.put_nowait(line)


@dataclass
class Front:
    """A house and its board.

    Args:
        visitors: who sits in the council's place without a seat.
    """

    app: App
    board: Board
    folder: Path
    visitors: set[str] = field(default_factory=set)

    def places_of(self, actor: Actor) -> tuple[Place, ...]:
        """The shared places somebody sits in."""
        return (self.app.council.place,) if actor.user in self.visitors else self.app.places_of(actor)

    def terminal(self, lines: Lines, screen: io.StringIO, places_of: Callable[[Actor], tuple[Place, ...]]) -> Terminal:
        """A terminal in front of the house."""
        console = Console(file=screen, width=100)
        return Terminal(
            self.app.router, self.board, self.app.settle, places_of, (), console, lines, self.folder / "files"
        )

    async def everything_in(self, places: tuple[Place, ...], reader: str) -> list[Drawn]:
        """What somebody sees who comes to places for the first time."""
        keys, screen = Keys(), io.StringIO()
        for line in (f"/as {reader}", None):
            keys.type(line)
        await self.terminal(keys, screen, lambda actor: places if actor.user == reader else ()).run()
        noted = {place.address for place in places}
        return [drawn for drawn in drawings(screen.getvalue()) if drawn.note in noted]
