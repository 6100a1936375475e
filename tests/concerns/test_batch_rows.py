"""What a batch leaves behind: its row, its keys, its files, and what is said where one of them is wrong."""

import asyncio
import shutil
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text, update

from bot.chat.errors import Conflict, NotFound, StoreProblem
from bot.concerns.batch_store import BatchStore
from bot.concerns.model import UNREADABLE, Batch, Concern, ConcernId, FormMark, MessageId, Words
from bot.concerns.release import ADDED
from bot.concerns.schedule import LONGEST_WAIT
from bot.concerns.tables import batches, messages
from bot.store import outbox
from bot.store.db import Transaction
from tests.concerns.rooms import MONDAY, THURSDAY, THURSDAY_BEFORE, TUESDAY, Counted, Rooms, raise_one


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


@pytest.mark.parametrize("empty_url", ["postgres"], indirect=True)  # SQLite's writers wait for each other anyway
async def test_an_urgent_batch_takes_the_next_number_where_another_process_was_faster(rooms: Rooms) -> None:
    concerns, store = rooms.process(Counted()), BatchStore(rooms.database)
    async with rooms.database.writing() as transaction:
        row = {"since": THURSDAY_BEFORE, "release": "tue,thu 10:00 UTC"}
        assert await store.add_batch(transaction, key=lambda _: b"another's", **row) == 1
        attempt = asyncio.create_task(raise_one(concerns, urgency="at once"))
        done, _ = await asyncio.wait([attempt], timeout=0.3)
        assert not done
    await attempt
    assert (await rooms.batch(1))["released_at"] is None
    assert (await rooms.batch(2))["released_at"] == MONDAY


@pytest.mark.parametrize("empty_url", ["postgres"], indirect=True)  # SQLite's writers wait for each other anyway
@pytest.mark.parametrize("before", [True, False])
async def test_the_key_of_a_batch_that_another_process_opens_meanwhile_is_needed(rooms: Rooms, before: bool) -> None:
    concerns = rooms.process(Counted())
    await concerns.release()
    rooms.clock.set(THURSDAY_BEFORE + LONGEST_WAIT)

    class Meanwhile(BatchStore):
        """Another process releases one batch and opens the next, just before or after this one looks for the newest."""

        async def newest(self, transaction: Transaction) -> int:
            if before:
                await concerns.release()
            found = await super().newest(transaction)
            if not before:
                await concerns.release()
            return found

    async with rooms.database.reading() as transaction:
        needed = await Meanwhile(rooms.database).keys_in_use(transaction)
    assert "batch-2" in needed


async def test_the_keys_that_are_kept_are_those_that_are_needed(rooms: Rooms) -> None:
    people = Counted()
    concerns = rooms.process(people)
    await concerns.release()
    assert rooms.keyring.names() == {"batch-1"}
    await raise_one(concerns)
    await concerns.release()
    assert rooms.keyring.names() == {"batch-1"}
    people.seen = 20
    rooms.clock.set(TUESDAY)
    await concerns.release()
    assert rooms.keyring.names() == {*await rooms.concern_ids(), "batch-2"}


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
async def test_when_the_file_was_changed_does_not_tell_whether_anything_came(rooms: Rooms) -> None:
    concerns, file = rooms.process(Counted()), rooms.folder / "rai.db"
    await concerns.release()
    for somebody_writes in (False, True, False):
        before = file.read_bytes()
        if somebody_writes:
            receipt = await raise_one(concerns)
            await concerns.add(receipt, Words("More."), FormMark.new())
        rooms.clock.move(timedelta(seconds=295))
        await concerns.release()
        assert file.read_bytes() == before  # what came stands in the log beside it, as what other rooms write does
        rooms.clock.move(timedelta(seconds=5))
        await concerns.release()
        assert file.read_bytes() != before  # even writing the same anew counts up in the file's head


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
async def test_what_is_released_or_goes_at_once_leaves_no_old_state_until_then(rooms: Rooms) -> None:
    concerns, file = rooms.process(Counted()), rooms.folder / "rai.db"
    await raise_one(concerns)
    await concerns.release()
    before = file.read_bytes()
    await raise_one(concerns, urgency="at once")
    await concerns.release()
    assert file.read_bytes() != before


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
async def test_whoever_reads_for_long_fills_no_log(rooms: Rooms, caplog: pytest.LogCaptureFixture) -> None:
    concerns = rooms.process(Counted())
    await concerns.release()
    async with rooms.database.reading() as transaction:
        await transaction.execute(select(batches))
        async with rooms.database.alone() as connection:
            await connection.execute(text("PRAGMA busy_timeout = 20"))
        for seconds, lines in ((300, 1), (5, 1), (5, 1), (290, 2)):
            rooms.clock.move(timedelta(seconds=seconds))
            await concerns.release()
            assert len(caplog.messages) == lines


