"""A house behind Teams' front door."""

import itertools
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.questions.shelf import Shelf
from tests.adapters.teams.exchange import Exchange, exchange
from tests.walks.teams_stage import TeamsStage, teams_stage

SOON = (0.05, 0.05)
"""Seconds after which a house without patience says that something takes longer."""


@pytest.fixture
def home(tmp_path: Path, furnish: Callable[[Path], Path]) -> Path:
    """The folder of a house with its tables made."""
    return furnish(tmp_path)


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
