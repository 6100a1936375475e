"""What people, channels and our own marks are called between Slack and the house."""

from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place

PLATFORM = "slack"

SAY = "slack.say/1"
"""The adapter's own button: its value is a verb, said again where a form can open."""

ASK_ABOUT = "rai-ask-about"
DESK = "rai-desk"
"""What the manifest calls the two shortcuts."""

COMMAND = "/rai"


def actor(team: str, user: str) -> Actor:
    """A person of a workspace."""
    return Actor(PLATFORM, team, user)


def place(channel: str, thread: str = "") -> Place:
    """A channel, or a thread in it."""
    return Place(PLATFORM, channel, thread)


def message(channel: str, ts: str) -> MessageRef:
    """A message by its time stamp."""
    return MessageRef(place(channel), ts)


def is_direct(channel: str) -> bool:
    """Whether an id is of somebody's direct messages; to ask Slack about those would need a scope more (im:read)."""
    return channel.startswith("D")