def test_a_strange_name_in_the_keys_folder_is_no_number(rooms: Rooms) -> None:
    rooms.keyring.note_newest(3)
    (rooms.keyring.folder / "newest-batch-9~").touch()
    assert rooms.keyring.newest() == 3


async def test_a_key_that_cannot_be_destroyed_is_told_and_tried_again(
    rooms: Rooms, caplog: pytest.LogCaptureFixture
) -> None:
    concerns = rooms.process(Counted())
    (rooms.keyring.folder / "stray.key").mkdir(parents=True)  # no file, so that it cannot be overwritten
    for _ in range(2):
        caplog.clear()
        await concerns.release()
        (said,) = caplog.messages
        assert "files keep the order of concerns, or a key that is over: A key in the keys folder" in said
    (rooms.keyring.folder / "stray.key").rmdir()
    rooms.keyring.concern(ConcernId("stray"))
    await concerns.release()
    assert "stray" not in rooms.keyring.names()


async def test_a_later_state_of_the_keys_is_not_destroyed_by_an_older_database(
    rooms: Rooms, caplog: pytest.LogCaptureFixture
) -> None:
    """Such as a copy that was put in place for a moment, or a new database under a mistyped address."""
    concerns = rooms.process(Counted())
    await concerns.release()
    await raise_one(concerns, urgency="at once")
    await concerns.release()
    keys = rooms.keyring.names()
    (concern,) = await rooms.concern_ids()
    assert concern in keys
    newest = rooms.keyring.newest()
    rooms.keyring.note_newest(newest + 1)  # as the true database left it
    other = rooms.process(Counted())
    with pytest.raises(StoreProblem) as caught:
        await other.check_vault()
    assert caught.value.permanent
    assert caught.value.message_for_person == (
        "The keys folder of RAI_DATA_DIR has seen a later state of this database, or another one. Its keys would be "
        "lost, so nothing was done. Set RAI_DATABASE_URL right, or put the keys folder back that belongs to this copy. "
        "If what came later is gone for good, `rai db give-up` goes on without it."
    )
    rooms.keyring.concern(ConcernId("of-the-true-database"))
    await other.release()
    assert "has seen a later state" in caplog.text
    assert rooms.keyring.names() == {*keys, "of-the-true-database"}
    assert await other.give_up() == 0
    await other.check_vault()
    await other.release()
    assert rooms.keyring.names() == keys


async def test_a_new_database_beside_old_keys_is_not_begun(rooms: Rooms) -> None:
    rooms.keyring.note_newest(1)
    with pytest.raises(StoreProblem, match="Set RAI_DATABASE_URL right"):
        await rooms.process(Counted()).check_vault()


async def test_a_full_batch_says_what_became_of_the_words(rooms: Rooms) -> None:
    concerns = rooms.process(Counted(), most_waiting=1)
    receipt = await raise_one(concerns)
    with pytest.raises(Conflict) as caught:
        await concerns.add(receipt, Words("More."), FormMark.new())
    assert caught.value.message_for_person == (
        "More concerns wait for the council than it can read at once, so this one was not taken. Please keep "
        "your words and send them after the next release, or use an outside channel."
    )


async def test_a_batch_counts_its_own_messages(rooms: Rooms) -> None:
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
        "The concerns that wait were sealed for a key that is not in the keys folder of RAI_DATA_DIR. Nothing "
        "was changed. Put the folder back that belongs to this database; several processes share one. If that "
        "key is gone for good, `rai db give-up` deletes what nobody can open any more."
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
    assert await rooms.concern_ids() != []


