"""One workspace as the house sees it: its web API, people, messages, and whether all of it works."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient

from adapters.shapes import word
from adapters.slack import names
from adapters.slack.directory import SlackDirectory
from adapters.slack.messenger import SlackMessenger
from adapters.slack.pace import Pace
from adapters.slack.pauses import Pauses
from adapters.slack.troubles import BOT, DIRECT, PUBLIC, SHARED, Refused, Troubles
from adapters.slack.web import DEFAULT_API, SlackWeb, client
from bot.chat.errors import Busy, Unreachable
from bot.chat.places import Place
from bot.chat.timing import Clock

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Keys:
    """What opens a workspace.

    Args:
        signing_secret: for HTTP; empty in Socket Mode.
        app_token: for Socket Mode; empty over HTTP.
    """

    bot_token: SecretStr
    signing_secret: SecretStr | None = None
    app_token: SecretStr | None = None
    api_url: str = DEFAULT_API


@dataclass
class Identity:
    """Whose token it is; empty until Slack has said so."""

    team: str = ""
    user: str = ""
    bot: str = ""


@dataclass(frozen=True)
class Workspace:
    """Made before the house, which posts through it; the door to it is opened behind the house."""

    keys: Keys
    council: Place
    client: AsyncWebClient
    web: SlackWeb
    directory: SlackDirectory
    messenger: SlackMessenger
    troubles: Troubles
    identity: Identity = field(default_factory=Identity)

    @classmethod
    def of(
        cls, keys: Keys, council: Place, clock: Clock, seconds: Callable[[], float], kept: Path | None = None
    ) -> "Workspace":
        """A workspace by its keys; nothing is called yet.

        Args:
            council: where the council's cases are posted, on whatever platform.
            seconds: a clock that only goes forward.
            kept: the file for what Slack asks for; without it a restart forgets that.
        """
        troubles = Troubles(council.address if council.platform == names.PLATFORM else "")
        slack = client(keys.bot_token.get_secret_value(), keys.api_url)
        pace, pauses = Pace(seconds), Pauses(clock, kept)
        for method, wait in pauses.left().items():
            pace.close(method, wait.total_seconds())
        web = SlackWeb(slack, pace, troubles, pauses)
        directory = SlackDirectory(web)
        return cls(keys, council, slack, web, directory, SlackMessenger(web, directory, clock), troubles)

    async def look(self) -> None:
        """See whether the token works and the council's channel takes messages; what does not is in the troubles."""
        try:
            answer = await self.web.call("auth.test")
            self.identity.team = word(answer, "team_id")
            self.identity.user, self.identity.bot = word(answer, "user_id"), word(answer, "bot_id")
            if self.troubles.council:
                await self._look_at_council(self.troubles.council)
        except (Refused, Busy) as error:
            log.warning("Slack could not be looked at: %s", type(error).__name__)
        except Unreachable:
            self.troubles.silent()
            log.warning("Slack could not be looked at: it did not answer")

    async def _look_at_council(self, channel: str) -> None:
        if names.is_direct(channel):
            self.troubles.seen(channel, DIRECT)
            return
        self.directory.forget(channel)
        found = await self.directory.channel(channel)
        if found.get("is_archived"):
            self.troubles.met("is_archived", channel)
        elif found.get("is_ext_shared"):
            self.troubles.seen(channel, SHARED)
        elif found.get("is_private") is False:
            self.troubles.seen(channel, PUBLIC)
        elif not found.get("is_member"):
            self.troubles.met("not_in_channel", channel)
        else:
            self.troubles.looks_well(channel)

    def problems(self) -> list[str]:
        """What keeps everything here from working."""
        return [f"Slack: {sentence}" for where, sentence in self.troubles.found.items() if where == BOT]

    def warnings(self) -> list[str]:
        """What keeps something here from working."""
        return [f"Slack{self._named(where)}: {told}" for where, told in self.troubles.found.items() if where != BOT]

    def _named(self, where: str) -> str:
        return ", the council's channel" if where == self.troubles.council else ""
