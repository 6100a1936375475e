"""The state of a workspace: people, channels, messages, whispers, modals, pages, tokens, and every call made."""

import itertools
from dataclasses import dataclass, field

from tests.doubles.slack.clock import Seconds, SlackClock
from tests.doubles.slack.methods import SCOPES
from tests.doubles.slack.seen import Json

TEAM, BOT_USER, BOT_ID, APP = "T1", "U0BOT", "B1", "A1"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-double", "xapp-double", "double-secret"


@dataclass
class User:
    """A person; ``zone`` is what Slack calls ``tz``."""

    id: str
    name: str
    zone: str = "UTC"
    is_guest: bool = False
    team: str = TEAM
    is_deleted: bool = False
    shown: str = ""
    handle: str = ""
    is_bot: bool = False


@dataclass
class Channel:
    """A channel, or the direct messages of one person with the bot (``partner``)."""

    id: str
    members: set[str]
    is_private: bool = False
    is_archived: bool = False
    is_shared: bool = False
    partner: str = ""
    messages: list[Json] = field(default_factory=list)

    def message(self, ts: str) -> Json | None:
        """A message by its time stamp."""
        return next((each for each in self.messages if each["ts"] == ts), None)

    def is_alive(self, thread: str) -> bool:
        """Whether somebody has answered below a message."""
        return any(each.get("thread_ts") == thread for each in self.messages)


@dataclass
class Token:
    """A token and what it may do.

    Args:
        error: Slack's word where it may do nothing any more.
        user: as whom it speaks; another app of the workspace speaks as another one.
    """

    scopes: set[str]
    kind: str = "bot"
    error: str = ""
    user: str = BOT_USER
    bot: str = BOT_ID
    app: str = APP


@dataclass
class Trigger:
    """What lets the bot open one modal for somebody."""

    user: str
    made_at: float
    used: bool = False


@dataclass(frozen=True)
class Whispered:
    """A message that one person sees, and no history keeps."""

    channel: str
    user: str
    message: Json
    shown: bool = True


@dataclass
class ResponseUrl:
    """An address for answers: five uses, half an hour."""

    channel: str
    user: str
    made_at: float
    on: str = ""
    whisper: str = ""
    uses: int = 0


@dataclass(frozen=True)
class Call:
    """A call as it was recorded."""

    method: str
    args: Json
    error: str = ""


@dataclass
class Workspace:
    """Everything Slack knows.

    Args:
        bot_token: opens this workspace and no other.
        clock: triggers and addresses age by it; messages are stamped with it.
        complaints: what a stricter Slack would have refused, whether this one took it or not.
    """

    team: str = TEAM
    bot_user: str = BOT_USER
    bot_token: str = BOT_TOKEN
    clock: Seconds = field(default_factory=SlackClock)
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    whispers: list[Whispered] = field(default_factory=list)
    modals: dict[str, list[Json]] = field(default_factory=dict)
    homes: dict[str, Json] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    urls: dict[str, ResponseUrl] = field(default_factory=dict)
    prompts: dict[str, list[Json]] = field(default_factory=dict)
    uploads: dict[str, Json] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    surfaces: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        every = {scope for scopes in SCOPES.values() for scope in scopes}
        self.tokens[self.bot_token] = Token(every, user=self.bot_user)
        if self.team == TEAM:
            self.tokens[APP_TOKEN] = Token({"connections:write"}, kind="app")

    def fresh(self, letter: str) -> str:
        """A new id, unlike any of another workspace's."""
        return f"{letter}{self.team.removeprefix('T')}{next(self._numbers):05d}"

    def person(self, name: str, **given: object) -> User:
        """Let somebody join."""
        user = User(f"U{name.upper()}", name, **{"team": self.team, **given})  # type: ignore[arg-type]
        self.users[user.id] = user
        return user

    def channel(self, name: str, *members: str, **given: object) -> Channel:
        """Make a channel with the bot in it."""
        made = Channel(f"C{name.upper()}", {self.bot_user, *members}, **given)  # type: ignore[arg-type]
        self.channels[made.id] = made
        return made

    def direct(self, user: str) -> Channel:
        """The direct messages of somebody with the bot."""
        return self.channels.setdefault(f"D{user}", Channel(f"D{user}", {self.bot_user, user}, partner=user))

    def trigger(self, user: str) -> str:
        """What lets the bot open one modal for somebody, within three seconds."""
        made = self.fresh("trigger.")
        self.triggers[made] = Trigger(user, self.clock())
        return made

    def url(self, channel: str, user: str, on: str = "", whisper: str = "") -> str:
        """The path of a new response URL."""
        made = self.fresh("R")
        self.urls[made] = ResponseUrl(channel, user, self.clock(), on, whisper)
        return made

    def keep(self, channel: Channel, message: Json) -> Json:
        """Put a message into a channel's history."""
        kept = {"type": "message", "ts": self._stamp(), **message}
        channel.messages.append(kept)
        for member in channel.members:
            self.noticed(member, "message", f"{channel.id} {kept['ts']}")
        return kept

    def whisper(self, channel: str, user: str, message: Json, *, shown: bool) -> str:
        """Show a message to one person."""
        ts = self._stamp()
        self.whispers.append(Whispered(channel, user, {**message, "ts": ts}, shown))
        if shown:
            self.noticed(user, "whisper", ts)
        return ts

    def noticed(self, user: str, kind: str, which: str) -> None:
        """Something new is in front of somebody."""
        self.surfaces.setdefault(user, []).append((kind, which))

    def uninstalled(self) -> None:
        """The app was taken out of the workspace: its token opens nothing any more."""
        self.tokens[self.bot_token].error = "account_inactive"

    def revoked(self) -> None:
        """The app's token was revoked."""
        self.tokens[self.bot_token].error = "token_revoked"

    def _stamp(self) -> str:
        """A time stamp that no other message has."""
        return f"{self.clock.wall():.0f}.{next(self._numbers):06d}"
