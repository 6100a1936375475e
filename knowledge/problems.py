"""What is wrong with an entry, told so that its writer can mend it: file, line, what and how."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

Where: TypeAlias = tuple[str | int, ...]
"""A field by name, or a field within a field: ``("sources", 0, "url")``."""


@dataclass(frozen=True)
class Problem:
    """One thing to mend.

    Args:
        path: the file, or the folder if that is missing.
        line: counted from 1; 1 where the whole file is meant.
        what: what is wrong, in a sentence.
        mend: what to do about it, in a sentence.
    """

    path: Path
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what} {self.mend}"


class BrokenEntry(Exception):
    """A file that is not an entry. ``problems`` has at least one, in order of line."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def fault(what: str, mend: str, *field: str | int) -> PydanticCustomError:
    """An error for a validator to raise.

    Args:
        what: what the field is or does wrong, without its name: "has 75 words; at most 60 are allowed."
        field: which field it is about, seen from the validator's own place.
    """
    # Passed as context and not as the template, for a brace in somebody's text would be taken for a placeholder.
    return PydanticCustomError("rule", "{what}", {"what": what, "mend": mend, "field": field})


_TEXT_ADVICE = (
    "Write it as text; put it in quotes if it holds a colon, or if YAML takes it for a number or for yes and no."
)

_USUAL: Mapping[str, tuple[str, str]] = {
    "missing": ("is missing.", "Add it; knowledge/README.md shows every field."),
    "extra_forbidden": ("is not a field of an entry.", "Correct its spelling or take it out."),
    "string_type": ("is not text.", _TEXT_ADVICE),
    "tuple_type": ("is not a list.", "Write one item on each line, each behind a dash."),
    "int_type": ("is not a whole number.", "Write a whole number without quotes."),
    "model_type": ("is not a group of fields.", "Write its fields below it, each indented by two spaces."),
}
"""What pydantic calls an error, and what a writer understands."""


def problems_of(error: ValidationError, path: Path, line_of: Callable[[Where], int]) -> tuple[Problem, ...]:
    """Every error of a validation as a problem, in order of line.

    Args:
        line_of: the line on which a field stands, or should stand.
    """
    found = (_problem(details, path, line_of) for details in error.errors(include_url=False))
    return tuple(sorted(found, key=lambda problem: problem.line))


def _problem(details: ErrorDetails, path: Path, line_of: Callable[[Where], int]) -> Problem:
    context = details.get("ctx", {})
    where: Where = (*details["loc"], *context.get("field", ()))
    what, mend = _told(details)
    name = ".".join(str(step + 1) if isinstance(step, int) else step for step in where)
    return Problem(path, line_of(where), f'"{name}" {what}', mend)


def _told(details: ErrorDetails) -> tuple[str, str]:
    """What is wrong with a field, and how to mend it."""
    context = details.get("ctx", {})
    if details["type"] == "rule":
        return context["what"], context["mend"]
    if details["type"] == "literal_error":
        return f"is not in the list: {_shown(details['input'])}.", f"Use {context['expected']}."
    if details["input"] is None:
        return "is empty.", "Fill it in, or take the line out if the field is optional."
    return _USUAL.get(details["type"], (f"cannot be read: {details['msg']}.", _TEXT_ADVICE))


def _shown(value: object) -> str:
    """A value as far as it helps to recognise it."""
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
