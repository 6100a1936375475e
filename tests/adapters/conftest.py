"""What the houses behind every platform's door begin with."""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.store import migrate
from bot.store.db import Database


@pytest.fixture(scope="session")
def furnish(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Puts a database with its tables into a house's folder: to make them takes longer than most of these tests."""
    file = tmp_path_factory.mktemp("house") / "rai.db"

    async def made_once() -> None:
        database = Database(f"sqlite+aiosqlite:///{file}")
        await migrate.upgrade(database)
        await database.close()

    def furnished(folder: Path) -> Path:
        (folder / "var").mkdir(mode=0o700)
        shutil.copyfile(file, folder / "var" / "rai.db")
        return folder

    asyncio.run(made_once())
    return furnished
