"""Whom Slack's directory names: everybody who works there, page by page, under each of their names."""

from collections.abc import AsyncIterator

import pytest

from bot.chat.errors import Unreachable
from tests.adapters.slack.post_office import MIRA, PostOffice, post_office
from tests.doubles.slack.server import Fault


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with post_office() as opened:
        yield opened


async def test_everybody_is_named_but_bots_and_those_who_left(office: PostOffice) -> None:
    space = office.double.workspace
    space.person("tove", shown="Tove from Legal", handle="tlind")
    space.person("gone", is_deleted=True)
    space.person("other-app", is_bot=True)
    space.person("neighbour", team="T2")
    assert await office.workspace.directory.colleagues(MIRA) == ("mira", "tove", "Tove from Legal", "tlind")


async def test_a_large_workspace_comes_in_pages(office: PostOffice) -> None:
    for number in range(20):
        office.double.workspace.person(f"person{number}")
    assert len(await office.workspace.directory.colleagues(MIRA)) == 21
    assert office.calls("users.list") > 3


async def test_where_slack_asks_for_patience_it_is_waited_for(office: PostOffice) -> None:
    office.faults["users.list"] = [Fault("limited", seconds=0)]
    assert await office.workspace.directory.colleagues(MIRA) == ("mira",)
    assert office.faults["users.list"] == []


async def test_where_slack_refuses_that_is_said(office: PostOffice) -> None:
    office.faults["users.list"] = [Fault("refused")]
    with pytest.raises(Unreachable):
        await office.workspace.directory.colleagues(MIRA)


async def test_who_asks_is_known_from_being_let_in(office: PostOffice) -> None:
    office.double.workspace.users["UMIRA"].handle = "mokafor"
    directory = office.workspace.directory
    assert await directory.is_guest(MIRA) is False
    assert await directory.own(MIRA) == ("mira", "mokafor")
    assert office.calls("users.info") == 1