async def test_what_nobody_can_open_any_more_is_given_up_and_nothing_else(rooms: Rooms) -> None:
    concerns = rooms.process(Counted())
    released = await raise_one(concerns)
    rooms.clock.set(THURSDAY_BEFORE + LONGEST_WAIT)
    await concerns.release()
    (kept,) = await rooms.concern_ids()
    for _ in range(2):
        await raise_one(concerns)
    await concerns.add(released, Words("More."), FormMark.new())
    assert await concerns.give_up() == 0  # its key is there
    rooms.keyring.destroy("batch-2")
    assert await concerns.give_up() == 3
    assert await rooms.concern_ids() == [kept]
    assert (await rooms.batch(2))["sealing_key"] == bytes(rooms.keyring.batch(2).public_key)
    assert await concerns.give_up() == 0
    await concerns.check_vault()
    thread = await concerns.follow(released)
    assert (thread.released, thread.waiting) == (True, 0)
    await raise_one(concerns, "Said again.")
    rooms.clock.move(LONGEST_WAIT)
    await concerns.release()
    assert len(await rooms.concern_ids()) == 2
    assert len(await rooms.subjects()) == 2


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
    assert sorted(await rooms.subjects()) == await rooms.concern_ids()
    (first,) = await rooms.subjects(ADDED)
    begun = await concerns.read(await concerns.added_to(MessageId(first)))
    assert [said.words.text for said in begun.conversation] == ["concern 0", "added at once"]
    await concerns.add(receipts[1], Words("added later"), FormMark.new())
    async with rooms.database.writing() as transaction:
        (waiting,) = (await transaction.execute(text("SELECT id FROM concerns_message WHERE batch = 2"))).scalars()
    with pytest.raises(NotFound) as caught:
        await concerns.added_to(MessageId(waiting))
    assert caught.value.message_for_person == "This message is not here, or has not been released to the council."
    await concerns.release()
    people.seen = 20
    rooms.clock.set(THURSDAY)
    await concerns.release()
    assert len(await rooms.subjects()) == 2
    assert set(await rooms.subjects(ADDED)) == {first, waiting}
    added_to = await concerns.added_to(MessageId(waiting))
    read = await concerns.read(added_to)
    assert [(said.voice, said.words.text) for said in read.conversation] == [
        ("author", "concern 1"),
        ("author", "added later"),
    ]
    other = next(each for each in await rooms.concern_ids() if each != added_to.value)
    said = (await concerns.read(ConcernId(other))).conversation
    assert [each.words.text for each in said] == ["concern 0", "added at once"]


async def test_the_rows_that_are_shown_do_not_tell_how_many_went_at_once(rooms: Rooms) -> None:
    concerns = rooms.process(Counted())
    for _ in range(3):
        assert [row["batch"] for row in await concerns.example(Concern(Words("It fails.")))] == [1, 1]
        await raise_one(concerns, urgency="at once")


async def test_a_forgotten_concern_that_went_at_once_leaves_no_time_behind(rooms: Rooms) -> None:
    people = Counted(known=200)
    concerns = rooms.process(people)
    await raise_one(concerns)
    await concerns.release()
    people.seen = 20
    rooms.clock.set(TUESDAY)
    await concerns.release()
    rooms.clock.move(timedelta(hours=2, minutes=17))
    await raise_one(concerns, urgency="at once")
    await concerns.release()
    rooms.clock.set(THURSDAY)
    people.seen = 30
    await concerns.release()

    async def rows() -> list[int]:
        async with rooms.database.reading() as transaction:
            return list(await transaction.scalars(select(batches.c.number).order_by(batches.c.number)))

    async def forget(batch: int) -> None:
        async with rooms.database.writing() as transaction:
            await transaction.execute(delete(outbox.table))
            held = await transaction.scalar(select(messages.c.concern).where(messages.c.batch == batch))
            await concerns.forget(transaction, ConcernId(held or ""))

    assert await rows() == [1, 2, 3, 4]  # the second was released on Thursday, with nothing in it
    await forget(3)
    assert await rows() == [1, 4]
    await forget(1)
    assert await rows() == [4]
    assert await BatchStore(rooms.database).members() == 200


