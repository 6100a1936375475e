"""Brings the database to this version's tables, safely when several processes start at once."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

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
        await connection.run_sync(_upgrade, newest() if revision == "head" else revision)


async def current(database: Database) -> str | None:
    """The revision that the database is at; None where it has no tables yet."""
    async with database.reading() as connection:
        return await connection.run_sync(_current)


def newest() -> str:
    """The revision that this version of the bot needs."""
    return _revisions()[-1]


def _revisions() -> list[str]:
    # By the files' names: Alembic is large, and most starts find nothing to do.
    return sorted(path.stem.partition("_")[0] for path in (SCRIPTS / "versions").glob("[0-9]*.py"))


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _upgrade(connection: Connection, revision: str) -> None:
    found = _current(connection)
    if found and found not in _revisions():
        raise StoreProblem(
            "The database was written by a newer version of the bot. Nothing was changed. "
            "Start that version, or put back a backup from before.",
            permanent=True,
        )
    if found != revision:
        _migrate(connection, revision)


def _migrate(connection: Connection, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
