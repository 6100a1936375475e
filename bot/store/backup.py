"""Copies the database to one file while the bot runs."""

import asyncio
import os
import shutil
from pathlib import Path

from sqlalchemy import URL, text

from bot.chat.errors import Conflict, NotFound, StoreProblem
from bot.store import migrate
from bot.store.db import Database


async def backup(database: Database, file: Path) -> None:
    """Copy the database to ``file``, readable by its owner alone.

    SQLite writes a compact copy without what was deleted (``VACUUM INTO``); PostgreSQL's ``pg_dump`` writes an archive.

    Raises:
        Conflict: the file exists already; it was not touched.
        NotFound: the database has no tables yet.
        StoreProblem: the copy could not be written.
    """
    if await migrate.current(database) is None:
        raise NotFound("There is no database to copy yet. Start the bot once, or run `rai db upgrade`.")
    _claim(file)
    try:
        await (_copy_sqlite if database.is_sqlite else _dump_postgres)(database, file)
    except BaseException:
        _remove(file)
        raise


def _claim(file: Path) -> None:
    try:
        file.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise Conflict(f"{file} exists already and was not touched. Name another file.") from None
    except OSError:
        raise StoreProblem(
            f"{file} cannot be written. Nothing was copied. Name a file in a folder that is there."
        ) from None


def _remove(file: Path) -> None:
    file.unlink(missing_ok=True)


async def _copy_sqlite(database: Database, file: Path) -> None:
    # VACUUM cannot run inside a transaction; it writes into the empty file that was made with the right mode.
    async with database.alone() as connection:
        await connection.execute(text("VACUUM INTO :file"), {"file": str(file)})


async def _dump_postgres(database: Database, file: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise StoreProblem("pg_dump is not on the PATH. Nothing was copied. Install PostgreSQL's client programs.")
    url = database.url
    # The password goes through the environment: a command line can be read by everybody on the machine.
    environment = {**os.environ, "PGPASSWORD": url.password or ""}
    # Built anew, since URL.set() keeps a password that is to be set to None.
    address = URL.create(
        "postgresql", url.username, None, url.host, url.port, url.database, url.query
    ).render_as_string()
    process = await asyncio.create_subprocess_exec(
        program, "--format=custom", f"--file={file}", address, env=environment, stderr=asyncio.subprocess.DEVNULL
    )
    if await process.wait():
        raise StoreProblem("pg_dump could not copy the database. Nothing was kept of the try.")