@pytest.mark.parametrize("ahead", [timedelta(days=30), timedelta(days=700)])
async def test_a_clock_that_was_ahead_for_a_moment_holds_nothing_up(rooms: Rooms, ahead: timedelta) -> None:
    people = Counted(seen=20)
    concerns = rooms.process(people)
    rooms.clock.move(ahead)
    await concerns.release()
    rooms.clock.set(MONDAY)
    await raise_one(concerns)
    for _ in range(3):
        await concerns.release()
        rooms.clock.move(timedelta(hours=1))
    people.seen = 20
    rooms.clock.set(TUESDAY)
    await concerns.release()
    assert len(await rooms.told()) == 1


async def test_a_clock_that_is_behind_for_a_moment_lets_nothing_go(rooms: Rooms) -> None:
    concerns = rooms.process(Counted())
    rooms.clock.set(TUESDAY)
    await concerns.release()
    await raise_one(concerns)
    for behind in (timedelta(seconds=40), timedelta(days=365)):
        rooms.clock.set(TUESDAY - behind)
        await concerns.release()
        rooms.clock.move(timedelta(minutes=59))
        await concerns.release()
    rooms.clock.set(TUESDAY + timedelta(hours=1))
    await concerns.release()
    assert (await rooms.batch(1))["since"] == TUESDAY
    assert await rooms.told() == []


async def test_what_goes_at_once_has_a_limit_too(rooms: Rooms) -> None:
    concerns = rooms.process(Counted(), most_waiting=2)
    for _ in range(2):
        await raise_one(concerns, urgency="at once")
    with pytest.raises(Conflict, match="than it can read at once"):
        await raise_one(concerns, urgency="at once")
    rooms.clock.move(timedelta(days=1))
    await raise_one(concerns, urgency="at once")


async def test_a_damaged_message_holds_up_no_other(rooms: Rooms, caplog: pytest.LogCaptureFixture) -> None:
    concerns = rooms.process(Counted())
    for _ in range(5):
        await raise_one(concerns)
    async with rooms.database.writing() as transaction:
        row = (await transaction.execute(select(messages))).all()[2]
        flipped = row.for_council[:-1] + bytes([row.for_council[-1] ^ 1])
        await transaction.execute(update(messages).where(messages.c.id == row.id).values(for_council=flipped))
    rooms.clock.set(THURSDAY_BEFORE + LONGEST_WAIT)
    await concerns.release()
    released = set(await rooms.subjects())
    assert len(released) == 5
    assert "a message in batch 1 is damaged" in caplog.text
    for subject in released - {row.concern}:
        assert (await concerns.read(ConcernId(subject))).conversation[0].words.text == "It fails."
    damaged = await concerns.read(ConcernId(row.concern))
    assert (damaged.about, [each.words for each in damaged.conversation]) == (None, [UNREADABLE])


async def test_where_no_key_can_be_made_everything_waits_and_no_words_are_lost(rooms: Rooms) -> None:
    concerns = rooms.process(Counted())
    await raise_one(concerns)
    (subject,) = await rooms.concern_ids()
    useless = rooms.folder / "keys" / f"{subject}.key"
    useless.write_bytes(b"short")
    rooms.clock.set(THURSDAY_BEFORE + LONGEST_WAIT)
    with pytest.raises(StoreProblem, match="A key in the keys folder of RAI_DATA_DIR cannot be used"):
        await concerns.release()
    assert await rooms.told() == []
    useless.unlink()
    await concerns.release()
    assert (await concerns.read(ConcernId(subject))).conversation[0].words.text == "It fails."


async def test_where_the_keys_folder_is_another_one_everything_waits_for_the_right_one(rooms: Rooms) -> None:
    concerns = rooms.process(Counted())
    await raise_one(concerns)
    right = (rooms.folder / "keys").rename(rooms.folder / "right")
    rooms.clock.set(THURSDAY_BEFORE + LONGEST_WAIT)
    for _ in range(2):
        with pytest.raises(StoreProblem, match="cannot be opened"):
            await rooms.process(Counted()).release()
    assert await rooms.told() == []
    shutil.rmtree(rooms.folder / "keys")
    right.rename(rooms.folder / "keys")
    await rooms.process(Counted()).release()
    assert len(await rooms.told()) == 1
