"""What the house and a platform need of each other: who posts, who knows people, what has come already."""

from datetime import tzinfo
from typing import Protocol

from bot.chat.cards import Block, Card
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place


class Messenger(Protocol):
    """Brings cards to places and people. Every method raises Unreachable where it cannot."""

    async def post(self, place: Place, card: Card, key: str) -> MessageRef:
        """Post a card; ``key`` is opaque and random, and stays with the message so that ``find`` can tell."""

    async def edit(self, ref: MessageRef, card: Card) -> MessageRef | None:
        """Make a posted message look like this card; where it stands now, if that has changed."""

    async def tell(self, actor: Actor, card: Card, key: str) -> MessageRef:
        """Send a card to one person, seen by nobody else."""

    async def find(self, where: Place | Actor, key: str) -> MessageRef | None:
        """The message that was posted or told there under ``key``, if it arrived."""


class Arrivals(Protocol):
    """Knows what has come already."""

    async def first(self, event: str) -> bool:
        """Whether an event, by the id its platform gave it, arrives for the first time; from now on it has arrived."""


class Directory(Protocol):
    """Knows what a platform tells about people."""

    async def name(self, actor: Actor) -> str:
        """The name that colleagues know them by."""

    async def zone(self, actor: Actor) -> tzinfo:
        """The time zone they live by; UTC where the platform does not say."""

    async def members(self, place: Place) -> tuple[Actor, ...]:
        """The organisation's own people in a place: no bots, and no guests where the platform tells who is one. Raises
        Unreachable.
        """

    async def colleagues(self, actor: Actor) -> tuple[str, ...]:
        """The names of people in the actor's organisation, as far as the platform tells. Raises Unreachable."""

    async def own(self, actor: Actor) -> tuple[str, ...]:
        """The actor's own names and handles. Raises Unreachable."""


class Hints(Protocol):
    """Points out what in somebody's words may tell who they are."""

    def meet(self, actor: Actor) -> None:
        """See that their colleagues are known, whatever they do."""

    async def hints(self, actor: Actor, text: str) -> tuple[Block, ...]:
        """What may tell who they are, said to them."""
