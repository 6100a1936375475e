"""A house behind the terminal's front door: people type lines at the real terminal, and read what is on its screen."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from adapters.terminal.board import Board
from adapters.terminal.messenger import TerminalMessenger
from adapters.terminal.names import FIRST_NAME
from bot.app import App, Ports, build
from bot.chat.ports import Directory
from bot.concerns.receipt import Hardness
from bot.concerns.schedule import AtOnce, Schedule
from bot.pulse.model import PulsePlan
from bot.questions.shelf import Shelf
from bot.settings import read
from tests.fakes.ports import FakeDirectory
from tests.fakes.timing import FakeClock
from tests.walks.stage import CROWD
from tests.walks.terminal_front import Front
from tests.walks.terminal_player import TerminalPlayer


@dataclass
class TerminalStage:
    """A house, its board, and a terminal for each person."""

    app: App
    clock: FakeClock
    front: Front
    people: dict[str, TerminalPlayer] = field(default_factory=dict)
    has_team: bool = False
    delivers_again: bool = False
    takes_long_answers: bool = True
    takes_words_from_chat: bool = True
    shows_whole_forms: bool = False
    called_by: str = "/rai "

    def player(self, name: str) -> TerminalPlayer:
        """Somebody at a terminal of their own."""
        assert name != FIRST_NAME, "every terminal begins with this person, who would see what is theirs"
        if name not in self.people:
            self.people[name] = TerminalPlayer(self.front, name)
        return self.people[name]

    def seats(self, name: str) -> None:
        """Let somebody read the council's place without a seat."""
        self.front.visitors.add(name)

    async def team_sees(self) -> list[str]:
        return []

    async def later(self, by: timedelta) -> None:
        """Let time pass, and what is due happen."""
        self.clock.move(by)
        await self.app.settle()

    @contextmanager
    def out_of_reach(self) -> Iterator[None]:
        """The file with the terminal's messages is away."""
        file = self.front.folder / "var" / "terminal.db"
        away = file.rename(file.with_suffix(".away"))
        yield
        away.rename(file)


@asynccontextmanager
async def terminal_stage(
    folder: Path,
    shelf: Shelf,
    schedule: Schedule | None = None,
    clock: FakeClock | None = None,
    directory: Directory | None = None,
    plan: PulsePlan | None = None,
) -> AsyncIterator[TerminalStage]:
    """A house whose council is the sample's; everybody lives in UTC, where no directory says otherwise."""
    clock, board = clock or FakeClock(), Board(folder / "var")
    ports = Ports(TerminalMessenger(board), directory or FakeDirectory(), clock)
    cheap = Hardness(memory=64, passes=1)
    settings = read(RAI_DATA_DIR=str(folder / "var"), RAI_RELEASE_MIN_PEOPLE=str(CROWD))
    app = build(settings, ports, schedule=schedule or AtOnce(), hardness=cheap, shelf=shelf, plan=plan)
    await app.start()
    stage = TerminalStage(app, clock, Front(app, board, folder))
    try:
        yield stage
        ends = {name: await player.goes() for name, player in stage.people.items()}
        assert not any(ends.values()), f"something went wrong on our side: {ends}"
    finally:
        for player in stage.people.values():
            player.breaks_off()
        await app.stop()
