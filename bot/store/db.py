"""The database: one engine for SQLite and PostgreSQL, one way to read and one way to write."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, nullcontext
from typing import TypeAlias

from sqlalchemy import URL, MetaData, Table, event, make_url, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.chat.errors import StoreProblem
from bot.store import sqlite_file
from bot.store.problems import CROWDED, problem

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
            sqlite_file.open_once(self.engine.dialect, self.url)
            event.listen(self.engine.sync_engine, "connect", sqlite_file.prepare)
            event.listen(self.engine.sync_engine, "begin", sqlite_file.begin)
            event.listen(self.engine.sync_engine, "close", sqlite_file.end)

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
        key, *_ = table.primary_key.columns
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
            raise StoreProblem(CROWDED) from None

    async def close(self) -> None:
        """Give all connections back."""
        await self.engine.dispose()
