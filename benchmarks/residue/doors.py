"""What every door offers to those who raise concerns through it, and to whoever lets something go wrong."""

import asyncio
import itertools
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import httpx

from benchmarks.residue.canary import Marks
from benchmarks.residue.evidence import Piece
from bot.app import App
from bot.concerns.schedule import Schedule
from bot.questions.shelf import Shelf
from tests.doubles.overheard import Overheard
from tests.fakes.timing import FakeClock

WRONG = "What is going wrong?"


@dataclass(frozen=True)
class Grounds:
    """What a house stands on."""

    folder: Path
    shelf: Shelf
    schedule: Schedule


@dataclass
class Author:
    """Somebody with canary words.

    Args:
        status: what the platform was answered last, where it was anything but well.
    """

    words: str
    number: int
    status: int = 200


@dataclass
class Change:
    """What is wrong with a form that somebody sends.

    Args:
        values: fields that are something else; None for those that are missing.
        hidden: what it carries along, where that is something else.
        name: what it is called, where that is something else.
    """

    values: dict[str, str | None] = field(default_factory=dict)
    hidden: str | None = None
    name: str | None = None


class Door(Protocol):
    """A house with one platform's front door, and canary people before it, who differ from door to door."""

    marks: Marks
    grounds: Grounds
    overheard: Overheard
    stack: AsyncExitStack

    @property
    def letter(self) -> str:
        """Slack over HTTP (h) or by socket (s), Teams (t), the terminal (m)."""

    @property
    def app(self) -> App:
        """The house."""

    @property
    def clock(self) -> FakeClock:
        """The house's clock."""

    def opened(self) -> AbstractAsyncContextManager[object]:
        """The house from start to end; again, on the same data, once it has ended."""

    def arrives(self) -> Author:
        """Somebody new."""

    async def begins(self, author: Any) -> None:
        """They open the form, write, and look at the preview."""

    async def sends(self, author: Any) -> str:
        """They send it; returns what is then in front of them."""

    def sees(self, author: Author) -> str:
        """What is in front of them."""

    async def quiet(self) -> None:
        """Wait until everything that came in is answered."""

    async def settles(self) -> None:
        """Wait until everything due is said, too."""

    def pieces(self) -> Iterator[Piece]:
        """What this door was told and told others."""

    def forgets(self) -> None:
        """Begin anew to listen."""

    def released(self) -> int:
        """How many concerns stand where the council meets."""


class HasApp(Protocol):
    """A stage of any platform."""

    app: App


Stage = TypeVar("Stage", bound=HasApp)


@dataclass
class Behind(Generic[Stage]):
    """What every door of these has: a house that is open or not, and what was heard of it.

    Args:
        answers: what the platform was answered.
    """

    grounds: Grounds
    marks: Marks
    overheard: Overheard = field(default_factory=Overheard)
    answers: list[bytes] = field(default_factory=list)
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    clock: FakeClock = field(default_factory=FakeClock)
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _stage: Stage | None = None

    @property
    def stage(self) -> Stage:
        """The stage while it is open."""
        assert self._stage, "the house is closed"
        return self._stage

    @property
    def app(self) -> App:
        """The house."""
        return self.stage.app

    async def answered(self, response: httpx.Response) -> None:
        """Keep what the platform was answered."""
        self.answers.append(b"\n".join(b": ".join(each) for each in response.headers.raw))
        self.answers.append(await response.aread())


async def reopened(door: Door) -> None:
    """The house ends, where it is open, and starts on what is in its folder."""
    await door.stack.aclose()
    door.stack = AsyncExitStack()
    await door.stack.enter_async_context(door.opened())


LONGEST = 60.0
"""Seconds after which a submission counts as hung."""


async def patiently(doing: Awaitable[str], author: Author, door: Door) -> str:
    """What somebody then sees, whatever goes wrong with their client."""
    try:
        return await asyncio.wait_for(doing, LONGEST) if door.letter != "m" else await doing
    except TimeoutError:
        return "hung"
    except (AssertionError, KeyError, IndexError, ValueError) as error:
        return f"{type(error).__name__}: {door.sees(author)}"


SEEN = {
    "the receipt": r"Write these",
    "that it was sent before": r"was sent before",
    "that it takes longer": r"longer than usual",
    "an apology for a defect": r"Something went wrong on our side",
    "that the disk is full": r"disk that holds the database is full",
    "that the database is read-only": r"read-only",
    "that the database is busy": r"Another process has been writing|does not answer in time",
    "that the database cannot be used": r"database cannot be used|database is not a database|damaged",
    "that a key cannot be used": r"keys folder|vault key",
    "that it is enough for today": r"very often today",
    "that too many wait": r"More concerns wait",
    "that it is for members alone": r"for members of this",
    "that others read along": r"Another organisation reads|People of another organisation|another workspace",
    "what is wrong with a field": r"Please choose|characters|six words|No concern has this receipt|is needed|too long",
    "that the form is out of date": r"out of date|not here any more|older version|no longer|has changed",
    "that nothing was sent": r"Nothing was sent|half-way",
    "the preview, not sent yet": r"This is what the council will see",
    "the form": r"What is going wrong|never stores who you are",
    "the way to a form": r"Open the form",
    "nothing: it was cut off": r"^cut off$",
    "nothing: the program has ended": r"^ended by",
    "nothing of ours": r"^\s*$",
}
"""What somebody may see, in short, and what it is known by."""


def in_short(seen: str, author: Author) -> str:
    """What somebody sees, without a word of theirs."""
    if author.status != 200:
        return f"an error of the platform's own ({author.status})"
    if seen == "hung":
        return "nothing in a minute"
    return next((short for short, sign in SEEN.items() if re.search(sign, seen)), "something else")


def leisurely(clock: FakeClock) -> Callable[[], float]:
    """Seconds by which calls are paced: two more at each look, and as much as the house's clock is moved."""
    steps, begun = itertools.count(step=2), clock.now()
    passed = begun

    def seconds() -> float:
        nonlocal passed
        if clock.broken is None:
            passed = clock.now()
        return (passed - begun).total_seconds() + next(steps)

    return seconds


async def later(door: Door, by: timedelta) -> None:
    """Let time pass, and everything due be said."""
    door.clock.move(by)
    await door.settles()
