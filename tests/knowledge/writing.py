"""Entries for tests, whole or with one thing changed."""

from pathlib import Path

ENTRY = """\
---
id: equal-errors
kind: tension
title: Calibration and equal error rates cannot both hold
phrasings:
  - can a risk score be calibrated and have equal false positive rates
  - why do our error rates differ between groups
  - equalised odds or calibration, which one
  - the score is fair by one metric and unfair by another
  - "Impossibility theorem: what does it mean for us?"
not_for: Choosing a threshold once the metric is chosen.
values: [fairness, accountability]
roles: [data scientist]
stages: [evaluate, launch]
short: >-
  No score can be calibrated and have equal error rates for groups with different base rates, save in trivial cases.
next_steps:
  - who: [makers]
    text: Print both error rates for your two largest groups and send the table to your product manager.
    minutes: 15
  - who: [deciders]
    text: Write down which error hurts whom more.
    minutes: 10
  - who: [advisers]
    text: Look up which of the two the documentation names.
    minutes: 5
  - who: [legal]
    text: Note which of the two the policy promises.
    minutes: 5
escalate_when: The people deciding have not seen the trade-off.
tensions:
  - between: calibration and equal error rates
    bears: The group with the higher base rate carries more false alarms, or the score means less for everybody.
sources:
  - title: "Kleinberg and others: Inherent Trade-Offs"
    locator: Theorem 1.1
    url: https://arxiv.org/abs/1609.05807
    accessed: 2026-11-22
as_of: 2026-11-22
state: not validated
language: en
---
"""

_TEXT = "You must choose which of the two to keep, and say so to the people it touches. " * 7

BODY = f"## Who loses each way\n\n{_TEXT}\n\n## Options and their costs\n\nTwo.\n\n## Who decides\n\nYou.\n"

TOPICS = {
    "model-card": ("Writing a model card", "model card template sections", "document a model for users"),
    "prompt-injection": (
        "Prompt injection",
        "hidden instructions in web pages",
        "stop jailbreak attacks on the chatbot",
    ),
    "data-minimisation": ("Collect less personal data", "how much personal data may we keep", "delete birthdays"),
    "carbon": ("Carbon footprint of training", "energy used by gpu training", "carbon emissions of our cluster"),
    "appeal": ("Letting people appeal", "customer wants to contest a decision", "appeal an automated rejection"),
    "drift": ("Watching for drift", "accuracy falls after months in production", "monitor distribution drift"),
    "consent": ("Consent of speakers", "voice recordings and consent forms", "may we record callers for speech"),
    "licence": ("Licences of scraped text", "copyright of scraped articles", "licence for web crawled text"),
    "shutdown": ("Retiring a system", "switch off an old recommender", "what to archive when retiring"),
    "annotators": ("Paying annotators", "wages of crowd workers", "annotators see violent pictures"),
}
"""Ten unlike entries: title and two phrasings each; ``save_topics`` makes three more of each title."""


def with_body(front: str = ENTRY) -> str:
    """A whole file."""
    return front + BODY


def changed(old: str, new: str) -> str:
    """The whole file with one piece replaced, which must be there."""
    assert ENTRY.count(old) >= 1, old
    return with_body(ENTRY.replace(old, new, 1))


def save(folder: Path, text: str, name: str = "equal-errors", topic: str = "fairness") -> Path:
    """Write a file as the library lays it out."""
    path = folder / topic / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def entry_text(name: str, title: str, phrasings: tuple[str, ...]) -> str:
    """A whole file about something else."""
    lines = ENTRY.splitlines(keepends=True)
    start, end = lines.index("phrasings:\n"), lines.index("not_for: Choosing a threshold once the metric is chosen.\n")
    head = ["---\n", f"id: {name}\n", "kind: tension\n", f"title: {title}\n", "phrasings:\n"]
    rest = "".join(lines[end:]).replace("No score can be calibrated", f"{title} is about this: no score is calibrated")
    assert start
    return "".join(head) + "".join(f'  - "{phrasing}"\n' for phrasing in phrasings) + rest + BODY


def save_topics(folder: Path) -> None:
    """The ten entries of ``TOPICS``."""
    for name, (title, one, other) in TOPICS.items():
        more = (f"how do we begin with {title}", f"{title}, who is responsible", f"{title} checklist: {one}")
        save(folder, entry_text(name, title, (one, other, *more)), name, "topics")
