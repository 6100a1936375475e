"""What the outbox holds comes to Teams' channels and people: each thing, each once, whatever Teams answers."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.cards import Card
from bot.chat.places import MessageRef
from bot.store import outbox
from bot.store.courier import MOST_ON_THE_WAY, Courier, Edit, Outgoing, Post, Tell, Topic
from bot.store.db import Database, Transaction
from bot.store.outbox import Outbox
from tests.adapters.teams.post_office import MIRA, PostOffice, long, post_office, told
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.organisation import SECRET
from tests.doubles.teams.shapes import Json
from tests.fakes.timing import FakeClock

FAULTS = (
    Fault("limited"),
    Fault("limited", seconds=20),
    Fault("precondition"),
    Fault("broken", status=500),
    Fault("broken", status=502),
    Fault("broken", status=504),
)
"""After these nothing of it stands there."""


@dataclass
class Line:
    """An outbox before the office, and the clock that its rows go by.

    Args:
        stands: where each thing stands that was said to the council.
    """

    office: PostOffice
    database: Database
    clock: FakeClock = field(default_factory=FakeClock)
    stands: dict[str, MessageRef] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.waits_for(timedelta(seconds=30))

    def waits_for(self, lease: timedelta) -> None:
        """Let the courier wait for half of this before it gives something up."""
        topics = {
            "post": Topic(self._post, self._note),
            "long": Topic(self._long),
            "change": Topic(self._change, self._note),
            "tell": Topic(self._tell),
        }
        self.outbox = Outbox(self.database, lease)
        patience = timedelta(milliseconds=50)
        self.courier = Courier(self.database, self.outbox, self.office.messenger, self.clock, topics, patience)

    async def put(self, topic: str, *subjects: str) -> None:
        async with self.database.writing() as transaction:
            for subject in subjects:
                await outbox.put(transaction, topic, subject, self.clock.now())

    async def works(self, seconds: int = 1, step: int = 1) -> None:
        """Let time pass, and the courier work."""
        for _ in range(seconds // step):
            await self.courier.run()
            await self.courier.arrived()
            self.clock.move(timedelta(seconds=step))
            self.office.seconds.now += step

    async def _post(self, subject: str) -> Outgoing:
        return Post(self.office.council, Card(subject))

    async def _long(self, word: str) -> Outgoing:
        return Post(self.office.council, long(word))

    async def _tell(self, subject: str) -> Outgoing:
        return Tell(MIRA, Card(subject))

    async def _change(self, subject: str) -> Outgoing:
        return Edit(self.stands[subject], Card(f"{subject}, changed"))

    async def _note(self, _: Transaction, subject: str, ref: MessageRef) -> None:
        self.stands[subject] = ref


@pytest.fixture
async def line(home: Path) -> AsyncIterator[Line]:
    database = Database(f"sqlite+aiosqlite:///{home / 'var' / 'rai.db'}")
    async with post_office() as office:
        yield Line(office, database)
    await database.close()


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("topic", ["post", "tell", "change"])
async def test_what_did_not_arrive_is_said_again_and_stands_once(line: Line, topic: str, fault: Fault) -> None:
    await line.put("post", "case")
    await line.works()
    line.office.faults["update" if topic == "change" else "send"] = [fault]
    await line.put(topic, "case" if topic == "change" else "two")
    await line.works(24)
    shown = {"post": ["case", "two"], "tell": ["case", "two"], "change": ["case, changed"]}[topic]
    assert [*line.office.seen(), *line.office.told()] == shown
    assert await line.outbox.stuck() == 0


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("part", range(3))
async def test_of_a_long_card_only_what_is_missing_is_said_again(line: Line, part: int, fault: Fault) -> None:
    line.office.faults["send"] = [*[None] * part, fault]
    await line.put("long", "word")
    await line.works(44)
    assert told("word", line.office.seen()) == [1] * 30
    assert len(line.office.kept()) == 3


@pytest.mark.parametrize("fault", [Fault("lost"), Fault("broken", status=502, kept=True)])
async def test_what_arrived_without_a_word_stands_twice_and_is_counted_once(line: Line, fault: Fault) -> None:
    line.office.faults["send"] = [fault]
    await line.put("post", "case")
    await line.works(6)
    assert line.office.seen() == ["case", "case"]
    assert line.office.messenger.unread.again == 1
    assert line.stands["case"].message == line.office.kept()[-1].id, "the newer one is the one that is changed"


async def test_what_hangs_is_given_up_said_again_and_counted(line: Line) -> None:
    line.waits_for(timedelta(seconds=0.2))
    line.office.faults["send"] = [Fault("hung")]
    await line.put("post", "case")
    await line.works(6)
    assert line.office.seen() == ["case"]
    assert line.office.messenger.unread.again == 1


async def test_a_conversation_that_hangs_holds_up_no_other_one(line: Line) -> None:
    def hangs(method: str, args: Json) -> Fault | None:
        return Fault("hung") if method == "send" and line.office.team.id in args["to"] else None

    line.office.double.faults = hangs
    line.waits_for(timedelta(seconds=1))
    await line.put("post", *(f"case {number}" for number in range(MOST_ON_THE_WAY - 1)))
    await line.put("tell", "hello")
    await line.courier.run()
    async with asyncio.timeout(5):
        while not line.office.told():
            await line.office.double.next_call()
    assert line.office.seen() == []
    await line.courier.arrived()


async def test_a_conversation_that_takes_no_more_holds_up_no_other_one(line: Line) -> None:
    line.office.faults["send"] = [Fault("limited", seconds=30)]
    await line.put("post", "case")
    await line.works()
    await line.put("post", "case two")
    await line.put("tell", "hello")
    await line.works(20)
    assert (line.office.seen(), line.office.told()) == ([], ["hello"])
    await line.works(24)
    assert sorted(line.office.seen()) == ["case", "case two"]
    assert line.office.messenger.unread.again == 0


async def test_many_at_once_come_as_fast_as_teams_takes_them_and_each_once(line: Line) -> None:
    subjects = [f"case {number:02d}" for number in range(24)]
    await line.put("post", *subjects)
    await line.works(20)
    assert sorted(line.office.seen()) == subjects
    assert line.office.calls("send") == len(subjects)


async def test_a_council_that_took_the_bot_out_is_told_everything_once_it_is_back(line: Line) -> None:
    space, troubles = line.office.double.organisation, line.office.organisation.troubles
    await line.put("post", "case")
    await line.works()
    space.installed.discard(line.office.team.id)
    line.office.organisation.directory.forget(line.office.council)
    await line.put("post", "case two")
    await line.put("change", "case")
    await line.put("tell", "hello")
    await line.works(4)
    assert await line.outbox.stuck() == 2
    assert "The bot is not in the council's team any more" in str(troubles.found)
    assert line.office.told()[-1] == "hello"
    space.installed.add(line.office.team.id)
    await line.works(3_700, step=100)
    assert line.office.seen() == ["case, changed", "case two"]
    assert (await line.outbox.stuck(), troubles.found) == (0, {})
    assert line.office.messenger.unread.again == 0


async def test_who_blocked_the_bot_is_told_once_they_take_it_back(line: Line) -> None:
    space = line.office.double.organisation
    space.blocked.add(MIRA.user)
    await line.put("tell", "hello")
    await line.put("post", "case")
    await line.works(4)
    assert (line.office.seen(), line.office.told()) == (["case"], [])
    assert await line.outbox.stuck() == 1
    assert line.office.organisation.troubles.found == {}, "that is nobody's business but theirs"
    space.blocked.clear()
    await line.works(3_700, step=100)
    assert line.office.told() == ["hello"]
    assert line.office.calls("create") == 2, "by then it may be another chat"
    assert (await line.outbox.stuck(), line.office.messenger.unread.again) == (0, 0)


async def test_a_secret_that_has_ended_keeps_everything_until_there_is_a_new_one(line: Line) -> None:
    space = line.office.double.organisation
    ends = space.secrets.pop(SECRET)
    await line.put("post", "case")
    await line.put("tell", "hello")
    await line.works(4)
    assert await line.outbox.stuck() == 2
    assert line.office.organisation.problems()
    space.secrets[SECRET] = ends
    await line.works(3_700, step=100)
    assert (line.office.seen(), line.office.told()) == (["case"], ["hello"])
    assert line.office.organisation.problems() == []
