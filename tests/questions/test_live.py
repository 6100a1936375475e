"""Changed files answer within seconds, broken ones are told in the log, and old entries are listed once a week."""

import logging
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.concerns.schedule import AtOnce, Schedule
from bot.questions.shelf import Shelf
from tests.questions.library import TOPICS, save, text_of
from tests.walks.house import House

KNOWN = TOPICS["appeals"][1]
PARROT = ("The parrot of the office", "where does the parrot sleep", "feeding the parrot at night")


async def test_a_new_a_changed_and_a_deleted_file_are_live_at_the_next_look(house: House, folder: Path) -> None:
    person = house.person("mira")
    assert "I don't know" in await person.says(PARROT[1])
    path = save(folder, "parrot", text_of("parrot", *PARROT))
    await house.app.settle()
    assert "The short words on The parrot of the office." in await person.says(PARROT[1])
    path.write_text(path.read_text("utf-8").replace("The short words", "Other words"), "utf-8")
    await house.app.settle()
    assert "Other words on" in await person.says(PARROT[1])
    path.unlink()
    await house.app.settle()
    assert "I don't know" in await person.says(PARROT[1])


async def test_the_look_comes_every_five_seconds(house: House) -> None:
    (job,) = [job for job in house.app.jobs if job.name == "questions.library"]
    assert job.every <= timedelta(seconds=10)


async def test_a_file_of_the_same_size_that_changed_is_noticed(house: House, folder: Path) -> None:
    path = folder / "topics" / "appeals.md"
    before = path.stat()
    path.write_text(path.read_text("utf-8").replace("The short words", "The other wordz"[:15]), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    version = house.app.shelf.library.version
    await house.app.settle()
    assert house.app.shelf.library.version != version


async def test_a_broken_file_leaves_the_rest_answering_and_is_told_once(
    house: House, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = folder / "topics" / "drift.md"
    whole = path.read_text("utf-8")
    path.write_text(whole[: len(whole) // 3], "utf-8")
    with caplog.at_level(logging.WARNING):
        await house.app.settle()
        save(folder, "parrot", text_of("parrot", *PARROT))
        await house.app.settle()
    told = [record.getMessage() for record in caplog.records if "drift.md" in record.getMessage()]
    assert told
    assert len(told) == len(set(told))
    assert all("drift.md:" in line and "\n" not in line for line in told)
    assert "Letting people appeal" in await house.person("mira").says(KNOWN)
    path.write_text(whole, "utf-8")
    await house.app.settle()
    assert "Watching for drift" in await house.person("mira").says(TOPICS["drift"][1])


async def test_an_empty_library_knows_nothing_and_says_so(house: House, folder: Path) -> None:
    for path in folder.rglob("*.md"):
        path.unlink()
    await house.app.settle()
    assert "I don't know" in await house.person("mira").says(KNOWN)


async def test_what_has_not_changed_is_not_read_again(house: House) -> None:
    before = house.app.shelf
    await house.app.settle()
    assert house.app.shelf is before


OLD = "verified_by: data protection officer\nverified_until: {}\n"


async def test_old_entries_are_listed_once_a_week_with_their_owner(
    house: House, folder: Path, open_house: Callable[[Schedule], House]
) -> None:
    assert house.council_place() == []
    for name, until in (("late", "2026-11-22"), ("soon", "2026-12-07"), ("fine", "2026-12-08")):
        save(
            folder,
            name,
            text_of(name, f"An entry that is {name}", f"{name} alone", f"{name} beside", more=OLD.format(until)),
        )
    await house.app.settle()
    other = open_house(AtOnce())
    await other.app.start()
    await other.app.settle()
    assert other.council_place() == []
    (seen,) = house.council_place()
    assert "An entry that is late: out of date since 2026-11-22, data protection officer" in seen
    assert "An entry that is soon: due by 2026-12-07, data protection officer" in seen
    assert "An entry that is fine" not in seen
    await house.later(timedelta(days=6))
    assert len(house.council_place()) == 1
    await house.later(timedelta(days=1))
    assert len(house.council_place()) == 2
    await other.app.stop()


def test_the_built_in_shelf_opens_with_an_organisations_own_beside_it(folder: Path, tmp_path: Path) -> None:
    opened = Shelf.open(folder, tmp_path / "var")
    assert {"appeals", "fairness"} <= set(opened.library.entries)
    assert opened.entry("appeals") is not None
