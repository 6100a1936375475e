"""What a concern is, as the room knows it: words, a receipt, a batch, and never a person or a moment."""

import math
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol, get_args

from bot.chat.actions import new_mark
from knowledge.entry import Stage, Value

VALUES = (*get_args(Value), "not sure")
"""What a concern can touch: the library's fourteen values, and not being sure."""

STAGES = get_args(Stage)
AFFECTED = ("people outside", "customers", "colleagues", "one's own team", "everybody")
SURE = ("seen it", "heard of it", "suspect it")

AT_ONCE = "at once"
URGENCIES = ("can wait", "soon", AT_ONCE)
"""Only the last changes the way: at once, and so without a crowd to hide in."""

LONGEST_SYSTEM = 60
"""Bytes in UTF-8: with it, and the longest words, a concern still fits into one sealed size."""

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


@dataclass(frozen=True)
class Words:
    """What somebody wrote; 1 to 2,000 characters."""

    text: str = field(repr=False)

    def __post_init__(self) -> None:
        if not 0 < len(self.text) <= LONGEST_WORDS:
            raise ValueError(f"words have 1 to {LONGEST_WORDS} characters")


UNREADABLE = Words(
    "Nobody can open these words any more: the key that they were sealed with is gone. What is written from now on can "
    "be read, so their author may be asked to say it again."
)
"""What stands in their place."""


@dataclass(frozen=True)
class About:
    """What a concern is about, as chosen from lists; empty where its author would rather not say.

    Args:
        system: one that the council has listed.
    """

    value: str = "not sure"
    system: str = field(default="", repr=False)
    stage: str = ""
    affected: str = ""
    urgency: str = URGENCIES[0]
    sure: str = ""

    def __post_init__(self) -> None:
        if self.value not in VALUES:
            raise ValueError("a concern touches one of the known values")
        lists = ((self.stage, STAGES), (self.affected, AFFECTED), (self.sure, SURE))
        if self.urgency not in URGENCIES or any(said and said not in known for said, known in lists):
            raise ValueError("what a concern is about is chosen from lists")
        if len(self.system.encode()) > LONGEST_SYSTEM:
            raise ValueError(f"a system's name has at most {LONGEST_SYSTEM} bytes")

    @property
    def urgent(self) -> bool:
        """Whether it goes to the council at once."""
        return self.urgency == AT_ONCE


@dataclass(frozen=True)
class Concern:
    """What is going wrong."""

    words: Words
    about: About = About()


@dataclass(frozen=True)
class OutsideChannel:
    """A way to speak up that the organisation does not hold."""

    name: str
    address: str


@dataclass(frozen=True)
class Guide:
    """What the council tells authors before they write.

    Args:
        systems: what a concern can be about, to choose from.
        keep_days: how long a concern is kept once it is resolved.
        council: its name and its seats, as authors are told them.
    """

    systems: tuple[str, ...] = ()
    outside: tuple[OutsideChannel, ...] = ()
    keep_days: int = 180
    council: str = ""


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
        code: the name it goes by, which its author knows too.
        about: None where nobody can open that any more.
        conversation: the author's released messages and the council's, in their order; the first is the concern itself.
        people: how many different people had used the bot when its batch was released, or one that added to it where
            those were fewer; None where nobody counted.
    """

    id: ConcernId
    code: str
    about: About | None
    conversation: tuple[Spoken, ...]
    people: int | None
    released_at: datetime


@dataclass(frozen=True)
class Going:
    """When what comes now goes to the council, on the clock that releases go by: at the ``earliest`` where the crowd is
    large enough by then, and at the ``latest`` in any case.
    """

    earliest: datetime
    latest: datetime


@dataclass(frozen=True)
class Thread:
    """A concern as its author reads it by receipt.

    Args:
        code: the name that the council calls it by.
        released: whether the council has it.
        replies: what the council wrote.
        waiting: how many of the author's messages are not released yet.
    """

    code: str
    released: bool
    replies: tuple[Words, ...]
    waiting: int


@dataclass(frozen=True)
class Batch:
    """Concerns that go to the council together.

    Args:
        since: the release time, or the end of six days, at which the batch before it was to go.
        release: the rule it goes by (RAI_RELEASE), as it was when it opened.
        people: the largest count of people that any process has told at a release time.
    """

    number: int
    since: datetime
    release: str
    people: int


def crowd_needed(least: int, members: int) -> int:
    """How many people a batch waits for: a tenth of an organisation is a crowd, where that is more than the least."""
    return max(least, math.ceil(members / 10))


class People(Protocol):
    """Numbers handed over by the hallway: how many different people used the bot, never who."""

    def size(self) -> int:
        """How many since the last batch."""

    def members(self) -> int:
        """How many since this process started: as much as is known of the organisation's size."""

    def forget(self) -> None:
        """Begin to count anew."""
