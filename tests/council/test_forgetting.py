"""Forgetting: a resolved case is gone on its date, with every word of it, from the tables and from the place."""

import asyncio
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.chat.errors import Unreachable
from bot.chat.forms import ChoiceField
from bot.concerns.model import ConcernId, FormMark, Words
from bot.concerns.receipt import Receipt
from bot.concerns.schedule import Schedule, parse
from bot.council.forms import resolve_form
from bot.council.store import CouncilStore
from bot.questions.shelf import Shelf
from bot.store.db import metadata
from tests.concerns.test_walk import raise_concern
from tests.council.houses import looks_at_case, opened, owned, resolves
from tests.fakes.ports import FakeMessenger
from tests.fakes.timing import FakeClock
from tests.walks.house import House, Person

DAY = timedelta(days=1)
GONE = "A case was forgotten on "


async def rows(house: House) -> dict[str, int]:
    """How many rows each table of concerns, the council and the outbox has; those that are empty are left out."""
    counted: dict[str, int] = {}
    async with house.app.database.reading() as transaction:
        for table in metadata.tables:
            if table.startswith(("concerns_c", "concerns_m", "council_", "outbox")):
                counted[table] = await transaction.scalar(text(f"SELECT count(*) FROM {table}")) or 0
    return {table: count for table, count in counted.items() if count}


async def uses(author: Person, receipt: str, words: str = "") -> str:
    """An author comes back with the receipt."""
    await author.says("receipt")
    return await author.sends(receipt=receipt, words=words)


async def adds(house: House, receipt: str) -> None:
    """An author adds words, and nothing else happens meanwhile."""
    words = Receipt.parse(receipt)
    assert words is not None
    await house.app.concerns.add(words, Words("It is not done."), FormMark.new())


async def test_on_its_date_a_case_is_gone_and_its_message_says_so(house: House) -> None:
    receipt, chair = await owned(house)
    await uses(house.person("somebody"), receipt, "ADDED")
    await resolves(chair, "ANSWERED", board="yes")
    code = looks_at_case(chair).split("\n")[0]
    assert "Forgotten on: 2027-05-22" in looks_at_case(chair)
    await house.later(180 * DAY - timedelta(minutes=1))
    assert "ANSWERED" in await house.person("anybody").says("board")
    assert "The new scoring model" in house.council_place()[0]
    await house.later(timedelta(minutes=1))
    assert house.council_place()[0].startswith(f"{GONE}2027-05-22\n")
    for words in ("The new scoring model", "ADDED", "ANSWERED"):
        assert not any(words in seen for seen in house.council_place() + house.council_threads())
    assert code not in house.council_place()[0]
    assert "There is nothing here yet." in await house.person("anybody").says("board")
    assert await rows(house) == {"council_past": 1}


async def test_what_is_left_is_how_it_ended_and_in_which_month(house: House) -> None:
    _, chair = await owned(house)
    await resolves(chair, outcome="explained", keep="30")
    await house.later(30 * DAY)
    async with house.app.database.reading() as transaction:
        ((name, month, outcome, in_time),) = (await transaction.execute(text("SELECT * FROM council_past"))).all()
    assert (month, outcome, bool(in_time)) == ("2026-11", "explained", True)
    assert re.fullmatch("[0-9a-f]{32}", name)


async def test_the_receipt_of_a_forgotten_case_finds_nothing(house: House) -> None:
    receipt, chair = await owned(house)
    await resolves(chair, keep="30")
    author = house.person("somebody")
    assert "Done." in await uses(author, receipt)
    await house.later(30 * DAY)
    for words in ("", "Are you there?"):
        assert "No concern has this receipt." in await uses(author, receipt, words)


async def test_buttons_that_still_stand_somewhere_say_that_it_is_gone(house: House) -> None:
    receipt, chair = await owned(house)
    await uses(house.person("somebody"), receipt, "ADDED")
    await resolves(chair, board="yes", keep="30")
    reader, member = house.person("legal"), house.person("engineer")
    assert "the author added something" in house.council_threads()[1]
    reader.card = house.messenger.threads(house.app.council.place)[1][1]
    await member.says("board")
    await house.later(30 * DAY)
    assert "This concern is not here" in await reader.presses("Open the case")
    assert "not on the board any more" in await member.presses("Take it off")


async def test_a_member_chooses_how_long_a_case_is_kept(house: House) -> None:
    _, chair = await owned(house)
    await chair.presses("Resolve")
    assert chair.form is not None
    (keep,) = (each for each in chair.form.fields if each.name == "keep")
    assert keep.initial == "180"
    assert [chair.option("keep", number) for number in range(4)] == ["30", "90", "180", "365"]
    assert "choose one of the options" in await chair.fills(outcome="acted", words="Done.", keep="29")
    assert "choose one of the options" in await chair.fills(outcome="acted", words="Done.", keep="²")
    await chair.fills(outcome="acted", words="Done.", keep="365")
    assert "Forgotten on: 2027-11-23" in looks_at_case(chair)


def test_the_charters_own_days_stand_among_the_others() -> None:
    choices = {each.name: each for each in resolve_form(ConcernId.new(), 200).fields if isinstance(each, ChoiceField)}
    keep = choices["keep"]
    assert keep.initial == "200"
    assert [days for days, _ in keep.options] == ["30", "90", "180", "200", "365"]
    assert dict(keep.options)["200"] == "200 days, as the charter says"


