"""Find the entry that answers a question, or say that none does."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge import static
from knowledge.calibrate import MOST_CHOICES, calibrate, raw_score
from knowledge.entry import Entry
from knowledge.index import Corpus, Document, Scores
from knowledge.library import Library
from knowledge.space import Embedder
from knowledge.vectors import Floats
from knowledge.words import question_words

Outcome: TypeAlias = Literal["answer", "choose", "refuse"]

RIGHT = 0.8
"""The operating point: of the questions answered outright this share gets the right entry, where one question in three
is about something that the library lacks, half of these only just."""

CHOOSE_AT = 0.5
"""Three entries are offered where it is as likely as not that one of them is right."""

CLOSE_AT = 0.9
"""A second entry with this share of the first one's score keeps it from standing alone, however sure the topic."""

PREFERRED = 0.03
"""What a mark that suits the asker adds to a score: it decides between entries that fit alike, and no more."""

MOST_NEAREST = 2
MOST_RANKED = 10

_KIND = re.compile(
    r"(?:(?:what|which|is|are|there|give|show|me|us|tell|find|a|an|any|some|another|the|good) )*"
    r"(?:(?P<lever>levers?)|(?P<scenario>scenarios?|incident stor(?:y|ies))|(?P<role_play>role ?plays?)"
    r"|(?P<template>templates?)|(?P<micro_moment>(?:small|tiny) steps?|micro ?moments?))"
    r"(?: (?:can|could|do|does|might|would|we|i|is|are|helps?|use|try|for|about|when|where|on|of|to|with|against))*"
    r"(?: (?P<rest>.+))?"
)
"""A question that begins by naming the kind of entry it wants: "which levers help when ...", "scenario for ..."."""


@dataclass(frozen=True)
class Match:
    """An entry that has something to do with the question.

    Args:
        score: comparable within one question only; above 0.
    """

    entry_id: str
    score: float


@dataclass(frozen=True)
class Found:
    """What a search ends in.

    Args:
        outcome: "answer": the first of ``ranked`` stands alone; "choose": let the person choose among ``choices``;
            "refuse": the library does not know, and ``nearest`` are topics that may still help.
        ranked: the best entries, best first, at most ten.
        confidence: how likely the first one is right, from 0 to 1.
    """

    outcome: Outcome
    ranked: tuple[Match, ...]
    confidence: float

    @property
    def choices(self) -> tuple[Match, ...]:
        """At most three to choose among; the first if it stands alone, none if the library does not know."""
        return self.ranked[: {"answer": 1, "choose": MOST_CHOICES, "refuse": 0}[self.outcome]]

    @property
    def nearest(self) -> tuple[Match, ...]:
        """The two nearest entries, to be named as topics; fewer, or none, if nothing comes near."""
        return self.ranked[:MOST_NEAREST]


NOTHING = Found("refuse", (), 0.0)


