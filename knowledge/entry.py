"""One entry of the library: what it must hold, and how it is read from its file."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from knowledge import front_matter
from knowledge.problems import BrokenEntry, fault, problems_of
from knowledge.rules import (
    Body,
    Day,
    Https,
    Language,
    Minutes,
    PlainText,
    Sentence,
    Slug,
    Text,
    headings,
    items,
    phrasing_key,
    signs,
    word_count,
    words,
)

Kind: TypeAlias = Literal[
    "value", "tension", "lever", "practice", "metric", "scenario", "role-play", "regulation", "micro-moment", "template"
]
Value: TypeAlias = Literal[
    "fairness",
    "privacy",
    "transparency",
    "explainability",
    "accountability",
    "safety",
    "robustness",
    "security",
    "human oversight",
    "inclusion",
    "sustainability",
    "contestability",
    "intellectual property",
    "labour and society",
]
Role: TypeAlias = Literal[
    "everyone",
    "product manager",
    "engineer",
    "data scientist",
    "researcher",
    "designer",
    "data worker",
    "tester",
    "operations",
    "legal",
    "executive",
    "procurement",
    "domain expert",
]
Stage: TypeAlias = Literal["idea", "data", "build", "evaluate", "launch", "monitor", "retire"]
State: TypeAlias = Literal["draft", "not validated", "validated", "archived"]

Circle: TypeAlias = Literal["makers", "deciders", "advisers"]

Who: TypeAlias = Literal[Role, Circle]

CIRCLES: Mapping[Circle, tuple[Role, ...]] = MappingProxyType(
    {
        "makers": ("engineer", "data scientist", "researcher", "tester", "operations"),
        "deciders": ("product manager", "executive", "procurement"),
        "advisers": ("designer", "data worker", "legal", "domain expert"),
    }
)
"""Roles that can often do the same thing about a question; every role but everyone is in one of them."""

SECTIONS: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        "value": ("What it is and is not", "Rival readings", "When it fails"),
        "tension": ("Who loses each way", "Options and their costs", "Who decides"),
        "lever": ("How to run it", "When it fails"),
        "practice": ("Steps", "Done when"),
        "metric": ("How it is computed", "What it assumes", "How it is misused"),
        "scenario": ("What happened", "Who was affected", "Questions to discuss"),
        "role-play": ("Roles", "Rounds", "Debrief"),
        "regulation": ("What the text says", "Who must act", "Dates"),
        "micro-moment": ("When", "The check", "If it is too big"),
        "template": ("The template", "An example"),
    }
)
"""The headings without which an entry of a kind leaves its reader with half an answer."""

MOST_WORDS_SHOWN = 120
"""What an answer shows at once: the short text, the first tension, and one next step."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Frozen):
    """Where a claim can be checked.

    Args:
        locator: the section, article, theorem or page.
        accessed: the day somebody opened it for this entry; None if nobody has.
    """

    title: Text
    locator: Text
    url: Https
    accessed: Day | None = None


class NextStep(_Frozen):
    """Something that the reader may do today without asking.

    Args:
        who: the roles it is for, by name or by circle.
    """

    who: Annotated[tuple[Who, ...], items(1)]
    text: Text
    minutes: Annotated[Minutes, Field(strict=True)]

    def names(self, role: Role) -> bool:
        """Whether it is meant for that role by name."""
        return role in self.who

    def suits(self, role: Role) -> bool:
        """Whether it is meant for that role's circle."""
        return any(role in CIRCLES[circle] for circle in CIRCLES if circle in self.who)


class Tension(_Frozen):
    """What pulls against the entry, and who carries each side.

    Args:
        entry: the id of the entry about it, if there is one.
    """

    between: Text
    bears: Text
    entry: Slug | None = None


