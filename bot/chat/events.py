"""What people do: the five things an adapter can hand to the router."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.chat.identity import Actor
from bot.chat.places import MessageRef, Place

# repr=False throughout: a repr of an event may reach a log, and what people wrote may not.


@dataclass(frozen=True)
class CommandUsed:
    """Somebody wrote to the bot: ``verb`` is the first word, ``text`` the rest; an unknown verb becomes a question.

    Args:
        others_read: whether the place is one that others read too.
    """

    actor: Actor
    place: Place
    verb: str = field(repr=False)
    text: str = field(repr=False, default="")
    others_read: bool = False


@dataclass(frozen=True)
class ButtonPressed:
    """Somebody pressed a button on the message ``on`` (None where it stood on no kept message, as in a whisper).

    Args:
        others_read: whether it stood in a place that others read too.
    """

    actor: Actor
    on: MessageRef | None
    name: str
    data: str = field(repr=False)
    others_read: bool = False


@dataclass(frozen=True)
class FormSubmitted:
    """Somebody sent a form: ``values`` by field name (dates ``2026-11-22``, times ``09:30``, toggles ``yes`` or empty,
    people as ``platform:tenant:user``); ``hidden`` is what the form carried, as it was given.
    """

    actor: Actor
    name: str
    values: Mapping[str, str] = field(repr=False)
    hidden: str = field(repr=False, default="")


@dataclass(frozen=True)
class HomeOpened:
    """Somebody opened the bot's own page, or called it without a word."""

    actor: Actor


@dataclass(frozen=True)
class DeskOpened:
    """Somebody opened the desk, maybe with a verb chosen and words brought along."""

    actor: Actor
    verb: str = ""
    words: str = field(repr=False, default="")


Inbound: TypeAlias = CommandUsed | ButtonPressed | FormSubmitted | HomeOpened | DeskOpened
