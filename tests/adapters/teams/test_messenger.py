"""What is posted stands in Teams once and whole where that can be known; where it cannot, it is counted."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace

import pytest

from bot.chat.cards import Card
from bot.chat.errors import Busy, Unreachable
from bot.chat.places import Place
from tests.adapters.teams.post_office import KEY, MIRA, SHORT, WITH_FILE, PostOffice, long, post_office, told
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.shapes import CONSENT

LONG = long("word")
PARTS = 3
"""Messages that the long card becomes."""


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with post_office() as opened:
        yield opened


async def test_a_card_is_posted_and_found_by_its_key(office: PostOffice) -> None:
    ref = await office.messenger.post(office.council, SHORT, KEY)
    assert office.seen() == ["Case one\n\nIt scores people, and nobody can object."]
    assert await office.messenger.find(office.council, KEY) == ref
    assert await office.messenger.find(office.council, "1" * 32) is None


async def test_somebody_is_told_in_their_own_chat(office: PostOffice) -> None:
    ref = await office.messenger.tell(MIRA, SHORT, KEY)
    assert (len(office.told()), office.seen()) == (1, [])
    assert await office.messenger.find(MIRA, KEY) == ref


async def test_what_belongs_into_a_thread_stands_there(office: PostOffice) -> None:
    case = await office.messenger.post(office.council, SHORT, KEY)
    await office.messenger.post(case.thread, Card("Case one: claimed"), "1" * 32)
    assert office.client("mira").sees_in(office.team.id, case.message) == ["Case one: claimed"]


async def test_a_long_card_goes_on_in_its_thread_and_nothing_of_it_is_dropped(office: PostOffice) -> None:
    await office.messenger.post(office.council, LONG, KEY)
    root, *below = office.kept()
    assert [each.thread for each in below] == [root.id] * (PARTS - 1)
    assert told("word", office.seen()) == [1] * 30


async def test_below_a_long_card_stands_what_is_said_of_it(office: PostOffice) -> None:
    case = await office.messenger.post(office.council, LONG, KEY)
    await office.messenger.post(case.thread, Card("Case long: claimed"), "1" * 32)
    assert office.client("mira").sees_in(office.team.id, office.kept()[0].id)[-1] == "Case long: claimed"


async def test_a_long_card_in_a_thread_stays_in_it(office: PostOffice) -> None:
    case = await office.messenger.post(office.council, SHORT, KEY)
    await office.messenger.post(case.thread, LONG, "1" * 32)
    sent = [each.args["to"] for each in office.double.organisation.calls if each.method == "send"]
    assert sent[1:] == [f"{office.team.id};messageid={case.message}"] * PARTS


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("kind", ["broken", "limited", "precondition"])
async def test_a_long_card_of_which_a_part_failed_goes_on_where_it_ended(
    office: PostOffice, part: int, kind: str
) -> None:
    office.faults["send"] = [*[None] * part, Fault(kind)]  # type: ignore[arg-type]
    with pytest.raises(Unreachable) as raised:
        await office.messenger.post(office.council, LONG, KEY)
    assert not raised.value.permanent
    assert len(office.kept()) == part
    office.seconds.now += 5
    await office.again(LONG)
    assert told("word", office.seen()) == [1] * 30


@pytest.mark.parametrize("part", range(PARTS))
async def test_only_the_part_whose_answer_was_lost_may_stand_twice_and_is_counted(
    office: PostOffice, part: int
) -> None:
    office.faults["send"] = [*[None] * part, Fault("lost")]
    with pytest.raises(Unreachable):
        await office.messenger.post(office.council, LONG, KEY)
    await office.again(LONG)
    assert len(office.kept()) == PARTS + 1
    assert set(told("word", office.seen())) <= {1, 2}
    assert office.messenger.unread.again == 1


@pytest.mark.parametrize("fault", [Fault("limited", seconds=60), Fault("precondition")])
async def test_where_nothing_was_sent_it_is_busy_and_where_a_part_stands_it_is_not(
    office: PostOffice, fault: Fault
) -> None:
    office.faults["send"] = [fault]
    with pytest.raises(Busy):
        await office.messenger.post(office.council, LONG, KEY)
    office.seconds.now += 60
    office.faults["send"] = [None, fault]
    with pytest.raises(Unreachable) as raised:
        await office.messenger.post(office.council, LONG, KEY)
    assert not isinstance(raised.value, Busy)
    assert not raised.value.permanent


@pytest.mark.parametrize(
    "fault",
    [
        Fault("limited"),
        Fault("precondition"),
        Fault("refused", "MessageWritesBlocked", 403),
        Fault("refused", "X", 400),
    ],
)
async def test_what_surely_did_not_arrive_is_sent_again_and_not_counted(office: PostOffice, fault: Fault) -> None:
    office.faults["send"] = [fault]
    with pytest.raises(Unreachable):
        await office.messenger.post(office.council, SHORT, KEY)
    office.seconds.now += 5
    await office.again(SHORT)
    assert (len(office.seen()), office.messenger.unread.again) == (1, 0)
    assert list(office.messenger.unread.unsure) == []


async def test_what_was_not_even_begun_is_not_counted(office: PostOffice) -> None:
    await office.messenger.tell(MIRA, SHORT, "1" * 32)
    office.seconds.now += 4_000  # the bot's token is too old by then
    office.faults["login"] = [Fault("broken", status=500)]
    with pytest.raises(Unreachable, match="Nothing was sent"):
        await office.messenger.tell(MIRA, SHORT, KEY)
    await office.messenger.tell(MIRA, SHORT, KEY)
    assert (len(office.told()), office.messenger.unread.again) == (2, 0)


@pytest.mark.parametrize("fault", [Fault("lost"), Fault("broken", status=504, kept=True)])
async def test_what_may_have_arrived_is_sent_again_and_each_time_counted(
    office: PostOffice, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    office.faults["send"] = [fault, fault]
    for _ in range(2):
        with pytest.raises(Unreachable):
            await office.again(SHORT)
    await office.again(SHORT)
    assert (len(office.seen()), office.messenger.unread.again) == (3, 2)
    assert caplog.messages[-1] == "a message is sent again whose first try may have arrived; 2 so far"
    assert list(office.messenger.unread.unsure) == []


async def test_what_was_cut_off_before_teams_answered_is_counted_when_it_is_sent_again(office: PostOffice) -> None:
    office.faults["send"] = [Fault("hung")]
    sending = asyncio.create_task(office.messenger.post(office.council, SHORT, KEY))
    while not office.calls("send"):
        await office.double.next_call()
    sending.cancel()  # the courier waits no longer
    with suppress(asyncio.CancelledError):
        await sending
    await office.again(SHORT)
    assert (len(office.seen()), office.messenger.unread.again) == (1, 1)


async def test_a_doubt_that_was_counted_is_not_counted_again_by_who_only_waited(office: PostOffice) -> None:
    office.faults["send"] = [Fault("lost"), Fault("limited"), Fault("limited")]
    for _ in range(3):
        with suppress(Unreachable):
            await office.again(SHORT)
        office.seconds.now += 5
    await office.again(SHORT)
    assert (len(office.seen()), office.messenger.unread.again) == (2, 1)


async def test_after_a_restart_nobody_knows_what_arrived_and_it_is_sent_again(office: PostOffice) -> None:
    office.faults["send"] = [None, Fault("broken")]
    with pytest.raises(Unreachable):
        await office.messenger.post(office.council, LONG, KEY)
    office.restarts()
    await office.again(LONG)
    assert len(office.kept()) == PARTS + 1
    assert office.messenger.unread.again == 0, "as docs/teams.md says"


async def test_a_calendar_file_is_offered_once_after_its_message(office: PostOffice) -> None:
    office.faults["send"] = [None, Fault("broken")]
    with pytest.raises(Unreachable):
        await office.messenger.tell(MIRA, WITH_FILE, KEY)
    assert await office.messenger.find(MIRA, KEY) is None
    ref = await office.messenger.tell(MIRA, WITH_FILE, KEY)
    shown, offered = office.client("mira").direct.messages
    assert (shown.id, offered.content["attachments"][0]["contentType"]) == (ref.message, CONSENT)


async def test_a_place_on_another_platform_is_no_place_of_teams(office: PostOffice) -> None:
    with pytest.raises(Unreachable) as raised:
        await office.messenger.post(replace(office.council, platform="slack"), SHORT, KEY)
    assert raised.value.permanent


async def test_a_council_that_others_read_is_told_nothing_and_no_change_either(office: PostOffice) -> None:
    ref = await office.messenger.post(office.council, SHORT, KEY)
    space = office.double.organisation
    office.team.members.add(space.person("stranger", tenant="0b0b0b0b-1111-4222-8333-444455556666").aad)
    office.organisation.directory.forget(office.council)
    for attempt in (
        office.messenger.post(office.council, SHORT, "1" * 32),
        office.messenger.edit(ref, Card("Case two")),
        office.messenger.post(ref.thread, Card("Case one: claimed"), "2" * 32),
    ):
        with pytest.raises(Unreachable, match="People of another organisation can read this channel"):
            await attempt
    assert office.seen() == ["Case one\n\nIt scores people, and nobody can object."]


async def test_another_channel_may_be_read_by_whoever_is_in_it(office: PostOffice) -> None:
    space = office.double.organisation
    stranger = space.person("stranger", tenant="0b0b0b0b-1111-4222-8333-444455556666")
    elsewhere = space.team("Elsewhere", space.people[MIRA.user], stranger)
    await office.messenger.post(Place("teams", elsewhere.id), SHORT, KEY)
    assert len(office.client("mira").sees_all_in(elsewhere.id)) == 1
