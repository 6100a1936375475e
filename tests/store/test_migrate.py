"""Migrations: the tables in code and in the database agree, old data comes along, and many may start at once."""

import asyncio
import sys
from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.chat.errors import StoreProblem
from bot.store import migrate
from bot.store.db import Database, metadata

import_module("bot.app")  # which imports every room's tables


async def test_the_migrated_tables_are_the_tables_in_code(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))

    async with database.reading() as transaction:
        assert await transaction.run_sync(differences) == []


async def test_the_names_of_keys_and_constraints_follow_the_convention(database: Database) -> None:
    if database.is_sqlite:
        kept = "SELECT name FROM sqlite_master WHERE type = 'index' AND name NOT LIKE 'sqlite_%'"
    else:
        kept = "SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'"
    async with database.reading() as transaction:
        names = set((await transaction.execute(text(kept))).scalars())
    assert names
    assert all(name.startswith(("pk_", "uq_", "ix_", "fk_", "ck_", "alembic_")) for name in names), names


def test_the_files_names_tell_the_revisions() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate.SCRIPTS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [migrate.newest()]
    for script in scripts.walk_revisions():
        assert Path(script.path).name.startswith(f"{script.revision}_")


async def test_an_old_file_with_data_in_it_comes_along(empty_url: str) -> None:
    database = Database(empty_url)
    await migrate.upgrade(database, "0001")
    async with database.writing() as transaction:
        columns = "(id, topic, subject, not_before, attempts, state)"
        await transaction.execute(text(f"INSERT INTO outbox {columns} VALUES ('k', 't', 's', 1, 0, 'waiting')"))
    await migrate.upgrade(database)
    async with database.reading() as transaction:
        assert (await transaction.execute(text("SELECT id, subject, not_before FROM outbox"))).one() == ("k", "s", 1)
    assert await migrate.current(database) == migrate.newest()
    await database.close()


async def test_a_database_from_a_newer_version_is_left_alone(database: Database) -> None:
    async with database.writing() as transaction:
        await transaction.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreProblem, match="newer version of the bot. Nothing was changed"):
        await migrate.upgrade(database)
    assert await migrate.current(database) == "9999"


START = """
import asyncio, sys
from bot.store import migrate
from bot.store.db import Database

async def start():
    database = Database(sys.argv[1])
    await migrate.upgrade(database)
    print(await migrate.current(database))
    await database.close()

asyncio.run(start())
"""


async def test_five_processes_that_start_at_once_all_come_up(empty_url: str) -> None:
    async def start() -> tuple[int | None, bytes, bytes]:
        arguments = (sys.executable, "-W", "error", "-c", START, empty_url)
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*arguments, stdout=pipe, stderr=pipe, cwd=Path.cwd())
        out, err = await asyncio.wait_for(process.communicate(), 60)
        return process.returncode, out, err

    ended = await asyncio.gather(*(start() for _ in range(5)))
    assert ended == [(0, f"{migrate.newest()}\n".encode(), b"")] * 5
