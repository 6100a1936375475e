"""Whom Teams' directory names: the council's team, and the places in which the bot was used; nobody else is told."""

from collections.abc import AsyncIterator

import pytest

from bot.chat.errors import Unreachable
from bot.chat.places import Place
from tests.adapters.teams.post_office import MIRA, PostOffice, post_office
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.organisation import OTHER_TENANT, TENANT


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with post_office() as opened:
        yield opened


async def test_the_councils_team_is_named(office: PostOffice) -> None:
    assert "mira" in await office.organisation.directory.colleagues(MIRA)


async def test_so_are_the_people_of_places_in_which_the_bot_was_used(office: PostOffice) -> None:
    space = office.double.organisation
    people = space.person("Tove Lindqvist"), space.person("Away Smith", tenant=OTHER_TENANT)
    plans, unused = space.group("Plans", *people), space.group("Secrets", space.person("Unseen Person"))
    await office.organisation.directory.is_shared(Place("teams", plans.id), TENANT)
    told = await office.organisation.directory.colleagues(MIRA)
    assert "Tove Lindqvist" in told
    assert {"Away Smith", "Unseen Person"}.isdisjoint(told)
    assert unused.id not in str(space.calls)


async def test_a_large_team_comes_in_pages(office: PostOffice) -> None:
    space = office.double.organisation
    office.team.members |= {space.person(f"Person {number}").aad for number in range(1_100)}
    assert len(await office.organisation.directory.colleagues(MIRA)) > 1_100
    assert office.calls("pagedmembers") == 3


async def test_where_teams_refuses_everything_that_is_said(office: PostOffice) -> None:
    office.faults["pagedmembers"] = [Fault("refused", "BotNotInConversationRoster", 403)]
    with pytest.raises(Unreachable):
        await office.organisation.directory.colleagues(MIRA)


async def test_who_asks_is_known_from_being_let_in(office: PostOffice) -> None:
    directory = office.organisation.directory
    await directory.is_guest(MIRA, office.team.id)
    before = len(office.double.organisation.calls)
    assert await directory.own(MIRA) == ("mira",)
    assert len(office.double.organisation.calls) == before


async def test_who_was_not_let_in_yet_is_asked_about(office: PostOffice) -> None:
    assert await office.organisation.directory.own(MIRA) == ("mira",)
