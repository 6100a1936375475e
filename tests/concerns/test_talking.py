"""The talk between an author and the council: who said what in which place, and what becomes of it when it ends."""

from collections.abc import Sequence

import pytest
from nacl.bindings import sodium_pad
from nacl.public import SealedBox
from sqlalchemy import delete, select, text, update

from bot.chat.errors import Conflict, NotFound, StoreProblem
from bot.concerns.model import UNREADABLE, Concern, ConcernId, FormMark, MessageId, Words
from bot.concerns.receipt import Receipt, code_name, derive
from bot.concerns.release import ADDED
from bot.concerns.schedule import AtOnce
from bot.concerns.service import Concerns
from bot.concerns.store import ConcernsStore
from bot.concerns.tables import messages
from bot.concerns.vault import SIZE, Vault
from bot.store import outbox
from tests.concerns.rooms import CHEAP, MONDAY, THURSDAY, TUESDAY, Counted, Rooms, raise_one


@pytest.fixture
def people() -> Counted:
    return Counted()


@pytest.fixture
def concerns(rooms: Rooms, people: Counted) -> Concerns:
    return rooms.process(people)


async def found(rooms: Rooms, receipt: Receipt) -> ConcernId:
    """The concern of a receipt, as only its holder can name it."""
    lookup = derive(receipt, Vault.open(rooms.folder / "vault.key").salt, CHEAP).lookup
    async with rooms.database.reading() as transaction:
        row = await ConcernsStore(rooms.database).by_lookup(transaction, lookup)
    assert row is not None
    return row.id


async def reply(rooms: Rooms, concerns: Concerns, concern: ConcernId, words: str, mark: FormMark | None = None) -> None:
    async with rooms.database.writing() as transaction:
        await concerns.reply(transaction, concern, Words(words), mark or FormMark.new())


async def add(concerns: Concerns, receipt: Receipt, *words: str) -> None:
    for each in words:
        await concerns.add(receipt, Words(each), FormMark.new())


async def forget(rooms: Rooms, concerns: Concerns, concern: ConcernId) -> None:
    async with rooms.database.writing() as transaction:
        await concerns.forget(transaction, concern)


async def everything_is_told(rooms: Rooms) -> None:
    async with rooms.database.writing() as transaction:
        await transaction.execute(delete(outbox.table))


async def turns(rooms: Rooms, concern: ConcernId) -> list[tuple[int, str]]:
    rows = select(messages.c.turn, messages.c.voice).where(messages.c.concern == concern.value)
    async with rooms.database.reading() as transaction:
        found = await transaction.execute(rows.order_by(messages.c.turn))
        return [(row.turn, row.voice) for row in found]


async def conversation(concerns: Concerns, concern: ConcernId) -> list[str]:
    return [f"{said.voice}: {said.words.text}" for said in (await concerns.read(concern)).conversation]


async def released(rooms: Rooms, concerns: Concerns, people: Counted, words: Sequence[str]) -> list[Receipt]:
    receipts = [await raise_one(concerns, each) for each in words]
    await concerns.release()
    people.seen = 20
    rooms.clock.set(TUESDAY)
    await concerns.release()
    await concerns.release()  # and the next batch is counted from here
    return receipts


async def test_what_is_said_stands_in_the_place_where_the_council_learned_of_it(
    rooms: Rooms, concerns: Concerns, people: Counted
) -> None:
    one, other = await released(rooms, concerns, people, ("one", "other"))
    first, second = await found(rooms, one), await found(rooms, other)
    await reply(rooms, concerns, first, "reply 1")
    for number in range(4):
        await add(concerns, one, f"one {number}")
        await add(concerns, other, f"other {number}")
    await reply(rooms, concerns, first, "reply 2")
    assert await turns(rooms, second) == [(0, "author"), *((turn, "author") for turn in range(4))]
    assert await conversation(concerns, first) == ["author: one", "council: reply 1", "council: reply 2"]
    thread = await concerns.follow(one)
    assert (thread.released, thread.waiting) == (True, 4)
    assert [words.text for words in thread.replies] == ["reply 1", "reply 2"]
    people.seen = 20
    rooms.clock.set(THURSDAY)
    await concerns.release()
    assert await turns(rooms, first) == [
        (0, "author"),
        *((turn, "council") for turn in (1, 2)),
        *((turn, "author") for turn in (3, 4, 5, 6)),
    ]
    assert await turns(rooms, second) == [(turn, "author") for turn in range(5)]
    assert await conversation(concerns, first) == [
        "author: one",
        "council: reply 1",
        "council: reply 2",
        *(f"author: one {number}" for number in range(4)),
    ]
    assert await conversation(concerns, second) == ["author: other", *(f"author: other {each}" for each in range(4))]
    assert (await concerns.follow(one)).waiting == 0


