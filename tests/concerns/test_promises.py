"""The shape of the safe space, pinned: what its tables hold, what its service takes, what no table can tell."""

import inspect
import sqlite3
import typing
from collections.abc import Callable
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest
from nacl.public import PrivateKey
from sqlalchemy import text

import bot.concerns.model
import bot.concerns.receipt
from bot.chat.errors import Conflict, NotFound, StoreProblem
from bot.chat.timing import Clock
from bot.concerns.batch_store import BatchStore
from bot.concerns.keyring import Keyring
from bot.concerns.model import About, Concern, ConcernId, FormMark, People, Words
from bot.concerns.receipt import Hardness, Receipt
from bot.concerns.schedule import AtOnce, Schedule, parse
from bot.concerns.service import Concerns
from bot.concerns.store import ConcernsStore
from bot.concerns.vault import Vault, open_concern
from bot.store.db import Database, Transaction, metadata
from tests.fakes.timing import FakeClock
from tests.walks.house import House


def test_the_columns_that_exist_are_these_and_no_others() -> None:
    # A column more is a promise less: think of docs/anonymity.md before you change this.
    tables = {name: sorted(table.c.keys()) for name, table in metadata.tables.items() if name.startswith("concerns_")}
    assert tables == {
        "concerns_vault": ["fingerprint"],
        "concerns_batch": ["members", "number", "people", "release", "released_at", "sealing_key", "since"],
        "concerns_concern": ["author_key", "batch", "id", "lookup"],
        "concerns_message": ["batch", "concern", "for_author", "for_council", "id", "once", "turn", "voice"],
    }


def test_every_argument_of_the_service_is_a_type_of_the_room() -> None:
    own = {module.__name__ for module in (bot.concerns.model, bot.concerns.receipt)}
    allowed = {Transaction, Clock, ConcernsStore, Vault, Keyring, Schedule, People, Hardness}
    for name, method in inspect.getmembers(Concerns, inspect.isfunction):
        if name.startswith("_") and name != "__init__":
            continue
        hints = {key: hint for key, hint in typing.get_type_hints(method).items() if key != "return"}
        for number in ("least_people", "most_waiting"):
            hints.pop(number, None)
        for argument, hint in hints.items():
            assert hint in allowed or hint.__module__ in own, f"{name}({argument}) takes a {hint}"


def test_the_fields_of_a_concern_are_these_and_no_others() -> None:
    assert list(Concern.__dataclass_fields__) == ["words", "about"]
    assert list(About.__dataclass_fields__) == ["value", "system", "stage", "affected", "urgency", "sure"]
    assert list(FormMark.__dataclass_fields__) == ["value"]


class Nobody:
    """A crowd that nobody counts."""

    def size(self) -> int:
        return 0

    def members(self) -> int:
        return 0

    def forget(self) -> None: ...


@pytest.fixture
def concerns(database: Database, clock: FakeClock, tmp_path: Path) -> Concerns:
    vault, keyring = Vault.open(tmp_path / "vault.key"), Keyring(tmp_path / "keys")
    cheap = Hardness(memory=64, passes=1)
    return Concerns(ConcernsStore(database), vault, keyring, clock, AtOnce(), Nobody(), 1, cheap)


async def test_a_vault_of_another_installation_is_noticed(
    concerns: Concerns, database: Database, clock: FakeClock, tmp_path: Path
) -> None:
    await concerns.check_vault()
    await concerns.check_vault()
    other = Vault.open(tmp_path / "other.key")
    keyring = Keyring(tmp_path / "keys")
    stranger = Concerns(ConcernsStore(database), other, keyring, clock, AtOnce(), Nobody(), 1, Hardness(64, 1))
    with pytest.raises(StoreProblem, match="Put the right key back"):
        await stranger.check_vault()


async def test_what_is_not_released_cannot_be_read_or_answered(concerns: Concerns, database: Database) -> None:
    await concerns.raise_concern(Concern(Words("x")), FormMark.new())
    async with database.reading() as transaction:
        named = ConcernId((await transaction.execute(text("SELECT id FROM concerns_concern"))).scalar_one())

    async def reply() -> None:
        async with database.writing() as transaction:
            await concerns.reply(transaction, named, Words("hello"), FormMark.new())

    for attempt in (lambda: concerns.read(named), reply, lambda: concerns.read(ConcernId("gone"))):
        with pytest.raises(NotFound):
            await attempt()


async def test_a_batch_is_released_once_whoever_else_tries(
    concerns: Concerns, database: Database, clock: FakeClock, tmp_path: Path
) -> None:
    await concerns.raise_concern(Concern(Words("x")), FormMark.new())
    store = BatchStore(database)
    batch = await store.waiting_batch()
    assert batch is not None
    async with database.writing() as transaction:
        assert await store.release(transaction, batch.number, clock.now(), None, 0)
        assert not await store.release(transaction, batch.number, clock.now(), None, 0)
    assert await store.waiting_batch() is None


async def test_adding_with_a_mark_that_was_used_adds_nothing(concerns: Concerns) -> None:
    kept, mark = await concerns.raise_concern(Concern(Words("x")), FormMark.new()), FormMark.new()
    receipt = kept.receipt
    await concerns.add(receipt, Words("more"), mark)
    with pytest.raises(Conflict, match="sent before"):
        await concerns.add(receipt, Words("more"), mark)
    assert (await concerns.follow(receipt)).waiting == 2


