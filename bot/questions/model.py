"""What a question can lead to, and what a ticket is."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from bot.chat.identity import Actor
from bot.chat.places import MessageRef
from knowledge.entry import Entry

LONGEST_QUESTION = 800
"""Characters of a question: a button must be able to carry it (``bot.chat.actions.LONGEST_DATA``), quotes escaped."""


@dataclass(frozen=True)
class Answered:
    """One entry stands for itself."""

    entry: Entry
    confidence: float


@dataclass(frozen=True)
class Choose:
    """At most three entries, of which the asker knows best."""

    entries: tuple[Entry, ...]
    confidence: float


@dataclass(frozen=True)
class Unknown:
    """The library does not know; ``nearest`` are the topics that come closest."""

    nearest: tuple[Entry, ...]
    confidence: float


Finding: TypeAlias = Answered | Choose | Unknown


def out_of_date(finding: Finding, today: date) -> bool:
    """Whether an answer comes from an entry that should have been looked at again by now."""
    return isinstance(finding, Answered) and needs_another_look(finding.entry, today)


def needs_another_look(entry: Entry, today: date) -> bool:
    """Whether an entry's verification has run out, or the law that it describes does not apply on this day."""
    return entry.stale(today) or not entry.in_force(today)


Verdict = Literal["helpful", "not helpful", "wrong or stale"]


@dataclass(frozen=True)
class Ticket:
    """A question that a human is to answer.

    Args:
        asker: who wants to be told; forgotten once they were.
        owner: the person who took it.
        stands: the message it is shown in.
    """

    id: str
    question: str = field(repr=False)
    asker: Actor | None
    owner: Actor | None
    answer: str | None = field(repr=False)
    stands: MessageRef | None

    @property
    def state(self) -> Literal["open", "taken", "answered"]:
        """Where it stands."""
        if self.answer is not None:
            return "answered"
        return "taken" if self.owner else "open"
