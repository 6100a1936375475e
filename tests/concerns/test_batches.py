"""Batches to the letter: what lets one go, what stays in its row, which keys it leaves, and what its words are."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from bot.chat.errors import StoreProblem
from bot.concerns.batch_store import BatchStore
from bot.concerns.model import About, ConcernId, FormMark, Going, Words
from bot.concerns.release import ADDED, RELEASED
from bot.concerns.schedule import LONGEST_WAIT, AtOnce, parse
from bot.concerns.tables import batches
from tests.concerns.rooms import MONDAY, THURSDAY, THURSDAY_BEFORE, TUESDAY, WEEKLY, Counted, Rooms, raise_one


@pytest.mark.parametrize(
    ("seen", "known", "goes"),
    [(20, 0, True), (19, 0, False), (20, 200, True), (20, 201, False), (21, 201, True)],
)
async def test_a_batch_goes_with_exactly_the_crowd_it_needs(rooms: Rooms, seen: int, known: int, goes: bool) -> None:
    people = Counted(known=known)
    concerns = rooms.process(people)
    await raise_one(concerns)
    await concerns.release()
    people.seen = seen
    rooms.clock.set(TUESDAY)
    await concerns.release()
    row = await rooms.batch(1)
    assert (row["since"], row["release"]) == (THURSDAY_BEFORE, "tue,thu 10:00 UTC")
    assert (row["people"], row["members"] or 0) == (seen, known)
    assert row["released_at"] == (TUESDAY if goes else None)
    assert await rooms.told() == ([(RELEASED, (await rooms.concern_ids())[0], TUESDAY)] if goes else [])


async def test_the_crowd_is_asked_once_at_each_release_time(rooms: Rooms) -> None:
    people = Counted()
    concerns = rooms.process(people)
    await raise_one(concerns)
    await concerns.release()
    rooms.clock.set(TUESDAY)
    await concerns.release()
    people.seen = 25
    rooms.clock.move(timedelta(hours=23))
    await concerns.release()
    assert await rooms.told() == []
    rooms.clock.set(THURSDAY_BEFORE + LONGEST_WAIT)
    await concerns.release()
    assert len(await rooms.told()) == 1
    assert (await rooms.batch(1))["people"] == 25


async def test_a_crowd_of_before_sets_nothing_off_the_moment_it_comes(rooms: Rooms) -> None:
    people = Counted()
    rooms.clock.set(TUESDAY + timedelta(hours=1))
    concerns = rooms.process(people)
    await concerns.release()
    people.seen = 25
    await raise_one(concerns)
    await concerns.release()
    assert await rooms.told() == []
    assert (await rooms.batch(1))["people"] is None  # not even asked
    rooms.clock.set(THURSDAY)
    await concerns.release()
    assert len(await rooms.told()) == 1


async def test_the_largest_number_of_members_that_anybody_told_counts(rooms: Rooms) -> None:
    counts = (Counted(), Counted(), Counted())
    processes = [rooms.process(each) for each in counts]
    await raise_one(processes[0])
    for each in processes:
        await each.release()
    rooms.clock.set(TUESDAY)
    for process, people, (seen, known, goes) in zip(
        processes, counts, ((1, 400, 0), (39, 390, 0), (40, 0, 1)), strict=True
    ):
        people.seen, people.known = seen, known
        await process.release()
        assert len(await rooms.told()) == goes
    assert (await rooms.batch(1))["people"] == 40


async def test_what_was_refused_for_want_of_a_key_goes_once_the_key_is_back(rooms: Rooms) -> None:
    people = Counted()
    concerns = rooms.process(people)
    await raise_one(concerns)
    await concerns.release()
    file = rooms.keyring.folder / "batch-1.key"
    key = file.read_bytes()
    file.write_bytes(b"")
    people.seen = 20
    rooms.clock.set(TUESDAY)
    with pytest.raises(StoreProblem):
        await concerns.release()
    assert await rooms.told() == []
    assert (await rooms.batch(1))["released_at"] is None
    file.write_bytes(key)
    rooms.clock.move(timedelta(seconds=5))
    await concerns.release()
    assert len(await rooms.told()) == 1


async def test_people_are_counted_from_the_time_the_batch_is_open_since(rooms: Rooms) -> None:
    people = Counted(seen=7)
    concerns = rooms.process(people)
    await concerns.release()
    assert people.times_forgotten == 1
    await raise_one(concerns)
    rooms.clock.set(TUESDAY - timedelta(seconds=1))
    await concerns.release()
    assert people.times_forgotten == 1  # the batch is open since the same time
    people.seen = 20
    rooms.clock.set(TUESDAY)
    await concerns.release()
    await concerns.release()
    assert people.times_forgotten == 2
    assert people.seen == 0


async def test_who_saw_more_people_than_the_process_that_released_tells_so(rooms: Rooms) -> None:
    busy, quiet = Counted(), Counted()
    one, other = rooms.process(busy), rooms.process(quiet)
    await raise_one(one)
    for each in (one, other):
        await each.release()
    busy.seen, busy.known, quiet.seen, quiet.known = 33, 44, 20, 20
    rooms.clock.set(TUESDAY)
    await other.release()
    assert (await rooms.batch(1))["people"] == 20
    await one.release()
    row = await rooms.batch(1)
    assert (row["people"], row["members"]) == (33, 44)
    assert len(await rooms.told()) == 1


async def test_who_comes_after_a_release_is_not_counted_for_it(rooms: Rooms) -> None:
    people = Counted()
    concerns = rooms.process(people)
    await concerns.release()
    people.seen = 20
    rooms.clock.set(TUESDAY)
    await concerns.release()
    people.seen = 25
    rooms.clock.move(timedelta(seconds=5))
    await concerns.release()
    assert (await rooms.batch(1))["people"] == 20


async def test_a_batch_that_goes_at_once_tells_no_crowd(rooms: Rooms) -> None:
    people = Counted(seen=9, known=9)
    concerns = rooms.process(people, AtOnce())
    await raise_one(concerns)
    await concerns.release()
    row = await rooms.batch(1)
    assert (row["since"], row["release"]) == (MONDAY.replace(hour=0), "at-once")
    assert (row["people"], row["released_at"]) == (None, MONDAY)
    rooms.clock.move(timedelta(days=1))
    await concerns.release()
    assert (await rooms.batch(1))["people"] is None
    assert (await concerns.read(ConcernId((await rooms.concern_ids())[0]))).people is None


async def test_the_limit_is_six_days_to_the_moment(rooms: Rooms) -> None:
    concerns = rooms.process(Counted())
    await raise_one(concerns)
    rooms.clock.set(THURSDAY_BEFORE + LONGEST_WAIT - timedelta(microseconds=1))
    await concerns.release()
    assert await rooms.told() == []
    rooms.clock.set(THURSDAY_BEFORE + LONGEST_WAIT)
    await concerns.release()
    assert len(await rooms.told()) == 1


async def test_who_comes_after_a_release_time_without_a_crowd_is_told_the_end_of_the_six_days(rooms: Rooms) -> None:
    concerns = rooms.process(Counted())
    await raise_one(concerns)
    rooms.clock.set(TUESDAY)
    await concerns.release()
    # The batch is open since Thursday still, so it goes before the next release time.
    limit = THURSDAY_BEFORE + LONGEST_WAIT
    assert await concerns.next_release() == Going(limit, limit)


async def test_an_empty_batch_of_another_rule_does_not_say_when_the_next_concern_goes(rooms: Rooms) -> None:
    await rooms.process(Counted()).release()
    hurried = rooms.process(Counted(), AtOnce())
    assert await hurried.next_release() is None
    await raise_one(hurried)
    await hurried.release()
    assert len(await rooms.told()) == 1


async def test_what_waits_goes_by_the_rule_its_author_was_told(rooms: Rooms) -> None:
    concerns, hurried = rooms.process(Counted()), rooms.process(Counted(), AtOnce())
    assert await concerns.next_release() == Going(TUESDAY, THURSDAY_BEFORE + LONGEST_WAIT)
    assert await hurried.next_release() is None
    await raise_one(concerns)
    assert await hurried.next_release() == Going(TUESDAY, THURSDAY_BEFORE + LONGEST_WAIT)
    await hurried.release()
    assert await rooms.told() == []


async def test_what_was_tried_out_and_left_goes_at_once_and_the_next_batch_does_not_tell_when(rooms: Rooms) -> None:
    await raise_one(rooms.process(Counted(), AtOnce()))
    concerns = rooms.process(Counted())
    await concerns.release()
    assert len(await rooms.told()) == 1
    assert (await rooms.batch(2))["since"] == MONDAY.replace(hour=0)
    await raise_one(concerns)
    await concerns.release()
    assert len(await rooms.told()) == 1


async def test_an_urgent_concern_goes_in_a_batch_of_its_own(rooms: Rooms) -> None:
    people = Counted()
    concerns = rooms.process(people)
    await raise_one(concerns, "This one waits.")
    await concerns.release()
    people.seen = 5
    await raise_one(concerns, "It happens now.", urgency="at once")
    ((topic, subject, at),) = await rooms.told()
    assert (topic, at) == (RELEASED, MONDAY)
    row = await rooms.batch(2)
    assert (row["since"], row["release"]) == (THURSDAY_BEFORE, "tue,thu 10:00 UTC")
    assert (row["released_at"], row["people"], row["members"]) == (MONDAY, 5, None)
    read = await concerns.read(ConcernId(subject))
    assert (read.conversation[0].words.text, read.about, read.people) == (
        "It happens now.",
        About(urgency="at once"),
        5,
    )
    assert (await rooms.batch(1))["released_at"] is None


async def test_two_urgent_concerns_have_two_batches_and_keys_of_their_own(rooms: Rooms) -> None:
    concerns = rooms.process(Counted())
    for _ in range(2):
        await raise_one(concerns, urgency="at once")
    rooms.clock.move(timedelta(seconds=5))
    await concerns.release()
    assert rooms.keyring.names() == {*await rooms.concern_ids(), "batch-3"}
    assert (await rooms.batch(1))["sealing_key"] != (await rooms.batch(2))["sealing_key"]


async def test_an_urgent_concern_does_not_take_along_what_its_author_added_elsewhere(rooms: Rooms) -> None:
    concerns = rooms.process(Counted())
    receipt = await raise_one(concerns)
    await concerns.add(receipt, Words("More."), FormMark.new())
    await raise_one(concerns, urgency="at once")
    assert len(await rooms.subjects()) == 1
    assert await rooms.subjects(ADDED) == []


async def test_two_processes_that_release_at_once_release_once(rooms: Rooms) -> None:
    counts = (Counted(), Counted())
    processes = [rooms.process(each) for each in counts]
    await raise_one(processes[0])
    for each in processes:
        await each.release()
    for people in counts:
        people.seen = 20
    rooms.clock.set(TUESDAY)
    async with rooms.database.writing() as transaction:
        await BatchStore(rooms.database).held_batch(transaction)  # until both have seen that the batch is due
        attempts = [asyncio.create_task(each.release()) for each in processes]
        done, _ = await asyncio.wait(attempts, timeout=0.3)
        assert not done
    await asyncio.gather(*attempts)
    assert len(await rooms.told()) == 1


async def test_what_comes_while_a_batch_goes_opens_no_second_one_beside_the_next(rooms: Rooms) -> None:
    concerns, store = rooms.process(Counted()), BatchStore(rooms.database)
    await concerns.release()
    async with rooms.database.writing() as transaction:
        await store.held_batch(transaction)
        late = asyncio.create_task(raise_one(concerns))
        assert not (await asyncio.wait([late], timeout=0.3))[0]  # it waits for the batch that is about to go
        await store.release(transaction, 1, TUESDAY, people=20, members=0)
        await store.open_batch(transaction, TUESDAY, WEEKLY.text, lambda number: bytes([number] * 32))
    await late
    async with rooms.database.reading() as transaction:
        waiting = await transaction.scalars(select(batches.c.number).where(batches.c.released_at.is_(None)))
        assert waiting.all() == [2]


@pytest.mark.parametrize("days", [0, 2, 5])
async def test_nothing_goes_before_the_time_that_its_author_is_told(rooms: Rooms, days: int) -> None:
    """Without a crowd it goes after six days, which may be sooner than the next release time."""
    concerns = rooms.process(Counted(), parse("mon 10:00 UTC"))
    rooms.clock.move(timedelta(days=days))
    await concerns.release()
    going = await concerns.next_release()
    assert going is not None
    await raise_one(concerns)
    while not await rooms.told():
        rooms.clock.move(timedelta(hours=1))
        await concerns.release()
    assert going.earliest <= rooms.clock.now() <= going.latest


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
async def test_a_database_that_cannot_be_written_at_the_release_time_is_not_asked_again_and_again(
    rooms: Rooms,
) -> None:
    """Else the batch would go at the moment when the last missing person came."""
    people = Counted()
    concerns = rooms.process(people)
    await raise_one(concerns)
    await concerns.release()
    people.seen = 19
    rooms.clock.set(TUESDAY)
    async with rooms.database.alone() as connection:
        await connection.execute(text("PRAGMA query_only = 1"))
    with pytest.raises(StoreProblem):
        await concerns.release()
    async with rooms.database.alone() as connection:
        await connection.execute(text("PRAGMA query_only = 0"))
    people.seen = 20
    rooms.clock.move(timedelta(hours=4))
    await concerns.release()
    assert await rooms.told() == []
