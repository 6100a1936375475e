"""A whole house in this process, on a folder of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.terminal.board import Board
from adapters.terminal.messenger import TerminalDirectory, TerminalMessenger
from bot.app import App, Ports, build
from bot.concerns.schedule import Schedule
from bot.questions.shelf import Shelf
from bot.settings import read
from bot.upkeep import prepare_folder


class AheadClock:
    """The machine's clock, put forward: leases that a killed process left behind have ended."""

    def __init__(self, by: timedelta) -> None:
        self._by = by

    def now(self) -> datetime:
        return datetime.now(UTC) + self._by


@asynccontextmanager
async def house(
    folder: Path,
    *,
    schedule: Schedule | None = None,
    shelf: Shelf | None = None,
    ahead: timedelta = timedelta(0),
) -> AsyncIterator[App]:
    """The house on the data in a folder, started; its messages go to the terminal's board there."""
    prepare_folder(folder)
    ports = Ports(TerminalMessenger(Board(folder)), TerminalDirectory(), AheadClock(ahead))
    app = build(read(RAI_DATA_DIR=str(folder)), ports, schedule=schedule, shelf=shelf)
    await app.start()
    try:
        yield app
    finally:
        await app.stop()