class Index:
    """A corpus that can be asked. Built once per library; the same library always gives the same answers.

    Args:
        source: a library, of which the answerable entries are indexed, or documents of any other kind.
        embedder: turns texts into vectors; the static table that we ship unless another is given.
        right: the share of outright answers that are to be right; see ``RIGHT``.
        cache: a folder where the vectors of the library's own texts are kept between starts.
    """

    def __init__(
        self,
        source: Library | Iterable[Document],
        embedder: Embedder | None = None,
        right: float = RIGHT,
        cache: Path | None = None,
    ) -> None:
        documents = documents_of(source) if isinstance(source, Library) else tuple(source)
        self._corpus = Corpus(documents, embedder or static.table(), cache)
        self.calibration = calibrate(self._corpus)
        self.answer_at = self.calibration.confidence_for(right)
        self._asked_for = {document.id for document in documents if document.questions}
        self._place = {name: place for place, name in enumerate(self._corpus.ids)}
        self._marked: dict[str, list[int]] = {}
        for document in documents:
            for mark in document.marks:
                self._marked.setdefault(mark, []).append(self._place[document.id])

    def find(self, question: str, prefer: frozenset[str] = frozenset(), near: frozenset[str] = frozenset()) -> Found:
        """Find what answers a question.

        Args:
            question: any text; only its first 2,000 characters count. Nothing is stored.
            prefer: marks that suit the asker, such as a role and a stage; they decide between entries that fit alike.
            near: ids of entries that the talk was about before; they too only decide between entries that fit alike.

        Returns:
            Always an outcome, for empty text and for text in another script too.
        """
        kind, subject = _asked_kind(question)
        wanted = self._of_kind(kind)
        scores = self._corpus.compare(subject if wanted.any() else question)
        if scores is None or not scores.fused.any():
            return NOTHING
        fused = scores.fused + self._bonus(prefer, near) * (scores.fused > 0)
        scores = replace(scores, fused=np.where(wanted, fused, 0) if wanted.any() else fused)
        score, _ = raw_score(scores)
        ranked, confidence = self._ranked(scores), self.calibration.first.at(score)
        # Whoever asks for a kind wants to be shown some of it, and sees what each is about.
        among = 1.0 if wanted.any() and ranked else self.calibration.among.at(score)
        return Found(self._outcome(ranked, confidence, among), ranked, confidence)

    def _of_kind(self, kind: str | None) -> NDArray[np.bool_]:
        """Which documents are of the kind that was asked for, shape (documents,); none where no kind was."""
        wanted = np.zeros(len(self._corpus.ids), np.bool_)
        wanted[self._marked.get(kind, []) if kind else []] = True
        return wanted

    def _bonus(self, prefer: frozenset[str], near: frozenset[str]) -> Floats:
        """What is added to each document's score for suiting the asker, shape (documents,)."""
        bonus = np.zeros(len(self._corpus.ids))
        for mark in prefer & self._marked.keys():
            bonus[self._marked[mark]] += PREFERRED
        for name in near & self._place.keys():
            bonus[self._place[name]] += PREFERRED
        return bonus

    def _ranked(self, scores: Scores) -> tuple[Match, ...]:
        """The ten best with any likeness at all; the corpus is in order of id, so a stable sort breaks ties by it."""
        order = np.argsort(-scores.fused, kind="stable")[:MOST_RANKED]
        return tuple(Match(self._corpus.ids[row], float(scores.fused[row])) for row in order if scores.fused[row] > 0)

    def _outcome(self, ranked: tuple[Match, ...], confidence: float, among: float) -> Outcome:
        """A document that nobody's questions are known for never stands alone: measured, most of those were wrong."""
        clear = len(ranked) == 1 or ranked[1].score < CLOSE_AT * ranked[0].score
        if clear and confidence >= self.answer_at and ranked[0].entry_id in self._asked_for:
            return "answer"
        return "choose" if among >= CHOOSE_AT else "refuse"


def _asked_kind(question: str) -> tuple[str | None, str]:
    """The kind of entry that a question begins with, and the rest of it; None and the whole where it names none."""
    found = _KIND.fullmatch(" ".join(question_words(question)))
    if found is None or not found["rest"]:
        return None, question
    kind = next(name for name in ("lever", "scenario", "role_play", "template", "micro_moment") if found[name])
    return kind.replace("_", "-"), found["rest"]


def documents_of(library: Library) -> tuple[Document, ...]:
    """The library's answerable entries as the search wants them."""
    return tuple(
        Document(
            entry.id, entry.title, _texts(entry), entry.phrasings, frozenset((*entry.roles, *entry.stages, entry.kind))
        )
        for entry in library.answerable.values()
    )


def _texts(entry: Entry) -> tuple[str, ...]:
    """Everything that tells what an entry is about, but not ``not_for``: that names what it is not about.

    Measured on our own entries with each phrasing hidden in turn: short text and body find 47 %, all of these 52 %.
    """
    steps = (step.text for step in entry.next_steps)
    around = (*steps, entry.escalate_when, *(f"{each.between} {each.bears}" for each in entry.tensions))
    sources = " ".join(source.title for source in entry.sources)
    return entry.short, entry.body, " ".join(around), sources, " ".join(entry.values)
