"""The switchboard: each platform's own messenger and directory behind the one port that the rooms know."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import TypeVar

from bot.chat.cards import Card
from bot.chat.errors import Unreachable
from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place
from bot.chat.ports import Directory, Messenger


@dataclass(frozen=True)
class Switchboard:
    """The Messenger and Directory ports, by the platform of the place or person.

    Args:
        messengers: by platform, as places name it.
        directories: by the same names.
    """

    messengers: Mapping[str, Messenger]
    directories: Mapping[str, Directory]

    async def post(self, place: Place, card: Card, key: str) -> MessageRef:
        return await self._messenger(place).post(place, card, key)

    async def edit(self, ref: MessageRef, card: Card) -> MessageRef | None:
        return await self._messenger(ref.place).edit(ref, card)

    async def tell(self, actor: Actor, card: Card, key: str) -> MessageRef:
        return await self._messenger(actor).tell(actor, card, key)

    async def find(self, where: Place | Actor, key: str) -> MessageRef | None:
        return await self._messenger(where).find(where, key)

    async def name(self, actor: Actor) -> str:
        return await _found(self.directories, actor).name(actor)

    async def zone(self, actor: Actor) -> tzinfo:
        return await _found(self.directories, actor).zone(actor)

    async def members(self, place: Place) -> tuple[Actor, ...]:
        return await _found(self.directories, place).members(place)

    async def colleagues(self, actor: Actor) -> tuple[str, ...]:
        return await _found(self.directories, actor).colleagues(actor)

    async def own(self, actor: Actor) -> tuple[str, ...]:
        return await _found(self.directories, actor).own(actor)

    def _messenger(self, where: Place | Actor) -> Messenger:
        return _found(self.messengers, where)


Port = TypeVar("Port")


def _found(ports: Mapping[str, Port], where: Place | Actor) -> Port:
    port = ports.get(where.platform)
    if port is None:
        raise Unreachable(
            f"No door of this house leads to {where.platform}. Set its tokens, or name another place in the settings.",
            permanent=True,
        )
    return port
