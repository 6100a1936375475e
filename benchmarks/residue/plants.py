"""Leaks that are planted on purpose, in every place and every form that it can hold: each must be found."""

import logging
import os
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from typing import Any

import httpx
from sqlalchemy import text

from benchmarks.residue.canary import What
from benchmarks.residue.doors import Door
from benchmarks.residue.evidence import files, leaks, spoken
from benchmarks.residue.listening import Ear, Output
from bot.store.backup import backup

Form = tuple[What, str, bytes]
Plants = Callable[[Door, list[Form]], Awaitable[None]]


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")


async def _in_table(door: Door, forms: list[Form]) -> None:
    async with door.app.database.writing() as transaction:
        await transaction.execute(text("CREATE TABLE planted (content BLOB)"))
        for _, _, form in forms:
            await transaction.execute(text("INSERT INTO planted VALUES (:content)"), {"content": form})


async def _in_file_of_table(door: Door, forms: list[Form]) -> None:
    await _in_table(door, forms)
    await door.app.database.rewrite(())  # until then it stands in the write-ahead log alone


async def _in_backup(door: Door, forms: list[Form]) -> None:
    await _in_table(door, forms)
    folder = door.grounds.folder / "var" / "backups"
    folder.mkdir(exist_ok=True)
    await backup(door.app.database, folder / "planted.db")


def _in_file(name: str) -> Plants:
    async def plant(door: Door, forms: list[Form]) -> None:
        file = door.grounds.folder / "var" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"\n".join(form for _, _, form in forms))

    return plant


async def _in_terminal(door: Door, forms: list[Form]) -> None:
    with closing(sqlite3.connect(door.grounds.folder / "var" / "terminal.db")) as kept, kept:
        kept.execute("CREATE TABLE planted (content BLOB)")
        kept.executemany("INSERT INTO planted VALUES (?)", [(form,) for _, _, form in forms])


async def _logged(_door: Door, forms: list[Form]) -> None:
    for _, _, form in forms:
        logging.getLogger("planted").debug("a line with %s", _text(form))


class _Silent:
    """Something whose text is empty, and what it holds is not."""

    def __init__(self, held: str) -> None:
        self.held = held

    def __str__(self) -> str:
        return ""

    def __repr__(self) -> str:
        return self.held


async def _logged_as_given(_door: Door, forms: list[Form]) -> None:
    for _, _, form in forms:
        logging.getLogger("planted").debug("%s", _Silent(_text(form)))


async def _raised(_door: Door, forms: list[Form]) -> None:
    for _, _, form in forms:
        try:
            raise KeyError from ValueError(_text(form))
        except KeyError:
            logging.getLogger("planted").exception("something failed")


async def _printed(_door: Door, forms: list[Form]) -> None:
    for _, _, form in forms:
        print(_text(form))


async def _to_errors(_door: Door, forms: list[Form]) -> None:
    for _, _, form in forms:
        print(_text(form), file=sys.stderr)


async def _to_descriptor(_door: Door, forms: list[Form]) -> None:
    for _, _, form in forms:
        os.write(2, form + b"\n")


async def _called(door: Any, forms: list[Form], how: Callable[[bytes], dict[str, Any]]) -> None:
    url = (
        f"{door.stage.double.api_url}auth.test" if door.letter in "hs" else f"{door.stage.double.base_url}/openid/keys"
    )
    async with httpx.AsyncClient() as client:
        for _, _, form in forms:
            given = how(form)
            await client.post(url + given.pop("path", ""), **given)


def _calls(how: Callable[[bytes], dict[str, Any]]) -> Plants:
    async def plant(door: Door, forms: list[Form]) -> None:
        await _called(door, forms, how)

    return plant


async def _answered(door: Any, forms: list[Form]) -> None:
    door.answers.extend(form for _, _, form in forms)


def _path(form: bytes) -> dict[str, Any]:
    return {"path": "?x=" + "".join(f"%{byte:02x}" for byte in form)}


FILES: dict[str, tuple[str, Plants]] = {
    "a table": ("database", _in_file_of_table),
    "the write-ahead log": ("write-ahead log", _in_table),
    "a backup": ("backup", _in_backup),
    "the keys folder": ("keys folder", _in_file("keys/planted")),
    "another file": ("another file", _in_file("planted")),
}
SPOKEN: dict[str, tuple[str, Plants]] = {
    "a log line": ("log line", _logged),
    "a log record": ("log record", _logged_as_given),
    "an exception": ("exception in the log", _raised),
    "the output": ("output and errors", _printed),
    "the errors": ("output and errors", _to_errors),
    "a descriptor": ("output and errors", _to_descriptor),
}
CALLED: dict[str, tuple[str, Plants]] = {
    "an address": ("address of a call", _calls(_path)),
    "a header": ("header of a call", _calls(lambda form: {"headers": [(b"x-planted", form)]})),
    "a body": ("body of a call", _calls(lambda form: {"content": form})),
    "an answer": ("answer to the platform", _answered),
}
AT_TERMINAL: dict[str, tuple[str, Plants]] = {"the terminal's messages": ("the terminal's messages", _in_terminal)}


def _fits(where: str, form: bytes) -> bool:
    """Whether a place can hold it: a header holds no control characters."""
    return where != "a header" or all(byte >= 32 for byte in form)


async def missing(door: Door, ear: Ear, output: Output) -> tuple[int, list[str]]:
    """How many leaks were planted, and which of them were not found."""
    planted, unfound = 0, []
    every = [(what, name, form) for what in door.marks.by for name, form in door.marks.forms_of(what)]
    for where, (place, plant) in {**FILES, **SPOKEN, **(AT_TERMINAL if door.letter == "m" else CALLED)}.items():
        forms = [each for each in every if _fits(where, each[2])]
        await plant(door, forms)
        pieces = [*files(door.grounds.folder), *spoken(ear, output), *door.pieces()]
        found = {(each.what, each.form) for each in leaks(door.marks, pieces) if each.place == place}
        wanted = {(what, name) for what, name, _ in forms}
        planted += len(wanted)
        unfound += [f"{what} in {where} as {name}, at {door.letter}" for what, name in sorted(wanted - found)]
        await _taken_away(door)
        for listener in (ear, output, door):
            listener.forgets()
    return planted, unfound


async def _taken_away(door: Door) -> None:
    var = door.grounds.folder / "var"
    async with door.app.database.writing() as transaction:
        await transaction.execute(text("DROP TABLE IF EXISTS planted"))
    await door.app.database.rewrite(())
    for file in (var / "planted", var / "keys" / "planted", var / "backups" / "planted.db"):
        file.unlink(missing_ok=True)
    if door.letter == "m":
        with closing(sqlite3.connect(var / "terminal.db")) as kept:
            kept.execute("PRAGMA secure_delete = 1")
            kept.execute("DROP TABLE IF EXISTS planted")
            kept.commit()
            kept.execute("VACUUM")
            kept.execute("PRAGMA wal_checkpoint(TRUNCATE)")
