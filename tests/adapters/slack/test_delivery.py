"""What is posted stands there once and whole, whatever becomes of Slack's answers."""

from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from bot.chat.cards import Card, Text
from bot.chat.errors import Busy, Unreachable
from bot.chat.places import Place
from tests.adapters.slack.post_office import (
    COUNCIL,
    LONG,
    MIRA,
    SHORT,
    WITH_FILE,
    PostOffice,
    post_office,
)
from tests.doubles.slack.server import Fault

KEY = "0" * 32
PARTS = 4
"""Messages that the long card becomes."""


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with post_office() as opened:
        yield opened


async def again(office: PostOffice, card: Card, key: str = KEY) -> None:
    """A second attempt, as the courier makes it."""
    if not await office.messenger.find(COUNCIL, key):
        await office.messenger.post(COUNCIL, card, key)


async def test_a_card_is_posted_and_found_by_its_key(office: PostOffice) -> None:
    ref = await office.messenger.post(COUNCIL, SHORT, KEY)
    assert office.seen() == ["Case one\n\nIt scores people, and nobody can object."]
    assert await office.messenger.find(COUNCIL, KEY) == ref
    assert await office.messenger.find(COUNCIL, "1" * 32) is None


async def test_the_key_is_all_that_the_metadata_tells(office: PostOffice) -> None:
    await office.messenger.post(COUNCIL, SHORT, KEY)
    (kept,) = office.double.workspace.channels[COUNCIL.address].messages
    assert kept["metadata"] == {"event_type": "rai_message", "event_payload": {"key": KEY, "whole": True}}


async def test_a_message_whose_answer_was_lost_is_found_and_not_posted_twice(office: PostOffice) -> None:
    office.faults["chat.postMessage"] = [Fault("lost")]
    with pytest.raises(Unreachable) as raised:
        await office.messenger.post(COUNCIL, SHORT, KEY)
    assert not raised.value.permanent
    await again(office, SHORT)
    assert len(office.seen()) == 1


async def test_a_message_that_did_not_arrive_is_posted_again(office: PostOffice) -> None:
    office.faults["chat.postMessage"] = [Fault("broken")]
    with pytest.raises(Unreachable) as raised:
        await office.messenger.post(COUNCIL, SHORT, KEY)
    assert "Slack did not answer" in raised.value.message_for_person
    await again(office, SHORT)
    assert len(office.seen()) == 1


@pytest.mark.parametrize(
    ("code", "permanent"), [("internal_error", False), ("fatal_error", False), ("is_archived", True)]
)
async def test_a_refusal_says_whether_to_try_again_soon(office: PostOffice, code: str, *, permanent: bool) -> None:
    office.faults["chat.postMessage"] = [Fault("refused", code)]
    with pytest.raises(Unreachable) as raised:
        await office.messenger.post(COUNCIL, SHORT, KEY)
    assert raised.value.permanent is permanent


async def test_slack_is_asked_about_no_direct_messages(office: PostOffice) -> None:
    office.double.workspace.direct("UMIRA")
    assert not await office.workspace.directory.is_shared("DUMIRA")
    assert office.calls("conversations.info") == 0, "that would need a scope that the manifest does not ask for"


async def test_an_edit_changes_the_one_message_and_keeps_its_key(office: PostOffice) -> None:
    ref = await office.messenger.post(COUNCIL, SHORT, KEY)
    await office.messenger.edit(ref, Card("Case one", (Text("Somebody has claimed it."),)))
    assert office.seen() == ["Case one\n\nSomebody has claimed it."]
    assert await office.messenger.find(COUNCIL, KEY) == ref


async def test_a_card_of_many_words_is_edited_though_an_edit_takes_a_short_text_alone(office: PostOffice) -> None:
    ref = await office.messenger.post(COUNCIL, SHORT, KEY)
    grown = Card("Case one", tuple(Text(f"Paragraph {number}. {'word ' * 300}") for number in range(4)))
    await office.messenger.edit(ref, grown)
    assert all(f"Paragraph {number}." in office.seen()[0] for number in range(4))
    (kept,) = office.double.workspace.channels[COUNCIL.address].messages
    assert kept["text"].endswith("word…")


