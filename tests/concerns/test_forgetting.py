"""Keys and forgetting: what seals a concern goes with its time, and a concern that is forgotten is nowhere."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from nacl.bindings import sodium_pad
from nacl.public import SealedBox
from sqlalchemy import text

from bot.chat.errors import NotFound, StoreProblem
from bot.concerns.keyring import Keyring
from bot.concerns.model import ConcernId
from bot.concerns.schedule import AtOnce, Schedule, parse
from bot.concerns.vault import SIZE, Vault, open_concern
from bot.store.db import Database
from tests.concerns.test_walk import raise_concern
from tests.walks.house import House

WEEKLY = parse("tue,thu 10:00 UTC")


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "var" / "keys")


async def ids(database: Database) -> list[str]:
    async with database.reading() as transaction:
        return list((await transaction.execute(text("SELECT id FROM concerns_concern"))).scalars())


async def forget(house: House, concern: str) -> None:
    async with house.app.database.writing() as transaction:
        await house.app.concerns.forget(transaction, ConcernId(concern))


async def test_the_key_of_a_batch_is_there_before_anything_comes(
    open_house: Callable[[Schedule], House], keyring: Keyring
) -> None:
    house = open_house(WEEKLY)
    await house.app.start()
    await house.app.settle()
    made = {name: (keyring.folder / f"{name}.key").stat().st_mtime_ns for name in keyring.names()}
    assert set(made) == {"batch-1"}
    await raise_concern(house.person("somebody"))
    assert {name: (keyring.folder / f"{name}.key").stat().st_mtime_ns for name in made} == made
    await house.app.stop()


async def test_a_release_gives_each_concern_its_key_and_destroys_the_batchs(
    open_house: Callable[[Schedule], House], keyring: Keyring
) -> None:
    house = open_house(WEEKLY)
    await house.app.start()
    for number in range(3):
        await raise_concern(house.person("somebody"), f"number {number}")
    assert "batch-1" in keyring.names()
    await house.later(timedelta(days=7))
    assert len(house.council_place()) == 3
    assert keyring.names() == {*await ids(house.app.database), "batch-2"}
    await house.app.stop()


async def test_what_a_copy_of_the_database_held_before_the_release_is_closed_after_it(
    open_house: Callable[[Schedule], House], keyring: Keyring, tmp_path: Path
) -> None:
    house = open_house(WEEKLY)
    await house.app.start()
    await raise_concern(house.person("somebody"), "copied")
    async with house.app.database.reading() as transaction:
        stolen = (await transaction.execute(text("SELECT for_council FROM concerns_message"))).scalar_one()
    assert open_concern((keyring.batch(1),), stolen).words.text == "copied"
    await house.later(timedelta(days=7))
    keys = (
        Keyring(keyring.folder).batch(1),
        *(keyring.concern(ConcernId(each)) for each in await ids(house.app.database)),
    )
    with pytest.raises(StoreProblem):
        open_concern((*keys, Vault.open(tmp_path / "var" / "vault.key").private), stolen)
    await house.app.stop()


def bytes_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in folder.rglob("*"):
        if file.is_file():
            yield file.name, file.read_bytes()


async def test_a_forgotten_concern_leaves_no_byte_in_any_file(
    open_house: Callable[[Schedule], House], keyring: Keyring, tmp_path: Path
) -> None:
    house = open_house(AtOnce())
    await house.app.start()
    kept = await raise_concern(house.person("somebody"), "This one stays.")
    (stays,) = await ids(house.app.database)
    gone = await raise_concern(house.person("somebody"), "This one goes.")
    (goes,) = set(await ids(house.app.database)) - {stays}
    async with house.app.database.reading() as transaction:
        rows = "SELECT m.for_council, c.lookup FROM concerns_message m JOIN concerns_concern c ON c.id = m.concern"
        sealed, lookup = (await transaction.execute(text(f"{rows} WHERE c.id = '{goes}'"))).one()
    secret = bytes(keyring.concern(ConcernId(goes)))
    traces = (bytes(sealed)[:16], bytes(sealed)[-16:], lookup.encode(), secret)
    files = dict(bytes_of(tmp_path))
    assert any(secret in content for content in files.values())
    if house.app.database.is_sqlite:
        assert all(any(trace in content for content in files.values()) for trace in traces)
    await forget(house, goes)
    await house.later(timedelta(seconds=5))
    left = [name for name, content in bytes_of(tmp_path) if any(trace in content for trace in traces)]
    assert left == []
    assert keyring.names() == {stays, *(name for name in keyring.names() if name.startswith("batch-"))}
    author = house.person("somebody")
    await author.says("receipt")
    assert "No concern has this receipt" in await author.fills(receipt=gone)
    await author.says("receipt")
    assert "The council has your concern" in await author.fills(receipt=kept)
    await house.app.stop()


async def test_a_key_that_was_not_destroyed_before_a_crash_is_destroyed_at_the_start(
    open_house: Callable[[Schedule], House], keyring: Keyring
) -> None:
    house = open_house(AtOnce())
    await house.app.start()
    await raise_concern(house.person("somebody"))
    (concern,) = await ids(house.app.database)
    await forget(house, concern)
    await house.app.stop()  # before anything else could run
    assert concern in keyring.names()
    again = open_house(AtOnce())
    await again.app.start()
    await again.app.settle()
    assert concern not in keyring.names()
    await again.app.stop()


async def test_what_is_forgotten_cannot_be_read_or_answered(open_house: Callable[[Schedule], House]) -> None:
    house = open_house(AtOnce())
    await house.app.start()
    await raise_concern(house.person("somebody"))
    (concern,) = await ids(house.app.database)
    await forget(house, concern)
    with pytest.raises(NotFound):
        await house.app.concerns.read(ConcernId(concern))
    await house.app.stop()


async def test_what_waited_when_batches_got_keys_is_released_like_the_rest(
    open_house: Callable[[Schedule], House], tmp_path: Path
) -> None:
    """A database of version 0.1: its batch has no key, and its concern is sealed for the vault."""
    house = open_house(WEEKLY)
    await house.app.start()
    author = house.person("somebody")
    receipt = await raise_concern(author)
    vault = Vault.open(tmp_path / "var" / "vault.key")
    old = SealedBox(vault.private.public_key).encrypt(sodium_pad(b'{"value": "safety", "words": "From before."}', SIZE))
    async with house.app.database.writing() as transaction:
        await transaction.execute(text("UPDATE concerns_batch SET sealing_key = NULL"))
        await transaction.execute(text("UPDATE concerns_message SET for_council = :old"), {"old": old})
    await author.says("receipt")
    await author.sends(receipt=receipt, words="Added after.")
    await house.later(timedelta(days=7))
    chair = house.person("chair")
    seen = chair.looks(house.app.council.place)
    assert "From before." in seen
    assert "Added after." in seen
    await house.app.stop()


async def test_another_keys_folder_is_noticed(open_house: Callable[[Schedule], House], keyring: Keyring) -> None:
    house = open_house(WEEKLY)
    await house.app.start()
    await raise_concern(house.person("somebody"))
    keyring.destroy("batch-1")
    with pytest.raises(StoreProblem, match="Put the folder back"):
        await house.app.concerns.check_vault()
    await house.app.stop()


@pytest.mark.parametrize("damage", ["short", "folder"])
def test_a_key_that_cannot_be_used_is_told(tmp_path: Path, damage: str) -> None:
    keyring = Keyring(tmp_path / "keys")
    keyring.batch(1)
    file = tmp_path / "keys" / "batch-1.key"
    if damage == "short":
        file.write_bytes(b"short")
    else:
        file.unlink()
        file.mkdir()
    with pytest.raises(StoreProblem, match="share the folder"):
        keyring.batch(1)
    if damage == "folder":
        with pytest.raises(StoreProblem, match="share the folder"):
            keyring.destroy("batch-1")


def test_a_draft_whose_maker_was_cut_off_is_known_and_destroyed(tmp_path: Path) -> None:
    keyring = Keyring(tmp_path / "keys")
    keyring.batch(1)
    (tmp_path / "keys" / ".0123456789abcdef0123456789abcdef.key.cut-off").write_bytes(bytes(range(32)))
    assert keyring.names() == {"batch-1", "0123456789abcdef0123456789abcdef"}
    keyring.destroy("0123456789abcdef0123456789abcdef")
    assert [file.name for file in (tmp_path / "keys").iterdir()] == ["batch-1.key"]


def test_a_key_is_overwritten_before_its_file_goes(tmp_path: Path) -> None:
    keyring = Keyring(tmp_path / "keys")
    secret = bytes(keyring.batch(1))
    second = tmp_path / "keys" / ".batch-1.key.cut-off"  # as its maker leaves it who is killed at that moment
    second.hardlink_to(tmp_path / "keys" / "batch-1.key")
    with second.open("rb") as opened:
        keyring.destroy("batch-1")
        assert os.pread(opened.fileno(), 32, 0) == bytes(32)
    assert secret
    assert list((tmp_path / "keys").iterdir()) == []
    keyring.destroy("batch-1")  # another process may have been faster


async def test_a_restored_copy_whose_key_is_gone_can_go_on_without_what_waited(
    open_house: Callable[[Schedule], House], keyring: Keyring, tmp_path: Path
) -> None:
    house = open_house(WEEKLY)
    await house.app.start()
    author = house.person("somebody")
    lost = await raise_concern(author)
    keyring.destroy("batch-1")
    with pytest.raises(StoreProblem, match="rai db give-up"):
        await house.app.start()
    key = tmp_path / "var" / "vault.key"
    rightful = key.read_bytes()
    key.write_bytes(bytes(range(48)))  # the data folder of another installation
    stranger = open_house(WEEKLY)
    with pytest.raises(StoreProblem, match="Put the right key back"):
        await stranger.app.concerns.give_up()
    await stranger.app.stop()
    key.write_bytes(rightful)
    assert await house.app.concerns.give_up() == 1
    assert await house.app.concerns.give_up() == 0
    await house.app.start()
    await author.says("receipt")
    assert "No concern has this receipt" in await author.fills(receipt=lost)
    await raise_concern(author, "Said again.")
    await house.later(timedelta(days=7))
    assert ["Said again." in seen for seen in house.council_place()] == [True]
    await house.app.stop()


async def test_a_restored_copy_in_which_nothing_waits_just_starts(
    open_house: Callable[[Schedule], House], keyring: Keyring
) -> None:
    house = open_house(WEEKLY)
    await house.app.start()
    await house.app.settle()
    keyring.destroy("batch-1")
    await house.app.start()
    await raise_concern(house.person("somebody"), "Said after.")
    await house.later(timedelta(days=7))
    assert ["Said after." in seen for seen in house.council_place()] == [True]
    await house.app.stop()
