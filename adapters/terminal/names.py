"""Who sits at the terminal and where: names, and the addresses they stand for."""

import re

from bot.chat.identity import Actor
from bot.chat.places import Place

PLATFORM = "terminal"
TENANT = "local"
FIRST_NAME = "you"

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")


def is_name(word: str) -> bool:
    """Whether somebody may be called this."""
    return _NAME.fullmatch(word) is not None


def person(name: str) -> Actor:
    """The person of this name."""
    return Actor(PLATFORM, TENANT, name)


def corner(actor: Actor) -> Place:
    """A person's own place, which nobody else reads."""
    return Place(PLATFORM, f"@{actor.user}")
