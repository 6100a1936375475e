"""A small library of the tests' own, and a search that needs no table: the room is tested, not what we ship."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.questions.shelf import Shelf, Source
from knowledge.eight_bits import Vectors
from knowledge.words import Stems, question_words

FRONT = """\
---
id: {name}
kind: {kind}
title: {title}
phrasings:
{phrasings}
not_for: Anything else than {title}.
values: [fairness]
roles: [everyone]
stages: [evaluate]
short: The short words on {title}.
next_steps:
  - who: [everyone]
    text: Anybody may begin with {title}.
    minutes: 5
  - who: [makers]
    text: Makers measure {title}.
    minutes: 15
  - who: [deciders]
    text: Deciders decide on {title}.
    minutes: 10
  - who: [designer]
    text: Designers draw {title}.
    minutes: 10
  - who: [legal]
    text: Lawyers read {title}.
    minutes: 10
  - who: [advisers]
    text: Advisers ask about {title}.
    minutes: 10
escalate_when: Nobody owns {title}.
tensions:
  - between: {title} and speed
    bears: The team bears the first, users the other.
{link}sources:
  - title: A book on {title}
    locator: Chapter 1
    url: https://example.org/{name}
as_of: 2026-11-22
state: not validated
language: en
{more}---
"""

BODY = (
    "## Steps\n\n"
    + "One does what there is to be done, and writes it down for the others. " * 7
    + "\n\n## Done when\n\nDone."
)

TOPICS = {
    "appeals": ("Letting people appeal", "how can customers contest a decision", "appeal an automated rejection"),
    "carbon": ("Carbon footprint of training", "energy used by gpu training", "carbon emissions of our cluster"),
    "drift": ("Watching for drift", "accuracy falls after months in production", "monitor distribution drift"),
    "consent": ("Consent of speakers", "voice recordings and consent forms", "may we record callers for speech"),
    "licences": ("Licences of scraped text", "copyright of scraped articles", "licence for web crawled text"),
    "shutdown": ("Retiring a system", "switch off an old recommender", "what to archive when retiring"),
    "wages": ("Paying annotators", "wages of crowd workers", "annotators see violent pictures"),
    "injection": ("Prompt injection", "hidden instructions in web pages", "stop jailbreak attacks on the chatbot"),
    "minimise": ("Collect less personal data", "how much personal data may we keep", "delete birthdays"),
    "cards": ("Writing a model card", "model card template sections", "document a model for its users"),
}
"""Ten unlike entries: title and two phrasings each; ``text_of`` makes three more of each title."""


class WordTable:
    """An embedder of words alone: each stem has its own fixed direction, and a text is the sum of its stems."""

    name = "words of the tests"
    weight = 1.5

    def embed(self, texts: Sequence[str]) -> Vectors:
        stems, vectors = Stems(()), np.zeros((len(texts), 96), np.float32)
        for row, text in enumerate(texts):
            for stem in stems.of(question_words(text)):
                seed = int.from_bytes(hashlib.sha256(stem.encode()).digest()[:8])
                vectors[row] += np.random.default_rng(seed).standard_normal(96).astype(np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors /= np.where(lengths > 0, lengths, 1)
        return vectors


def text_of(name: str, title: str, *asked: str, kind: str = "practice", link: str = "", more: str = "") -> str:
    """A whole file."""
    made = (f"how do we begin with {title}", f"{title}, who is responsible", f"{title} checklist: {asked[0]}")
    phrasings = "\n".join(f'  - "{each}"' for each in (*asked, *made))
    linked = f"    entry: {link}\n" if link else ""
    return FRONT.format(name=name, kind=kind, title=title, phrasings=phrasings, link=linked, more=more) + BODY + "\n"


def save(folder: Path, name: str, text: str) -> Path:
    """Write an entry where a library looks for it."""
    path = folder / "topics" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def save_all(folder: Path) -> Path:
    """The ten entries; the first one's tension leads to the second."""
    for name, (title, *asked) in TOPICS.items():
        save(folder, name, text_of(name, title, *asked, link="carbon" if name == "appeals" else ""))
    return folder


def small_shelf(folder: Path, right: float = 0.9) -> Shelf:
    """A shelf with what is in a folder, and with nothing else; with ``right`` near 1 it lets people choose."""
    return Shelf.read(Source((folder,), WordTable(), right))