async def test_an_author_who_writes_again_has_the_case_kept(house: House) -> None:
    receipt, chair = await owned(house)
    await resolves(chair, keep="30")
    await house.later(29 * DAY)
    await uses(house.person("somebody"), receipt, "It is not done.")
    assert "Forgotten on" not in looks_at_case(chair)
    await house.later(100 * DAY)
    assert "It is not done." in looks_at_case(chair)
    await resolves(chair, keep="30")
    await house.later(30 * DAY)
    assert house.council_place()[0].startswith(GONE)


async def test_what_waits_for_its_release_is_not_forgotten_unread(open_house: Callable[[Schedule], House]) -> None:
    house = open_house(parse("tue 10:00 UTC"))
    await house.app.start()
    receipt = await raise_concern(house.person("somebody"))
    await house.later(8 * DAY)
    chair = house.person("chair")
    looks_at_case(chair)
    await chair.presses("Claim")
    await resolves(chair, keep="30")
    await house.later(29 * DAY)
    await uses(house.person("somebody"), receipt, "It is not done.")
    await house.later(DAY)
    assert "State: resolved" in looks_at_case(chair)
    await house.later(7 * DAY)
    seen = looks_at_case(chair)
    assert "State: claimed" in seen
    assert "It is not done." in seen
    await house.app.stop()


async def test_what_the_council_was_not_told_yet_is_not_forgotten_either(house: House) -> None:
    receipt, chair = await owned(house)
    await resolves(chair, keep="30")
    house.clock.move(30 * DAY)
    # It is released in the very minute in which the case would be forgotten, and told after that.
    await adds(house, receipt)
    await house.app.settle()
    seen = looks_at_case(chair)
    assert "State: claimed" in seen
    assert "It is not done." in seen


async def test_a_place_that_cannot_be_reached_is_told_later(house: House) -> None:
    _, chair = await owned(house)
    await resolves(chair, keep="30")
    house.messenger.failures = [Unreachable("The platform is away.")]
    await house.later(30 * DAY)
    assert "The new scoring model" in house.council_place()[0]
    assert (await rows(house)).keys() == {"council_past", "council_forgotten", "outbox"}
    await house.later(timedelta(minutes=1))
    assert house.council_place()[0].startswith(f"{GONE}2026-12-23")
    assert await rows(house) == {"council_past": 1}


async def test_what_is_on_its_way_is_waited_for(house: House) -> None:
    """A card that was drawn before and arrives after would show the words again."""
    _, chair = await owned(house)
    await resolves(chair, keep="30")
    house.clock.move(30 * DAY)
    async with house.app.database.writing() as transaction:
        name = str(await transaction.scalar(text("SELECT id FROM council_case")))
        await CouncilStore(house.app.database).redraw(transaction, ConcernId(name), house.clock.now())
    due = await house.app.outbox.claim(house.clock.now())
    assert due is not None
    await house.app.council.retention.forget_due()
    assert "council_case" in await rows(house)
    async with house.app.database.writing() as transaction:
        await house.app.outbox.done(transaction, due)
    await house.app.settle()
    assert await rows(house) == {"council_past": 1}


async def test_a_case_that_cannot_be_forgotten_holds_up_no_other(house: House) -> None:
    receipt, chair = await owned(house)
    await resolves(chair, keep="30")
    _, chair = await owned(house)
    await resolves(chair, keep="30")
    house.clock.move(30 * DAY)
    await adds(house, receipt)
    await house.app.council.retention.forget_due()
    assert (await rows(house))["council_case"] == 1


async def test_several_processes_forget_it_once(tmp_path: Path, empty_url: str, clock: FakeClock, shelf: Shelf) -> None:
    messenger = FakeMessenger()
    async with (
        opened(empty_url, tmp_path, shelf, clock, messenger) as one,
        opened(empty_url, tmp_path, shelf, clock, messenger) as two,
    ):
        for _ in range(2):
            _, chair = await owned(one)
            await resolves(chair, keep="30", board="yes")
        clock.move(30 * DAY)
        await asyncio.gather(*(house.app.settle() for house in (one, two, one, two)))
        await one.app.settle()
        assert [seen.startswith(GONE) for seen in one.council_place()[:2]] == [True, True]
        assert await rows(one) == {"council_past": 2}


async def test_nothing_else_is_forgotten(house: House) -> None:
    kept, chair = await owned(house)
    _, chair = await owned(house)
    await resolves(chair, keep="30", board="yes")
    await house.later(30 * DAY)
    assert sum(seen.startswith(GONE) for seen in house.council_place()) == 1
    assert "has not written to you yet" in await uses(house.person("somebody"), kept)


async def test_where_nobody_knows_where_a_case_was_posted_the_log_names_it(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    _, chair = await owned(house)
    await resolves(chair, keep="30")
    async with house.app.database.writing() as transaction:  # as where every answer to the post was lost
        await transaction.execute(text("UPDATE council_case SET place = NULL, message = NULL"))
    code = looks_at_case(chair).split("\n")[0].removeprefix("Case ")
    await house.later(30 * DAY)
    assert f"where case {code} was posted is not known" in caplog.text
