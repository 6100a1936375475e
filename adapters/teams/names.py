"""What people, conversations and our own marks are called between Teams and the house."""

from collections.abc import Sequence
from itertools import accumulate

from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place

PLATFORM = "teams"

BOT = "RAI Office Hours"
"""What people call it, also as its mention."""

SAY = "teams.say/1"
"""The adapter's own button: its data is a verb, said again where a form can open."""

ASK_ABOUT = "rai-ask-about"
DESK = "rai-desk"
"""What the manifest calls the two commands that open a dialog by themselves."""

HOME = "home"
"""The word that opens the bot's own page, which is a card here."""

_THREAD = ";messageid="

LONGEST_NAMES = 200
"""Characters that the house's tables keep of where a card stands: fourteen messages, each of them long."""


def actor(tenant: str, user: str) -> Actor:
    """A person of an organisation, by their Entra object id: people pickers give it, and councils can look it up."""
    return Actor(PLATFORM, tenant, user)


def place(conversation: str) -> Place:
    """A chat or channel, or the thread in it that a conversation's id names."""
    address, _, thread = conversation.partition(_THREAD)
    return Place(PLATFORM, address, thread)


def message(conversation: str, activity: str) -> MessageRef:
    """A message of a chat or channel, in whatever thread it stands."""
    return MessageRef(Place(PLATFORM, place(conversation).address), activity)


def together(where: Place, messages: Sequence[str]) -> MessageRef:
    """A card that goes on below its first message: where all of it stands, or as much as can be kept."""
    named = [each for each in accumulate(messages, "{} {}".format) if len(each) <= LONGEST_NAMES]
    return MessageRef(where, named[-1] if named else messages[0])


def messages(ref: MessageRef) -> list[str]:
    """The messages of a card, the first one first."""
    return ref.message.split(" ")


def conversation(where: Place) -> str:
    """A place as the connector takes it: below a card that goes on below means below the first of its messages."""
    return f"{where.address}{_THREAD}{where.thread.partition(' ')[0]}" if where.thread else where.address


def bot(app_id: str) -> str:
    """The bot itself."""
    return f"28:{app_id}"
