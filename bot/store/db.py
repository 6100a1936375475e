"""The database: one engine for SQLite and PostgreSQL, one way to read and one way to write."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, nullcontext, suppress
from types import MappingProxyType
from typing import TypeAlias

from sqlalchemy import URL, Connection, Dialect, MetaData, Table, event, make_url, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, MissingGreenlet, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.chat.errors import StoreProblem

log = logging.getLogger(__name__)

Transaction: TypeAlias = AsyncConnection
"""What a room's store works in; it commits at the end of ``writing`` and is undone by any error."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

SQLITE_PRAGMAS: Mapping[str, str | int] = MappingProxyType(
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


CONNECTIONS = 12
"""Kept open for those who come at once; opening one more takes a thread and a dozen statements."""


class Database:
    """One database, by its SQLAlchemy URL.

    Raises:
        StoreProblem: the URL names no database that can be used.
    """

    def __init__(self, url: str) -> None:
        try:
            self.url: URL = make_url(url)
            # hide_parameters: an error's text would otherwise hold what people wrote.
            self.engine: AsyncEngine = create_async_engine(
                self.url, hide_parameters=True, pool_pre_ping=not self.is_sqlite, pool_size=CONNECTIONS
            )
        except (ArgumentError, ImportError, SQLAlchemyError) as error:
            raise StoreProblem(
                "RAI_DATABASE_URL cannot be read. Write sqlite+aiosqlite:///path/to/file or "
                "postgresql+psycopg://user:password@host/name.",
                permanent=True,
            ) from error
        # SQLite lets one connection write at a time; waiting here is cheaper than its busy loop.
        self._writing = asyncio.Lock() if self.is_sqlite else None
        if self.is_sqlite:
            _open_once(self.engine.dialect, self.url)
            event.listen(self.engine.sync_engine, "connect", _prepare_sqlite)
            event.listen(self.engine.sync_engine, "begin", _begin_sqlite)
            event.listen(self.engine.sync_engine, "close", _end_sqlite)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a SQLite file."""
        return self.url.get_backend_name() == "sqlite"

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        """A transaction that may write: committed at the end, undone by any error.

        Raises:
            StoreProblem: the database cannot be used; nothing was written.
        """
        if self._writing is None:
            async with self._transaction() as connection:
                yield connection
        else:
            async with self._writing, self._transaction(rai_immediate=True) as connection:
                yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """A transaction that reads one state of the database."""
        async with self._transaction() as connection:
            yield connection

    async def insert_once(self, transaction: Transaction, table: Table, **row: object) -> bool:
        """Insert a row; False where one with the same key, or another unique value of it, is there already."""
        insert = sqlite.insert if self.is_sqlite else postgresql.insert
        statement = insert(table).values(**row).on_conflict_do_nothing()
        done = await transaction.execute(statement, execution_options={"preserve_rowcount": True})
        return done.rowcount == 1

    async def one_at_a_time(self, transaction: Transaction, lock: int) -> None:
        """Wait until no other transaction holds this lock, and hold it to the end of this one (pg_advisory_xact_lock);
        SQLite's immediate transactions wait for each other anyway.
        """
        if not self.is_sqlite:
            await transaction.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[AsyncConnection]:
        """A connection outside any transaction, for statements that SQLite runs by themselves."""
        try:
            async with self.engine.connect() as connection:
                await connection.execution_options(rai_autocommit=True)
                yield connection
        except DBAPIError as error:
            raise problem(error) from None

    async def rewrite(self, tables: Iterable[Table]) -> None:
        """Write these tables anew in the order of their keys: they keep neither the order in which rows came, nor what
        was deleted. SQLite writes its whole file anew and empties its write-ahead log (sqlite.org/lang_vacuum.html).
        PostgreSQL's own log keeps what happened until it is recycled.

        Raises:
            StoreProblem: somebody else kept the database busy; it stays as it was, or some of it.
        """
        if self.is_sqlite:
            await self._rewrite_file()
        else:
            for table in tables:
                await self._rewrite_rows(table)

    async def _rewrite_file(self) -> None:
        async with self._writing or nullcontext(), self.alone() as connection:
            await connection.execute(text("VACUUM"))
            busy = await connection.scalar(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        if busy:
            raise StoreProblem("Somebody is reading the database; its write-ahead log was not emptied.")

    async def _rewrite_rows(self, table: Table) -> None:
        # All rows touched by one transaction: their xmin, which counts transactions, is the same from then on.
        (key,) = table.primary_key.columns
        async with self._briefly() as transaction:
            await transaction.execute(update(table).values({key: key}))
        # Then laid out by key in a fresh file, without the old rows (postgresql.org/docs/current/sql-cluster.html).
        async with self._briefly() as transaction:
            await transaction.execute(text(f"CLUSTER {table.name} USING {table.primary_key.name}"))

    @asynccontextmanager
    async def _briefly(self) -> AsyncIterator[Transaction]:
        """A transaction that gives up rather than have others wait behind its locks."""
        async with self.writing() as transaction:
            await transaction.execute(text("SET LOCAL lock_timeout = '1s'"))
            yield transaction

    @asynccontextmanager
    async def _transaction(self, **options: bool) -> AsyncIterator[Transaction]:
        try:
            async with self.engine.connect() as connection:
                await connection.execution_options(**options)
                async with connection.begin():
                    yield connection
        except IntegrityError:
            # A broken constraint answers a question the room asked, such as "is this slot still free?".
            raise
        except DBAPIError as error:
            raise problem(error) from None
        except PoolTimeout:
            # Its own text says nothing; whoever waited was not served.
            log.warning("the database gave no connection in time")
            raise StoreProblem(_CROWDED) from None

    async def close(self) -> None:
        """Give all connections back."""
        await self.engine.dispose()


def problem(error: DBAPIError) -> StoreProblem:
    """The sentence for what the database refused; the original text is looked at, never repeated."""
    log.warning("the database refused: %s", type(error.orig).__name__)
    return StoreProblem(_sentence(error.orig))


def _sentence(error: BaseException | None) -> str:
    words = str(error).lower()
    told = next((sentence for sign, sentence in _SENTENCES.items() if sign in words), _OTHERWISE)
    return f"{told} Nothing of this was saved."


_OTHERWISE = "The database cannot be used at the moment. Please try again later."


_CROWDED = "The database does not answer in time. Nothing of this was saved. Please try again in a moment."

_SENTENCES = {
    "readonly": "The database file is read-only. Give the bot the right to write to it and to its folder.",
    "read-only": "The database is read-only. Give the bot the right to write to it.",
    "full": "The disk that holds the database is full. Make room and try again.",
    "no space": "The disk that holds the database is full. Make room and try again.",
    "locked": "Another process has been writing to the database for too long. Please try again.",
    "unable to open": "The database file cannot be opened. See that its folder exists and belongs to the bot.",
    "not a database": "The database file is not a database, or is damaged. Put a backup in its place.",
    "malformed": "The database file is damaged. Put a backup in its place.",
    "disk i/o": "The disk that holds the database reports errors or is full. See to the disk and try again.",
    "connection": "The database server does not answer. Please try again in a moment.",
}


def _open_once(dialect: Dialect, url: URL) -> None:
    # With the plain driver: where aiosqlite cannot open a file, its thread can outlive the loop and print a traceback.
    places, options = dialect.create_connect_args(url)
    try:
        sqlite3.connect(str(places[0]), uri=bool(options.get("uri"))).close()
    except sqlite3.Error as error:
        raise StoreProblem(_sentence(error)) from None


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own habit of opening transactions would open them too late to be immediate.
    connection.isolation_level = None
    cursor = connection.cursor()
    for name, wanted in SQLITE_PRAGMAS.items():
        cursor.execute(f"PRAGMA {name} = {wanted}")
        cursor.execute(f"PRAGMA {name}")
        row = cursor.fetchone()
        if row is None or row[0] != wanted:
            raise StoreProblem(
                f"This build of SQLite does not keep {name}. Use another build of SQLite.", permanent=True
            )
    cursor.close()


def _end_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # SQLite keeps a transaction that was cut off, and its lock, until the last cursor is collected as garbage.
    with suppress(MissingGreenlet):  # the connection itself is garbage, and nobody can wait for it
        connection.rollback()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("rai_autocommit", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("rai_immediate", False) else "BEGIN")
