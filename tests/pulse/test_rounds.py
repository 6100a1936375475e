"""A round: everybody in the channel is asked once a week, whoever crashes, hangs or comes late."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Table, select

from bot.app import Ports, build
from bot.chat.identity import Actor
from bot.council.charter import SAMPLE
from bot.pulse.store import PulseStore, unasked, waiting
from bot.questions.shelf import Shelf
from bot.settings import read
from bot.store.outbox import table as outbox
from tests.fakes.ports import FakeDirectory
from tests.fakes.timing import FakeClock
from tests.pulse.channel import A_WEEK, CARD, PLAN, TEAM, WEDNESDAY, Channel, Post
from tests.pulse.conftest import Opens
from tests.walks.house import House, Person

A_DAY, AN_HOUR, A_MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def cards(people: list[Person]) -> list[int]:
    """How many of the pulse's cards each of them got."""
    return [sum(CARD in each for each in person.corner()) for person in people]


async def rows(channel: Channel, table: Table) -> list[dict[str, object]]:
    """What stands in a table."""
    async with channel.house.app.database.reading() as transaction:
        return [dict(row) for row in (await transaction.execute(select(table))).mappings()]


async def test_everybody_in_the_channel_is_asked_once_a_week(opens: Opens) -> None:
    channel = await opens()
    people, outside = channel.holds("mira", "ann", "ben"), channel.house.person("ida")
    await channel.at(WEDNESDAY - A_MINUTE)
    assert cards(people) == [0, 0, 0]
    await channel.asks()
    assert cards(people) == [1, 1, 1]
    await channel.passes(timedelta(days=6), timedelta(hours=8))
    assert cards(people) == [1, 1, 1]
    await channel.asks(WEDNESDAY + A_WEEK)
    assert cards(people) == [2, 2, 2]
    assert outside.corner() == []


async def test_the_card_is_the_same_for_everybody(opens: Opens) -> None:
    channel = await opens()
    people = channel.crowd(5)
    await channel.asks()
    shown = [channel.messenger.seen(person.actor) for person in people]
    assert all(each == shown[0] for each in shown)
    assert len(shown[0]) == 1


async def test_who_is_in_the_channel_is_looked_up_anew_each_week(opens: Opens) -> None:
    channel = await opens()
    (mira,) = channel.holds("mira")
    await channel.asks()
    (ann,) = channel.holds("ann")
    await channel.asks(WEDNESDAY + A_WEEK)
    assert cards([mira, ann]) == [1, 1]


async def test_switched_off_it_asks_nobody(opens: Opens) -> None:
    channel = await opens(None)
    people = channel.holds("mira", "ann")
    await channel.asks()
    assert cards(people) == [0, 0]
    assert await channel.house.person("mira").says("pulse off") != ""
    assert await rows(channel, unasked) == []


async def test_the_councils_file_switches_it_on(tmp_path: Path, clock: FakeClock, shelf: Shelf) -> None:
    file, messenger, directory = tmp_path / "council.toml", Post(), FakeDirectory()
    written = '[pulse]\nplace = "terminal:team"\nwhen = "wed 10:00 Europe/Berlin"\n\n[quorum]'
    file.write_text(SAMPLE.read_text("utf-8").replace("[quorum]", written), "utf-8")
    settings = read(RAI_DATA_DIR=str(tmp_path / "var"), RAI_COUNCIL_FILE=str(file))
    app = build(settings, Ports(messenger, directory, clock), shelf=shelf)
    await app.start()
    channel = Channel(House(app, messenger, clock), messenger, directory)
    people = channel.holds("mira", "ann")
    await channel.asks()
    assert cards(people) == [1, 1]
    await app.stop()


async def test_replicas_that_come_at_once_ask_everybody_once(opens: Opens) -> None:
    first, second = await opens(), await opens()
    people = first.crowd(20)
    first.house.clock.set(WEDNESDAY)
    await asyncio.gather(*(each.house.app.settle() for each in (first, second, first, second)))
    for _ in range(3):
        first.house.clock.move(A_MINUTE)
        await asyncio.gather(first.house.app.settle(), second.house.app.settle())
    assert cards(people) == [1] * 20
    assert await rows(first, waiting) == await rows(first, outbox) == []


async def test_a_crowd_is_asked_one_by_one_and_in_no_order(opens: Opens) -> None:
    channel = await opens()
    people = channel.crowd(60)
    await channel.at(WEDNESDAY)
    assert sum(cards(people)) == 1
    await channel.house.later(A_MINUTE)
    assert 1 < sum(cards(people)) < 60
    await channel.house.later(A_MINUTE)
    assert cards(people) == [1] * 60
    assert channel.messenger.tries != [person.actor for person in people]


async def test_a_channel_of_thousands_is_asked_within_the_day(opens: Opens) -> None:
    channel = await opens()
    store = PulseStore(channel.house.app.database)
    await store.begin("2026-W48", [Actor("terminal", "local", f"p{number}") for number in range(22_000)], WEDNESDAY)
    last = max(str(each["not_before"]) for each in await rows(channel, outbox))
    assert last <= str(WEDNESDAY + timedelta(hours=12))


class Breaks:
    """People of whom the third cannot be read, as where a process ends half way."""

    def __init__(self, people: list[Person]) -> None:
        self._people = people

    def __iter__(self) -> Iterator[Actor]:
        yield from (each.actor for each in self._people[:2])
        raise MemoryError


