"""Opens a house behind Teams' door, everything around it watched."""

import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.questions.shelf import Shelf
from tests.adapters.looking import listening
from tests.adapters.teams.canary import CanaryOrganisation, Watch
from tests.doubles.teams.server import TeamsDouble
from tests.walks.teams_stage import teams_stage

Watched = Callable[..., AbstractAsyncContextManager[Watch]]
"""Opens it while the root logs at a level, 1 unless told otherwise."""


def watching(home: Path, shelf: Shelf, capfd: pytest.CaptureFixture[str]) -> Watched:
    """Opens such houses in a folder."""
    so_far: list[str] = []

    def shown() -> str:
        so_far.extend(capfd.readouterr())
        return "".join(so_far)

    @asynccontextmanager
    async def opened(level: int = 1) -> AsyncIterator[Watch]:
        leisurely = itertools.count(step=2).__next__
        with listening(level) as logged:
            double = TeamsDouble(CanaryOrganisation())
            async with teams_stage(home, shelf, double=double, seconds=leisurely) as stage:
                yield Watch(stage, home, logged, shown)

    return opened
