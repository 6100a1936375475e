"""A house behind Teams' front door."""

import asyncio
import itertools
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.questions.shelf import Shelf
from bot.store import migrate
from bot.store.db import Database
from tests.adapters.teams.exchange import Exchange, exchange
from tests.walks.teams_stage import TeamsStage, teams_stage

SOON = (0.05, 0.05)
"""Seconds after which a house without patience says that something takes longer."""


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database whose tables are made, which takes longer than most of these tests."""
    file = tmp_path_factory.mktemp("house") / "rai.db"

    async def made_once() -> None:
        database = Database(f"sqlite+aiosqlite:///{file}")
        await migrate.upgrade(database)
        await database.close()

    asyncio.run(made_once())
    return file


@pytest.fixture
def home(tmp_path: Path, tables: Path) -> Path:
    """The folder of a house with its tables made."""
    (tmp_path / "var").mkdir(mode=0o700)
    shutil.copyfile(tables, tmp_path / "var" / "rai.db")
    return tmp_path


@pytest.fixture
async def stage(home: Path, shelf: Shelf) -> AsyncIterator[TeamsStage]:
    """A house with Teams before it; every look at its clock is two seconds later, and so nothing is sent too fast."""
    async with teams_stage(home, shelf, seconds=itertools.count(step=2).__next__) as opened:
        yield opened


@pytest.fixture
async def hasty(home: Path, shelf: Shelf) -> AsyncIterator[TeamsStage]:
    """A house that loses patience soon."""
    async with teams_stage(home, shelf, seconds=itertools.count(step=2).__next__, waits=SOON) as opened:
        yield opened


@pytest.fixture
async def teams() -> AsyncIterator[Exchange]:
    """The connector before a small Teams that answers what a test orders."""
    async with exchange() as opened:
        yield opened
