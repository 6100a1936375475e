"""What Slack tells about people and channels, remembered for a while: names, zones, guests, who else reads."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, timedelta, tzinfo
from zoneinfo import ZoneInfo

from cachetools import TTLCache

from adapters.shapes import Json, inner, objects, word
from adapters.slack import names
from adapters.slack.troubles import Refused
from adapters.slack.web import PatientWeb, SlackWeb
from bot.chat.errors import Unreachable
from bot.chat.identity import Actor
from bot.chat.places import Place
from bot.chat.text import clean

KEPT = timedelta(minutes=10).total_seconds()
MOST = 5_000

PAGE = 500
"""People on a page; Slack gives less than a thousand."""

SLACKBOT = "USLACKBOT"
"""Slack's own helper, which ``users.list`` does not call a bot."""


class SlackDirectory:
    """People by ``users.info``, channels by ``conversations.info``."""

    def __init__(self, web: SlackWeb) -> None:
        self._web = web
        self._people: TTLCache[str, Json] = TTLCache(MOST, KEPT)
        self._channels: TTLCache[str, Json] = TTLCache(MOST, KEPT)

    async def name(self, actor: Actor) -> str:
        try:
            person = await self._person(actor.user)
        except Unreachable:
            return "somebody in Slack"
        known = (word(person, "profile", "display_name"), word(person, "real_name"), word(person, "name"))
        return next(filter(None, map(clean, known)), "somebody in Slack")

    async def zone(self, actor: Actor) -> tzinfo:
        try:
            return ZoneInfo(word(await self._person(actor.user), "tz"))
        except (Unreachable, KeyError, ValueError):
            return UTC

    async def colleagues(self, actor: Actor) -> tuple[str, ...]:
        """The names and handles of everybody in the workspace but bots and those who left. Nothing of it is kept here.

        Raises:
            Unreachable: Slack did not tell.
        """
        found: dict[str, None] = {}
        async for page in self._pages():
            for each in objects(page, "members"):
                if _works_here(each, actor.tenant):
                    found |= dict.fromkeys(_names(each))
        return tuple(found)

    async def own(self, actor: Actor) -> tuple[str, ...]:
        """Their names and handle. Of who was just let in they are known: nothing is asked that shows what for."""
        return tuple(dict.fromkeys(_names(await self._person(actor.user))))

    async def is_guest(self, actor: Actor) -> bool:
        """Whether somebody is a guest of the workspace, or belongs to another one.

        Raises:
            Unreachable: Slack did not say.
        """
        return _is_outsider(await self._person(actor.user), actor.tenant)

    async def is_shared(self, channel: str) -> bool:
        """Whether another organisation reads a channel. A private one that the bot is not in tells nothing, and counts
        as not shared; so do direct messages, whose one reader ``is_guest`` tells about.

        Raises:
            Unreachable: Slack did not say.
        """
        return bool((await self._known(channel)).get("is_ext_shared"))

    async def is_public(self, channel: str) -> bool:
        """Whether everybody in the workspace can read a channel. Raises Unreachable."""
        return (await self._known(channel)).get("is_private") is False

    async def _known(self, channel: str) -> Json:
        if names.is_direct(channel):
            return {}
        try:
            return await self.channel(channel)
        except Refused as refused:
            if refused.code == "channel_not_found":
                return {}
            raise

    async def channel(self, channel: str) -> Json:
        """What Slack tells of a channel. Raises Unreachable."""
        if channel not in self._channels:
            self._channels[channel] = inner(await self._web.call("conversations.info", channel=channel), "channel")
        return self._channels[channel]

    def forget(self, channel: str) -> None:
        """Ask anew about a channel."""
        self._channels.pop(channel, None)

    async def _person(self, user: str) -> Json:
        if user not in self._people:
            self._people[user] = inner(await self._web.call("users.info", user=user), "user")
        return self._people[user]

    async def members(self, place: Place) -> tuple[Actor, ...]:
        """Who is no bot and no guest; asked page by page, and not person by person. Raises Unreachable."""
        team = word(await self._web.call("auth.test"), "team_id")
        there = {user async for page in self._pages(place.address) for user in _ids(page)}
        found: list[Actor] = []
        async for page in self._pages():
            here = [each for each in objects(page, "members") if word(each, "id") in there]
            found += [names.actor(team, word(each, "id")) for each in here if _is_colleague(each, team)]
            there -= {word(each, "id") for each in here}
            if not there:
                break
        return tuple(found)

    async def _pages(self, channel: str = "") -> AsyncIterator[Json]:
        """The ids of those in a channel, or without one what Slack tells of everybody in the workspace."""
        web, cursor = PatientWeb(self._web), ""
        while True:
            page = await web.call(
                "conversations.members" if channel else "users.list", channel=channel, limit=PAGE, cursor=cursor
            )
            yield page
            cursor = word(page, "response_metadata", "next_cursor")
            if not cursor:
                return


def _ids(page: Json) -> list[str]:
    found = page.get("members")
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _is_outsider(person: Json, team: str) -> bool:
    flags = ("is_restricted", "is_ultra_restricted", "is_stranger")
    return any(person.get(flag) for flag in flags) or word(person, "team_id") not in ("", team)


def _is_colleague(person: Json, team: str) -> bool:
    return not (person.get("is_bot") or person.get("deleted") or _is_outsider(person, team))


def _works_here(person: Json, team: str) -> bool:
    """Whether somebody is of this workspace, as a guest too."""
    gone = person.get("is_bot") or person.get("deleted") or word(person, "id") == SLACKBOT
    return not gone and word(person, "team_id") in ("", team)


def _names(person: Json) -> Iterator[str]:
    """What colleagues call somebody: their name, the one they chose, and the handle."""
    known = (word(person, "profile", "real_name"), word(person, "profile", "display_name"))
    yield from filter(None, map(clean, (word(person, "real_name"), *known, word(person, "name"))))
