"""The state of a workspace: people, channels, messages, whispers, modals, pages, tokens, and every call made."""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field

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


@dataclass
class Token:
    """A token and what it may do; ``error`` is Slack's word where it may do nothing any more."""

    scopes: set[str]
    kind: str = "bot"
    error: str = ""


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
        clock: seconds; triggers and addresses age by it.
        complaints: what a stricter Slack would have refused, whether this one took it or not.
    """

    clock: Callable[[], float] = time.monotonic
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    whispers: list[Whispered] = field(default_factory=list)
    modals: dict[str, list[Json]] = field(default_factory=dict)
    homes: dict[str, Json] = field(default_factory=dict)
    triggers: dict[str, tuple[str, float]] = field(default_factory=dict)
    urls: dict[str, ResponseUrl] = field(default_factory=dict)
    prompts: dict[str, list[Json]] = field(default_factory=dict)
    uploads: dict[str, Json] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    surfaces: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)
        self.tokens[BOT_TOKEN] = Token({scope for scopes in SCOPES.values() for scope in scopes})
        self.tokens[APP_TOKEN] = Token({"connections:write"}, kind="app")

    def fresh(self, letter: str) -> str:
        """A new id."""
        return f"{letter}{next(self._numbers):06d}"

    def person(self, name: str, **given: object) -> User:
        """Let somebody join."""
        user = User(f"U{name.upper()}", name, **given)  # type: ignore[arg-type]
        self.users[user.id] = user
        return user

    def channel(self, name: str, *members: str, **given: object) -> Channel:
        """Make a channel with the bot in it."""
        made = Channel(f"C{name.upper()}", {BOT_USER, *members}, **given)  # type: ignore[arg-type]
        self.channels[made.id] = made
        return made

    def direct(self, user: str) -> Channel:
        """The direct messages of somebody with the bot."""
        return self.channels.setdefault(f"D{user}", Channel(f"D{user}", {BOT_USER, user}, partner=user))

    def trigger(self, user: str) -> str:
        """What lets the bot open one modal for somebody, within three seconds."""
        made = self.fresh("trigger.")
        self.triggers[made] = (user, self.clock())
        return made

    def url(self, channel: str, user: str, on: str = "", whisper: str = "") -> str:
        """The path of a new response URL."""
        made = self.fresh("R")
        self.urls[made] = ResponseUrl(channel, user, self.clock(), on, whisper)
        return made

    def keep(self, channel: Channel, message: Json) -> Json:
        """Put a message into a channel's history."""
        number = next(self._numbers)
        kept = {"type": "message", "ts": f"{1_764_000_000 + number}.{number:06d}", **message}
        channel.messages.append(kept)
        for member in channel.members:
            self.noticed(member, "message", f"{channel.id} {kept['ts']}")
        return kept

    def whisper(self, channel: str, user: str, message: Json, *, shown: bool) -> str:
        """Show a message to one person."""
        ts = f"{1_764_000_000 + next(self._numbers)}.000000"
        self.whispers.append(Whispered(channel, user, {**message, "ts": ts}, shown))
        if shown:
            self.noticed(user, "whisper", ts)
        return ts

    def noticed(self, user: str, kind: str, which: str) -> None:
        """Something new is in front of somebody."""
        self.surfaces.setdefault(user, []).append((kind, which))
