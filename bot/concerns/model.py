"""What a concern is, as the room knows it: words, a receipt, a batch, and never a person or a moment."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol, get_args

from bot.chat.actions import is_mark, new_mark
from bot.chat.errors import StaleButton
from knowledge.entry import Value

VALUES = (*get_args(Value), "not sure")
"""What a concern can touch: the library's fourteen values, and not being sure."""

LONGEST_WORDS = 2_000
"""Characters of one message; at four bytes each they still fit into one sealed size (``bot.concerns.vault``)."""


@dataclass(frozen=True)
class ConcernId:
    """Names a concern in the tables: random, and without any order."""

    value: str

    @classmethod
    def new(cls) -> "ConcernId":
        """A fresh one."""
        return cls(new_mark())


@dataclass(frozen=True)
class MessageId:
    """Names one message in the tables: random, and without any order."""

    value: str


@dataclass(frozen=True)
class FormMark:
    """A random mark that a form carries, so that the same form sent twice counts once."""

    value: str = field(repr=False)

    @classmethod
    def new(cls) -> "FormMark":
        """A fresh one."""
        return cls(new_mark())

    @classmethod
    def parse(cls, hidden: str) -> "FormMark":
        """The mark a form came back with; raises StaleButton where it is none of ours."""
        if not is_mark(hidden):
            raise StaleButton
        return cls(hidden)


@dataclass(frozen=True)
class Words:
    """What somebody wrote; 1 to 2,000 characters."""

    text: str = field(repr=False)

    def __post_init__(self) -> None:
        if not 0 < len(self.text) <= LONGEST_WORDS:
            raise ValueError(f"words have 1 to {LONGEST_WORDS} characters")


@dataclass(frozen=True)
class Concern:
    """What is going wrong, and which value it touches."""

    words: Words
    value: str

    def __post_init__(self) -> None:
        if self.value not in VALUES:
            raise ValueError("a concern touches one of the known values")


Voice = Literal["author", "council"]


@dataclass(frozen=True)
class Spoken:
    """One message of a conversation."""

    voice: Voice
    words: Words


@dataclass(frozen=True)
class Released:
    """A concern as the council may read it.

    Args:
        conversation: the author's released messages and the council's, in their order; the first is the concern itself.
        people: how many different people had used the bot when its batch was released; None where nobody counted.
    """

    id: ConcernId
    value: str
    conversation: tuple[Spoken, ...]
    people: int | None


@dataclass(frozen=True)
class Addition:
    """Words that an author added, as the council may read them."""

    concern: ConcernId
    words: Words


@dataclass(frozen=True)
class Thread:
    """A concern as its author reads it by receipt.

    Args:
        released: whether the council has it.
        replies: what the council wrote.
        waiting: how many of the author's messages are not released yet.
    """

    released: bool
    replies: tuple[Words, ...]
    waiting: int


@dataclass(frozen=True)
class Batch:
    """Concerns that go to the council together.

    Args:
        since: the latest release time before its first concern came: as near to a time of arrival as anything is kept.
        release: the rule it goes by (RAI_RELEASE), as it was when it opened.
    """

    number: int
    since: datetime
    release: str


class People(Protocol):
    """A number handed over by the hallway: how many different people used the bot since the last batch, never who."""

    def size(self) -> int:
        """How many."""

    def forget(self) -> None:
        """Begin to count anew."""
