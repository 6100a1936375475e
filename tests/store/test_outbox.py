"""The outbox and its courier: everything put in is said, and said once."""

import asyncio
from datetime import timedelta

import pytest

from bot.chat.cards import Card
from bot.chat.errors import Busy, NotFound, Unreachable
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.store import outbox
from bot.store.courier import Courier, Edit, Outgoing, Post, Tell, Topic
from bot.store.db import Database, Transaction
from bot.store.outbox import Outbox
from tests.fakes.ports import FakeMessenger
from tests.fakes.timing import FakeClock

COUNCIL = Place("terminal", "council")
MIRA = Actor("terminal", "local", "mira")
LEASE = timedelta(seconds=30)


class Room:
    """A room that says one thing about each subject, and remembers where it stands."""

    def __init__(self) -> None:
        self.refs: dict[str, MessageRef] = {}
        self.composed = 0

    async def compose(self, subject: str) -> Outgoing | None:
        self.composed += 1
        match subject.split("-", maxsplit=1)[0]:
            case "nothing":
                return None
            case "gone":
                raise NotFound("What this was about is gone.")
            case "defect":
                raise ZeroDivisionError
            case "tell":
                return Tell(MIRA, Card(subject))
            case "edit":
                return Edit(self.refs["first"], Card(subject))
            case _:
                return Post(COUNCIL, Card(subject))

    async def note(self, _transaction: Transaction, subject: str, ref: MessageRef) -> None:
        self.refs[subject] = ref


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger()


@pytest.fixture
def courier(database: Database, room: Room, messenger: FakeMessenger, clock: FakeClock) -> Courier:
    topics = {"room.said": Topic(room.compose, room.note)}
    return Courier(database, Outbox(database, LEASE), messenger, clock, topics)


async def put(database: Database, clock: FakeClock, *subjects: str, after: timedelta = timedelta(0)) -> None:
    async with database.writing() as transaction:
        for subject in subjects:
            await outbox.put(transaction, "room.said", subject, clock.now() + after)


def titles(messenger: FakeMessenger) -> list[str]:
    return [card.title for card in messenger.seen(COUNCIL)]


async def test_what_is_put_is_said_once_and_its_place_noted(
    database: Database, clock: FakeClock, courier: Courier, messenger: FakeMessenger, room: Room
) -> None:
    await put(database, clock, "first")
    await courier.run()
    await courier.run()
    assert titles(messenger) == ["first"]
    assert room.refs["first"] in messenger.messages


async def test_what_is_found_when_it_is_said_waits_once_and_again_once_it_is_begun(
    database: Database, clock: FakeClock, courier: Courier, messenger: FakeMessenger, room: Room
) -> None:
    async def put_once(after: int) -> None:
        async with database.writing() as transaction:
            await outbox.put_once(transaction, "room.said", "first", clock.now() + timedelta(hours=after))

    await put_once(after=2)
    await put_once(after=1)
    await put_once(after=3)
    clock.move(timedelta(hours=1))
    begun = await Outbox(database, LEASE).claim(clock.now())
    assert begun
    assert await Outbox(database, LEASE).claim(clock.now()) is None
    await put_once(after=0)
    async with database.writing() as transaction:
        await Outbox(database, LEASE).done(transaction, begun)
    await courier.run()
    clock.move(timedelta(hours=3))
    await courier.run()
    assert room.composed == 1
    assert titles(messenger) == ["first"]


async def test_nothing_is_said_before_its_time(
    database: Database, clock: FakeClock, courier: Courier, messenger: FakeMessenger
) -> None:
    await put(database, clock, "later", after=timedelta(hours=1))
    await courier.run()
    assert titles(messenger) == []
    clock.move(timedelta(hours=1))
    await courier.run()
    assert titles(messenger) == ["later"]


async def test_a_row_of_a_transaction_that_failed_is_never_said(
    database: Database, clock: FakeClock, courier: Courier, messenger: FakeMessenger
) -> None:
    async def fail_half_way() -> None:
        async with database.writing() as transaction:
            await outbox.put(transaction, "room.said", "first", clock.now())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_half_way()
    await courier.run()
    assert titles(messenger) == []


