"""What a question can lead to, who reads, what a ticket, a gap and a draft are."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, TypeAlias, get_args

from bot.chat.identity import Actor
from bot.chat.places import MessageRef
from bot.chat.text import shorten
from knowledge.entry import Entry, Role, Stage

LONGEST_QUESTION = 800
"""Characters of a question: a button must be able to carry it (``bot.chat.actions.LONGEST_DATA``), quotes escaped."""

LONGEST_TITLE = 80

KEPT_FOR = timedelta(days=180)
"""How long a question that nobody answered stays in the backlog."""

SOON = timedelta(days=14)
"""How long before its day an entry is listed among those to look at again."""


@dataclass(frozen=True)
class Draft:
    """A council member's answer on its way into the library. It names no person: neither who asked nor who answered.

    Args:
        phrasings: the wordings of the question.
        source_title: empty where none was given, like the address, the tension and the step.
    """

    ticket: str
    phrasings: tuple[str, ...] = field(repr=False)
    answer: str = field(repr=False)
    answered_on: date
    source_title: str = field(default="", repr=False)
    source_url: str = field(default="", repr=False)
    tension: str = field(default="", repr=False)
    step: str = field(default="", repr=False)

    @property
    def id(self) -> str:
        """The name by which the search finds it; no entry can have it, for a ticket's id is random."""
        return f"draft-{self.ticket}"

    @property
    def title(self) -> str:
        """The question in one line: a person's own words, to be drawn plain."""
        return shorten(" ".join(self.phrasings[0].split()), LONGEST_TITLE)

    @property
    def is_sourced(self) -> bool:
        """Whether it has a source that can be opened: without one it answers nobody but the asker."""
        return bool(self.source_title and self.source_url)


Item: TypeAlias = Entry | Draft
"""What a question can be answered with."""


@dataclass(frozen=True)
class Answered:
    """One entry stands for itself."""

    entry: Item
    confidence: float


@dataclass(frozen=True)
class Choose:
    """At most three entries, of which the asker knows best."""

    entries: tuple[Item, ...]
    confidence: float


@dataclass(frozen=True)
class Unknown:
    """The library does not know; ``nearest`` are the topics that come closest."""

    nearest: tuple[Item, ...]
    confidence: float


Finding: TypeAlias = Answered | Choose | Unknown


@dataclass(frozen=True)
class Continued:
    """A few words that only make sense behind an answer: what they were taken to be about, and what lies around it."""

    about: Item
    around: tuple[Item, ...]


def out_of_date(finding: Finding, today: date) -> bool:
    """Whether an answer comes from an entry that should have been looked at again by now."""
    return isinstance(finding, Answered) and needs_another_look(finding.entry, today)


def needs_another_look(item: Item, today: date) -> bool:
    """Whether an entry's verification has run out, or the law that it describes does not apply on this day."""
    return isinstance(item, Entry) and (item.stale(today) or not item.in_force(today))


def to_look_at_again(entry: Entry, today: date) -> bool:
    """Whether the day until which somebody vouched for an entry has passed, or will within two weeks."""
    return entry.verified_until is not None and entry.verified_until - SOON <= today


@dataclass(frozen=True)
class Reader:
    """For whom an answer is: as far as they chose to say. ``everyone`` says that they chose no role in particular."""

    role: Role | None = None
    stage: Stage | None = None

    @property
    def step_role(self) -> Role:
        """Whose step they are shown."""
        return self.role or "everyone"

    @property
    def prefer(self) -> frozenset[str]:
        """The marks that suit them, for the search; ``everyone`` suits nobody more than anybody else."""
        return frozenset(mark for mark in (self.role, self.stage) if mark and mark != "everyone")


NOBODY_KNOWN = Reader()


def role_of(text: str) -> Role | None:
    """The role of that name, in any case."""
    wanted = " ".join(text.lower().split())
    return next((role for role in get_args(Role) if role == wanted), None)


def stage_of(text: str) -> Stage | None:
    """The stage of that name."""
    return next((stage for stage in get_args(Stage) if stage == text), None)


Verdict = Literal["helpful", "not helpful", "wrong or stale"]
Why = Literal["refused", "not helpful", "wrong or stale"]


@dataclass(frozen=True)
class Gap:
    """A question that the library did not answer well: its words and a day, and nothing of who asked.

    Args:
        entry: the id of the answer that was found wanting, if there was one.
        ticket: the id of the ticket that it was made into, if it was.
    """

    id: str
    question: str = field(repr=False)
    day: date
    why: Why
    entry: str | None
    library: str
    ticket: str | None = None


@dataclass(frozen=True)
class Ticket:
    """A question that a human is to answer. Who waits for the answer is kept elsewhere, apart from the words.

    Args:
        owner: the person who took it.
        stands: the message it is shown in.
    """

    id: str
    question: str = field(repr=False)
    owner: Actor | None
    answer: str | None = field(repr=False)
    stands: MessageRef | None

    @property
    def state(self) -> Literal["open", "taken", "answered"]:
        """Where it stands."""
        if self.answer is not None:
            return "answered"
        return "taken" if self.owner else "open"
