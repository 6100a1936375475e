"""Find the entry that answers a question, or say that none does."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from knowledge.calibrate import calibrate, raw_score
from knowledge.entry import Entry
from knowledge.index import Corpus, Document, Scores
from knowledge.library import Library

Outcome: TypeAlias = Literal["answer", "choose", "refuse"]

ANSWER_AT = 0.4
"""From here on the best entry is shown alone. By the calibration it is then right in two of five cases if every second
question is about something that the library only just lacks. On two public sets of questions (banking77, HINT3
sofmattress) 88 and 96 % of the answers to answerable questions were right; of the others 20 and 2 % got an answer."""

CHOOSE_AT = 0.22
"""From here on up to three entries are offered. Below, one of them is right too seldom to be worth the reading, and
four of five everyday sentences lie there."""

CLOSE_AT = 0.9
"""A second entry with this share of the first one's score keeps the first from standing alone: in two public sets,
half of the answers with so close a second were wrong."""

MOST_CHOICES = 3
MOST_NEAREST = 2
MOST_RANKED = 10


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
        answer_at: the confidence from which the best entry is shown alone.
        choose_at: the confidence from which entries are offered to choose among.
    """

    def __init__(
        self, source: Library | Iterable[Document], answer_at: float = ANSWER_AT, choose_at: float = CHOOSE_AT
    ) -> None:
        documents = documents_of(source) if isinstance(source, Library) else tuple(source)
        self._answer_at, self._choose_at = answer_at, choose_at
        self._corpus = Corpus(documents)
        self._curve = calibrate(self._corpus)
        self._asked_for = {document.id for document in documents if document.questions}

    def find(self, question: str) -> Found:
        """Find what answers a question.

        Args:
            question: any text; only its first 2,000 characters count. Nothing is stored.

        Returns:
            Always an outcome, for empty text and for text in another script too.
        """
        scores = self._corpus.compare(question)
        if scores is None or not scores.fused.any():
            return NOTHING
        score, _ = raw_score(scores)
        ranked, confidence = self._ranked(scores), self._curve.at(score)
        return Found(self._outcome(ranked, confidence), ranked, confidence)

    def _ranked(self, scores: Scores) -> tuple[Match, ...]:
        """The ten best with any likeness at all; the corpus is in order of id, so a stable sort breaks ties by it."""
        order = np.argsort(-scores.fused, kind="stable")[:MOST_RANKED]
        return tuple(Match(self._corpus.ids[row], float(scores.fused[row])) for row in order if scores.fused[row] > 0)

    def _outcome(self, ranked: tuple[Match, ...], confidence: float) -> Outcome:
        """A document that nobody's questions are known for never stands alone: measured, most of those were wrong."""
        clear = len(ranked) == 1 or ranked[1].score < CLOSE_AT * ranked[0].score
        if clear and confidence >= self._answer_at and ranked[0].entry_id in self._asked_for:
            return "answer"
        return "choose" if confidence >= self._choose_at else "refuse"


def documents_of(library: Library) -> tuple[Document, ...]:
    """The library's answerable entries as the search wants them."""
    return tuple(
        Document(entry.id, entry.title, _texts(entry), entry.phrasings) for entry in library.answerable.values()
    )


def _texts(entry: Entry) -> tuple[str, ...]:
    """Everything that tells what an entry is about, but not ``not_for``: that names what it is not about.

    Measured on our own entries with each phrasing hidden in turn: short text and body find 47 %, all of these 52 %.
    """
    around = (entry.next_step.text, entry.escalate_when, entry.tension.between, entry.tension.bears)
    sources = " ".join(source.title for source in entry.sources)
    return entry.short, entry.body, " ".join(around), sources, " ".join(entry.values)
