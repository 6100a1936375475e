"""What a typed line means."""

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from adapters.terminal.names import corner, is_name
from bot.chat.events import CommandUsed, HomeOpened
from bot.chat.identity import Actor
from bot.chat.text import bare_verb

META_COMMANDS = (
    ("/rai", "talk to the bot; without /rai it means the same"),
    ("/as NAME", "be somebody else"),
    ("/keep NAME LABEL", "keep what stands beside LABEL; $NAME in later lines stands for it"),
    ("/help", "show this"),
    ("/quit", "leave"),
)
"""The terminal's own commands, and what they do."""

_KEPT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")


@dataclass(frozen=True)
class Say:
    """Words for the bot."""

    event: CommandUsed | HomeOpened


@dataclass(frozen=True)
class Press:
    """The button with this number."""

    number: int


@dataclass(frozen=True)
class Become:
    """Go on as somebody else."""

    name: str


@dataclass(frozen=True)
class Keep:
    """Keep the value beside a label under a name."""

    name: str
    label: str


@dataclass(frozen=True)
class Help:
    """Show what can be typed."""


@dataclass(frozen=True)
class Quit:
    """Leave."""


@dataclass(frozen=True)
class Nothing:
    """An empty line."""


@dataclass(frozen=True)
class Unclear:
    """Nothing the terminal knows; the sentence says what it does know."""

    sentence: str = field(repr=False)


@dataclass(frozen=True)
class Slashed:
    """A command that is none of the terminal's; the bot may know it."""

    verb: str = field(repr=False)


Meaning: TypeAlias = Say | Press | Become | Keep | Help | Quit | Nothing | Unclear | Slashed


def understand(line: str, actor: Actor) -> Meaning:
    """What this line means when this person types it."""
    line = line.strip()
    if not line:
        return Nothing()
    if re.fullmatch(r"[0-9]{1,4}", line):
        return Press(int(line))
    if line.startswith("/"):
        return _command(line, actor)
    return _said("" if line.lower() == "rai" else line, actor)


def said_verb(line: str) -> str:
    """The verb of a line for the bot, in lower case; empty where there is none."""
    words = line.split(maxsplit=2)
    if [word.lower() for word in words[:1]] == ["/rai"]:
        words = words[1:]
    return bare_verb(words[0]) if words else ""


def _command(line: str, actor: Actor) -> Meaning:
    word, _, rest = line.partition(" ")
    rest = rest.strip()
    match word.lower():
        case "/rai":
            return _said(rest, actor)
        case "/as":
            return _become(rest.lower())
        case "/keep":
            return _keep(rest)
        case "/help":
            return Help()
        case "/quit" | "/exit":
            return Quit()
        case "/cancel":
            return Unclear("No form is open, so there is nothing to leave.")
        case _:
            return Slashed(bare_verb(word[1:]))


def _said(words: str, actor: Actor) -> Say:
    if not words:
        return Say(HomeOpened(actor))
    verb, *rest = words.split(maxsplit=1)
    return Say(CommandUsed(actor, corner(actor), verb, "".join(rest)))


def _become(name: str) -> Become | Unclear:
    if is_name(name):
        return Become(name)
    return Unclear("Please write /as and a name of small letters, digits and hyphens, for example: /as chair")


def _keep(rest: str) -> Keep | Unclear:
    name, _, label = rest.partition(" ")
    if _KEPT_NAME.fullmatch(name) and label.strip():
        return Keep(name, label.strip())
    return Unclear("Please write /keep, a name, and the label of what to keep, for example: /keep RECEIPT Receipt")
