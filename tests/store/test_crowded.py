"""A database whose connections are all taken: whoever waits too long for one is told so, in words."""

from contextlib import AsyncExitStack

import pytest

from bot.chat.errors import StoreProblem
from bot.store import migrate
from bot.store.db import CONNECTIONS, Database

ALL = CONNECTIONS + 10
"""With those that SQLAlchemy's pool adds in need."""


async def test_who_waits_too_long_for_a_connection_is_told_so(empty_url: str) -> None:
    database = Database(empty_url)
    await migrate.upgrade(database)
    database.engine.sync_engine.pool._timeout = 0.01  # type: ignore[attr-defined]
    async with AsyncExitStack() as held:
        for _ in range(ALL):
            await held.enter_async_context(database.engine.connect())
        for way in (database.reading, database.writing):
            with pytest.raises(StoreProblem, match="does not answer in time"):
                async with way():
                    pass
    async with database.writing():
        pass
    await database.close()
