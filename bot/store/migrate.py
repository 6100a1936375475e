"""Brings the database to this version's tables, safely when several processes start at once."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.chat.errors import StoreProblem
from bot.store.db import Database

SCRIPTS = Path(__file__).resolve().parents[2] / "migrations"

_MIGRATING = 7_236_401
"""The number of the lock that all replicas take before they migrate; any number they agree on will do."""


async def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the tables to ``revision``.

    Raises:
        StoreProblem: the database is from a newer version of the bot, or cannot be used; nothing was changed.
    """
    async with database.writing() as connection:
        await database.one_at_a_time(connection, _MIGRATING)
        await connection.run_sync(_upgrade, revision)


async def current(database: Database) -> str | None:
    """The revision that the database is at; None where it has no tables yet."""
    async with database.reading() as connection:
        return await connection.run_sync(_current)


def newest() -> str | None:
    """The revision that this version of the bot needs."""
    return _scripts().get_current_head()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(connection: Connection, revision: str) -> None:
    found = _current(connection)
    if found and found not in {script.revision for script in _scripts().walk_revisions()}:
        raise StoreProblem(
            "The database was written by a newer version of the bot. Nothing was changed. "
            "Start that version, or put back a backup from before.",
            permanent=True,
        )
    command.upgrade(_config(connection), revision)