async def test_a_lost_answer_does_not_make_a_second_message(
    database: Database, clock: FakeClock, courier: Courier, messenger: FakeMessenger, room: Room
) -> None:
    messenger.lost_answers = 1
    await put(database, clock, "first")
    await courier.run()
    clock.move(timedelta(minutes=1))
    await courier.run()
    assert titles(messenger) == ["first"]
    assert "first" in room.refs


async def test_a_courier_that_died_holding_a_row_is_followed_by_another(
    database: Database, clock: FakeClock, courier: Courier, messenger: FakeMessenger
) -> None:
    await put(database, clock, "first")
    await Outbox(database, LEASE).claim(clock.now())  # claimed, and never heard of again
    await courier.run()
    assert titles(messenger) == []
    clock.move(LEASE + timedelta(seconds=1))
    await courier.run()
    assert titles(messenger) == ["first"]


async def test_what_fails_for_now_is_tried_again_later_and_later(
    database: Database, clock: FakeClock, courier: Courier, messenger: FakeMessenger
) -> None:
    messenger.failures = [Unreachable("The platform is away."), ZeroDivisionError()]
    await put(database, clock, "tell-mira")
    for _ in range(3):
        await courier.run()
        clock.move(timedelta(minutes=10))
    assert [card.title for card in messenger.seen(MIRA)] == ["tell-mira"]


async def test_what_somebody_must_mend_first_is_counted_and_said_once_the_cause_is_gone(
    database: Database, clock: FakeClock, courier: Courier, messenger: FakeMessenger
) -> None:
    messenger.failures = [Unreachable("The channel is gone.", permanent=True)] * 2
    await put(database, clock, "first")
    for passed in (timedelta(0), timedelta(minutes=59), timedelta(minutes=1)):
        clock.move(passed)
        await courier.run()
        assert titles(messenger) == []
        assert await Outbox(database, LEASE).stuck() == 1
    clock.move(timedelta(hours=1))
    await courier.run()
    assert titles(messenger) == ["first"]
    assert await Outbox(database, LEASE).stuck() == 0


async def test_a_defect_in_one_subject_does_not_hold_up_another(
    database: Database, clock: FakeClock, courier: Courier, messenger: FakeMessenger
) -> None:
    await put(database, clock, "defect", "nothing", "first")
    await courier.run()
    assert titles(messenger) == ["first"]


async def test_an_edit_changes_the_message_that_stands(
    database: Database, clock: FakeClock, courier: Courier, messenger: FakeMessenger
) -> None:
    await put(database, clock, "first")
    await courier.run()
    await put(database, clock, "edit-it")
    await courier.run()
    assert titles(messenger) == ["edit-it"]


async def test_two_messages_about_one_thing_are_said_one_after_the_other(
    database: Database, clock: FakeClock, courier: Courier, messenger: FakeMessenger
) -> None:
    await put(database, clock, "first", "first", "other")
    held = await Outbox(database, LEASE).claim(clock.now())
    assert held is not None
    await courier.run()
    assert len(titles(messenger)) == (1 if held.subject == "first" else 2)
    assert titles(messenger).count("first") == (0 if held.subject == "first" else 2)


async def test_a_courier_that_took_too_long_does_not_free_what_another_holds(
    database: Database, clock: FakeClock
) -> None:
    await put(database, clock, "first")
    box = Outbox(database, LEASE)
    slow = await box.claim(clock.now())
    clock.move(LEASE + timedelta(seconds=1))
    assert slow is not None
    assert await box.claim(clock.now()) is not None
    await box.again(slow, clock.now(), stuck=False)
    assert await box.claim(clock.now()) is None


