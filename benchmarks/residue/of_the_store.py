"""What goes wrong with files: a database that is busy, full, read-only or broken, keys that are gone."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, text

from benchmarks.residue.doors import Door
from benchmarks.residue.fault import EVERY, Fault
from bot.store.backup import backup

Context = Callable[[Any], AbstractAsyncContextManager[None]]


def data(door: Door) -> Path:
    """The data folder."""
    return door.grounds.folder / "var"


def each_transaction(statement: str) -> Context:
    """At the beginning of each transaction, a statement."""

    @asynccontextmanager
    async def around(door: Door) -> AsyncIterator[None]:
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql(statement)

        engine = door.app.database.engine.sync_engine
        event.listen(engine, "begin", begin)
        try:
            yield
            await door.quiet()
        finally:
            event.remove(engine, "begin", begin)
            await door.app.database.close()  # what is pooled remembers; new connections do not

    return around


def statements(before: str, after: str) -> Context:
    """One statement when it begins, and one when it is over."""

    @asynccontextmanager
    async def around(door: Door) -> AsyncIterator[None]:
        async with door.app.database.writing() as transaction:
            await transaction.execute(text(before))
        try:
            yield
            await door.quiet()
        finally:
            async with door.app.database.writing() as transaction:
                await transaction.execute(text(after))

    return around


@asynccontextmanager
async def locked(door: Door) -> AsyncIterator[None]:
    """Another process writes, for half a second."""
    with closing(sqlite3.connect(data(door) / "rai.db", isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")

        async def let_go() -> None:
            await asyncio.sleep(0.5)
            other.execute("ROLLBACK")

        letting_go = asyncio.create_task(let_go())
        yield
        await letting_go


@asynccontextmanager
async def locked_for_long(door: Door) -> AsyncIterator[None]:
    """Another process writes for longer than anybody waits."""

    def impatient(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA busy_timeout = 20")

    engine = door.app.database.engine.sync_engine
    event.listen(engine, "begin", impatient)
    with closing(sqlite3.connect(data(door) / "rai.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
            await door.quiet()
        finally:
            other.execute("ROLLBACK")
            event.remove(engine, "begin", impatient)
            await door.app.database.close()


def away(name: str, instead: bytes | None = None) -> Context:
    """A file or folder is not where it was; maybe something else stands there."""

    @asynccontextmanager
    async def around(door: Door) -> AsyncIterator[None]:
        file = data(door) / name
        file.parent.mkdir(exist_ok=True)
        kept = file.rename(file.with_name(f"{file.name}.away")) if file.exists() else None
        if instead is not None:
            file.write_bytes(instead)
        try:
            yield
            await door.quiet()
        finally:
            if instead is not None:
                file.unlink(missing_ok=True)
            if kept:
                kept.rename(file)

    return around


@asynccontextmanager
async def damaged_keys(door: Door) -> AsyncIterator[None]:
    """Every key in the folder is cut short."""
    before = {file: file.read_bytes() for file in (data(door) / "keys").glob("*.key")}
    for file in before:
        file.write_bytes(b"short")
    try:
        yield
        await door.quiet()
    finally:
        for file, content in before.items():
            file.write_bytes(content)


@asynccontextmanager
async def backed_up(door: Door) -> AsyncIterator[None]:
    """Somebody makes backups meanwhile."""
    folder = data(door) / "backups"
    folder.mkdir(exist_ok=True)
    await backup(door.app.database, folder / "before.db")
    copying = asyncio.create_task(backup(door.app.database, folder / "meanwhile.db"))
    yield
    await copying
    await backup(door.app.database, folder / "after.db")


REFUSES = (
    "CREATE TRIGGER planted BEFORE INSERT ON concerns_message BEGIN SELECT RAISE(ABORT, 'a broken constraint'); END"
)

FAULTS = (
    Fault("the database is held by another process for half a second", EVERY, locked),
    Fault("the database is held by another process for longer than anybody waits", EVERY, locked_for_long),
    Fault("the disk is full", EVERY, each_transaction("PRAGMA max_page_count = 1")),
    Fault("the database is read-only", EVERY, each_transaction("PRAGMA query_only = 1")),
    Fault(
        "a table is missing",
        EVERY,
        statements(
            "ALTER TABLE concerns_message RENAME TO concerns_elsewhere",
            "ALTER TABLE concerns_elsewhere RENAME TO concerns_message",
        ),
    ),
    Fault(
        "the outbox is missing at the release",
        EVERY,
        statements("ALTER TABLE outbox RENAME TO outbox_elsewhere", "ALTER TABLE outbox_elsewhere RENAME TO outbox"),
    ),
    Fault("a constraint is broken", EVERY, statements(REFUSES, "DROP TRIGGER planted")),
    Fault("the keys folder is a file", EVERY, away("keys", b"nothing")),
    Fault("the keys are cut short", EVERY, damaged_keys),
    Fault("the vault key is gone", EVERY, away("vault.key")),
    Fault("the terminal's messages are a folder that is gone", "m", away("terminal.db")),
    Fault("the file of Teams' service is damaged", "t", away("teams-service.json", b"{")),
    Fault("backups are made meanwhile", EVERY, backed_up),
)