async def test_somebody_is_told_in_their_direct_messages_and_it_is_found_there(office: PostOffice) -> None:
    ref = await office.messenger.tell(MIRA, SHORT, KEY)
    assert len(office.seen("DUMIRA")) == 1
    assert await office.messenger.find(MIRA, KEY) == ref


async def test_what_belongs_into_a_thread_stands_and_is_found_there(office: PostOffice) -> None:
    case = await office.messenger.post(COUNCIL, SHORT, KEY)
    below = await office.messenger.post(case.thread, Card("Case one: claimed"), "1" * 32)
    assert office.seen(thread=case.message) == ["Case one: claimed"]
    assert await office.messenger.find(case.thread, "1" * 32) == below
    assert len(office.seen()) == 1


async def test_a_long_card_goes_on_in_the_thread_and_nothing_of_it_is_dropped(office: PostOffice) -> None:
    office.workspace.web.pace.apart = 0.0
    ref = await office.messenger.post(COUNCIL, LONG, KEY)
    (first,), below = office.seen(), office.seen(thread=ref.message)
    assert "Continues below." in first
    assert len(below) == PARTS - 1
    told = "\n".join([first, *below])
    assert all(f"Paragraph {number}." in told for number in range(20))
    assert await office.messenger.find(COUNCIL, KEY) == ref


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("kind", ["lost", "broken", "limited"])
async def test_a_long_card_of_which_a_part_failed_stands_there_whole_after_the_next_attempt(
    office: PostOffice, part: int, kind: str
) -> None:
    office.workspace.web.pace.apart = 0.0
    office.faults["chat.postMessage"] = [*[None] * part, Fault(kind, seconds=0)]  # type: ignore[arg-type]
    with suppress(Unreachable):
        await office.messenger.post(COUNCIL, LONG, KEY)
    await again(office, LONG)
    (root,) = [each for each in office.double.workspace.channels[COUNCIL.address].messages if "thread_ts" not in each]
    assert len(office.seen()) == 1
    assert len(office.seen(thread=root["ts"])) == PARTS - 1


async def test_a_long_card_of_which_a_part_must_wait_too_long_is_not_taken_for_unsent(office: PostOffice) -> None:
    office.workspace.web.pace.apart = 0.0
    office.faults["chat.update"] = [Fault("limited", seconds=60)]
    with pytest.raises(Unreachable) as raised:
        await office.messenger.post(COUNCIL, LONG, KEY)
    assert not isinstance(raised.value, Busy)
    office.seconds.now += 60
    await again(office, LONG)
    assert len(office.seen()) == 1


async def test_what_is_left_of_an_attempt_is_taken_away_from_the_end(office: PostOffice) -> None:
    office.workspace.web.pace.apart = 0.0
    office.faults["chat.postMessage"] = [None, None, Fault("broken")]
    office.faults["chat.delete"] = [None, Fault("broken")]
    with pytest.raises(Unreachable):
        await office.messenger.post(COUNCIL, LONG, KEY)
    with pytest.raises(Unreachable):
        await office.messenger.find(COUNCIL, KEY)
    assert len(office.seen()) == 1, "while its first message stands, what is left of it can still be found"
    await again(office, LONG)
    assert len(office.double.workspace.channels[COUNCIL.address].messages) == PARTS


async def test_a_long_card_in_a_thread_is_taken_away_without_its_neighbours(office: PostOffice) -> None:
    office.workspace.web.pace.apart = 0.0
    case = await office.messenger.post(COUNCIL, SHORT, KEY)
    await office.messenger.post(case.thread, Card("Case one: claimed"), "1" * 32)
    office.faults["chat.postMessage"] = [None, Fault("lost")]
    with pytest.raises(Unreachable):
        await office.messenger.post(case.thread, LONG, "2" * 32)
    assert await office.messenger.find(case.thread, "2" * 32) is None
    assert office.seen(thread=case.message) == ["Case one: claimed"]
    assert len(office.seen()) == 1


