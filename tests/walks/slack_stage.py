"""A house behind Slack's front door: the real adapter before the double of Slack, over HTTP or Socket Mode."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal

import httpx
from pydantic import SecretStr

from adapters.rooms import STEP
from adapters.slack.app import SlackApp
from adapters.slack.methods import SCOPES
from adapters.slack.workspace import Keys, Workspace
from bot.app import App, Ports, build
from bot.chat.errors import HouseError
from bot.chat.places import Place
from bot.concerns.receipt import Hardness
from bot.concerns.schedule import AtOnce, Schedule
from bot.council import charter
from bot.pulse.model import PulsePlan
from bot.questions.shelf import Shelf
from bot.settings import read
from bot.web import web
from tests.doubles.slack.clock import SlackClock
from tests.doubles.slack.fronts import Front, HttpFront, SocketFront
from tests.doubles.slack.people import SlackPerson
from tests.doubles.slack.server import Fault, SlackDouble
from tests.doubles.slack.workspace import APP_TOKEN, BOT_TOKEN, SECRET, TEAM
from tests.fakes.timing import FakeClock
from tests.walks.slack_player import COUNCIL, TEAM_CHANNEL, SlackPlayer
from tests.walks.stage import CROWD, in_words

SEATS = ("chair", "legal", "engineer", "researcher", "delegate", "support")
ORDINARY = ("you", "mira", "ann", "somebody", "host", "guest")

Mode = Literal["http", "socket"]


@dataclass
class SlackStage:
    """A house, its door, and Slack before it."""

    app: App
    clock: FakeClock
    double: SlackDouble
    workspace: Workspace
    door: SlackApp
    front: Front
    client: httpx.AsyncClient
    people: dict[str, SlackPerson] = field(default_factory=dict)
    players: dict[str, SlackPlayer] = field(default_factory=dict)
    has_team: bool = True
    delivers_again: bool = True
    takes_long_answers: bool = False
    takes_words_from_chat: bool = True
    shows_whole_forms: bool = True
    called_by: str = "/rai "

    def person(self, name: str) -> SlackPerson:
        """Somebody's Slack client."""
        if name not in self.people:
            user = self.double.workspace.users.get(f"U{name.upper()}") or self.double.workspace.person(name)
            self.people[name] = SlackPerson(self.double, self.front, user)
        return self.people[name]

    def player(self, name: str) -> SlackPlayer:
        """Somebody as a walk knows them."""
        if name not in self.players:
            self.players[name] = SlackPlayer(name, self.person(name), self.settle)
        return self.players[name]

    def seats(self, name: str) -> None:
        """Let somebody into the council's channel."""
        self.double.workspace.channels[COUNCIL].members.add(self.person(name).user.id)

    async def team_sees(self) -> list[str]:
        """What stands in the team's channel."""
        return [in_words(each) for each in self.person("you").sees_all_in(TEAM_CHANNEL)]

    @contextmanager
    def out_of_reach(self) -> Iterator[None]:
        """Slack answers every message with an error of its own."""
        before = self.double.faults
        self.double.faults = lambda method, _: Fault("broken") if method.startswith("chat.") else None
        yield
        self.double.faults = before

    async def settle(self) -> None:
        """Wait until everything that came in is answered, and everything due is said."""
        await self.door.idle()
        with suppress(HouseError):  # the clockwork tries again, too
            await self.app.settle()
        await self.app.courier.arrived()
        await self.door.idle()

    async def later(self, by: timedelta) -> None:
        """Let time pass, and what is due happen."""
        self.clock.move(by)
        await self.settle()


@asynccontextmanager
async def slack_stage(
    folder: Path,
    shelf: Shelf,
    mode: Mode = "http",
    schedule: Schedule | None = None,
    clock: FakeClock | None = None,
    double: SlackDouble | None = None,
    patience: tuple[float, float] = (1.2, 2.0),
    seconds: Callable[[], float] | None = None,
    plan: PulsePlan | None = None,
    as_in_service: bool = False,
) -> AsyncIterator[SlackStage]:
    """A house with people of the sample charter's seats in the council's channel.

    Args:
        seconds: the clock that messages are paced by, where it is not the loop's own.
        as_in_service: whether a receipt's hash costs what it costs, and forms are answered at even times.
    """
    clock = clock or FakeClock()
    hardness = None if as_in_service else Hardness(memory=64, passes=1)
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context((double or SlackDouble()).running())
        _people(slack)
        assert isinstance(slack.workspace.clock, SlackClock)
        slack.workspace.clock.follows = lambda: clock.now().timestamp()
        slack.workspace.tokens[BOT_TOKEN].scopes = set(SCOPES)
        seconds = seconds or asyncio.get_running_loop().time
        app, workspace = _built(folder, shelf, slack, clock, mode, schedule or AtOnce(), seconds, plan, hardness)
        door = SlackApp(workspace, app.router, app.arrivals, *patience, step=STEP if as_in_service else 0)
        await app.start()
        stack.push_async_callback(app.stop)
        await stack.enter_async_context(door.running())
        transport = httpx.ASGITransport(app=web(app, (door,)))
        client = await stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url="http://house"))
        front: Front = HttpFront(client)
        if mode == "socket":
            await slack.connected()
            front = SocketFront(slack)
        await door.idle()
        yield SlackStage(app, clock, slack, workspace, door, front, client)


def _people(slack: SlackDouble) -> None:
    space = slack.workspace
    for name in (*SEATS, *ORDINARY):
        if f"U{name.upper()}" not in space.users:
            space.person(name)
    if COUNCIL not in space.channels:
        space.channel("council", *(f"U{seat.upper()}" for seat in SEATS), is_private=True)
        space.channel("team", *space.users)


def _built(
    folder: Path,
    shelf: Shelf,
    slack: SlackDouble,
    clock: FakeClock,
    mode: Mode,
    schedule: Schedule,
    seconds: Callable[[], float],
    plan: PulsePlan | None,
    hardness: Hardness | None,
) -> tuple[App, Workspace]:
    folder.mkdir(exist_ok=True)
    council = folder / "council.toml"
    sample = charter.SAMPLE.read_text("utf-8")
    for seat in SEATS:
        sample = sample.replace(f'"terminal:local:{seat}"', f'"slack:{TEAM}:U{seat.upper()}"')
    council.write_text(sample, "utf-8")
    settings = read(
        RAI_DATA_DIR=str(folder / "var"),
        RAI_COUNCIL_FILE=str(council),
        RAI_COUNCIL_PLACE=f"slack:{COUNCIL}",
        RAI_RELEASE_MIN_PEOPLE=str(CROWD),
    )
    secret, app_token = (SecretStr(SECRET), None) if mode == "http" else (None, SecretStr(APP_TOKEN))
    keys = Keys(SecretStr(BOT_TOKEN), secret, app_token, slack.api_url)
    workspace = Workspace.of(keys, Place("slack", COUNCIL), clock, seconds)
    ports = Ports(workspace.messenger, workspace.directory, clock)
    app = build(settings, ports, schedule=schedule, hardness=hardness, shelf=shelf, plan=plan)
    return app, workspace
