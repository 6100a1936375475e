"""What a scene is, and the pen that writes in it what people type."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.chat.cards import Card
from bot.chat.forms import Form
from bot.chat.text import clean

Where: TypeAlias = Literal["message", "whisper", "modal", "home", "thread", "direct"]
"""Where it is met: in a channel, seen by one person, in a modal, on the bot's page, in a thread, in one's DM."""


@dataclass(frozen=True)
class Scene:
    """One card or form as somebody meets it; ``name`` is ``room.what``."""

    name: str
    shown: Card | Form
    where: Where


@dataclass(frozen=True)
class Pen:
    """Decides what people wrote.

    Args:
        words: gets a sensible example and returns what to use in its place.
    """

    words: Callable[[str], str]

    def typed(self, example: str, most: int = 2_000) -> str:
        """What reaches a room of words that were typed: clean, and never longer than their field takes."""
        return clean(clean(self.words(example))[:most]) or example

    def name(self, example: str) -> str:
        """What colleagues call somebody, as an adapter's directory tells it: clean, and of any length."""
        return clean(self.words(example)) or example


PLAIN = Pen(lambda example: example)
"""Writes the examples."""
