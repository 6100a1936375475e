"""A house behind Slack's front door."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.questions.shelf import Shelf
from tests.walks.slack_stage import Mode, SlackStage, slack_stage


@pytest.fixture
def tmp_path(tmp_path: Path, furnish: Callable[[Path], Path]) -> Path:
    """The folder of a house with its tables made."""
    return furnish(tmp_path)


@pytest.fixture(params=["http", "socket"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path, shelf: Shelf) -> AsyncIterator[SlackStage]:
    """A house that is reached over HTTP, and over Socket Mode in turn, and writes as fast as it is asked."""
    mode: Mode = request.param
    async with slack_stage(tmp_path, shelf, mode) as opened:
        opened.workspace.web.pace.apart = 0
        yield opened


@pytest.fixture
async def http(tmp_path: Path, shelf: Shelf) -> AsyncIterator[SlackStage]:
    """A house that is reached over HTTP, and writes as fast as it is asked."""
    async with slack_stage(tmp_path, shelf, "http") as opened:
        opened.workspace.web.pace.apart = 0
        yield opened
