"""One question, one answer, without a database: what `rai ask` prints."""

from typing import TypedDict, get_args

from bot.questions.model import LONGEST_QUESTION, Answered, Choose, Draft, Finding, Item, Unknown
from knowledge.entry import Role


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


NO_SUCH_ROLE = f"the role is one of: {', '.join(get_args(Role))}"


def problem(text: str) -> str:
    """What keeps a text from being a question, as a sentence; empty where nothing does."""
    if not text:
        return "Please write a question."
    if len(text) > LONGEST_QUESTION:
        return f"A question may have {LONGEST_QUESTION:,} characters; this has {len(text):,}."
    return ""


def printed(finding: Finding, library: str, role: Role = "everyone") -> Printed:
    """A finding as `rai ask --json` prints it, for a role; a refusal's choices are the nearest topics."""
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
        case Answered(item):
            return _answered(empty, item, role)
        case Choose(entries):
            return {**empty, "outcome": "choose", "choices": _choices(entries)}
        case Unknown(nearest):
            return {**empty, "choices": _choices(nearest)}


def _answered(empty: Printed, entry: Item, role: Role) -> Printed:
    if isinstance(entry, Draft):
        # Only a house with a database has any; printed all the same, so that nothing is dropped.
        return {**empty, "outcome": "answer", "entry": entry.id, "title": entry.title, "answer": entry.answer}
    step, tension = entry.next_step(role), entry.tensions[0]
    return {
        **empty,
        "outcome": "answer",
        "entry": entry.id,
        "title": entry.title,
        "answer": entry.short,
        "next_step": f"{step.text} ({step.minutes} minutes, {', '.join(step.who)})",
        "tension": f"Between {tension.between}. {tension.bears}",
        "sources": [{"title": each.title, "url": each.url, "locator": each.locator} for each in entry.sources],
    }


def _choices(entries: tuple[Item, ...]) -> list[ChoiceLine]:
    return [{"entry": entry.id, "title": entry.title} for entry in entries]
