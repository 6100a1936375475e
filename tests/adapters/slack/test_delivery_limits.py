"""A channel that takes no more for now, or a Slack that hangs, holds up no other channel; everything comes once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.slack.response_urls import ResponseUrls
from adapters.slack.web import PatientWeb
from bot.chat.cards import Card
from bot.chat.errors import Busy
from bot.chat.places import Place
from bot.store import migrate, outbox
from bot.store.courier import MOST_ON_THE_WAY, Courier, Outgoing, Post, Topic
from bot.store.db import Database
from bot.store.outbox import Outbox
from tests.adapters.slack.post_office import COUNCIL, NOW, SHORT, PostOffice, post_office
from tests.doubles.slack.seen import Json
from tests.doubles.slack.server import Fault
from tests.fakes.timing import FakeClock

KEY = "0" * 32
OTHER = Place("slack", "COTHER")


def says_numbers(channel_of: Place) -> Topic:
    """A topic that posts each subject as a card in a channel."""

    async def compose(subject: str) -> Outgoing:
        return Post(channel_of, Card(subject))

    return Topic(compose)


@dataclass
class Line:
    """An outbox before the office, and the clock that its rows go by."""

    office: PostOffice
    courier: Courier
    database: Database
    clock: FakeClock

    async def put(self, place: Place, *subjects: str) -> None:
        async with self.database.writing() as transaction:
            for subject in subjects:
                await outbox.put(transaction, place.key, subject, self.clock.now())

    async def works(self, seconds: float = 0.0) -> None:
        """Let time pass, a second at a time, and the courier work."""
        for _ in range(int(seconds) or 1):
            await self.courier.run()
            await self.courier.arrived()
            self.clock.move(timedelta(seconds=1))
            self.office.seconds.now += 1


@pytest.fixture
async def line(office: PostOffice, tmp_path: Path) -> AsyncIterator[Line]:
    database, clock = Database(f"sqlite+aiosqlite:///{tmp_path / 'rai.db'}"), FakeClock(NOW)
    await migrate.upgrade(database)
    topics = {place.key: says_numbers(place) for place in (COUNCIL, OTHER)}
    patience = timedelta(milliseconds=50)
    made = Courier(database, Outbox(database, timedelta(seconds=30)), office.messenger, clock, topics, patience)
    yield Line(office, made, database, clock)
    await database.close()


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with post_office() as opened:
        yield opened


async def test_a_busy_channel_takes_no_more_and_says_for_how_long(office: PostOffice) -> None:
    for number in range(3):
        await office.messenger.post(COUNCIL, SHORT, str(number) * 32)
    with pytest.raises(Busy) as raised:
        await office.messenger.post(COUNCIL, SHORT, KEY)
    assert raised.value.wait == timedelta(seconds=1)
    assert office.calls("chat.postMessage") == 3
    await office.messenger.post(OTHER, SHORT, KEY)
    office.seconds.now += 1
    await office.messenger.post(COUNCIL, SHORT, KEY)


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update", "conversations.history"])
async def test_retry_after_is_obeyed_to_the_moment(office: PostOffice, method: str) -> None:
    ref = await office.messenger.post(COUNCIL, SHORT, KEY)
    office.faults[method] = [Fault("limited", seconds=30)]

    async def attempt() -> None:
        await office.messenger.post(COUNCIL, SHORT, "1" * 32)
        await office.messenger.edit(ref, SHORT)
        await office.messenger.find(COUNCIL, KEY)

    with pytest.raises(Busy) as raised:
        await attempt()
    assert raised.value.wait == timedelta(seconds=30)
    before = office.calls(method)
    office.seconds.now += 29.9
    with pytest.raises(Busy):
        await attempt()
    assert office.calls(method) == before
    office.seconds.now += 0.2
    await attempt()


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update", "conversations.history"])
async def test_several_at_once_do_not_come_too_early_where_the_first_meets_a_limit(
    office: PostOffice, method: str
) -> None:
    ref = await office.messenger.post(COUNCIL, SHORT, KEY)
    office.faults[method] = [Fault("limited", seconds=30)]
    before = office.calls(method)
    await asyncio.gather(
        office.messenger.post(COUNCIL, SHORT, "1" * 32),
        office.messenger.post(COUNCIL, SHORT, "2" * 32),
        office.messenger.edit(ref, SHORT),
        office.messenger.edit(ref, SHORT),
        office.messenger.find(COUNCIL, KEY),
        office.messenger.find(COUNCIL, KEY),
        return_exceptions=True,
    )
    assert office.calls(method) == before + 1


async def test_who_finds_a_channel_being_read_back_comes_again_in_a_moment(office: PostOffice) -> None:
    ref = await office.messenger.post(COUNCIL, SHORT, KEY)
    first, second = await asyncio.gather(
        office.messenger.find(COUNCIL, KEY), office.messenger.find(COUNCIL, KEY), return_exceptions=True
    )
    assert first == ref
    assert isinstance(second, Busy)
    assert await office.messenger.find(COUNCIL, KEY) == ref


async def test_a_channel_that_is_limited_holds_up_no_other_one(line: Line) -> None:
    line.office.faults["chat.postMessage"] = [Fault("limited", seconds=30)]
    await line.put(COUNCIL, "one")
    await line.works()
    await line.put(COUNCIL, "two")
    await line.put(OTHER, "three")
    await line.works()
    assert line.office.seen(COUNCIL.address) == []
    assert line.office.seen(OTHER.address) == ["three"]
    await line.works(34)
    assert sorted(line.office.seen(COUNCIL.address)) == ["one", "two"]


async def test_a_channel_whose_calls_hang_holds_up_no_other_one(line: Line) -> None:
    hung = asyncio.Event()

    def fault(method: str, args: Json) -> Fault | None:
        if method != "chat.postMessage" or args["channel"] != COUNCIL.address:
            return None
        hung.set()
        return Fault("hung")

    line.office.double.faults = fault
    line.office.workspace.client.timeout = 1
    await line.put(COUNCIL, "one", "two")
    await line.put(OTHER, "three")
    await line.courier.run()
    assert hung.is_set()
    assert line.office.seen(OTHER.address) == ["three"]
    line.office.double.faults = line.office.fault
    await line.courier.arrived()
    await line.works(4)
    assert sorted(line.office.seen(COUNCIL.address)) == ["one", "two"]


async def test_eight_messages_for_a_channel_that_hangs_hold_up_none_for_another(line: Line) -> None:
    line.office.double.faults = lambda method, args: (
        Fault("hung") if method == "chat.postMessage" and args["channel"] == COUNCIL.address else None
    )
    line.office.workspace.client.timeout = 1
    subjects = [f"case {number}" for number in range(MOST_ON_THE_WAY)]
    await line.put(COUNCIL, *subjects)
    await line.courier.run()
    await line.put(OTHER, "elsewhere")
    await line.courier.run()
    assert line.office.seen(OTHER.address) == ["elsewhere"]
    await line.courier.arrived()
    line.office.double.faults = line.office.fault
    await line.works(12)
    assert sorted(line.office.seen(COUNCIL.address)) == subjects
    assert line.office.calls("conversations.history") == 1, "who waited was not sent, and is not looked for"


async def test_an_answer_waits_for_its_turn_in_a_channel(office: PostOffice) -> None:
    web = PatientWeb(office.workspace.web)
    said = (web.call("chat.postMessage", channel=COUNCIL.address, text=f"{number}") for number in range(2))
    await asyncio.gather(*said)
    assert len(office.seen()) == 2


async def test_a_response_url_that_asks_for_patience_gets_it_and_leaves_no_trace(office: PostOffice) -> None:
    urls, pace = ResponseUrls(), office.workspace.web.pace
    url = office.double.response_url(COUNCIL.address, "UMIRA")
    office.faults["response_url"] = [Fault("limited", seconds=0.1)]
    async with urls.opened():
        await urls.tell(url, {"text": "Hello", "response_type": "ephemeral"})
    assert office.calls("response_url") == 2
    assert pace._gates == {}


async def test_many_at_once_come_one_a_second_after_a_short_burst_and_each_once(line: Line) -> None:
    subjects = [f"case {number:02d}" for number in range(12)]
    await line.put(COUNCIL, *subjects)
    stood = []
    for _ in range(11):
        await line.works()
        stood.append(len(line.office.seen(COUNCIL.address)))
    assert stood == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12]
    assert sorted(line.office.seen(COUNCIL.address)) == subjects
    assert line.office.calls("conversations.history") == 0, "who waits for a turn was not sent, and is not read back"
