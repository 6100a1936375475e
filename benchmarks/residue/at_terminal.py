"""Canary people at the terminal."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field

from benchmarks.residue.canary import AT_TERMINAL, OF_TERMINAL, Marks, new_words
from benchmarks.residue.doors import WRONG, Author, Behind
from benchmarks.residue.evidence import Piece
from tests.walks.terminal_player import TerminalPlayer
from tests.walks.terminal_stage import TerminalStage, terminal_stage


@dataclass
class TerminalAuthor(Author):
    """Somebody at a terminal of their own."""

    client: TerminalPlayer = field(kw_only=True)


@dataclass
class AtTerminal(Behind[TerminalStage]):
    """See Door. A screen is its author's own; what is kept for others is in a file."""

    marks: Marks = field(default_factory=lambda: Marks.of(OF_TERMINAL))
    letter: str = "m"

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        where = self.grounds.folder, self.grounds.shelf, self.grounds.schedule
        async with terminal_stage(*where, self.clock) as self._stage:
            yield
            await self._gone()
        self._stage = None

    async def _gone(self) -> None:
        """Nobody sits there any more, and nothing of theirs is under way."""
        self.forgets()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.wait(others, timeout=1) if others else None

    def arrives(self) -> TerminalAuthor:
        number = next(self._numbers)
        name = f"{AT_TERMINAL}-{number}"
        return TerminalAuthor(new_words(), number, client=TerminalPlayer(self.stage.front, name))

    async def begins(self, author: TerminalAuthor) -> None:
        self.stage.people[author.client.name] = author.client
        first, _, _ = author.words.partition("\n")
        line = f"concern {first}" if author.number % 2 else "concern"
        await author.client.says(line)
        await author.client.fills({WRONG: author.words})

    async def sends(self, author: TerminalAuthor) -> str:
        return await author.client.fills()

    def sees(self, author: Author) -> str:
        assert isinstance(author, TerminalAuthor)
        return f"{author.client.sees()} {author.client.problems()}"

    async def quiet(self) -> None:
        """A terminal answers while somebody waits."""

    async def settles(self) -> None:
        await self.stage.app.settle()

    def pieces(self) -> Iterator[Piece]:
        """A terminal calls nobody; what it keeps is in files."""
        return iter(())

    def forgets(self) -> None:
        for author in self.stage.people.values():
            author.breaks_off()
        self.stage.people.clear()

    def released(self) -> int:
        """How many messages stand where the council meets."""
        with closing(sqlite3.connect(self.grounds.folder / "var" / "terminal.db")) as kept:
            council = self.app.council.place.address
            found: int = kept.execute("SELECT count(*) FROM message WHERE place = ?", (council,)).fetchone()[0]
            return found
