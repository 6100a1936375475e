"""A house behind Slack's front door."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.questions.shelf import Shelf
from bot.store import migrate
from bot.store.db import Database
from tests.walks.slack_stage import Mode, SlackStage, slack_stage


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
def tmp_path(tmp_path: Path, tables: Path) -> Path:
    """The folder of a house with its tables made."""
    (tmp_path / "var").mkdir(mode=0o700)
    shutil.copyfile(tables, tmp_path / "var" / "rai.db")
    return tmp_path


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