class Entry(_Frozen):
    """One reviewed answer. Every rule comes from knowledge/README.md.

    Args:
        body: CommonMark for somebody with ten minutes.
        topic: the folder that it lies in.
    """

    id: Slug
    kind: Kind
    title: Annotated[Text, signs(80)]
    phrasings: Annotated[tuple[Text, ...], items(3, key=phrasing_key)]
    not_for: Sentence
    values: Annotated[tuple[Value, ...], items(1)]
    roles: Annotated[tuple[Role, ...], items(1)]
    stages: Annotated[tuple[Stage, ...], items(1)]
    short: Annotated[PlainText, words(1, 60)]
    next_steps: Annotated[tuple[NextStep, ...], items(1)]
    escalate_when: Sentence
    tensions: Annotated[tuple[Tension, ...], items(1, 3)]
    sources: Annotated[tuple[Source, ...], items(1, 3)]
    as_of: Day
    state: State
    language: Language
    jurisdiction: Text | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    verified_by: Text | None = None
    verified_until: Day | None = None
    supersedes: Annotated[tuple[Slug, ...], items(0)] = ()
    body: Annotated[Body, words(80, 400)]
    topic: str

    @model_validator(mode="after")
    def _fits_one_answer(self) -> Self:
        first, longest = self.tensions[0], max(word_count(step.text) for step in self.next_steps)
        shown = sum(map(word_count, (self.short, first.between, first.bears))) + longest
        if shown > MOST_WORDS_SHOWN:
            what = f"makes {shown} words with the first tension and the longest step; at most {MOST_WORDS_SHOWN} fit."
            raise fault(what, "Shorten the longest of them; what is cut may go into the body.", "short")
        return self

    @model_validator(mode="after")
    def _has_a_step_for_everyone(self) -> Self:
        for circle, roles in CIRCLES.items():
            for role in roles:
                if not any(step.names(role) or step.suits(role) for step in self.next_steps):
                    what = f"has no step for the {circle}: the {role}, for one."
                    raise fault(
                        what, f"Add a step with who: [{circle}], one that they can do at their own desk.", "next_steps"
                    )
        if len({self.next_step(roles[0]).text for roles in CIRCLES.values()}) < len(CIRCLES):
            raise fault(
                "says the same to people of different circles.", "Give each circle a step of its own.", "next_steps"
            )
        return self

    @model_validator(mode="after")
    def _law_is_dated(self) -> Self:
        for name in ("jurisdiction", "valid_from") if self.kind == "regulation" else ():
            if getattr(self, name) is None:
                raise fault("is missing; law needs it.", "Say where the law holds, and from which day on.", name)
        if self.valid_to and (self.valid_from is None or self.valid_to <= self.valid_from):
            raise fault("is not after valid_from.", "Correct one of the two days.", "valid_to")
        return self

    @model_validator(mode="after")
    def _verified_in_full(self) -> Self:
        if (self.verified_by is None) != (self.verified_until is None):
            lacking = "verified_by" if self.verified_by is None else "verified_until"
            raise fault("is missing.", "Give both verified_by and verified_until, or neither.", lacking)
        if self.state == "validated" and self.verified_by is None:
            mend = 'Add verified_by and verified_until, or write "not validated".'
            raise fault('is "validated", but nobody is named who checked it.', mend, "state")
        return self

    @model_validator(mode="after")
    def _has_its_sections(self) -> Self:
        held = {heading.casefold() for heading in headings(self.body)}
        for wanted in SECTIONS[self.kind]:
            if wanted.casefold() not in held:
                what = f'lacks the heading "{wanted}", which a {self.kind} must have.'
                raise fault(what, f'Add a line "## {wanted}" and what belongs there.', "body")
        return self

    def next_step(self, role: Role = "everyone") -> NextStep:
        """The step for a role: its own, else its circle's, else the first."""
        steps = self.next_steps
        named = (step for step in steps if step.names(role))
        return next(named, next((step for step in steps if step.suits(role)), steps[0]))

    def stale(self, today: date) -> bool:
        """Whether the day until which somebody vouched for it has passed; an entry nobody vouched for is not stale."""
        return self.verified_until is not None and today > self.verified_until

    def in_force(self, today: date) -> bool:
        """Whether the law holds on that day, the first and the last one included; what is no law always does."""
        return (self.valid_from is None or self.valid_from <= today) and (
            self.valid_to is None or today <= self.valid_to
        )


def parse(path: Path, text: str) -> Entry:
    """Read an entry.

    Args:
        path: where the text comes from; its folder is the topic. The file itself is not opened.
        text: front matter between two lines of dashes, then the body.

    Raises:
        BrokenEntry: with everything that is wrong, in order of line.
    """
    read = front_matter.read(path, text)
    try:
        return Entry.model_validate(read.fields | {"body": read.body, "topic": path.parent.name})
    except ValidationError as error:
        raise BrokenEntry(problems_of(error, path, read.line_of)) from error