async def test_a_batch_that_is_full_takes_no_more(database: Database, clock: FakeClock, tmp_path: Path) -> None:
    vault, keyring = Vault.open(tmp_path / "vault.key"), Keyring(tmp_path / "keys")
    rest = clock, parse("tue,thu 10:00 UTC"), Nobody(), 1, Hardness(64, 1)
    small = Concerns(ConcernsStore(database), vault, keyring, *rest, most_waiting=2)
    for _ in range(2):
        await small.raise_concern(Concern(Words("x")), FormMark.new())
    with pytest.raises(Conflict, match="was not taken. Please keep your words"):
        await small.raise_concern(Concern(Words("x")), FormMark.new())
    await small.raise_concern(Concern(Words("x"), About(urgency="at once")), FormMark.new())


async def test_adding_with_a_receipt_of_nobody_is_not_found(concerns: Concerns) -> None:
    with pytest.raises(NotFound):
        await concerns.add(Receipt.draw(), Words("more"), FormMark.new())


def opened(key: PrivateKey, sealed: bytes) -> str:
    return open_concern((key,), sealed).words.text


def tau(order: list[int]) -> float:
    """Kendall's tau of an order against that of arrival: 1 tells everything, about 0 tells nothing."""
    pairs = list(combinations(order, 2))
    return sum(1 if left < right else -1 for left, right in pairs) / len(pairs)


async def test_after_a_release_the_file_keeps_no_order(
    open_house: Callable[[Schedule], House], tmp_path: Path, clock: FakeClock
) -> None:
    house = open_house(parse("tue,thu 10:00 UTC"))
    await house.app.start()
    if house.app.database.is_sqlite:
        author = house.person("somebody")
        for number in range(30):
            await author.says("concern")
            await author.fills(words=f"number {number}")
            await author.fills()
        await house.later(timedelta(days=7))
        assert len(house.council_place()) == 30
        keyring = Keyring(tmp_path / "var" / "keys")
        async with house.app.database.reading() as transaction:
            rows = (await transaction.execute(text("SELECT for_council, concern FROM concerns_message"))).all()
        file = (tmp_path / "rai.db").read_bytes()
        assert not any(sealed[-12:] in (tmp_path / "rai.db-wal").read_bytes() for sealed, _ in rows)
        # The last bytes of a sealed message lie in a page of its own, wherever the file had room for one.
        places = [
            (file.index(sealed[-12:]), opened(keyring.concern(ConcernId(concern)), sealed)) for sealed, concern in rows
        ]
        assert abs(tau([int(words.split()[1]) for _, words in sorted(places)])) < 0.43
    await house.app.stop()


async def test_a_busy_database_is_written_anew_once_it_is_free(
    open_house: Callable[[Schedule], House], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    house = open_house(AtOnce())
    await house.app.start()
    if house.app.database.is_sqlite:
        author = house.person("somebody")
        wal = tmp_path / "rai.db-wal"
        reader = sqlite3.connect(tmp_path / "rai.db", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM concerns_message").fetchall()
        async with house.app.database.reading() as transaction:
            await transaction.execute(text("PRAGMA busy_timeout = 50"))
        await author.says("concern")
        await author.fills(words="x")
        await author.fills()
        assert "files keep the order of concerns, or a key that is over: Somebody is reading" in caplog.text
        assert wal.stat().st_size > 8_192
        reader.close()
        await house.app.settle()
        async with house.app.database.reading() as transaction:
            sealed = await transaction.scalar(text("SELECT for_council FROM concerns_message"))
        assert sealed[-12:] not in wal.read_bytes()
    await house.app.stop()


async def test_no_table_keeps_the_order_of_arrival(concerns: Concerns, database: Database, tmp_path: Path) -> None:
    """Thirty concerns: their order by key, and in the file, is no better than chance (|tau| under the 99.9 % bound)."""
    texts = [f"number {number}" for number in range(30)]
    for each in texts:
        await concerns.raise_concern(Concern(Words(each)), FormMark.new())
    store = ConcernsStore(database)
    async with database.reading() as transaction:
        ids = list((await transaction.execute(text("SELECT concern FROM concerns_message"))).scalars())
        sealed = [(await store.conversation(transaction, ConcernId(each)))[0].for_council for each in sorted(ids)]
    key = Keyring(tmp_path / "keys").batch(1)
    found = [texts.index(opened(key, each)) for each in sealed]
    assert abs(tau(found)) < 0.43
    if database.is_sqlite:
        async with database.reading() as transaction:
            made = (
                await transaction.execute(text("SELECT sql FROM sqlite_master WHERE name = 'concerns_message'"))
            ).scalar_one()
        assert "WITHOUT ROWID" in made


async def test_postgresql_too_forgets_the_order_of_arrival(
    concerns: Concerns, database: Database, tmp_path: Path
) -> None:
    """Its system columns: xmin counts transactions, ctid says where a row lies."""
    if database.is_sqlite:
        return
    for number in range(30):
        await concerns.raise_concern(Concern(Words(str(number))), FormMark.new())
    assert abs(tau(await lying(database, tmp_path))) == 1
    await concerns.check_vault()
    async with database.writing() as transaction:
        await transaction.execute(text("UPDATE concerns_batch SET release = 'tue 10:00 UTC'"))  # waits
    await concerns.release()
    assert abs(tau(await lying(database, tmp_path))) < 0.43
    async with database.reading() as transaction:
        for table in ("concerns_concern", "concerns_message"):
            assert await transaction.scalar(text(f"SELECT count(DISTINCT xmin::text) FROM {table}")) == 1


async def lying(database: Database, folder: Path) -> list[int]:
    """The numbers that were written, in the order in which their rows lie."""
    key = Keyring(folder / "keys").batch(1)
    async with database.reading() as transaction:
        rows = await transaction.execute(text("SELECT for_council FROM concerns_message ORDER BY ctid"))
        return [int(opened(key, sealed)) for sealed in rows.scalars()]
