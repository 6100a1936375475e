"""A messenger that keeps what it is given, and a directory of people it was told about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo

from bot.chat.cards import Card
from bot.chat.errors import Unreachable
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place


def corner(where: Place | Actor) -> Place:
    """Where a person's own messages are kept."""
    return where if isinstance(where, Place) else Place(where.platform, f"@{where.user}")


@dataclass
class FakeMessenger:
    """A platform in memory.

    Args:
        lost_answers: how many of the next posts arrive although the sender sees an error.
        failures: errors that the next posts raise, nothing arriving.
    """

    messages: dict[MessageRef, Card] = field(default_factory=dict)
    keys: dict[tuple[Place, str], MessageRef] = field(default_factory=dict)
    posts: int = 0
    lost_answers: int = 0
    failures: list[Exception] = field(default_factory=list)
    looked: int = 0

    async def post(self, place: Place, card: Card, key: str) -> MessageRef:
        if self.failures:
            raise self.failures.pop(0)
        self.posts += 1
        ref = MessageRef(place, str(self.posts))
        self.messages[ref] = card
        self.keys[place, key] = ref
        if self.lost_answers:
            self.lost_answers -= 1
            raise Unreachable("The answer was lost on the way.")
        return ref

    async def edit(self, ref: MessageRef, card: Card) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.messages[ref] = card

    async def tell(self, actor: Actor, card: Card, key: str) -> MessageRef:
        return await self.post(corner(actor), card, key)

    async def find(self, where: Place | Actor, key: str) -> MessageRef | None:
        self.looked += 1
        return self.keys.get((corner(where), key))

    def seen(self, where: Place | Actor) -> list[Card]:
        """The cards that stand in a place or a person's corner, oldest first; what is in its threads stands apart."""
        return [card for ref, card in self.messages.items() if ref.place == corner(where)]

    def threads(self, place: Place) -> list[tuple[str, Card]]:
        """The cards in a place's threads with the message they stand under, oldest first."""
        there = [(ref.place, card) for ref, card in self.messages.items() if ref.place.key == place.key]
        return [(where.thread, card) for where, card in there if where.thread]


@dataclass
class FakeDirectory:
    """Knows the zones it was given; everybody else lives in UTC. A person's name is their id.

    Args:
        places: who is in a place; None is a place that cannot be read.
        people: the names of everybody's colleagues.
    """

    zones: Mapping[str, tzinfo] = field(default_factory=dict)
    places: dict[Place, tuple[Actor, ...] | None] = field(default_factory=dict)
    people: tuple[str, ...] = ()

    async def name(self, actor: Actor) -> str:
        return actor.user

    async def zone(self, actor: Actor) -> tzinfo:
        return self.zones.get(actor.user, UTC)

    async def members(self, place: Place) -> tuple[Actor, ...]:
        members = self.places.get(place, ())
        if members is None:
            raise Unreachable("Nobody says who is in this place.")
        return members

    async def colleagues(self, actor: Actor) -> tuple[str, ...]:
        return self.people

    async def own(self, actor: Actor) -> tuple[str, ...]:
        return (actor.user,)
