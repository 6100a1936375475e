"""What a room answers: the five things an adapter can draw in return."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.chat.cards import Card
from bot.chat.forms import Form, FormErrors


@dataclass(frozen=True)
class Whisper:
    """Seen by the person who acted, and by nobody else."""

    card: Card


@dataclass(frozen=True)
class Answer:
    """Seen by everybody in the place where it was asked."""

    card: Card


@dataclass(frozen=True)
class OpenForm:
    """A form to fill in."""

    form: Form


@dataclass(frozen=True)
class Redraw:
    """The message whose button was pressed now looks like this."""

    card: Card


Reply: TypeAlias = Whisper | Answer | OpenForm | Redraw | FormErrors
