"""A card that changes: all of its messages change with it, and no other, also when another process wrote them."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.teams import names
from adapters.teams.inbound import Origin
from adapters.teams.surfaces import Surfaces
from bot.chat.cards import Card, Text
from bot.chat.errors import Busy, Unreachable
from bot.chat.places import MessageRef
from tests.adapters.teams.post_office import KEY, MIRA, SHORT, PostOffice, long, post_office, told
from tests.doubles.teams.faults import Fault

OLD, NEW = long("old"), long("new")
LONGER = long("new", 60)
CHANGED = Card("Case one", (Text("Somebody has claimed it."),))


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with post_office() as opened:
        yield opened


def pressed_on(office: PostOffice, message: str, conversation: str = "") -> Origin:
    """Mira pressed a button of a message."""
    where = conversation or office.team.id
    return Origin(MIRA.tenant, MIRA.user, "chat", conversation=where, personal=bool(conversation), message=message)


async def test_an_edit_changes_the_one_message_and_keeps_where_it_stands(office: PostOffice) -> None:
    ref = await office.messenger.post(office.council, SHORT, KEY)
    assert await office.messenger.edit(ref, CHANGED) == ref
    assert office.seen() == ["Case one\n\nSomebody has claimed it."]


async def test_an_edit_of_a_long_card_reaches_every_part_of_it(office: PostOffice) -> None:
    ref = await office.messenger.post(office.council, OLD, KEY)
    assert await office.messenger.edit(ref, NEW) == ref
    assert (told("old", office.seen()), told("new", office.seen())) == ([0] * 30, [1] * 30)


async def test_another_process_changes_the_parts_that_stand_and_adds_none(office: PostOffice) -> None:
    ref = await office.messenger.post(office.council, OLD, KEY)
    office.restarts()
    await office.messenger.edit(ref, NEW)
    assert (told("old", office.seen()), told("new", office.seen())) == ([0] * 30, [1] * 30)
    assert len(office.kept()) == 3


async def test_what_an_edit_adds_is_named_by_what_it_returns(office: PostOffice) -> None:
    ref = await office.messenger.post(office.council, SHORT, KEY)
    grown = await office.messenger.edit(ref, OLD)
    assert grown.message == " ".join(each.id for each in office.kept())
    office.restarts()
    shrunk = await office.messenger.edit(grown, CHANGED)
    assert (shrunk, office.seen()) == (ref, ["Case one\n\nSomebody has claimed it."])
    assert await office.messenger.edit(shrunk, NEW) != grown
    assert told("new", office.seen()) == [1] * 30


async def test_what_was_taken_away_below_a_card_is_left_alone_from_then_on(office: PostOffice) -> None:
    ref = await office.messenger.post(office.council, OLD, KEY)
    shrunk = await office.messenger.edit(ref, CHANGED)
    office.seconds.now += 5
    assert await office.messenger.edit(shrunk, CHANGED) == shrunk
    await office.messenger.edit(shrunk, NEW)
    assert told("new", office.seen()) == [1] * 30
    assert [each for each in office.double.organisation.calls if each.error] == []


async def test_of_a_card_that_was_redrawn_in_one_process_the_other_leaves_nothing_behind(office: PostOffice) -> None:
    ref = await office.messenger.post(office.council, OLD, KEY)
    office.restarts()
    await Surfaces(office.answers).redraw(NEW, pressed_on(office, office.kept()[0].id))
    assert len(office.kept()) > 3, "a press tells of one message alone"
    office.seconds.now += 5
    await office.messenger.edit(ref, NEW)
    assert (told("old", office.seen()), told("new", office.seen())) == ([0] * 30, [1] * 30)


async def test_two_who_change_a_card_at_once_add_what_it_lacks_once(office: PostOffice) -> None:
    ref = await office.messenger.post(office.council, SHORT, KEY)
    redrawn = Surfaces(office.answers).redraw(NEW, pressed_on(office, ref.message))
    await asyncio.gather(redrawn, office.messenger.edit(ref, NEW))
    assert told("new", office.seen()) == [1] * 30


async def test_a_long_answer_that_is_redrawn_is_redrawn_whole(office: PostOffice) -> None:
    mira, surfaces = office.client("mira"), Surfaces(office.answers)
    await surfaces.answer(OLD, pressed_on(office, "", mira.direct.id))
    office.seconds.now += 5
    await surfaces.redraw(NEW, pressed_on(office, mira.direct.messages[0].id, mira.direct.id))
    assert (told("old", office.told()), told("new", office.told())) == ([0] * 30, [1] * 30)


async def test_a_press_below_redraws_the_card_from_its_beginning(office: PostOffice) -> None:
    mira, surfaces = office.client("mira"), Surfaces(office.answers)
    await surfaces.whisper(OLD, pressed_on(office, "", mira.direct.id))
    office.seconds.now += 5
    first, second, _ = mira.direct.messages
    await surfaces.redraw(CHANGED, pressed_on(office, second.id, mira.direct.id))
    assert mira.direct.messages == [first]
    assert office.told() == ["Case one\n\nSomebody has claimed it."]


async def test_a_part_that_somebody_took_away_is_no_reason_to_leave_the_rest_as_it_was(office: PostOffice) -> None:
    ref = await office.messenger.post(office.council, OLD, KEY)
    del office.kept()[1]
    await office.messenger.edit(ref, NEW)
    assert (told("old", office.seen()), told("new", office.seen())) == ([0] * 30, [1] * 30)
    del office.kept()[1]
    office.seconds.now += 5
    await office.messenger.edit(ref, CHANGED)
    assert office.seen() == ["Case one\n\nSomebody has claimed it."]


@pytest.mark.parametrize("method", ["update", "send", "delete"])
@pytest.mark.parametrize("number", range(2))
async def test_an_edit_that_was_broken_off_is_finished_by_the_next(
    office: PostOffice, method: str, number: int
) -> None:
    ref = await office.messenger.post(office.council, OLD if method == "delete" else SHORT, KEY)
    if method == "update":
        ref = await office.messenger.edit(ref, OLD)
    wanted = {"update": NEW, "send": LONGER, "delete": CHANGED}[method]
    office.faults[method] = [*[None] * number, Fault("limited", seconds=1)]
    with pytest.raises(Busy):
        await office.messenger.edit(ref, wanted)
    office.seconds.now += 5
    await office.messenger.edit(ref, wanted)
    many = 60 if method == "send" else 30
    assert told("old", office.seen()) == [0] * 30
    assert told("new", office.seen(), many) == [0 if method == "delete" else 1] * many


async def test_what_an_edit_adds_and_may_have_arrived_is_counted(office: PostOffice) -> None:
    ref = await office.messenger.post(office.council, SHORT, KEY)
    office.faults["send"] = [Fault("lost")]
    with pytest.raises(Unreachable):
        await office.messenger.edit(ref, NEW)
    await office.messenger.edit(ref, NEW)
    assert office.messenger.unread.again == 1


async def test_an_edit_leaves_alone_what_else_stands_in_the_thread(office: PostOffice) -> None:
    ref = await office.messenger.post(office.council, OLD, KEY)
    await office.messenger.post(ref.thread, long("reply", 20), "1" * 32)
    office.restarts()
    await office.messenger.edit(ref, CHANGED)
    assert told("reply", office.seen(), 20) == [1] * 20
    assert told("old", office.seen()) == [0] * 30


def test_as_many_messages_are_named_as_the_tables_keep() -> None:
    where, stamps = names.place("19:x@thread.tacv2"), [str(1_795_424_400_000 + number) for number in range(30)]
    ref = names.together(where, stamps)
    assert names.messages(ref) == stamps[:14]
    assert len(ref.message) <= 200
    assert names.conversation(ref.thread) == f"19:x@thread.tacv2;messageid={stamps[0]}"
    assert names.together(where, ["1" * 300]) == MessageRef(where, "1" * 300)
