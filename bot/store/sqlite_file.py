"""How connections to a SQLite file are opened, begun and closed, so that the file keeps what it is to keep."""

import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType

from sqlalchemy import URL, Connection, Dialect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import MissingGreenlet
from sqlalchemy.pool import ConnectionPoolEntry

from bot.chat.errors import StoreProblem
from bot.store.problems import sentence

PRAGMAS: Mapping[str, str | int] = MappingProxyType(
    {
        "busy_timeout": 10_000,  # milliseconds another process may hold the file
        "journal_mode": "wal",
        "synchronous": 2,  # FULL: what was committed survives a power cut
        "foreign_keys": 1,
        "secure_delete": 1,  # what is deleted is overwritten
        "trusted_schema": 0,
        "temp_store": 2,  # memory: a file that is written anew would leave a copy in /var/tmp
    }
)
"""Set on every connection and read back: a build of SQLite may ignore what it does not know."""


def open_once(dialect: Dialect, url: URL) -> None:
    """See that the file can be opened; raises StoreProblem where it cannot."""
    # With the plain driver: where aiosqlite cannot open a file, its thread can outlive the loop and print a traceback.
    places, options = dialect.create_connect_args(url)
    try:
        sqlite3.connect(str(places[0]), uri=bool(options.get("uri"))).close()
    except sqlite3.Error as error:
        raise StoreProblem(sentence(error)) from None


def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Set what the file's promises need; raises StoreProblem where this build of SQLite does not keep it."""
    # The driver's own habit of opening transactions would open them too late to be immediate.
    connection.isolation_level = None
    cursor = connection.cursor()
    for name, wanted in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name} = {wanted}")
        cursor.execute(f"PRAGMA {name}")
        row = cursor.fetchone()
        if row is None or row[0] != wanted:
            raise StoreProblem(
                f"This build of SQLite does not keep {name}. Use another build of SQLite.", permanent=True
            )
    cursor.close()


def end(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Undo what a connection that is closed had begun."""
    # SQLite keeps a transaction that was cut off, and its lock, until the last cursor is collected as garbage.
    with suppress(MissingGreenlet):  # the connection itself is garbage, and nobody can wait for it
        connection.rollback()


def begin(connection: Connection) -> None:
    """Begin a transaction, at once as a writer where it is one; none where statements run by themselves."""
    options = connection.get_execution_options()
    if not options.get("rai_autocommit", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("rai_immediate", False) else "BEGIN")
