"""What Teams tells about people and conversations, remembered for a while: names, zones, guests, who else reads."""

from collections.abc import AsyncIterator
from datetime import UTC, timedelta, tzinfo
from zoneinfo import ZoneInfo

from cachetools import LRUCache, TTLCache

from adapters.shapes import Json, word
from adapters.teams import names
from adapters.teams.connector import Connector
from adapters.teams.services import Services
from adapters.teams.troubles import Refused
from bot.chat.errors import Unreachable
from bot.chat.identity import Actor
from bot.chat.places import Place
from bot.chat.text import clean

KEPT = timedelta(minutes=10).total_seconds()
CHATS_KEPT = timedelta(hours=12).total_seconds()
MOST = 5_000

MOST_MEMBERS = 25_000
"""Members of a conversation that are looked at: as many as a team can have."""

MOST_ROSTERS = 20
"""Conversations whose members are taken for somebody's colleagues."""

KEPT_OF_PEOPLE = ("name", "tenantId", "userRole")
"""What is remembered of somebody: Teams tells their mail address and login name too, which nothing here needs."""

NOBODY = "somebody in Teams"


class TeamsDirectory:
    """People by the rosters of conversations; their own chats with the bot by ``v3/conversations``. All of it is in
    memory alone: who spoke with the bot stands in no file of this adapter's.

    Args:
        tenant: the organisation that channels belong to; empty only while nothing is checked.
        council: the conversation of the council, where it is one of Teams'.
    """

    def __init__(self, connector: Connector, services: Services, tenant: str = "", council: str = "") -> None:
        self._connector = connector
        self._services = services
        self._tenant = tenant
        self._council = council
        self._people: TTLCache[str, Json] = TTLCache(MOST, KEPT)
        self._chats: TTLCache[str, str] = TTLCache(MOST, CHATS_KEPT)
        self._zones: TTLCache[str, str] = TTLCache(MOST, CHATS_KEPT)
        self._shared: TTLCache[str, bool] = TTLCache(MOST, KEPT)
        self._used: LRUCache[str, None] = LRUCache(MOST_ROSTERS)
        self._called_shared: LRUCache[str, bool] = LRUCache(MOST)

    async def name(self, actor: Actor) -> str:
        try:
            person = await self.person(actor, await self.chat(actor))
        except Unreachable:
            return NOBODY
        return clean(word(person, "name")) or NOBODY

    async def zone(self, actor: Actor) -> tzinfo:
        try:
            return ZoneInfo(self._zones.get(actor.address, ""))
        except (KeyError, ValueError, OSError):
            return UTC

    async def colleagues(self, actor: Actor) -> tuple[str, ...]:
        """The members of the council's team, and of the places in which the bot was used lately: Teams tells of nobody
        else without a permission to read the whole directory, which the bot does not ask for.

        Raises:
            Unreachable: Teams told of none of these places.
        """
        found: dict[str, None] = {}
        refused: Unreachable | None = None
        for each in dict.fromkeys((self._council, *self._used)):
            try:
                found |= {clean(word(person, "name")): None async for person in self._roster(actor.tenant, each)}
            except Unreachable as error:
                refused = error
        if refused and not found:
            raise refused
        return tuple(filter(None, found))

    async def own(self, actor: Actor) -> tuple[str, ...]:
        """Their name. Of who was just let in it is known already: nothing is asked that shows what they came for."""
        person = self._people.get(actor.address) or await self.person(actor, await self.chat(actor))
        return tuple(filter(None, (clean(word(person, "name")),)))

    async def _roster(self, tenant: str, conversation: str) -> AsyncIterator[Json]:
        seen = 0
        if not conversation:
            return
        async for each in self._connector.members(self._services.of(tenant), conversation):
            seen += 1
            if not belongs_elsewhere(each, tenant):
                yield each
            if seen >= MOST_MEMBERS:
                return

    def lives_by(self, actor: Actor, zone: str) -> None:
        """A client of somebody's told this time zone; Teams tells it with what they do, and never when asked."""
        if zone:
            self._zones[actor.address] = zone

    async def chat(self, actor: Actor) -> str:
        """The conversation of the bot with somebody alone; made where there is none yet. Raises Unreachable."""
        if actor.address not in self._chats:
            service = self._services.of(actor.tenant)
            self._chats[actor.address] = await self._connector.create_personal(service, actor.tenant, actor.user)
        return self._chats[actor.address]

    def forget_chat(self, actor: Actor) -> None:
        """Ask anew which conversation it is."""
        self._chats.pop(actor.address, None)

    async def is_guest(self, actor: Actor, conversation: str, account: str = "") -> bool:
        """Whether somebody in a conversation is a guest of the organisation, or belongs to another one.

        Args:
            account: what Teams calls them before this bot, where that is known.

        Raises:
            Unreachable: Teams did not say.
        """
        try:
            person = await self.person(actor, conversation, account)
        except Refused:
            # The bot is not there, as where it was chosen from a menu; their own chat with it knows them as well.
            person = await self.person(actor, await self.chat(actor), account)
        return is_outsider(person, actor.tenant)

    async def is_shared(self, place: Place, tenant: str) -> bool:
        """Whether people of another organisation read a channel or a chat of several, or may do so.

        Raises:
            Unreachable: Teams did not say.
        """
        self._used[place.address] = None
        if place.address in self._called_shared:
            return True
        if place.address not in self._shared:
            members = self._connector.members(self._services.of(tenant), place.address)
            seen, shared = 0, False
            async for each in members:
                seen, shared = seen + 1, shared or belongs_elsewhere(each, tenant)
                if shared or seen >= MOST_MEMBERS:
                    break
            self._shared[place.address] = shared
        return self._shared[place.address]

    def called_shared(self, place: Place) -> None:
        """Teams itself called a channel shared: whole teams of other organisations may read it that no roster names."""
        self._called_shared[place.address] = True

    def forget(self, place: Place) -> None:
        """Ask anew about a place."""
        self._shared.pop(place.address, None)

    async def person(self, actor: Actor, conversation: str, account: str = "") -> Json:
        """What is used of what Teams tells of somebody who is in a conversation. Raises Unreachable."""
        if actor.address not in self._people:
            service = self._services.of(actor.tenant)
            found = await self._connector.member(service, names.place(conversation).address, account or actor.user)
            self._people[actor.address] = {name: word(found, name) for name in KEPT_OF_PEOPLE}
        return self._people[actor.address]

    async def members(self, place: Place) -> tuple[Actor, ...]:
        """Of a channel those of its team; no roster names a bot. Raises Unreachable."""
        roster = self._connector.members(self._services.of(self._tenant), place.address)
        ours = [each async for each in roster if not is_outsider(each, self._tenant)]
        return tuple(_actor(each, self._tenant) for each in ours if word(each, "aadObjectId"))


def _actor(person: Json, tenant: str) -> Actor:
    return names.actor(tenant or word(person, "tenantId").lower(), word(person, "aadObjectId").lower())


def belongs_elsewhere(person: Json, tenant: str) -> bool:
    """Whether somebody of a roster belongs to another organisation; nobody does while none is named (development)."""
    return bool(tenant) and word(person, "tenantId").lower() not in ("", tenant)


def is_outsider(person: Json, tenant: str) -> bool:
    """Whether somebody of a roster is a guest, or belongs to another organisation."""
    return word(person, "userRole") in ("guest", "anonymous") or belongs_elsewhere(person, tenant)