async def test_two_couriers_at_once_say_everything_once(
    database: Database, clock: FakeClock, room: Room, messenger: FakeMessenger
) -> None:
    outboxes = [Outbox(database, LEASE) for _ in range(4)]
    await put(database, clock, *(f"first-{number}" for number in range(60)))
    topics = {"room.said": Topic(room.compose, room.note)}
    await asyncio.gather(*(Courier(database, each, messenger, clock, topics).run() for each in outboxes))
    assert sorted(titles(messenger)) == sorted(f"first-{number}" for number in range(60))


async def test_who_asks_for_patience_is_left_alone_and_it_counts_as_no_attempt(
    database: Database, clock: FakeClock, courier: Courier, messenger: FakeMessenger
) -> None:
    await put(database, clock, "first")
    messenger.failures = [Busy(timedelta(seconds=7)) for _ in range(5)]
    for _ in range(5):
        await courier.run()
        clock.move(timedelta(seconds=6))
        await courier.run()
        assert titles(messenger) == []
        clock.move(timedelta(seconds=1))
    await courier.run()
    assert titles(messenger) == ["first"]
    assert messenger.looked == 0


class Hanging(FakeMessenger):
    """A platform that takes what is called "slow" and says nothing until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = asyncio.Event()

    async def post(self, place: Place, card: Card, key: str) -> MessageRef:
        ref = await super().post(place, card, key)
        if card.title.startswith("slow"):
            await self.go_on.wait()
        return ref


async def test_a_message_that_hangs_holds_up_no_other_and_is_waited_for_at_the_end(
    database: Database, clock: FakeClock, room: Room
) -> None:
    messenger, topics = Hanging(), {"room.said": Topic(room.compose, room.note)}
    courier = Courier(database, Outbox(database, LEASE), messenger, clock, topics, patience=timedelta(0))
    await put(database, clock, "slow")
    await put(database, clock, "second", after=timedelta(microseconds=1))
    clock.move(timedelta(seconds=1))
    await courier.run()
    assert "slow" not in room.refs
    end = asyncio.ensure_future(courier.arrived())
    messenger.go_on.set()
    await end
    assert sorted(titles(messenger)) == sorted(room.refs) == ["second", "slow"]


async def test_a_platform_that_hangs_does_not_gather_every_message(
    database: Database, clock: FakeClock, room: Room
) -> None:
    messenger, topics = Hanging(), {"room.said": Topic(room.compose, room.note)}
    courier = Courier(database, Outbox(database, LEASE), messenger, clock, topics, patience=timedelta(milliseconds=20))
    await put(database, clock, *(f"slow-{number}" for number in range(12)))
    await courier.run()
    assert messenger.posts == 8
    messenger.go_on.set()
    await courier.arrived()
    await courier.run()
    assert messenger.posts == 12


async def test_what_no_answer_comes_for_is_given_up_in_time_and_asked_about(
    database: Database, clock: FakeClock, room: Room
) -> None:
    messenger, topics = Hanging(), {"room.said": Topic(room.compose, room.note)}
    courier = Courier(database, Outbox(database, timedelta(milliseconds=40)), messenger, clock, topics)
    await put(database, clock, "slow")
    await courier.run()
    assert room.refs == {}
    clock.move(timedelta(seconds=2))
    await courier.run()
    assert messenger.posts == 1
    assert messenger.looked == 1
    assert "slow" in room.refs


async def test_what_nobody_misses_is_tried_until_there_is_nothing_to_say_and_is_no_problem(
    database: Database, clock: FakeClock, room: Room, messenger: FakeMessenger, caplog: pytest.LogCaptureFixture
) -> None:
    waiting = Outbox(database, LEASE)
    courier = Courier(database, waiting, messenger, clock, {"room.said": Topic(room.compose, optional=True)})
    messenger.failures = [Unreachable("They take no messages.", permanent=True)] * 3
    await put(database, clock, "tell-mira")
    for _ in range(3):
        await courier.run()
        assert await waiting.stuck() == 0
        clock.move(timedelta(hours=1))
    assert caplog.text == ""
    await courier.run()
    assert [card.title for card in messenger.seen(MIRA)] == ["tell-mira"]
