"""A house behind Teams' front door: the real adapter before the double of Teams."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx
from pydantic import SecretStr

from adapters.rooms import STEP
from adapters.teams.app import TeamsApp
from adapters.teams.conversation import TYPING_AFTER
from adapters.teams.endpoints import Endpoints
from adapters.teams.invokes import PATIENCE
from adapters.teams.messenger import TeamsMessenger
from adapters.teams.organisation import Keys, Organisation
from bot.app import App, Ports, build
from bot.chat.cards import Card
from bot.chat.errors import HouseError
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.concerns.receipt import Hardness
from bot.concerns.schedule import AtOnce, Schedule
from bot.council import charter
from bot.pulse.model import PulsePlan
from bot.questions.shelf import Shelf
from bot.settings import read
from bot.web import web
from tests.doubles.teams.clock import TeamsClock
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.fronts import HttpFront
from tests.doubles.teams.organisation import APP_ID, SECRET, TENANT, Team, aad_of
from tests.doubles.teams.people import TeamsPerson
from tests.doubles.teams.server import TeamsDouble
from tests.fakes.timing import FakeClock
from tests.walks.stage import CROWD, in_words
from tests.walks.teams_player import TeamsPlayer

SEATS = ("chair", "legal", "engineer", "researcher", "delegate", "support")
ORDINARY = ("you", "mira", "ann", "somebody", "host", "guest")

MESSAGES = ("send", "update", "delete")


@dataclass(frozen=True)
class Noted:
    """The messenger, with a note of what it told people unasked: in a chat that stands among their answers."""

    messenger: TeamsMessenger
    told: set[str] = field(default_factory=set)

    async def post(self, place: Place, card: Card, key: str) -> MessageRef:
        return await self.messenger.post(place, card, key)

    async def edit(self, ref: MessageRef, card: Card) -> MessageRef:
        return await self.messenger.edit(ref, card)

    async def tell(self, actor: Actor, card: Card, key: str) -> MessageRef:
        ref = await self.messenger.tell(actor, card, key)
        self.told.update(ref.message.split())
        return ref

    async def find(self, where: Place | Actor, key: str) -> MessageRef | None:
        return await self.messenger.find(where, key)


@dataclass
class TeamsStage:
    """A house, its door, and Teams before it."""

    app: App
    clock: FakeClock
    double: TeamsDouble
    organisation: Organisation
    door: TeamsApp
    front: HttpFront
    council: Team
    team: Team
    told: set[str]
    people: dict[str, TeamsPerson] = field(default_factory=dict)
    players: dict[str, TeamsPlayer] = field(default_factory=dict)
    has_team: bool = True
    delivers_again: bool = True
    takes_long_answers: bool = False
    takes_words_from_chat: bool = False
    shows_whole_forms: bool = True
    called_by: str = ""

    def person(self, name: str) -> TeamsPerson:
        """Somebody's Teams client."""
        if name not in self.people:
            space = self.double.organisation
            person = space.people.get(aad_of(name)) or space.person(name)
            self.team.members.add(person.aad)
            self.people[name] = TeamsPerson(self.double, self.front, person)
        return self.people[name]

    def player(self, name: str) -> TeamsPlayer:
        """Somebody as a walk knows them."""
        if name not in self.players:
            person = self.person(name)
            self.players[name] = TeamsPlayer(name, person, self.settle, self.council.id, self.team.id, self.told)
        return self.players[name]

    def seats(self, name: str) -> None:
        """Let somebody into the council's channel."""
        self.council.members.add(self.person(name).person.aad)

    async def team_sees(self) -> list[str]:
        """What the bot says in the team's channel."""
        you = self.person("you")
        asked = {each.content.get("text") for each in self.double.organisation.conversations[self.team.id].messages}
        return [in_words(each) for each in you.sees_all_in(self.team.id) if each not in asked]

    @contextmanager
    def out_of_reach(self) -> Iterator[None]:
        """Teams answers every message with an error of its own."""
        before = self.double.faults
        self.double.faults = lambda method, _: Fault("broken", status=500) if method in MESSAGES else None
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
async def teams_stage(
    folder: Path,
    shelf: Shelf,
    schedule: Schedule | None = None,
    clock: FakeClock | None = None,
    double: TeamsDouble | None = None,
    seconds: Callable[[], float] | None = None,
    waits: tuple[float, float] = (PATIENCE, TYPING_AFTER),
    plan: PulsePlan | None = None,
    as_in_service: bool = False,
) -> AsyncIterator[TeamsStage]:
    """A house with people of the sample charter's seats in the council's channel.

    Args:
        seconds: the clock that messages are paced by, and that Teams counts them by, where it is not the loop's own.
        waits: the seconds until a dialog says that it takes longer, and a chat that an answer is on its way.
        as_in_service: whether a receipt's hash costs what it costs, and forms are answered at even times.
    """
    clock = clock or FakeClock()
    hardness = None if as_in_service else Hardness(memory=64, passes=1)
    async with AsyncExitStack() as stack:
        teams = await stack.enter_async_context((double or TeamsDouble()).running())
        council, team = _people(teams)
        assert isinstance(teams.organisation.clock, TeamsClock)
        teams.organisation.clock.follows = lambda: clock.now().timestamp()
        teams.seconds = seconds
        paced = seconds or asyncio.get_running_loop().time
        app, organisation, noted = _built(
            folder, shelf, teams, council, clock, schedule or AtOnce(), paced, plan, hardness
        )
        door = TeamsApp(organisation, app.router, app.arrivals, *waits, step=STEP if as_in_service else 0)
        await app.start()
        stack.push_async_callback(app.stop)
        await stack.enter_async_context(door.running())
        transport = httpx.ASGITransport(app=web(app, (door,)))
        client = await stack.enter_async_context(httpx.AsyncClient(transport=transport, base_url="http://house"))
        await door.idle()
        yield TeamsStage(app, clock, teams, organisation, door, HttpFront(client, teams), council, team, noted.told)


