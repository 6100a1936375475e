"""The pulse behind each platform's front door: who gets it, what it opens, and one press that ends it."""

import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.terminal.board import Board
from adapters.terminal.messenger import TerminalDirectory
from bot.chat.cards import Card
from bot.pulse.model import parse
from bot.questions.shelf import Shelf
from tests.doubles.teams.organisation import Organisation
from tests.doubles.teams.server import TeamsDouble
from tests.pulse.channel import A_WEEK, CARD, TEAM, WEDNESDAY
from tests.walks.slack_player import TEAM_CHANNEL
from tests.walks.slack_stage import slack_stage
from tests.walks.stage import Player, Stage
from tests.walks.teams_stage import teams_stage
from tests.walks.terminal_stage import terminal_stage

WHEN = "wed 10:00 Europe/Berlin"
WHAT = "What would you like to do?"


@asynccontextmanager
async def slack(folder: Path, shelf: Shelf) -> AsyncIterator[Stage]:
    """Everybody in the team's channel, of whom one is a guest."""
    leisurely = itertools.count(step=2).__next__
    async with slack_stage(folder, shelf, seconds=leisurely, plan=parse(f"slack:{TEAM_CHANNEL}", WHEN)) as stage:
        stage.double.workspace.users["UGUEST"].is_guest = True
        yield stage
        assert stage.double.workspace.complaints == []


@asynccontextmanager
async def teams(folder: Path, shelf: Shelf) -> AsyncIterator[Stage]:
    """Everybody in the office's team, of whom one is a guest."""
    leisurely = itertools.count(step=2).__next__
    async with teams_stage(folder, shelf, seconds=leisurely, plan=parse(f"teams:{office()}", WHEN)) as stage:
        stage.person("guest").person.role = "guest"
        yield stage
        assert stage.double.organisation.complaints == []


def office() -> str:
    """The id of the office's channel: it follows from the name."""
    return TeamsDouble(Organisation()).organisation.team("Office").id


@asynccontextmanager
async def terminal(folder: Path, shelf: Shelf) -> AsyncIterator[Stage]:
    """Everybody who has read something here before."""
    directory, plan = TerminalDirectory(board := Board(folder / "var")), parse(TEAM.key, WHEN)
    async with terminal_stage(folder, shelf, directory=directory, plan=plan) as stage:
        board.post(TEAM, Card("Hello"), "0" * 32)
        for name in ("mira", "ann"):
            board.unread(name, (TEAM,))
        yield stage


Opens = Callable[[Path, Shelf], AbstractAsyncContextManager[Stage]]


@pytest.fixture(params=[terminal, slack, teams], ids=lambda door: door.__name__)
async def stage(request: pytest.FixtureRequest, tmp_path: Path, shelf: Shelf) -> AsyncIterator[Stage]:
    """A house that asks a channel, behind each front door in turn."""
    opens: Opens = request.param
    async with opens(tmp_path, shelf) as opened:
        yield opened


async def asks(stage: Stage, week: int = 0) -> None:
    """Let it be the time of a round, and everybody be asked who is in it."""
    await stage.later(WEDNESDAY + week * A_WEEK - stage.clock.now())
    await stage.later(timedelta(minutes=2))


async def cards(player: Player) -> int:
    """How many of the pulse's cards somebody got."""
    return sum(CARD in each for each in await player.news())


async def test_members_are_asked_once_and_guests_are_not(stage: Stage) -> None:
    mira, ann, guest = (stage.player(name) for name in ("mira", "ann", "guest"))
    await asks(stage)
    assert [await cards(each) for each in (mira, ann, guest)] == [1, 1, 0]
    await stage.later(timedelta(days=1))
    assert [await cards(each) for each in (mira, ann, guest)] == [1, 1, 0]


async def test_the_card_opens_the_desk_and_all_is_well_is_thanked(stage: Stage) -> None:
    mira = stage.player("mira")
    await asks(stage)
    await mira.looks_at(CARD)
    assert mira.buttons() == ["Open the form", "Do not ask me again"]
    assert "RAI office hours" in await mira.presses("Open the form")
    assert "Good to hear. Nothing was kept." in await mira.fills()


async def test_a_concern_begins_on_the_card(stage: Stage) -> None:
    mira = stage.player("mira")
    await asks(stage)
    await mira.looks_at(CARD)
    await mira.presses("Open the form")
    assert "Raise a concern" in await mira.fills({WHAT: "Raise a concern"})
    await mira.leaves()


async def test_one_press_and_it_never_comes_again_until_they_say_so(stage: Stage) -> None:
    mira = stage.player("mira")
    await asks(stage)
    await mira.looks_at(CARD)
    assert "You do not get it until you ask for it again" in await mira.presses("Do not ask me again")
    # A terminal's screen goes on showing what stood there.
    before = await cards(mira)
    await asks(stage, 1)
    assert await cards(mira) == before
    assert "you get it too" in await mira.says("pulse on")
    assert mira.buttons() == ["Do not ask me again"]
    await asks(stage, 2)
    assert await cards(mira) == before + 1
