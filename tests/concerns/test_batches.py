"""Batches to the letter: what lets one go, what stays in its row, which keys it leaves, and what its words are."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update

from bot.chat.errors import Conflict, NotFound, StoreProblem
from bot.concerns.batch_store import BatchStore
from bot.concerns.model import About, Batch, Concern, ConcernId, FormMark, MessageId, Words
from bot.concerns.receipt import Receipt
from bot.concerns.release import ADDED, RELEASED
from bot.concerns.schedule import LONGEST_WAIT, AtOnce
from bot.concerns.service import Concerns
from bot.concerns.tables import batches
from bot.store.db import Database
from tests.concerns.rooms import MONDAY, THURSDAY, THURSDAY_BEFORE, TUESDAY, Counted, Rooms
from tests.fakes.timing import FakeClock


@pytest.fixture
def rooms(database: Database, clock: FakeClock, tmp_path: Path) -> Rooms:
    return Rooms(database, clock, tmp_path)


async def raise_one(concerns: Concerns, words: str = "It fails.", urgency: str = "soon") -> Receipt:
    return (await concerns.raise_concern(Concern(Words(words), About(urgency=urgency)), FormMark.new())).receipt


async def subjects(rooms: Rooms, topic: str = RELEASED) -> list[str]:
    return [subject for said, subject, _ in await rooms.told() if said == topic]


async def concern_ids(rooms: Rooms) -> list[str]:
    async with rooms.database.reading() as transaction:
        return list((await transaction.execute(text("SELECT id FROM concerns_concern ORDER BY id"))).scalars())


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
    assert await rooms.told() == ([(RELEASED, (await concern_ids(rooms))[0], TUESDAY)] if goes else [])


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
    assert (await concerns.read(ConcernId((await concern_ids(rooms))[0]))).people is None


async def test_the_limit_is_six_days_to_the_moment(rooms: Rooms) -> None:
    concerns = rooms.process(Counted())
    await raise_one(concerns)
    rooms.clock.set(THURSDAY_BEFORE + LONGEST_WAIT - timedelta(microseconds=1))
    await concerns.release()
    assert await rooms.told() == []
    rooms.clock.set(THURSDAY_BEFORE + LONGEST_WAIT)
    await concerns.release()
    assert len(await rooms.told()) == 1


async def test_what_waits_goes_by_the_rule_its_author_was_told(rooms: Rooms) -> None:
    concerns, hurried = rooms.process(Counted()), rooms.process(Counted(), AtOnce())
    assert await concerns.next_release() == TUESDAY
    assert await hurried.next_release() is None
    await raise_one(concerns)
    assert await hurried.next_release() == TUESDAY
    await hurried.release()
    assert await rooms.told() == []


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
    assert (read.conversation[0].words.text, read.about.urgency, read.people) == ("It happens now.", "at once", 5)
    assert (await rooms.batch(1))["released_at"] is None


async def test_two_urgent_concerns_have_two_batches_and_keys_of_their_own(rooms: Rooms) -> None:
    concerns = rooms.process(Counted())
    for _ in range(2):
        await raise_one(concerns, urgency="at once")
    rooms.clock.move(timedelta(seconds=5))
    await concerns.release()
    assert rooms.keyring.names() == {*await concern_ids(rooms), "batch-3"}
    assert (await rooms.batch(1))["sealing_key"] != (await rooms.batch(2))["sealing_key"]


async def test_an_urgent_concern_does_not_take_along_what_its_author_added_elsewhere(rooms: Rooms) -> None:
    concerns = rooms.process(Counted())
    receipt = await raise_one(concerns)
    await concerns.add(receipt, Words("More."), FormMark.new())
    await raise_one(concerns, urgency="at once")
    assert len(await subjects(rooms)) == 1
    assert await subjects(rooms, ADDED) == []


@pytest.mark.parametrize("empty_url", ["postgres"], indirect=True)  # SQLite's writers wait for each other anyway
async def test_keys_are_neither_made_nor_destroyed_while_another_process_looks_for_those_without_use(
    rooms: Rooms,
) -> None:
    concerns = rooms.process(Counted())
    await raise_one(concerns)
    async with rooms.database.writing() as transaction:
        await rooms.database.one_at_a_time(transaction, 7_236_403)
        attempts = [
            asyncio.create_task(concerns.release()),
            asyncio.create_task(raise_one(concerns, urgency="at once")),
        ]
        done, _ = await asyncio.wait(attempts, timeout=0.3)
        assert not done
    await asyncio.gather(*attempts)
    assert len(await rooms.told()) == 1


async def test_the_keys_that_are_kept_are_those_that_are_needed(rooms: Rooms) -> None:
    people = Counted()
    concerns = rooms.process(people)
    await concerns.release()
    assert rooms.keyring.names() == {"batch-1"}
    await raise_one(concerns)
    await concerns.release()
    assert rooms.keyring.names() == {"batch-1", "batch-2"}
    people.seen = 20
    rooms.clock.set(TUESDAY)
    await concerns.release()
    assert rooms.keyring.names() == {*await concern_ids(rooms), "batch-2"}


async def test_the_files_are_written_anew_once_and_not_with_every_look(rooms: Rooms) -> None:
    concerns = rooms.process(Counted())
    await raise_one(concerns)
    await concerns.release()
    if rooms.database.is_sqlite:
        file = rooms.folder / "rai.db"
        before = file.read_bytes()
        await concerns.release()
        assert file.read_bytes() == before  # even writing the same anew counts up in the file's head
        await raise_one(concerns)
        await concerns.release()
        assert file.read_bytes() != before


async def test_a_key_that_cannot_be_destroyed_is_told_and_tried_again(
    rooms: Rooms, caplog: pytest.LogCaptureFixture
) -> None:
    concerns = rooms.process(Counted())
    await concerns.release()
    (rooms.keyring.folder / "stray.key").mkdir()  # no file, so that it cannot be overwritten
    await raise_one(concerns)
    for _ in range(2):
        caplog.clear()
        await concerns.release()
        said = "the database is busy: the order of concerns stays in its files until the next try"
        assert caplog.messages == [said]
    (rooms.keyring.folder / "stray.key").rmdir()
    rooms.keyring.concern(ConcernId("stray"))
    await concerns.release()
    assert "stray" not in rooms.keyring.names()


async def test_a_full_batch_says_what_became_of_the_words(rooms: Rooms) -> None:
    concerns = rooms.process(Counted(), most_waiting=1)
    receipt = await raise_one(concerns)
    with pytest.raises(Conflict) as caught:
        await concerns.add(receipt, Words("More."), FormMark.new())
    assert caught.value.message_for_person == (
        "More concerns wait for the council than it can read at once, so this one was not taken. Please keep "
        "your words and send them after the next release, or use an outside channel."
    )


async def test_a_batch_is_full_with_a_thousand_messages(rooms: Rooms) -> None:
    concerns, store = rooms.process(Counted()), BatchStore(rooms.database)
    await raise_one(concerns)
    async with rooms.database.reading() as transaction:
        assert await store.count(transaction, 1) == 1
        assert await store.count(transaction, 2) == 0


async def test_another_keys_folder_is_said_and_no_reason_to_try_again(rooms: Rooms) -> None:
    concerns = rooms.process(Counted())
    await concerns.check_vault()
    await raise_one(concerns)
    await concerns.check_vault()
    rooms.keyring.destroy("batch-1")
    with pytest.raises(StoreProblem) as caught:
        await concerns.check_vault()
    assert caught.value.permanent
    assert caught.value.message_for_person == (
        "The keys folder in RAI_DATA_DIR is not the one that the waiting concerns were sealed for. Nothing was "
        "changed. Put it back, or have all processes share one folder."
    )


async def test_a_batch_without_a_key_of_its_own_gets_one_and_no_other_does(rooms: Rooms) -> None:
    concerns = rooms.process(Counted())
    await raise_one(concerns, urgency="at once")
    await raise_one(concerns)
    gone = (await rooms.batch(1))["sealing_key"]
    async with rooms.database.writing() as transaction:
        await transaction.execute(update(batches).where(batches.c.number == 2).values(sealing_key=None))
    await concerns.check_vault()  # nothing to compare with
    await raise_one(concerns)
    assert (await rooms.batch(1))["sealing_key"] == gone
    assert (await rooms.batch(2))["sealing_key"] == bytes(rooms.keyring.batch(2).public_key)
    await raise_one(concerns)
    assert await concern_ids(rooms) != []


async def test_of_the_counts_that_are_told_the_largest_stays_by_itself(rooms: Rooms) -> None:
    await raise_one(rooms.process(Counted()))
    store = BatchStore(rooms.database)
    assert await store.members() == 0
    assert await store.waiting_batch() == Batch(1, THURSDAY_BEFORE, "tue,thu 10:00 UTC", 0)
    for told, kept in (((1, 1), (1, 1)), ((12, 100), (12, 100)), ((8, 110), (12, 110)), ((13, 90), (13, 110))):
        await store.report(1, *told)
        row = await rooms.batch(1)
        assert (row["people"], row["members"]) == kept
    await store.report(2, 99, 999)
    assert await store.members() == 110
    assert await store.waiting_batch() == Batch(1, THURSDAY_BEFORE, "tue,thu 10:00 UTC", 13)


async def test_a_released_batch_is_not_released_again_nor_any_other(rooms: Rooms) -> None:
    concerns, store = rooms.process(Counted()), BatchStore(rooms.database)
    await raise_one(concerns, urgency="at once")
    await raise_one(concerns)
    async with rooms.database.writing() as transaction:
        assert not await store.release(transaction, 1, TUESDAY, 3, 4)
    assert (await rooms.batch(1))["released_at"] == MONDAY
    assert (await rooms.batch(2))["released_at"] is None
    async with rooms.database.writing() as transaction:
        assert await store.release(transaction, 2, TUESDAY, 3, 4)
    row = await rooms.batch(2)
    assert (row["released_at"], row["people"], row["members"]) == (TUESDAY, 3, 4)
    assert await store.waiting_batch() is None


async def test_messages_of_other_batches_stay_as_they_are(rooms: Rooms) -> None:
    """Two concerns, each with words added before and after its release: every batch hands over its own alone."""
    people = Counted()
    concerns = rooms.process(people)
    receipts = [await raise_one(concerns, f"concern {number}") for number in range(2)]
    await concerns.add(receipts[0], Words("added at once"), FormMark.new())
    await concerns.release()
    people.seen = 20
    rooms.clock.set(TUESDAY)
    await concerns.release()
    assert sorted(await subjects(rooms)) == await concern_ids(rooms)
    (first,) = await subjects(rooms, ADDED)
    assert (await concerns.addition(MessageId(first))).words.text == "added at once"
    await concerns.add(receipts[1], Words("added later"), FormMark.new())
    async with rooms.database.writing() as transaction:
        (waiting,) = (await transaction.execute(text("SELECT id FROM concerns_message WHERE batch = 2"))).scalars()
    with pytest.raises(NotFound) as caught:
        await concerns.addition(MessageId(waiting))
    assert caught.value.message_for_person == "This message is not here, or has not been released to the council."
    await concerns.release()
    people.seen = 20
    rooms.clock.set(THURSDAY)
    await concerns.release()
    assert len(await subjects(rooms)) == 2
    assert set(await subjects(rooms, ADDED)) == {first, waiting}
    added = await concerns.addition(MessageId(waiting))
    assert added.words.text == "added later"
    read = await concerns.read(added.concern)
    assert [(said.voice, said.words.text) for said in read.conversation] == [
        ("author", "concern 1"),
        ("author", "added later"),
    ]
    other = next(each for each in await concern_ids(rooms) if each != added.concern.value)
    said = (await concerns.read(ConcernId(other))).conversation
    assert [each.words.text for each in said] == ["concern 0", "added at once"]
