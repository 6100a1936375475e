"""What the council owes passes by nobody: who is told of a deadline, when, and that it is once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.cards import Card
from bot.chat.errors import Unreachable
from bot.chat.identity import Actor
from bot.chat.places import MessageRef
from bot.council.charter import SAMPLE
from bot.questions.shelf import Shelf
from tests.concerns.test_walk import WORDS, raise_concern
from tests.council.houses import NO_ANSWER, NOBODY_WROTE, day_by_day, looks_at_case, opened, owned, resolves, told_all
from tests.fakes.ports import FakeMessenger
from tests.fakes.timing import FakeClock
from tests.walks.house import House

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


async def test_the_owner_is_told_first_then_the_council_and_once_more_when_it_is_late(house: House) -> None:
    _, chair = await owned(house)
    await house.later(4 * DAY - MINUTE)
    assert chair.corner() == []
    await house.later(MINUTE)
    (told,) = chair.corner()
    assert NOBODY_WROTE in told
    assert "Write by: 2026-11-30, 3 days left" in told
    assert "From 2026-11-29 on the whole council is told." in told
    assert WORDS not in told
    assert told_all(house, NOBODY_WROTE) == []
    await house.later(2 * DAY)
    assert "1 day left" in told_all(house, NOBODY_WROTE)[0]
    await house.later(DAY)
    assert len(told_all(house, NOBODY_WROTE)) == 1
    await house.later(MINUTE)
    assert "Write by: 2026-11-30, late" in told_all(house, NOBODY_WROTE)[1]
    await day_by_day(house, 5)
    assert len(told_all(house, NOBODY_WROTE)) == 2
    assert len(chair.corner()) == 1
    assert all(house.person(name).corner() == [] for name in ("legal", "engineer", "somebody"))


async def test_so_it_is_with_the_answer(house: House) -> None:
    _, chair = await owned(house)
    await chair.presses("Write to the author")
    await chair.fills(words="Thank you.")
    await house.later(69 * DAY)
    assert [NO_ANSWER in told for told in chair.corner()] == [True]
    await house.later(14 * DAY)
    await house.later(7 * DAY + MINUTE)
    assert ["late" in told for told in told_all(house, NO_ANSWER)] == [False, True]
    assert told_all(house, NOBODY_WROTE) == []


async def test_of_a_case_that_nobody_owns_the_council_is_told_at_once(house: House) -> None:
    await raise_concern(house.person("somebody"))
    await house.later(4 * DAY)
    (told,) = told_all(house, NOBODY_WROTE)
    assert "Owner: nobody yet" in told
    await house.later(2 * DAY)
    assert len(told_all(house, NOBODY_WROTE)) == 2


async def test_a_reminder_opens_the_case(house: House) -> None:
    _, chair = await owned(house)
    await house.later(4 * DAY)
    chair.looks()
    assert WORDS in await chair.presses("Open the case")
    await chair.presses("Write to the author")
    await chair.fills(words="Thank you.")
    await day_by_day(house, 5)
    assert told_all(house, NOBODY_WROTE) == []


async def test_nothing_is_said_of_what_is_done(house: House) -> None:
    _, chair = await owned(house)
    await resolves(chair)
    for _ in range(4):
        await house.later(40 * DAY)
    assert chair.corner() == told_all(house, NOBODY_WROTE) == told_all(house, NO_ANSWER) == []


async def test_a_house_that_was_away_says_what_is_due_now_and_no_pile(house: House) -> None:
    _, chair = await owned(house)
    await house.later(8 * DAY)
    assert (len(told_all(house, NOBODY_WROTE)), chair.corner()) == (1, [])
    await house.later(100 * DAY)
    assert ["late" in told for told in told_all(house, NO_ANSWER)] == [True]
    await day_by_day(house, 3)
    assert (len(told_all(house, NOBODY_WROTE)), len(told_all(house, NO_ANSWER)), chair.corner()) == (1, 1, [])


async def test_of_two_things_that_are_late_after_a_long_silence_the_answer_is_told(house: House) -> None:
    _, chair = await owned(house)
    await house.later(100 * DAY)
    await day_by_day(house, 2)
    assert (told_all(house, NOBODY_WROTE), len(told_all(house, NO_ANSWER)), chair.corner()) == ([], 1, [])


async def test_a_reminder_that_was_held_up_gives_way_to_the_next(house: House) -> None:
    _, chair = await owned(house)
    house.messenger.failures = [Unreachable("The platform is away.")] * 2  # the reminder, and the card drawn anew
    await house.later(4 * DAY)
    assert chair.corner() == []
    await house.later(2 * DAY)
    assert chair.corner() == []
    assert len(told_all(house, NOBODY_WROTE)) == 1


async def test_a_reminder_that_was_held_up_is_not_said_once_it_is_done(house: House) -> None:
    _, chair = await owned(house)
    house.messenger.failures = [Unreachable("The platform is away.")] * 2
    await house.later(4 * DAY)
    await resolves(chair)
    await house.later(timedelta(hours=1))
    assert chair.corner() == []


async def test_a_case_handed_back_meanwhile_is_told_to_the_council(house: House) -> None:
    _, chair = await owned(house)
    house.messenger.failures = [Unreachable("The platform is away.")] * 2
    await house.later(4 * DAY)
    looks_at_case(chair)
    await chair.presses("Hand back")
    await house.later(timedelta(hours=1))
    assert chair.corner() == []
    assert len(told_all(house, NOBODY_WROTE)) == 1


async def test_the_card_tells_how_many_days_are_left_and_what_is_late(house: House) -> None:
    await owned(house)
    for left in ("7 days left", "6 days left", "5 days left"):
        assert f"Write by: 2026-11-30, {left}" in house.council_place()[0]
        await house.later(DAY)
    assert "Answer by: 2027-02-21, 87 days left" in house.council_place()[0]
    await house.later(5 * DAY)
    assert "Write by: 2026-11-30, late" in house.council_place()[0]


async def test_a_case_opened_anew_has_its_clocks_anew(house: House) -> None:
    receipt, chair = await owned(house)
    await house.later(8 * DAY)
    await resolves(chair)
    assert "Write by: 2026-11-30, done late" in house.council_place()[0]
    author = house.person("somebody")
    await author.says("receipt")
    await author.sends(receipt=receipt, words="It is not done.")
    assert "Write by: 2026-12-08, 7 days left" in house.council_place()[0]
    await house.later(4 * DAY)
    assert len(chair.corner()) == 1
    await house.later(3 * DAY + MINUTE)
    assert len(told_all(house, NOBODY_WROTE)) == 2


async def test_who_resolves_while_the_clock_strikes_is_not_reminded_after_it(house: House) -> None:
    _, chair = await owned(house)
    looks_at_case(chair)
    await chair.presses("Resolve")
    house.clock.move(8 * DAY)
    await asyncio.gather(chair.fills(outcome="acted", words="Done."), *(house.app.settle() for _ in range(3)))
    await day_by_day(house, 3)
    # Either the clock was first and said it once, or the member was.
    assert len(told_all(house, NOBODY_WROTE)) <= 1
    assert "State: resolved" in house.council_place()[0]


TWO_PLATFORMS = SAMPLE.read_text("utf-8").replace(
    'members = ["terminal:local:chair"]',
    'members = ["slack:T1:UCHAIR", "terminal:local:chair", "teams:T2:chair"]',
)


class SlackIsGone(FakeMessenger):
    """Reaches everybody but those on Slack."""

    async def tell(self, actor: Actor, card: Card, key: str) -> MessageRef:
        if actor.platform == "slack":
            raise Unreachable("They are gone.", permanent=True)
        return await super().tell(actor, card, key)


async def test_an_owner_is_told_wherever_they_are_and_one_who_is_gone_holds_up_nobody(
    tmp_path: Path, empty_url: str, clock: FakeClock, shelf: Shelf
) -> None:
    async with opened(empty_url, tmp_path, shelf, clock, SlackIsGone(), TWO_PLATFORMS) as house:
        _, chair = await owned(house)
        await house.later(4 * DAY)
        assert len(chair.corner()) == 1
        assert len(house.messenger.seen(Actor("teams", "T2", "chair"))) == 1
        await house.later(2 * DAY)
        assert len(told_all(house, NOBODY_WROTE)) == 1
        await house.later(timedelta(hours=2))
        assert await house.app.outbox.stuck() == 0  # moot by now, and given up


@asynccontextmanager
async def replicas(number: int, url: str, folder: Path, shelf: Shelf, clock: FakeClock) -> AsyncIterator[list[House]]:
    """So many processes of one house, in front of one platform."""
    messenger = FakeMessenger()
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(opened(url, folder, shelf, clock, messenger)) for _ in range(number)]


@pytest.mark.parametrize("rounds", [3])
async def test_of_several_processes_one_reminds_each_time(
    tmp_path: Path, empty_url: str, clock: FakeClock, shelf: Shelf, rounds: int
) -> None:
    async with replicas(3, empty_url, tmp_path, shelf, clock) as houses:
        _, chair = await owned(houses[0])
        await raise_concern(houses[1].person("another"), "A second thing.")
        for days in (4, 2, 2):
            clock.move(days * DAY)
            for _ in range(rounds):
                await asyncio.gather(*(house.app.settle() for house in houses))
        assert len(chair.corner()) == 1
        assert len(told_all(houses[0], NOBODY_WROTE)) == 2 + 3


async def test_a_house_that_starts_anew_repeats_nothing(
    tmp_path: Path, empty_url: str, clock: FakeClock, shelf: Shelf
) -> None:
    messenger = FakeMessenger()
    async with opened(empty_url, tmp_path, shelf, clock, messenger) as house:
        await owned(house)
        await house.later(6 * DAY)
        before = messenger.posts
    async with opened(empty_url, tmp_path, shelf, clock, messenger) as house:
        await house.later(timedelta(hours=1))
        assert messenger.posts == before
