"""What the house's own objects say of themselves, which may reach a log: no person, no place, no word."""

import asyncio
import gc
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from adapters.teams.bot_framework import Answer
from adapters.teams.calls import Call
from adapters.teams.inbound import Origin, Waited
from adapters.teams.shape import Shape
from bot.chat.identity import Actor
from bot.questions.shelf import Shelf
from tests.adapters.previews import looks_over
from tests.adapters.teams.canary import OF_PERSON, WORDS, Watch, canary
from tests.adapters.teams.watched import Watched, watching
from tests.adapters.teams.ways import by_desk, by_mention, by_menu, sends

KINDS = (asyncio.Future, asyncio.Handle)


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    """What other tests left behind is not looked at."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def watched(home: Path, shelf: Shelf, capfd: pytest.CaptureFixture[str]) -> Watched:
    """Opens a house whose every trace is watched."""
    return watching(home, shelf, capfd)


def telling(watch: Watch) -> dict[str, list[str]]:
    """What our objects and all that is under way tell of the canary, by their class."""
    person = canary(watch.stage)
    secrets = [WORDS, *OF_PERSON, person.direct.id, *watch.receipts]
    found: dict[str, list[str]] = {}
    for each in gc.get_objects():
        if str(type(each).__module__).startswith(("adapters.", "bot.")) or isinstance(each, KINDS):
            said = f"{each!r} {each}"
            if told := [secret for secret in secrets if secret in said]:
                found[type(each).__qualname__] = told
    return found


async def test_nothing_under_way_or_kept_tells_of_a_concern(watched: Watched) -> None:
    async with watched() as watch:
        person, stage = canary(watch.stage), watch.stage
        for way in (by_desk, by_mention):
            await way(person, stage)
            await sends(person, stage, watch)
        await by_menu(person, stage)
        await looks_over(person, stage, WORDS)
        with closing(sqlite3.connect(next(watch.folder.rglob("rai.db")), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            sending = asyncio.create_task(person.submits())
            while not stage.door._invokes._repeats._answering:
                await asyncio.sleep(0)
            under_way = telling(watch)
            other.execute("ROLLBACK")
        await sending
        await stage.settle()
        assert {**under_way, **telling(watch)} == {}


ME = Actor("teams", "t", WORDS)
SAID: dict[str, object] = {"text": WORDS}


@pytest.mark.parametrize(
    "shown",
    [
        Origin("t", WORDS, "chat", WORDS, WORDS, message=WORDS, data=SAID),
        Waited(WORDS),
        Answer(200, SAID),
        Call("POST", "https://x.example", f"/{WORDS}", WORDS, "send", SAID, {"token": WORDS}),
        Shape("", "", [SAID]),
    ],
    ids=lambda shown: type(shown).__name__,
)
def test_what_is_passed_around_tells_nothing(shown: object) -> None:
    assert WORDS not in f"{shown!r} {shown}"
    assert WORDS not in repr([shown])


async def test_a_task_tells_nothing_of_what_it_brought() -> None:
    async def answer() -> Answer:
        return Answer(200, {"text": WORDS[:12]})

    task = asyncio.create_task(answer())
    await task
    assert WORDS[:12] not in repr(task)
