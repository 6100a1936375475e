"""The terminal as a platform: brings cards to its places and people, and knows what a terminal knows of them."""

import asyncio
from datetime import UTC, tzinfo

import tzlocal

from adapters.terminal.board import Board
from adapters.terminal.names import FIRST_NAME, PLATFORM, corner, person
from bot.chat.cards import Card
from bot.chat.errors import Unreachable
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place


class TerminalMessenger:
    """Keeps messages on the board, where terminals of any process find them."""

    def __init__(self, board: Board) -> None:
        self._board = board

    async def post(self, place: Place, card: Card, key: str) -> MessageRef:
        return await asyncio.to_thread(self._board.post, _here(place), card, key)

    async def edit(self, ref: MessageRef, card: Card) -> None:
        _here(ref.place)
        await asyncio.to_thread(self._board.edit, ref, card)

    async def tell(self, actor: Actor, card: Card, key: str) -> MessageRef:
        return await self.post(_place_of(actor), card, key)

    async def find(self, where: Place | Actor, key: str) -> MessageRef | None:
        return await asyncio.to_thread(self._board.find, _here(_place_of(where)), key)


class TerminalDirectory:
    """People are known by the name they took; they live by this machine's clock.

    Args:
        board: tells who is here; without one nobody is.
    """

    def __init__(self, board: Board | None = None) -> None:
        self._board = board

    async def name(self, actor: Actor) -> str:
        return actor.user

    async def zone(self, actor: Actor) -> tzinfo:
        try:
            return tzlocal.reload_localzone()  # read anew: a laptop travels
        except LookupError:  # this machine names a zone that nobody knows
            return UTC

    async def members(self, place: Place) -> tuple[Actor, ...]:
        """Everybody on the board: whoever sits at a terminal may sit in each of its places."""
        _here(place)
        return tuple(map(person, await asyncio.to_thread(self._board.people))) if self._board else ()

    async def colleagues(self, actor: Actor) -> tuple[str, ...]:
        known = await asyncio.to_thread(self._board.people) if self._board else ()
        # Who never took a name is called "you", like half of all sentences.
        return tuple(name for name in known if name != FIRST_NAME)

    async def own(self, actor: Actor) -> tuple[str, ...]:
        return () if actor.user == FIRST_NAME else (actor.user,)


def _place_of(where: Place | Actor) -> Place:
    if isinstance(where, Place):
        return where
    return corner(where) if where.platform == PLATFORM else Place(where.platform, where.user)


def _here(place: Place) -> Place:
    if place.platform != PLATFORM:
        raise Unreachable("This place is on another platform, which the terminal cannot reach.", permanent=True)
    return place