async def test_an_edit_of_a_long_card_reaches_every_part_and_adds_what_is_new(office: PostOffice) -> None:
    office.workspace.web.pace.apart = 0.0
    ref = await office.messenger.post(COUNCIL, LONG, KEY)
    longer = Card(LONG.title, (*LONG.blocks, *(Text(f"Added {number}. {'more ' * 300}") for number in range(10))))
    await office.messenger.edit(ref, longer)
    told = "\n".join([*office.seen(), *office.seen(thread=ref.message)])
    assert all(told.count(f"Added {number}.") == 1 for number in range(10))
    assert all(told.count(f"Paragraph {number}.") == 1 for number in range(20))


async def test_an_edit_of_a_long_card_leaves_alone_what_else_stands_in_its_thread(office: PostOffice) -> None:
    office.workspace.web.pace.apart = 0.0
    ref = await office.messenger.post(COUNCIL, LONG, KEY)
    other = Card("The author wrote", tuple(Text(f"Reply {number}. {'word ' * 300}") for number in range(18)))
    await office.messenger.post(ref.thread, other, "1" * 32)
    await office.messenger.edit(ref, LONG)
    told = "\n".join(office.seen(thread=ref.message))
    assert [told.count(f"Reply {number}.") for number in range(18)] == [1] * 18
    assert told.count("Paragraph 17.") == 1


async def test_a_calendar_file_comes_with_its_message(office: PostOffice) -> None:
    ref = await office.messenger.tell(MIRA, WITH_FILE, KEY)
    direct = office.double.workspace.channels["DUMIRA"].messages
    assert [each.get("files") for each in direct] == [None, ["hour.ics"]]
    assert direct[1]["thread_ts"] == ref.message
    assert [each["content"] for each in office.double.workspace.uploads.values()] == [b"BEGIN:VCALENDAR"]


async def test_a_file_whose_upload_was_not_confirmed_is_brought_once(office: PostOffice) -> None:
    office.faults["files.completeUploadExternal"] = [Fault("lost")]
    with pytest.raises(Unreachable):
        await office.messenger.tell(MIRA, WITH_FILE, KEY)
    assert await office.messenger.find(MIRA, KEY) is None
    await office.messenger.tell(MIRA, WITH_FILE, KEY)
    direct = office.double.workspace.channels["DUMIRA"].messages
    assert [each.get("files") for each in direct] == [None, ["hour.ics"]]


async def test_where_no_file_may_be_uploaded_nothing_is_shown_and_taken_away_again(office: PostOffice) -> None:
    office.double.workspace.tokens["xoxb-double"].scopes.discard("files:write")
    with pytest.raises(Unreachable):
        await office.messenger.tell(MIRA, WITH_FILE, KEY)
    assert office.seen("DUMIRA") == []


async def test_a_shared_channel_is_told_nothing_and_no_change_either(office: PostOffice) -> None:
    ref = await office.messenger.post(COUNCIL, SHORT, KEY)
    office.double.workspace.channels[COUNCIL.address].is_shared = True
    office.workspace.directory.forget(COUNCIL.address)
    for attempt in (office.messenger.post(COUNCIL, SHORT, "1" * 32), office.messenger.edit(ref, Card("Case two"))):
        with pytest.raises(Unreachable, match="Another organisation reads this channel"):
            await attempt
    assert office.seen() == ["Case one\n\nIt scores people, and nobody can object."]


async def test_a_public_channel_is_told_nothing(office: PostOffice) -> None:
    office.double.workspace.channels[COUNCIL.address].is_private = False
    with pytest.raises(Unreachable, match="everybody in the workspace could read"):
        await office.messenger.post(COUNCIL, SHORT, KEY)
    assert office.seen() == []


async def test_a_place_on_another_platform_is_no_place_of_slacks(office: PostOffice) -> None:
    with pytest.raises(Unreachable) as raised:
        await office.messenger.post(Place("teams", "19:x"), SHORT, KEY)
    assert raised.value.permanent
