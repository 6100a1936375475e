"""The real messenger before the double of Teams, without a house; one clock for both, which a test moves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from pydantic import SecretStr

from adapters.teams.connector import PatientConnector
from adapters.teams.endpoints import Endpoints
from adapters.teams.messenger import TeamsMessenger
from adapters.teams.organisation import Keys, Organisation
from bot.chat.cards import Attachment, Card, Text
from bot.chat.identity import Actor
from bot.chat.places import Place
from tests.adapters.teams.microsoft import Seconds
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.organisation import APP_ID, SECRET, TENANT, Message, Team, aad_of
from tests.doubles.teams.people import TeamsPerson
from tests.doubles.teams.server import TeamsDouble
from tests.doubles.teams.shapes import Json

MIRA = Actor("teams", TENANT, aad_of("mira"))
KEY = "0" * 32

SHORT = Card("Case one", (Text("It scores people, and nobody can object."),))
WITH_FILE = Card("Your hour", (Text("It is booked."), Attachment("hour.ics", "text/calendar", "BEGIN:VCALENDAR")))


def long(word: str, paragraphs: int = 30) -> Card:
    """A card whose every paragraph has a number and this word; thirty of them make three messages."""
    return Card("Case long", tuple(Text(f"{word} {number}. {'and ' * 500}") for number in range(paragraphs)))


def told(word: str, standing: list[str], paragraphs: int = 30) -> list[int]:
    """How often each paragraph of such a card is to be read."""
    return ["\n".join(standing).count(f"{word} {number}. ") for number in range(paragraphs)]


@dataclass
class PostOffice:
    """An organisation, the double before it, and what goes wrong next: a list of faults for each method."""

    double: TeamsDouble
    organisation: Organisation
    seconds: Seconds
    team: Team
    faults: dict[str, list[Fault | None]] = field(default_factory=dict)
    before: list[Organisation] = field(default_factory=list)

    @property
    def messenger(self) -> TeamsMessenger:
        """The port, as the house has it."""
        return self.organisation.messenger

    @property
    def answers(self) -> TeamsMessenger:
        """The same for what somebody waits for; it waits by moving the clock."""
        return replace(self.messenger, connector=PatientConnector(self.organisation.connector, self._sleep))

    @property
    def council(self) -> Place:
        """The council's channel."""
        return Place("teams", self.team.id)

    def fault(self, method: str, _args: Json) -> Fault | None:
        """What goes wrong with a call: the next of its method's list."""
        due = self.faults.get(method)
        return due.pop(0) if due else None

    def client(self, name: str) -> TeamsPerson:
        """Somebody's Teams client, which shows and does nothing by itself."""
        return TeamsPerson(self.double, None, self.double.organisation.people[aad_of(name)])  # type: ignore[arg-type]

    def seen(self) -> list[str]:
        """What everybody in the council's channel reads, threads and all."""
        return self.client("mira").sees_all_in(self.team.id)

    def told(self) -> list[str]:
        """What somebody reads in their own chat with the bot."""
        mira = self.client("mira")
        return mira.sees_all_in(mira.direct.id)

    def kept(self) -> list[Message]:
        """The messages of the council's channel."""
        return self.double.organisation.conversations[self.team.id].messages

    def calls(self, method: str) -> int:
        """How often a method was called."""
        return sum(each.method == method for each in self.double.organisation.calls)

    async def again(self, card: Card, key: str = KEY) -> None:
        """A second attempt, as the courier makes it."""
        self.seconds.now += 1
        if not await self.messenger.find(self.council, key):
            await self.messenger.post(self.council, card, key)

    async def _sleep(self, seconds: float) -> None:
        self.seconds.now += seconds

    def restarts(self) -> None:
        """Another process goes on, which knows nothing of what the first one said."""
        self.seconds.now += 60
        self.before.append(self.organisation)
        self.organisation = organisation_of(self.double, self.team, self.seconds)

    async def close(self) -> None:
        """Close every connection."""
        for each in (*self.before, self.organisation):
            await each.close()


def organisation_of(double: TeamsDouble, team: Team, seconds: Seconds) -> Organisation:
    """The adapter's half of a house."""
    endpoints = Endpoints(double.login_url, double.openid_url, double.service_url, double.graph_url)
    keys = Keys(APP_ID, SecretStr(SECRET), TENANT)
    return Organisation.of(keys, Place("teams", team.id), seconds, endpoints=endpoints)


@asynccontextmanager
async def post_office() -> AsyncIterator[PostOffice]:
    """An office whose council has a team of its own, in which Mira sits."""
    double, seconds = TeamsDouble(), Seconds()
    space = double.organisation
    team = space.team("Council", space.person("mira"))
    double.seconds = seconds
    async with double.running():
        office = PostOffice(double, organisation_of(double, team, seconds), seconds, team)
        double.faults = office.fault
        try:
            yield office
        finally:
            await office.close()
        assert space.complaints == []
        assert double.violations == []
