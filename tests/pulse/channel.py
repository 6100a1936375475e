"""The channel that is asked, its people, and the platform between them and the house."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.chat.cards import Card
from bot.chat.errors import Unreachable
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.pulse.model import parse
from tests.fakes.ports import FakeDirectory, FakeMessenger
from tests.walks.house import House, Person

PLAN = parse("terminal:team", "wed 10:00 Europe/Berlin")
TEAM = Place("terminal", "team")

WEDNESDAY = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
"""Ten in the morning in Berlin."""

A_WEEK = timedelta(weeks=1)
CARD = "Anything on your mind?"


@dataclass
class Post(FakeMessenger):
    """A platform in memory.

    Args:
        deaf: whom it never reaches.
        tries: whom it was to reach, each time.
    """

    deaf: set[Actor] = field(default_factory=set)
    tries: list[Actor] = field(default_factory=list)

    async def tell(self, actor: Actor, card: Card, key: str) -> MessageRef:
        self.tries.append(actor)
        if actor in self.deaf:
            raise Unreachable("They take no messages from a bot.", permanent=True)
        return await super().tell(actor, card, key)


@dataclass
class Channel:
    """The house, and who is in the channel."""

    house: House
    messenger: Post
    directory: FakeDirectory

    def holds(self, *names: str) -> list[Person]:
        """Let these people, and nobody else, be in the channel."""
        people = [self.house.person(name) for name in names]
        self.directory.places[TEAM] = tuple(each.actor for each in people)
        return people

    def crowd(self, size: int) -> list[Person]:
        """Let so many people be in the channel."""
        return self.holds(*(f"person{number}" for number in range(size)))

    async def at(self, moment: datetime) -> None:
        """Let it be then, and what is due happen."""
        self.house.clock.set(moment)
        await self.house.app.settle()

    async def passes(self, by: timedelta, step: timedelta = timedelta(minutes=1)) -> None:
        """Let time pass step by step, and what is due happen in between."""
        for _ in range(by // step):
            await self.house.later(step)

    async def asks(self, moment: datetime = WEDNESDAY) -> None:
        """Let it be the time of a round, and everybody be asked who is in it."""
        await self.at(moment)
        await self.house.later(timedelta(minutes=2))
