"""One question, one answer, without a database: what `rai ask` prints."""

from typing import TypedDict

from bot.questions.model import LONGEST_QUESTION, Answered, Choose, Finding, Unknown
from knowledge.entry import Entry


class SourceLine(TypedDict):
    """One source of an answer."""

    title: str
    url: str
    locator: str


class ChoiceLine(TypedDict):
    """One entry that may be meant."""

    entry: str
    title: str


class Printed(TypedDict):
    """The object that `rai ask --json` prints; its names are a contract."""

    outcome: str
    entry: str | None
    title: str
    answer: str
    next_step: str
    tension: str
    sources: list[SourceLine]
    choices: list[ChoiceLine]
    confidence: float
    library: str


def problem(text: str) -> str:
    """What keeps a text from being a question, as a sentence; empty where nothing does."""
    if not text:
        return "Please write a question."
    if len(text) > LONGEST_QUESTION:
        return f"A question may have {LONGEST_QUESTION:,} characters; this has {len(text):,}."
    return ""


def printed(finding: Finding, library: str) -> Printed:
    """A finding as `rai ask --json` prints it; a refusal's choices are the nearest topics."""
    empty: Printed = {
        "outcome": "refuse",
        "entry": None,
        "title": "",
        "answer": "",
        "next_step": "",
        "tension": "",
        "sources": [],
        "choices": [],
        "confidence": round(finding.confidence, 4),
        "library": library,
    }
    match finding:
        case Answered(entry):
            return _answered(empty, entry)
        case Choose(entries):
            return {**empty, "outcome": "choose", "choices": _choices(entries)}
        case Unknown(nearest):
            return {**empty, "choices": _choices(nearest)}


def _answered(empty: Printed, entry: Entry) -> Printed:
    step = entry.next_step
    return {
        **empty,
        "outcome": "answer",
        "entry": entry.id,
        "title": entry.title,
        "answer": entry.short,
        "next_step": f"{step.text} ({step.minutes} minutes, {step.who})",
        "tension": f"Between {entry.tension.between}. {entry.tension.bears}",
        "sources": [{"title": each.title, "url": each.url, "locator": each.locator} for each in entry.sources],
    }


def _choices(entries: tuple[Entry, ...]) -> list[ChoiceLine]:
    return [{"entry": entry.id, "title": entry.title} for entry in entries]
