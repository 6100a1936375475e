"""Score every document of a corpus against a question, by its words and by its meaning."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.cache import embed_all
from knowledge.space import Asked, Embedder, Space
from knowledge.spelling import Speller
from knowledge.vectors import Floats, Middles, Okapi
from knowledge.words import Numbers, Stems, Words, normalise, question_words

PIECE_WORDS = 60
"""How many words of a long text are compared at once; the measured reference cuts the same way."""

LOOKED_AT = 64
"""How many of the documents that come nearest as a whole are compared unit by unit."""


@dataclass(frozen=True)
class Document:
    """Something that can be found.

    Args:
        id: unique in its corpus; ties are broken by it.
        title: may be empty.
        texts: longer texts, cut into pieces of ``PIECE_WORDS`` words.
        questions: what people ask when they want this document.
        marks: what a person may prefer: roles, stages, a kind.
    """

    id: str
    title: str
    texts: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Scores:
    """How well each document fits a question; both from 0 to about 1, shape (documents,).

    Args:
        fused: the weighted mean of the ways of comparing.
        nearest: the cosine of the document's nearest question, or of its nearest piece where it has none; 0 where it
            was not looked at.
    """

    fused: Floats
    nearest: Floats


@dataclass(frozen=True)
class _Unit:
    """One piece of a document that is compared on its own."""

    document: int
    text: str
    words: Words
    asked: bool


class Corpus:
    """The documents in memory, ready to be compared. The order of the documents given makes no difference.

    Args:
        embedder: turns texts into vectors.
        cache: a folder for the vectors of the documents' texts, or None.
    """

    def __init__(self, documents: Sequence[Document], embedder: Embedder, cache: Path | None = None) -> None:
        ordered = sorted(documents, key=lambda document: document.id)
        self.ids = tuple(document.id for document in ordered)
        self._embedder = embedder
        units = [unit for number, document in enumerate(ordered) for unit in _units(number, document)]
        self._groups = np.array([unit.document for unit in units], np.int64)
        starts = np.searchsorted(self._groups, np.arange(len(ordered)))
        self._asked = np.array([unit.asked for unit in units], np.bool_)
        self._stems = Stems(word for unit in units for word in unit.words)
        self._speller = Speller((unit.words for unit in units), self._stems)
        self._terms: dict[str, int] = {}
        rows = [self._learn(unit.words) for unit in units]
        self._words = Middles(rows, self._groups, len(ordered))
        self._okapi = Okapi([np.concatenate(part) for part in _grouped(rows, self._groups, len(ordered))])
        self._questions = {place: rows[place] for place in map(int, np.flatnonzero(self._asked)) if len(rows[place])}
        vectors = embed_all(embedder, [unit.text for unit in units], cache)
        self._space = Space(vectors, self._groups, starts, self._telling()) if units else None

    def _telling(self) -> NDArray[np.bool_]:
        """The units by which a question's nearness is told: questions, or all of a document that has none."""
        with_questions = np.unique(self._groups[self._asked])
        return self._asked | ~np.isin(self._groups, with_questions)

    def questions(self) -> Numbers:
        """The units that are questions with something to say, by number, shape (questions,)."""
        return np.array(list(self._questions), np.int64)

    def document_of(self, unit: int) -> int:
        """The number of the document that a unit belongs to."""
        return int(self._groups[unit])

    def compare(self, question: str) -> Scores | None:
        """Score a question; None if it has no word that says anything, or if there is nothing to compare it with."""
        words = self._speller.mend(question_words(question))
        terms = self._terms_of(words)
        if self._space is None or not len(terms):
            return None
        return self._scores(terms, self._space.ask(self._embedder.embed([" ".join(words)])[0]), None)

    def compare_hidden(self, unit: int) -> Scores:
        """Score a unit's own words as if its document did not hold them."""
        assert self._space is not None, "a corpus with a unit has a space"  # noqa: S101
        return self._scores(self._questions[unit], self._space.of_unit(unit), unit)

    def _scores(self, terms: Numbers, asked: Asked, hidden: int | None) -> Scores:
        own = None if hidden is None else self.document_of(hidden)
        by_words = (self._words.of(terms, own) + self._okapi.of(terms, own)) / 2
        middles = asked.middles(own)
        near = np.sort(np.argsort(-(by_words + self._embedder.weight * middles), kind="stable")[:LOOKED_AT])
        best, nearest = np.zeros_like(middles), np.zeros_like(middles)
        best[near], nearest[near] = asked.closest(near, hidden)
        fused = (by_words + self._embedder.weight * (middles + best) / 2) / (1 + self._embedder.weight)
        # Rounded, for equal documents may differ in the last bit by where they lie in memory.
        return Scores(np.maximum(np.round(fused, 6), 0), np.maximum(np.round(nearest, 6), 0))

    def _learn(self, words: Words) -> Numbers:
        """The numbers of the stems, giving new ones to new stems."""
        return np.array([self._terms.setdefault(term, len(self._terms)) for term in self._stems.of(words)], np.int64)

    def _terms_of(self, words: Words) -> Numbers:
        """The numbers of the stems; each unknown stem gets a number that no unit has."""
        unknown: dict[str, int] = {}
        return np.array(
            [self._terms.get(term, -1 - unknown.setdefault(term, len(unknown))) for term in self._stems.of(words)],
            np.int64,
        )


def _units(number: int, document: Document) -> list[_Unit]:
    """The title, each question, and each text cut into pieces."""
    pieces = [piece for text in document.texts for piece in _cut(text)]
    return [
        _unit(number, document.title, asked=False),
        *(_unit(number, question, asked=True) for question in document.questions),
        *(_unit(number, piece, asked=False) for piece in pieces),
    ]


def _unit(number: int, text: str, *, asked: bool) -> _Unit:
    # One string for each word of the library, however often it stands there.
    return _Unit(number, text, tuple(map(sys.intern, normalise(text))), asked)


def _cut(text: str) -> list[str]:
    """Pieces of ``PIECE_WORDS`` words; the last one may be shorter."""
    words = text.split()
    return [" ".join(words[start : start + PIECE_WORDS]) for start in range(0, len(words), PIECE_WORDS)]


def _grouped(rows: list[Numbers], groups: Numbers, count: int) -> list[list[Numbers]]:
    """The rows of each group; no group is empty, for each document has at least a title."""
    gathered: list[list[Numbers]] = [[] for _ in range(count)]
    for row, group in zip(rows, groups, strict=True):
        gathered[group].append(row)
    return gathered
