"""What Slack tells about people and channels, remembered for a while: names, zones, guests, who else reads."""

from datetime import UTC, timedelta, tzinfo
from zoneinfo import ZoneInfo

from cachetools import TTLCache

from adapters.shapes import Json, inner, word
from adapters.slack import names
from adapters.slack.troubles import Refused
from adapters.slack.web import SlackWeb
from bot.chat.errors import Unreachable
from bot.chat.identity import Actor
from bot.chat.text import clean

KEPT = timedelta(minutes=10).total_seconds()
MOST = 5_000


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

    async def is_guest(self, actor: Actor) -> bool:
        """Whether somebody is a guest of the workspace, or belongs to another one.

        Raises:
            Unreachable: Slack did not say.
        """
        person = await self._person(actor.user)
        flags = ("is_restricted", "is_ultra_restricted", "is_stranger")
        return any(person.get(flag) for flag in flags) or word(person, "team_id") not in ("", actor.tenant)

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
