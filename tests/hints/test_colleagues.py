"""What might identify an author is pointed out, whatever the directory does; and names stay where they belong."""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import tzinfo

import pytest

from bot.chat.cards import Block, Card
from bot.chat.errors import Unreachable
from bot.chat.identity import Actor
from bot.chat.plain import plain_card
from bot.hints.colleagues import AGAIN, KEPT, MOST_ORGANISATIONS, Colleagues
from tests.fakes.ports import FakeDirectory
from tests.fakes.timing import FakeClock

NADIR = Actor("slack", "T1", "nhaddad")
ELSEWHERE = Actor("slack", "T2", "nhaddad")
SOON, LATE = 0.05, 30.0
"""Seconds to wait for what never comes, and for what surely does."""


@dataclass
class Company(FakeDirectory):
    """A directory that answers when it is let, or fails.

    Args:
        answers: whether it answers about colleagues; ``knows_own`` whether about who asks.
        asked: how often it was asked for colleagues.
    """

    answers: asyncio.Event = field(default_factory=asyncio.Event)
    failure: Exception | None = None
    knows_own: bool = True
    asked: int = 0

    async def colleagues(self, actor: Actor) -> tuple[str, ...]:
        self.asked += 1
        await self.answers.wait()
        if self.failure:
            raise self.failure
        return self.people if actor.tenant == "T1" else ()

    async def own(self, actor: Actor) -> tuple[str, ...]:
        if self.failure:
            raise self.failure
        if not self.knows_own:
            await asyncio.Event().wait()
        return (actor.user,)

    async def zone(self, actor: Actor) -> tzinfo:
        raise AssertionError("nobody asks")


@pytest.fixture
def company() -> Company:
    company = Company(people=("Mira Okafor", "Will Grant"))
    company.answers.set()
    return company


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def colleagues(company: Company, clock: FakeClock) -> Colleagues:
    return Colleagues(company, clock, LATE)


@pytest.fixture
def hasty(company: Company, clock: FakeClock) -> Colleagues:
    return Colleagues(company, clock, SOON)


def said(blocks: tuple[Block, ...]) -> str:
    return plain_card(Card("", blocks))


async def test_colleagues_the_author_and_contact_details_are_pointed_out(colleagues: Colleagues) -> None:
    told = said(await colleagues.hints(NADIR, "Mira Okafor said so; ask nhaddad, or write to ann@acme.example."))
    assert "Names of colleagues: “Mira Okafor”" in told
    assert "Your own name or handle: “nhaddad”" in told
    assert "Mail addresses: “ann@acme.example”" in told
    assert "or send them as they are" in told


async def test_where_nothing_stands_out_nothing_is_said(colleagues: Colleagues) -> None:
    assert await colleagues.hints(NADIR, "The model may refuse who was born abroad, and we will ship it.") == ()


async def test_each_organisation_has_its_own_people(colleagues: Colleagues) -> None:
    assert await colleagues.hints(ELSEWHERE, "Mira Okafor said so.") == ()
    assert "Mira Okafor" in said(await colleagues.hints(NADIR, "Mira Okafor said so."))


async def test_nobody_waits_long_for_the_names_of_others(hasty: Colleagues, company: Company) -> None:
    company.answers.clear()
    first = said(await hasty.hints(NADIR, "Mira Okafor has ann@acme.example, says nhaddad."))
    assert "ann@acme.example" in first
    assert "nhaddad" in first
    assert "Mira" not in first
    company.answers.set()
    while not await hasty.hints(NADIR, "Mira Okafor has it."):
        await asyncio.sleep(0)
    assert company.asked == 1


async def test_who_is_slow_to_say_who_asks_holds_nobody_up_either(
    colleagues: Colleagues, hasty: Colleagues, company: Company
) -> None:
    await colleagues.hints(NADIR, "x")  # what is loaded at first use takes its time
    company.knows_own = False
    told = said(await hasty.hints(NADIR, "Write to ann@acme.example; nhaddad knows."))
    assert "ann@acme.example" in told
    assert "nhaddad" not in told


async def test_names_are_asked_for_once_in_hours_and_the_old_ones_serve_meanwhile(
    colleagues: Colleagues, company: Company, clock: FakeClock
) -> None:
    for _ in range(3):
        colleagues.meet(NADIR)
        await colleagues.hints(NADIR, "x")
    assert company.asked == 1
    company.people, company.answers = ("Tove Lindqvist",), asyncio.Event()
    clock.move(KEPT)
    assert "Mira Okafor" in said(await colleagues.hints(NADIR, "Mira Okafor and Tove Lindqvist know."))
    company.answers.set()
    while "Tove" not in (told := said(await colleagues.hints(NADIR, "Mira Okafor and Tove Lindqvist know."))):
        await asyncio.sleep(0)
    assert "Mira" not in told
    assert company.asked == 2


async def test_names_come_before_anybody_writes_a_concern(colleagues: Colleagues, company: Company) -> None:
    colleagues.meet(NADIR)
    await asyncio.sleep(0)
    assert company.asked == 1


async def test_nothing_asks_on_once_it_is_closed(colleagues: Colleagues, company: Company) -> None:
    company.answers.clear()
    before = asyncio.all_tasks()
    for actor in (NADIR, ELSEWHERE):
        colleagues.meet(actor)
    while company.asked < 2:
        await asyncio.sleep(0)
    await colleagues.close()
    assert asyncio.all_tasks() == before


async def test_what_asks_for_many_organisations_is_closed_too(colleagues: Colleagues, company: Company) -> None:
    company.answers.clear()
    before = asyncio.all_tasks()
    for number in range(MOST_ORGANISATIONS + 1):
        colleagues.meet(Actor("slack", f"T{number}", "nhaddad"))
    await colleagues.close()
    assert asyncio.all_tasks() == before


@pytest.mark.parametrize("failure", [Unreachable("Nadir Haddad is away"), RuntimeError("Nadir Haddad"), KeyError("x")])
async def test_a_directory_that_fails_leaves_the_rest_and_is_counted_without_its_words(
    colleagues: Colleagues, company: Company, clock: FakeClock, failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    company.failure = failure
    with caplog.at_level(logging.DEBUG):
        assert "ann@acme.example" in said(await colleagues.hints(NADIR, "Mira Okafor has ann@acme.example."))
        await colleagues.hints(NADIR, "x")
    assert type(failure).__name__ in caplog.text
    assert "3 so far" in caplog.text
    assert not {"Nadir", "Haddad", "nhaddad", "Mira", "acme"} & set(caplog.text.replace(",", " ").split())
    assert company.asked == 1
    company.failure = None
    clock.move(AGAIN)
    assert "Mira Okafor" in said(await colleagues.hints(NADIR, "Mira Okafor has it."))


async def test_a_broken_clock_stops_nobody(colleagues: Colleagues, clock: FakeClock) -> None:
    clock.broken = RuntimeError("no time")
    assert "ann@acme.example" in said(await colleagues.hints(NADIR, "ann@acme.example"))


async def test_no_repr_shows_a_name(colleagues: Colleagues) -> None:
    await colleagues.hints(NADIR, "Mira Okafor")
    held = (colleagues, *(vars(colleagues)[name] for name in ("_known", "_failed")))
    within = [each.names for each in colleagues._known.values()]
    assert [repr(each) for each in within] == ["Names(4 parts)"]
    assert not any(name in repr(each).casefold() for each in held for name in ("mira", "okafor", "nhaddad"))
