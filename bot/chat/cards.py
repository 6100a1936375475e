"""What the bot shows: cards of blocks and buttons, free of any platform."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from bot.chat.actions import Pressed


@dataclass(frozen=True)
class Text:
    """Reviewed words of ours as CommonMark without headings, tables or HTML. Never holds what a person typed."""

    markdown: str


@dataclass(frozen=True)
class Facts:
    """Short labels with their values, drawn plain.

    Args:
        exact: whether the values are to be copied letter by letter.
    """

    rows: tuple[tuple[str, str], ...] = field(repr=False)
    exact: bool = False


@dataclass(frozen=True)
class Quote:
    """A person's own words: drawn plain, so that they mention nobody and format nothing."""

    words: str
    by: str = ""

    def __repr__(self) -> str:
        return "Quote(…)"


@dataclass(frozen=True)
class Source:
    """Where a claim comes from; ``locator`` is the section, article or page."""

    title: str
    url: str
    locator: str = ""


@dataclass(frozen=True)
class Sources:
    """The sources of an answer, and the day it was right."""

    items: tuple[Source, ...]
    as_of: date | None = None


@dataclass(frozen=True)
class Divider:
    """A line between two parts."""


@dataclass(frozen=True)
class Image:
    """A picture at an https address; ``alt`` says what it shows."""

    url: str
    alt: str


@dataclass(frozen=True)
class Attachment:
    """A small text file to keep, such as a calendar entry; each adapter hands it over in its platform's way."""

    name: str
    media_type: str
    content: str = field(repr=False)


@dataclass(frozen=True)
class Confirm:
    """The question asked before a press that cannot be undone."""

    question: str
    yes: str
    no: str = "Go back"


@dataclass(frozen=True)
class Button:
    """Something to press.

    Args:
        opens_form: whether the answer will be a form; Teams must know this while drawing.
        hint: where it is one of several things to choose from: what to know of this one, drawn plain.
    """

    label: str
    action: Pressed
    style: Literal["plain", "primary", "danger"] = "plain"
    opens_form: bool = False
    confirm: Confirm | None = None
    hint: str = field(default="", repr=False)


@dataclass(frozen=True)
class Buttons:
    """Buttons for what stands right above them, rather than for the whole card."""

    buttons: tuple[Button, ...]


Block: TypeAlias = Text | Facts | Quote | Sources | Divider | Image | Attachment | Buttons


@dataclass(frozen=True)
class Card:
    """One message.

    Args:
        buttons: what can be done with the whole card; they stand last.
        fallback: the line for notifications; where it is empty, the title serves.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    buttons: tuple[Button, ...] = ()
    fallback: str = ""

    @property
    def every_button(self) -> tuple[Button, ...]:
        """All there is to press, in the order in which it stands."""
        inside = (each for block in self.blocks if isinstance(block, Buttons) for each in block.buttons)
        return (*inside, *self.buttons)
