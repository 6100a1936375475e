"""Settling ends when what is due is done, also what a tick began, since people look at once; closing leaves nothing."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import App, Ports, build
from bot.chat.cards import Card
from bot.chat.events import CommandUsed
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.chat.timing import Job, one_at_a_time
from bot.concerns.model import Concern, FormMark, Words
from bot.concerns.receipt import Hardness
from bot.concerns.schedule import AtOnce
from bot.questions.shelf import Shelf
from bot.settings import read
from bot.store import outbox
from bot.store.courier import Courier, Outgoing, Post, Topic
from bot.store.db import Database
from bot.store.outbox import Outbox
from tests.fakes.ports import FakeDirectory, FakeMessenger
from tests.fakes.timing import FakeClock

COUNCIL = Place("terminal", "council")


@dataclass
class SlowMessenger(FakeMessenger):
    """A platform on which a message takes as long as the test likes."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    may_end: asyncio.Event = field(default_factory=asyncio.Event)

    async def post(self, place: Place, card: Card, key: str) -> MessageRef:
        self.begun.set()
        await self.may_end.wait()
        return await super().post(place, card, key)


@dataclass
class SilentDirectory(FakeDirectory):
    """A platform that never says who works there.

    Args:
        asked: that it was asked.
    """

    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def colleagues(self, actor: Actor) -> tuple[str, ...]:
        self.asked.set()
        await asyncio.Event().wait()
        return ()


@pytest.fixture
def messenger() -> SlowMessenger:
    return SlowMessenger()


@pytest.fixture
async def app(tmp_path: Path, clock: FakeClock, shelf: Shelf, messenger: SlowMessenger) -> AsyncIterator[App]:
    opened = built(tmp_path, Ports(messenger, FakeDirectory(), clock), shelf)
    await opened.start()
    yield opened
    await opened.stop()


def built(folder: Path, ports: Ports, shelf: Shelf) -> App:
    cheap = Hardness(memory=64, passes=1)
    return build(read(RAI_DATA_DIR=str(folder)), ports, schedule=AtOnce(), hardness=cheap, shelf=shelf)


async def test_what_a_tick_has_on_its_way_is_waited_for(app: App, messenger: SlowMessenger) -> None:
    await app.concerns.raise_concern(Concern(Words("The test was skipped.")), FormMark.new())
    jobs = {job.name: job for job in app.jobs}
    await jobs["concerns.release"].run()
    tick = asyncio.ensure_future(jobs["outbox"].run())
    await messenger.begun.wait()
    settling = asyncio.create_task(app.settle())
    await asyncio.wait({settling}, timeout=0.1)
    assert not settling.done()
    messenger.may_end.set()
    await settling
    assert len(messenger.seen(COUNCIL)) == 1
    await tick


async def test_a_house_that_is_closed_asks_nobody_for_names_any_more(
    tmp_path: Path, clock: FakeClock, shelf: Shelf
) -> None:
    silent, before = SilentDirectory(), asyncio.all_tasks()
    app = built(tmp_path, Ports(FakeMessenger(), silent, clock), shelf)
    async with app.running():
        await app.router.handle(CommandUsed(Actor("terminal", "local", "ann"), COUNCIL, "help"))
        await silent.asked.wait()
    assert asyncio.all_tasks() == before


async def test_what_a_message_on_its_way_held_back_is_said_as_well(
    database: Database, clock: FakeClock, messenger: SlowMessenger
) -> None:
    async def compose(subject: str) -> Outgoing:
        return Post(COUNCIL, Card(subject))

    topics = {"room.said": Topic(compose)}
    impatient = timedelta(0)
    courier = Courier(database, Outbox(database, timedelta(seconds=30)), messenger, clock, topics, impatient)
    async with database.writing() as transaction:
        for _ in range(2):
            await outbox.put(transaction, "room.said", "a case", clock.now())
    await courier.run()
    await messenger.begun.wait()
    messenger.may_end.set()
    await courier.emptied()
    assert len(messenger.seen(COUNCIL)) == 2


async def test_of_two_runs_of_a_job_the_second_waits_for_the_first() -> None:
    told: list[str] = []

    async def run() -> None:
        told.append("begun")
        await asyncio.sleep(0)
        told.append("ended")

    job = one_at_a_time(Job("test.job", timedelta(seconds=1), run))
    await asyncio.gather(job.run(), job.run())
    assert told == ["begun", "ended"] * 2