async def test_a_crash_half_way_through_the_beginning_begins_nothing(opens: Opens) -> None:
    channel = await opens()
    people = channel.crowd(4)
    with pytest.raises(MemoryError):
        await PulseStore(channel.house.app.database).begin("2026-W48", Breaks(people), WEDNESDAY)
    assert await rows(channel, waiting) == await rows(channel, outbox) == []
    await channel.asks()
    assert cards(people) == [1] * 4


async def test_a_message_whose_answer_was_lost_is_not_told_again(opens: Opens) -> None:
    channel = await opens()
    people = channel.crowd(3)
    channel.messenger.lost_answers = 2
    await channel.asks()
    await channel.passes(timedelta(minutes=10))
    assert cards(people) == [1, 1, 1]
    assert await rows(channel, waiting) == []


async def test_a_restart_in_the_middle_leaves_nobody_out(opens: Opens) -> None:
    before = await opens()
    people = before.crowd(30)
    await before.at(WEDNESDAY)
    after = await opens()
    await after.passes(timedelta(minutes=3))
    assert cards(people) == [1] * 30


async def test_a_house_that_was_down_for_hours_asks_late_and_one_that_was_down_for_longer_next_week(
    opens: Opens,
) -> None:
    channel = await opens()
    people = channel.crowd(3)
    await channel.asks(WEDNESDAY + A_DAY)
    assert cards(people) == [1, 1, 1]
    await channel.asks(WEDNESDAY + A_WEEK + A_DAY + A_MINUTE)
    await channel.passes(timedelta(days=5), A_DAY)
    assert cards(people) == [1, 1, 1]
    await channel.asks(WEDNESDAY + 2 * A_WEEK)
    assert cards(people) == [2, 2, 2]


async def test_who_was_not_asked_before_the_house_went_down_for_days_is_not_asked_out_of_time(opens: Opens) -> None:
    channel = await opens()
    people = channel.crowd(3)
    await channel.at(WEDNESDAY)
    assert sum(cards(people)) == 1
    channel.house.clock.set(WEDNESDAY + timedelta(days=2, minutes=1))
    # The courier may be the first to wake up.
    await channel.house.app.courier.run()
    assert sum(cards(people)) == 1
    assert await rows(channel, waiting) == await rows(channel, outbox) == []


async def test_what_is_left_of_a_round_does_not_mix_with_the_next(opens: Opens) -> None:
    channel = await opens()
    people = channel.crowd(3)
    await channel.at(WEDNESDAY)
    await channel.asks(WEDNESDAY + A_WEEK)
    assert sum(cards(people)) == 1 + 3
    assert max(cards(people)) == 2


async def test_what_is_left_of_a_round_ends_where_the_pulse_is_switched_off(opens: Opens) -> None:
    channel = await opens()
    people = channel.crowd(3)
    await channel.at(WEDNESDAY)
    off = await opens(None)
    await off.passes(timedelta(minutes=3))
    assert sum(cards(people)) == 1
    assert await rows(off, waiting) == await rows(off, outbox) == []


async def test_a_channel_that_cannot_be_read_is_read_later_and_nobody_is_left_out(
    opens: Opens, caplog: pytest.LogCaptureFixture
) -> None:
    channel = await opens()
    people = channel.crowd(3)
    channel.directory.places[TEAM], known = None, channel.directory.places[TEAM]
    await channel.asks()
    assert cards(people) == [0, 0, 0]
    assert [each.getMessage() for each in caplog.records] == 2 * [
        "the pulse's place does not tell its members (Unreachable); asked again soon"
    ]
    channel.directory.places[TEAM] = known
    await channel.asks(WEDNESDAY + AN_HOUR)
    assert cards(people) == [1, 1, 1]


async def test_who_cannot_be_reached_holds_up_nobody_is_no_problem_and_is_let_go(
    opens: Opens, caplog: pytest.LogCaptureFixture
) -> None:
    channel = await opens()
    people = channel.crowd(3)
    channel.messenger.deaf = {people[1].actor}
    await channel.asks()
    assert cards(people) == [1, 0, 1]
    for _ in range(17):
        await channel.house.later(3 * AN_HOUR)
        assert await channel.house.app.outbox.stuck() == 0
    assert await rows(channel, waiting) == await rows(channel, outbox) == []
    assert 10 < len(channel.messenger.tries) < 20
    assert caplog.text == ""
    channel.messenger.deaf = set()
    await channel.asks(WEDNESDAY + A_WEEK)
    assert cards(people) == [2, 1, 2]


async def test_who_can_be_reached_again_within_the_day_is_asked(opens: Opens) -> None:
    channel = await opens()
    (mira,) = channel.holds("mira")
    channel.messenger.deaf = {mira.actor}
    await channel.asks()
    channel.messenger.deaf = set()
    await channel.house.later(AN_HOUR)
    assert cards([mira]) == [1]


async def test_who_never_wants_to_be_asked_is_not_even_written_down_for_a_round(opens: Opens) -> None:
    channel = await opens()
    people = channel.crowd(3)
    for person in people[1:]:
        await person.says("pulse off")
    channel.messenger.deaf = {people[0].actor}
    await channel.at(WEDNESDAY)
    assert [each["person"] for each in await rows(channel, waiting)] == [people[0].actor.address]


async def test_the_outbox_holds_no_person_and_nothing_is_left_once_everybody_is_asked(opens: Opens) -> None:
    channel = await opens()
    people = channel.crowd(3)
    await channel.at(WEDNESDAY)
    assert "person" not in str(await rows(channel, outbox))
    assert len(await rows(channel, waiting)) == 2
    await channel.house.later(A_MINUTE)
    assert await rows(channel, waiting) == await rows(channel, outbox) == []
    assert PLAN.round(WEDNESDAY) == "2026-W48"
    assert cards(people) == [1, 1, 1]
