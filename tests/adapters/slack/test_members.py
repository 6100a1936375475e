"""Who is in a channel, as Slack tells it: page by page, without bots, guests and people of elsewhere."""

from collections.abc import AsyncIterator

import pytest

from bot.chat.errors import Unreachable
from bot.chat.identity import Actor
from bot.chat.places import Place
from tests.adapters.slack.post_office import PostOffice, post_office
from tests.doubles.slack.server import Fault
from tests.doubles.slack.workspace import TEAM

TEAM_CHANNEL = Place("slack", "CTEAM")
NAMES = [f"person{number:02}" for number in range(11)]


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    """A channel with eleven people, and others in the workspace who are not in it."""
    async with post_office() as opened:
        space = opened.double.workspace
        space.channel("team", *(space.person(name).id for name in NAMES))
        for number in range(9):
            space.person(f"other{number}")
        yield opened


async def members(office: PostOffice, place: Place = TEAM_CHANNEL) -> list[str]:
    found = await office.workspace.directory.members(place)
    assert len(set(found)) == len(found)
    assert {each.tenant for each in found} <= {TEAM}
    return sorted(each.user for each in found)


async def test_everybody_in_a_channel_is_told_page_by_page(office: PostOffice) -> None:
    assert await members(office) == sorted(f"U{name.upper()}" for name in NAMES)
    assert office.calls("conversations.members") == 3
    assert office.calls("users.info") == 0, "a call for each person would take minutes"


async def test_bots_guests_those_who_left_and_people_of_elsewhere_are_no_members(office: PostOffice) -> None:
    space = office.double.workspace
    others = (
        space.person("visitor", is_guest=True),
        space.person("gone", is_deleted=True),
        space.person("near", team="T2"),
    )
    space.channels["CTEAM"].members |= {each.id for each in others}
    space.channels["CTEAM"].members.add("UUNHEARDOF")
    assert await members(office) == sorted(f"U{name.upper()}" for name in NAMES)


async def test_nobody_is_asked_about_once_all_of_a_channel_are_found(office: PostOffice) -> None:
    space = office.double.workspace
    space.channel("pair", "UMIRA", is_private=True)
    assert await members(office, Place("slack", "CPAIR")) == ["UMIRA"]
    assert office.calls("users.list") == 1


async def test_a_channel_that_slack_does_not_tell_of_is_out_of_reach(office: PostOffice) -> None:
    with pytest.raises(Unreachable):
        await members(office, Place("slack", "CNOWHERE"))
    office.faults["users.list"] = [None, Fault("refused", "fatal_error")]
    with pytest.raises(Unreachable):
        await members(office)


async def test_a_member_can_be_told_something(office: PostOffice) -> None:
    (found, *_) = await office.workspace.directory.members(TEAM_CHANNEL)
    assert Actor.parse(found.address) == found
    assert await office.messenger.direct_channel(found.user) == f"D{found.user}"
