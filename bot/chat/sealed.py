"""Routes for what nobody may be known by: their handlers are given words, and never who spoke them or where.

This module cannot import identity, places or events; the import contracts see to it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.chat.actions import Action
from bot.chat.cards import Block, Button
from bot.chat.desk import MOST_WORDS
from bot.chat.forms import FormErrors, FormSpec, Values
from bot.chat.replies import Reply

Payload = TypeVar("Payload")
Result = TypeVar("Result")


@dataclass(frozen=True)
class SealedCommand:
    """A verb whose handler gets the words behind it alone.

    Args:
        desk: what it is called at the desk; empty where it does not begin there.
        longest: how many characters it takes from there.
        takes_text: whether words may follow; where not, such words are read as a question, and not sealed.
    """

    verb: str
    summary: str
    handle: Callable[[str], Awaitable[Reply]]
    desk: str = ""
    longest: int = MOST_WORDS
    takes_text: bool = True


@dataclass(frozen=True)
class SealedButton:
    """A button whose handler gets its payload alone."""

    name: str
    press: Callable[[str], Awaitable[Reply]]


@dataclass(frozen=True)
class SealedForm:
    """A form whose handler gets its values and hidden text alone.

    Args:
        words: the field in which somebody may give themselves away: where a form is the answer, the hallway points out
            on it what it found there.
    """

    name: str
    check: Callable[[Values, str], FormErrors | None]
    submit: Callable[[Values, str], Awaitable[Reply]]
    words: str = ""


@dataclass(frozen=True)
class HomePart:
    """A room's share of the bot's own page."""

    blocks: tuple[Block, ...]
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class SealedHome:
    """A room's share of the bot's own page, the same for everybody."""

    draw: Callable[[], Awaitable[HomePart]]


SealedRoute = SealedCommand | SealedButton | SealedForm | SealedHome


def sealed_button(action: Action[Payload], handle: Callable[[Payload], Awaitable[Reply]]) -> SealedButton:
    """The route of a sealed action."""

    async def press(data: str) -> Reply:
        return await handle(action.read(data))

    return SealedButton(action.name, press)


def sealed_form(spec: FormSpec[Result], handle: Callable[[Result], Awaitable[Reply]], words: str = "") -> SealedForm:
    """The route of a sealed form."""

    def check(values: Values, hidden: str) -> FormErrors | None:
        understood = spec.understand(values, hidden)
        return understood if isinstance(understood, FormErrors) else None

    async def submit(values: Values, hidden: str) -> Reply:
        understood = spec.understand(values, hidden)
        return understood if isinstance(understood, FormErrors) else await handle(understood)

    return SealedForm(spec.name, check, submit, words)
