"""The state of an organisation: people, teams, channels, chats, messages, who has the app, and every call made."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import NAMESPACE_DNS, uuid5

from tests.doubles.teams.clock import Seconds, TeamsClock
from tests.doubles.teams.shapes import Json

TENANT, OTHER_TENANT = "0a0a0a0a-1111-4222-8333-444455556666", "0b0b0b0b-1111-4222-8333-444455556666"
APP_ID, SECRET = "0c0c0c0c-1111-4222-8333-444455556666", "double-secret"
BOT = f"28:{APP_ID}"
TARGETED_LIVES = 86_400.0
"""Seconds that clients show a targeted message for."""


@dataclass
class Person:
    """Somebody of the organisation.

    Args:
        aad: their id in the directory.
        id: what Teams calls them before the bot.
        role: ``user`` or ``guest``.
    """

    name: str
    aad: str
    id: str
    tenant: str = TENANT
    role: str = "user"
    zone: str = "UTC"
    locale: str = "en-US"

    def told(self) -> Json:
        """What a roster says of them."""
        mail = f"{self.aad[:8]}@double.example"
        names = {"id": self.id, "name": self.name, "aadObjectId": self.aad, "objectId": self.aad, "email": mail}
        return {**names, "userPrincipalName": mail, "tenantId": self.tenant, "userRole": self.role}


@dataclass
class Message:
    """A message that was kept.

    Args:
        by: the directory's id of who wrote it, or the bot's.
        thread: the message under which it stands; empty for what stands by itself.
        only: the one person who sees it; empty where everybody does.
        edits: how often it was changed for everybody.
        redrawn: how often it was changed for one person.
        views: what single people were given to see in the place of the card.
    """

    id: str
    conversation: str
    by: str
    content: Json
    thread: str = ""
    only: str = ""
    at: float = 0.0
    edits: int = 0
    redrawn: int = 0
    views: dict[str, Json] = field(default_factory=dict)

    def redraw(self, aad: str, card: Json) -> None:
        """Let one person see another card here."""
        self.views[aad] = card
        self.redrawn += 1


@dataclass
class Conversation:
    """A channel, a group chat, or the chat of one person with the bot.

    Args:
        kind: ``channel``, ``groupChat`` or ``personal``.
        scope: where the app is installed for it: a team, the chat itself, or a person.
    """

    id: str
    kind: str
    name: str
    members: set[str]
    scope: str
    messages: list[Message] = field(default_factory=list)

    def message(self, which: str) -> Message | None:
        """A message by its id."""
        return next((each for each in self.messages if each.id == which), None)


@dataclass
class Team:
    """A team; its id is that of its first channel."""

    id: str
    name: str
    group: str
    members: set[str]
    channels: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Call:
    """A call as it was recorded; ``error`` is Teams' word for why not."""

    method: str
    args: Json
    error: str = ""


