"""Messages from elsewhere, while a person sits at the terminal and thinks."""

import asyncio
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console

from adapters.terminal.lines import EndOfInput
from bot.chat.places import Place
from tests.adapters.terminal.house import House, Session, everything, terminal


class Watched(io.StringIO):
    """A screen that says when certain words appear on it."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.appeared = asyncio.Event()

    def write(self, text: str) -> int:
        written = super().write(text)
        if self._words in self.getvalue():
            self.appeared.set()
        return written


@dataclass
class Thinking:
    """A person at a real terminal who does something, then types nothing until the screen shows what they wait for."""

    lines: list[str]
    screen: Watched
    meanwhile: Callable[[], object]
    news_every: float | None = 0.01
    asked: list[str] = field(default_factory=list)

    async def ask(self, prompt: str, *, form: bool) -> str:
        self.asked.append(prompt)
        if self.lines:
            return self.lines.pop(0)
        if not self.screen.appeared.is_set():
            self.meanwhile()
            await asyncio.wait_for(self.screen.appeared.wait(), 5)
            return "1"
        raise EndOfInput


async def test_messages_from_elsewhere_appear_while_a_person_thinks(session: Session, tmp_path: Path) -> None:
    screen = Watched("[4] Claim")
    elsewhere = House(session.house.board)
    lines = Thinking(
        ["whisper"],
        screen,
        lambda: elsewhere.board.post(Place("terminal", "@you"), everything("a colleague"), "key"),
    )
    front = terminal(session.house, Console(file=screen, width=80), lines, tmp_path / "files")
    assert await front.run() == 0
    assert "a colleague" in screen.getvalue()
    # The number that was on the screen before still presses the button it pressed then.
    assert session.house.pressed_on == [None]


async def test_a_board_that_breaks_while_a_person_thinks_is_told_once(session: Session, tmp_path: Path) -> None:
    screen = Watched("cannot be used just now")
    database = session.folder / "data" / "terminal.db"
    lines = Thinking(["whisper"], screen, database.unlink)
    front = terminal(session.house, Console(file=screen, width=100), lines, tmp_path / "files")
    assert await front.run() == 0
    assert screen.getvalue().count("cannot be used just now") == 2  # once while thinking, once after the next line
