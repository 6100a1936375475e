"""One stage for each platform's front door: what a walk says must hold behind all of them."""

import asyncio
import itertools
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.concerns.schedule import AtOnce, Schedule, parse
from bot.questions.shelf import Shelf
from tests.questions.library import save_all, small_shelf
from tests.walks.slack_stage import Mode, slack_stage
from tests.walks.stage import Stage
from tests.walks.teams_stage import teams_stage
from tests.walks.terminal_stage import terminal_stage

Opens = Callable[[Path, Shelf, Schedule], AbstractAsyncContextManager[Stage]]


def slack(mode: Mode) -> Opens:
    """Opens a house behind Slack; at the end Slack has nothing to complain of."""

    @asynccontextmanager
    async def opened(folder: Path, shelf: Shelf, schedule: Schedule) -> AsyncIterator[Stage]:
        # Every look at this clock is two seconds later: people take their time, and tests do not.
        leisurely = itertools.count(step=2).__next__
        async with slack_stage(folder, shelf, mode, schedule, seconds=leisurely) as stage:
            yield stage
            assert stage.double.workspace.complaints == []
            assert stage.double.violations == []
            assert [call for call in stage.double.workspace.calls if call.error and call.error != "broken"] == []

    return opened


@asynccontextmanager
async def terminal(folder: Path, shelf: Shelf, schedule: Schedule) -> AsyncIterator[Stage]:
    """Opens a house behind the terminal; at the end nobody's session ended with an error."""
    async with terminal_stage(folder, shelf, schedule) as stage:
        yield stage


@asynccontextmanager
async def teams(folder: Path, shelf: Shelf, schedule: Schedule) -> AsyncIterator[Stage]:
    """Opens a house behind Teams; at the end Teams has nothing to complain of."""
    async with teams_stage(folder, shelf, schedule, seconds=itertools.count(step=2).__next__) as stage:
        yield stage
        assert stage.double.organisation.complaints == []
        assert stage.double.violations == []
        assert [call for call in stage.double.organisation.calls if call.error not in ("", "broken")] == []


DOORS: dict[str, Opens] = {
    "terminal": terminal,
    "slack-http": slack("http"),
    "slack-socket": slack("socket"),
    "teams": teams,
}


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Ten entries of the tests' own: what a walk asks is answered in the same way for ever."""
    return small_shelf(save_all(tmp_path_factory.mktemp("library")))


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory, shelf: Shelf) -> Path:
    """The folder of a house that was opened once: its tables are made, which takes longer than most walks."""
    folder = tmp_path_factory.mktemp("house")

    async def opened_once() -> None:
        async with terminal_stage(folder, shelf):
            pass

    asyncio.run(opened_once())
    return folder / "var"


@pytest.fixture(params=DOORS)
def open_stage(
    request: pytest.FixtureRequest, tmp_path: Path, shelf: Shelf, furnished: Path
) -> Callable[[Schedule], AbstractAsyncContextManager[Stage]]:
    """Opens a house behind each platform's front door in turn."""
    shutil.copytree(furnished, tmp_path / "var")
    return lambda schedule: DOORS[request.param](tmp_path, shelf, schedule)


@pytest.fixture
async def stage(open_stage: Callable[[Schedule], AbstractAsyncContextManager[Stage]]) -> AsyncIterator[Stage]:
    """A house that releases concerns at once."""
    async with open_stage(AtOnce()) as opened:
        yield opened


@pytest.fixture
async def weekly_stage(open_stage: Callable[[Schedule], AbstractAsyncContextManager[Stage]]) -> AsyncIterator[Stage]:
    """A house that releases concerns on Tuesdays and Thursdays at ten."""
    async with open_stage(parse("tue,thu 10:00 UTC")) as opened:
        yield opened