@dataclass
class Organisation:
    """Everything Teams knows.

    Args:
        clock: messages are stamped with it; limits and tokens go by it.
        installed: the teams, chats and people (by their ids) that have the app.
        blocked: people who blocked the bot.
        disabled: whether an administrator has switched the bot off.
        supports_targeted: whether messages for one person can be shown in a channel.
        untargeted: what is answered where they cannot.
        tokens: what login gave out: for which audience, and until when.
        secrets: the app's passwords, and when each ends (as Graph writes it); a past one is refused.
        graph_allowed: whether the app may read its own registration.
        complaints: what Teams would show wrongly or not at all, whether it took it or not.
        dialogs: the dialog in front of each person.
        typing: the conversations in which the bot was seen typing.
        surfaces: what appeared before each person, the oldest first.
    """

    tenant: str = TENANT
    clock: Seconds = field(default_factory=TeamsClock)
    people: dict[str, Person] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    installed: set[str] = field(default_factory=set)
    blocked: set[str] = field(default_factory=set)
    disabled: bool = False
    supports_targeted: bool = True
    untargeted: tuple[int, str] = (400, "BadRequest")
    tokens: dict[str, tuple[str, float]] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=lambda: {SECRET: "2027-11-23T00:00:00Z"})
    graph_allowed: bool = False
    uploads: dict[str, bytes] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: dict[str, Json] = field(default_factory=dict)
    typing: list[str] = field(default_factory=list)
    surfaces: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)

    def fresh(self, beginning: str) -> str:
        """A new id."""
        return f"{beginning}{next(self._numbers):05d}"

    def stamp(self) -> str:
        """The id of a new message: milliseconds, like Teams' own."""
        return str(int(self.clock.wall() * 1_000) + next(self._numbers))

    def person(self, name: str, **given: str) -> Person:
        """Let somebody join; who uses the bot at once has it installed."""
        made = Person(name, aad_of(name), f"29:1{_hidden('person', name)}", **{"tenant": self.tenant, **given})
        self.people[made.aad] = made
        self.installed.add(made.aad)
        return made

    def team(self, name: str, *members: Person, installed: bool = True) -> Team:
        """Make a team with its first channel."""
        made = f"19:{_hidden('channel', name)}@thread.tacv2"
        team = Team(made, name, str(uuid5(NAMESPACE_DNS, f"team {name}")), {each.aad for each in members})
        self.teams[made] = team
        if installed:
            self.installed.add(made)
        self._channel(made, "General", team, team.members)
        return team

    def channel(self, name: str, team: Team, *members: Person) -> Conversation:
        """Make a channel in a team; with members, a private one."""
        where = f"19:{_hidden('channel', f'{team.name} {name}')}@thread.tacv2"
        return self._channel(where, name, team, {each.aad for each in members} if members else team.members)

    def group(self, name: str, *members: Person, installed: bool = True) -> Conversation:
        """Make a group chat."""
        made = f"19:{_hidden('group', name)}@thread.v2"
        if installed:
            self.installed.add(made)
        people = {each.aad for each in members}
        return self.conversations.setdefault(made, Conversation(made, "groupChat", name, people, made))

    def direct(self, person: Person) -> Conversation:
        """The chat of somebody with the bot."""
        made = f"a:1{_hidden('direct', person.aad)}"
        return self.conversations.setdefault(made, Conversation(made, "personal", "", {person.aad}, person.aad))

    def team_of(self, conversation: Conversation) -> Team | None:
        """The team that a channel belongs to."""
        return self.teams.get(conversation.scope) if conversation.kind == "channel" else None

    def find(self, who: str) -> Person | None:
        """Somebody by either of their ids."""
        return self.people.get(who) or next((each for each in self.people.values() if each.id == who), None)

    def reaches(self, person: Person) -> bool:
        """Whether the bot may begin to speak with somebody: they have it, or share a place with it."""
        shared = (each for each in self.conversations.values() if person.aad in each.members)
        return person.aad in self.installed or any(each.scope in self.installed for each in shared)

    def keep(self, message: Message) -> Message:
        """Put a message into its conversation."""
        message.at = self.clock()
        conversation = self.conversations[message.conversation]
        conversation.messages.append(message)
        for member in {message.only} if message.only else conversation.members:
            self.surfaces.setdefault(member, []).append(message.id)
        return message

    def message(self, which: str) -> Message | None:
        """A message by its id, wherever it stands."""
        return next((found for each in self.conversations.values() if (found := each.message(which))), None)

    def shown(self, conversation: Conversation, aad: str) -> Iterator[Message]:
        """What a client of theirs shows of a conversation, the oldest first."""
        for each in conversation.messages:
            old = each.only and self.clock() - each.at > TARGETED_LIVES
            if aad in conversation.members and each.only in ("", aad) and not old:
                yield each

    def _channel(self, where: str, name: str, team: Team, members: set[str]) -> Conversation:
        team.channels.append(where)
        self.conversations[where] = Conversation(where, "channel", name, members, team.id)
        return self.conversations[where]


def aad_of(name: str) -> str:
    """The directory's id of somebody of this name: it never holds the name."""
    return str(uuid5(NAMESPACE_DNS, f"person {name}"))


def _hidden(kind: str, name: str) -> str:
    return sha256(f"{kind} {name}".encode()).hexdigest()[:32]