async def test_a_receipt_reads_its_own_concern_alone(rooms: Rooms, concerns: Concerns, people: Counted) -> None:
    one, other = await released(rooms, concerns, people, ("one", "other"))
    concern = await found(rooms, one)
    await reply(rooms, concerns, concern, "for one")
    assert [words.text for words in (await concerns.follow(one)).replies] == ["for one"]
    assert (await concerns.read(concern)).id == concern
    thread = await concerns.follow(other)
    assert (thread.released, thread.replies, thread.waiting) == (True, (), 0)
    assert (await concerns.follow(one)).code == (await concerns.read(concern)).code != thread.code


async def test_the_council_and_the_author_know_a_concern_by_one_name(rooms: Rooms, concerns: Concerns) -> None:
    kept = await concerns.raise_concern(Concern(Words("x")), FormMark.new())
    assert kept.code == (await concerns.follow(kept.receipt)).code
    assert kept.code == code_name(derive(kept.receipt, Vault.open(rooms.folder / "vault.key").salt, CHEAP).lookup)


async def test_a_reply_sent_twice_is_one_reply(rooms: Rooms, concerns: Concerns, people: Counted) -> None:
    (receipt,) = await released(rooms, concerns, people, ("one",))
    concern, mark = await found(rooms, receipt), FormMark.new()
    await reply(rooms, concerns, concern, "once", mark)
    with pytest.raises(Conflict) as caught:
        await reply(rooms, concerns, concern, "once", mark)
    assert caught.value.message_for_person == "This was sent before; what was sent first counts, and nothing was added."
    assert len((await concerns.follow(receipt)).replies) == 1


async def test_a_reply_is_no_message_that_an_author_added(rooms: Rooms, concerns: Concerns, people: Counted) -> None:
    (receipt,) = await released(rooms, concerns, people, ("one",))
    await reply(rooms, concerns, await found(rooms, receipt), "reply")
    async with rooms.database.reading() as transaction:
        named = await transaction.scalar(select(messages.c.id).where(messages.c.voice == "council"))
    for message in (str(named), "nobody's"):
        with pytest.raises(NotFound, match="This message is not here"):
            await concerns.added_to(MessageId(message))


async def test_what_is_not_released_cannot_be_answered_and_what_is_gone_neither(
    rooms: Rooms, concerns: Concerns
) -> None:
    waiting = await found(rooms, await raise_one(concerns, "one"))
    for concern in (waiting, ConcernId("gone")):
        with pytest.raises(NotFound) as caught:
            await reply(rooms, concerns, concern, "too early")
        assert caught.value.message_for_person == "This concern is not here any more. Nothing was sent."
        with pytest.raises(NotFound) as caught:
            await concerns.read(concern)
        assert caught.value.message_for_person == ("This concern is not here, or has not been released to the council.")
    assert await turns(rooms, waiting) == [(0, "author")]


async def test_only_the_holder_and_the_council_open_a_reply(rooms: Rooms, concerns: Concerns, people: Counted) -> None:
    (receipt,) = await released(rooms, concerns, people, ("one",))
    concern = await found(rooms, receipt)
    await reply(rooms, concerns, concern, "for two")
    assert await conversation(concerns, concern) == ["author: one", "council: for two"]
    rooms.keyring.destroy(concern.value)
    assert [each.words for each in (await concerns.read(concern)).conversation] == [UNREADABLE] * 2
    assert [words.text for words in (await concerns.follow(receipt)).replies] == ["for two"]


async def test_a_concern_of_before_concerns_had_keys_is_still_read(
    rooms: Rooms, concerns: Concerns, people: Counted
) -> None:
    (receipt,) = await released(rooms, concerns, people, ("one",))
    concern = await found(rooms, receipt)
    vault = Vault.open(rooms.folder / "vault.key")
    old = SealedBox(vault.private.public_key).encrypt(sodium_pad(b'{"value": "safety", "words": "From before."}', SIZE))
    async with rooms.database.writing() as transaction:
        await transaction.execute(update(messages).values(for_council=old))
    assert await conversation(concerns, concern) == ["author: From before."]
    rooms.keyring.destroy(concern.value)
    assert await conversation(concerns, concern) == ["author: From before."]


UNTOLD = "The author has added something that the council does not have yet. Nothing was deleted."