def _people(teams: TeamsDouble) -> tuple[Team, Team]:
    """The council's team and everybody's."""
    space = teams.organisation
    people = {name: space.people.get(aad_of(name)) or space.person(name) for name in (*SEATS, *ORDINARY)}
    known = {each.name: each for each in space.teams.values()}
    council = known.get("Council") or space.team("Council", *(people[seat] for seat in SEATS))
    return council, known.get("Office") or space.team("Office", *people.values())


def _built(
    folder: Path,
    shelf: Shelf,
    teams: TeamsDouble,
    council: Team,
    clock: FakeClock,
    schedule: Schedule,
    seconds: Callable[[], float],
    plan: PulsePlan | None,
    hardness: Hardness | None,
) -> tuple[App, Organisation, Noted]:
    folder.mkdir(exist_ok=True)
    charter_file = folder / "council.toml"
    sample = charter.SAMPLE.read_text("utf-8")
    for seat in SEATS:
        sample = sample.replace(f'"terminal:local:{seat}"', f'"teams:{TENANT}:{aad_of(seat)}"')
    charter_file.write_text(sample, "utf-8")
    settings = read(
        RAI_DATA_DIR=str(folder / "var"),
        RAI_COUNCIL_FILE=str(charter_file),
        RAI_COUNCIL_PLACE=f"teams:{council.id}",
        RAI_RELEASE_MIN_PEOPLE=str(CROWD),
    )
    endpoints = Endpoints(teams.login_url, teams.openid_url, teams.service_url, teams.graph_url)
    keys = Keys(APP_ID, SecretStr(SECRET), TENANT)
    kept = folder / "var" / "teams-service.json"
    organisation = Organisation.of(keys, Place("teams", council.id), seconds, kept, endpoints)
    noted = Noted(organisation.messenger)
    ports = Ports(noted, organisation.directory, clock)
    app = build(settings, ports, schedule=schedule, hardness=hardness, shelf=shelf, plan=plan)
    return app, organisation, noted
