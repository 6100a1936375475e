"""The real messenger before the double of Slack, without a house; one clock for both, which a test moves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pydantic import SecretStr

from adapters.slack import names
from adapters.slack.messenger import SlackMessenger
from adapters.slack.methods import SCOPES
from adapters.slack.workspace import Keys, Workspace
from bot.chat.cards import Attachment, Card, Text
from bot.chat.identity import Actor
from bot.chat.places import Place
from tests.doubles.slack import workspace as slack
from tests.doubles.slack.people import SlackPerson
from tests.doubles.slack.seen import Json
from tests.doubles.slack.server import Fault, SlackDouble
from tests.fakes.timing import FakeClock

COUNCIL = Place("slack", "CCOUNCIL")
MIRA = Actor("slack", slack.TEAM, "UMIRA")

NOW = datetime(2025, 11, 24, 17, 0, tzinfo=UTC)
"""An hour after the double's first messages."""

SHORT = Card("Case one", (Text("It scores people, and nobody can object."),))
LONG = Card("Case long", tuple(Text(f"Paragraph {number}. {'word ' * 300}") for number in range(20)))
WITH_FILE = Card("Your hour", (Text("It is booked."), Attachment("hour.ics", "text/calendar", "BEGIN:VCALENDAR")))


@dataclass
class Seconds:
    """Seconds that go on when they are told to."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now

    def wall(self) -> float:
        """What messages are stamped by."""
        return NOW.timestamp() + self.now


@dataclass
class PostOffice:
    """A workspace, the double before it, and what goes wrong next: a list of faults for each method."""

    double: SlackDouble
    workspace: Workspace
    seconds: Seconds
    faults: dict[str, list[Fault | None]] = field(default_factory=dict)

    @property
    def messenger(self) -> SlackMessenger:
        """The port, as the house has it."""
        return self.workspace.messenger

    def fault(self, method: str, _args: Json) -> Fault | None:
        """What goes wrong with a call: the next of its method's list."""
        due = self.faults.get(method)
        return due.pop(0) if due else None

    def seen(self, channel: str = COUNCIL.address, thread: str | None = None) -> list[str]:
        """What everybody sees in a channel, or below a message in it."""
        reader = SlackPerson(self.double, None, self.double.workspace.users["UMIRA"])  # type: ignore[arg-type]
        return reader.sees_in(channel, thread)

    def calls(self, method: str) -> int:
        """How often a method was called."""
        return sum(each.method == method for each in self.double.workspace.calls)


@asynccontextmanager
async def post_office(*, apart: float = 1.0) -> AsyncIterator[PostOffice]:
    """An office whose council channel is private and holds the bot.

    Args:
        apart: seconds between two messages that one channel takes.
    """
    seconds = Seconds()
    double = SlackDouble(slack.Workspace(clock=seconds))
    double.workspace.tokens[slack.BOT_TOKEN].scopes = set(SCOPES)
    double.workspace.person("mira")
    double.workspace.channel("council", "UMIRA", is_private=True)
    double.workspace.channel("other", "UMIRA", is_private=True)
    async with double.running():
        keys = Keys(SecretStr(slack.BOT_TOKEN), SecretStr(slack.SECRET), None, double.api_url)
        made = Workspace.of(keys, names.place(COUNCIL.address), FakeClock(NOW), seconds)
        made.web.pace.apart = apart
        office = PostOffice(double, made, seconds)
        double.faults = office.fault
        yield office
        assert double.workspace.complaints == []
        assert double.violations == []