async def test_nothing_is_forgotten_that_the_council_has_not_been_told(
    rooms: Rooms, concerns: Concerns, people: Counted
) -> None:
    one, other = await released(rooms, concerns, people, ("one", "other"))
    concern, neighbour = await found(rooms, one), await found(rooms, other)
    await everything_is_told(rooms)
    await add(concerns, one, "More.")
    with pytest.raises(Conflict) as caught:
        await forget(rooms, concerns, concern)  # it waits
    assert caught.value.message_for_person == UNTOLD
    people.seen = 20
    rooms.clock.set(THURSDAY)
    await concerns.release()
    assert [topic for topic, _, _ in await rooms.told()] == [ADDED]
    with pytest.raises(Conflict) as caught:
        await forget(rooms, concerns, concern)  # it is on its way
    assert caught.value.message_for_person == UNTOLD
    assert await conversation(concerns, concern) == ["author: one", "author: More."]
    await forget(rooms, concerns, neighbour)
    await everything_is_told(rooms)
    await forget(rooms, concerns, concern)
    async with rooms.database.reading() as transaction:
        for table in ("concerns_concern", "concerns_message"):
            assert await transaction.scalar(text(f"SELECT count(*) FROM {table}")) == 0


async def test_forgetting_one_concern_leaves_every_other_and_takes_its_key(
    rooms: Rooms, concerns: Concerns, people: Counted
) -> None:
    one, other = await released(rooms, concerns, people, ("one", "other"))
    concern, neighbour = await found(rooms, one), await found(rooms, other)
    await everything_is_told(rooms)
    await reply(rooms, concerns, neighbour, "reply")
    await add(concerns, other, "what waits for another concern")
    await concerns.release()
    await forget(rooms, concerns, concern)
    with pytest.raises(NotFound, match="No concern has this receipt"):
        await concerns.follow(one)
    assert await turns(rooms, concern) == []
    assert await conversation(concerns, neighbour) == ["author: other", "council: reply"]
    await concerns.release()
    assert rooms.keyring.names() == {neighbour.value, "batch-2"}


async def test_another_vault_is_said_and_no_reason_to_try_again(rooms: Rooms, concerns: Concerns) -> None:
    await concerns.check_vault()
    (rooms.folder / "vault.key").unlink()
    with pytest.raises(StoreProblem) as caught:
        await rooms.process(Counted()).check_vault()
    assert caught.value.permanent
    assert caught.value.message_for_person == (
        "The vault key (vault.key in RAI_DATA_DIR) is not the one that this database was sealed with. "
        "Nothing was changed. Put the right key back."
    )
    await concerns.check_vault()  # the first one is still the one that is known


async def test_what_is_added_before_its_concern_is_released_comes_after_it(rooms: Rooms) -> None:
    concerns = rooms.process(Counted(), AtOnce())
    receipt = await raise_one(concerns, "one")
    await add(concerns, receipt, "two", "three")
    concern = await found(rooms, receipt)
    assert (await concerns.follow(receipt)).waiting == 3
    await concerns.release()
    assert await conversation(concerns, concern) == ["author: one", "author: two", "author: three"]
    assert [(topic, at) for topic, _, at in await rooms.told()] == [
        (ADDED, MONDAY),
        (ADDED, MONDAY),
        ("concerns.released", MONDAY),
    ]


@pytest.mark.parametrize("empty_url", ["postgres"], indirect=True)  # SQLite's rows do not know who looked at them
async def test_reading_by_receipt_leaves_no_mark_in_the_database(
    rooms: Rooms, concerns: Concerns, people: Counted
) -> None:
    (receipt,) = await released(rooms, concerns, people, ("one",))
    of = "SELECT xmin::text, xmax::text FROM"
    marks = text(f"{of} concerns_concern UNION ALL {of} concerns_message")
    async with rooms.database.reading() as transaction:
        before = (await transaction.execute(marks)).all()
    await concerns.follow(receipt)
    await concerns.read(await found(rooms, receipt))
    async with rooms.database.reading() as transaction:
        assert (await transaction.execute(marks)).all() == before


@pytest.mark.parametrize(("earlier", "later", "told"), [(41, 20, 20), (20, 41, 20)])
async def test_the_council_is_told_the_smallest_crowd_that_anything_of_it_hid_among(
    rooms: Rooms, concerns: Concerns, people: Counted, earlier: int, later: int, told: int
) -> None:
    receipt = await raise_one(concerns, "one")
    await concerns.release()
    for size, at in ((earlier, TUESDAY), (later, THURSDAY)):
        people.seen = size
        rooms.clock.set(at)
        await concerns.release()
        if at == TUESDAY:
            concern = await found(rooms, receipt)
            await concerns.release()
            await add(concerns, receipt, "and")
            assert (await concerns.read(concern)).people == earlier
    assert (await concerns.read(concern)).people == told


async def test_what_was_counted_for_a_message_that_waits_is_not_told(
    rooms: Rooms, concerns: Concerns, people: Counted
) -> None:
    receipt = await raise_one(concerns, "one")
    for size, at in ((41, TUESDAY), (3, THURSDAY)):
        await concerns.release()
        people.seen = size
        rooms.clock.set(at)
        await concerns.release()
        concern = await found(rooms, receipt)
        if at == TUESDAY:
            await add(concerns, receipt, "and")
    assert (await rooms.batch(2))["people"] == 3
    assert (await concerns.read(concern)).people == 41
