"""Who is in a channel, as Teams tells it: the people of its team, without guests and people of elsewhere."""

from collections.abc import AsyncIterator

import pytest

from bot.chat.errors import Unreachable
from bot.chat.places import Place
from tests.adapters.teams.post_office import MIRA, PostOffice, post_office
from tests.doubles.teams.organisation import TENANT, aad_of


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with post_office() as opened:
        yield opened


async def test_everybody_in_a_channels_team_is_told_page_by_page(office: PostOffice) -> None:
    space, before = office.double.organisation, set(office.team.members)
    names = [f"person{number}" for number in range(600)]
    office.team.members |= {space.person(name).aad for name in names}
    found = await office.organisation.directory.members(office.council)
    assert {each.user for each in found} == before | {aad_of(name) for name in names}
    assert {(each.platform, each.tenant) for each in found} == {("teams", TENANT)}
    assert len(found) == len(before) + 600
    assert MIRA in found


async def test_guests_and_people_of_elsewhere_are_no_members(office: PostOffice) -> None:
    space = office.double.organisation
    guest, neighbour = space.person("visitor"), space.person("neighbour", tenant="another")
    guest.role = "guest"
    office.team.members |= {guest.aad, neighbour.aad}
    found = {each.user for each in await office.organisation.directory.members(office.council)}
    assert MIRA.user in found
    assert found.isdisjoint({guest.aad, neighbour.aad})


async def test_a_channel_that_teams_does_not_tell_of_is_out_of_reach(office: PostOffice) -> None:
    with pytest.raises(Unreachable):
        await office.organisation.directory.members(Place("teams", "19:nowhere@thread.tacv2"))
