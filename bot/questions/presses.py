"""What the buttons of an answer carry: names, payloads, and what goes where the words do not fit."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import StringConstraints

from bot.chat.actions import Action, Mark, Pressed
from bot.questions.model import Verdict


@dataclass(frozen=True)
class Asked:
    """The question a button carries on to a human; empty where it must not travel."""

    question: str = field(repr=False)


@dataclass(frozen=True)
class OnEntry:
    """The entry a button opens."""

    entry: str


@dataclass(frozen=True)
class Shown:
    """An answer to a question, and those that were shown before it."""

    entry: str
    question: str = field(default="", repr=False)
    seen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rated:
    """A verdict on one answer; ``answer`` is a random id, so that it counts once."""

    answer: Mark
    entry: str
    library: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
    verdict: Verdict
    question: str = field(default="", repr=False)


@dataclass(frozen=True)
class OnGap:
    """A question that was noted without an author."""

    gap: Mark


SHOW = Action("questions.show/2", Shown)
MORE = Action("questions.more/1", OnEntry)
NEXT = Action("questions.next/1", Shown)
RATE = Action("questions.rate/2", Rated)
HUMAN = Action("questions.human/1", Asked)
SHARE = Action("questions.share/1", OnEntry)
DROP = Action("questions.drop/1", OnGap)
WAIT = Action("questions.wait/1", OnGap)


def fitting(question: str, press: Callable[[str], Pressed]) -> Pressed:
    """A press that carries the question on, or goes without it where there is no room."""
    try:
        return press(question)
    except ValueError:
        return press("")
