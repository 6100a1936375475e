"""Score every document of a corpus against a question, by words and by runs of characters."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.spelling import Speller
from knowledge.vectors import Cosines, Floats, Okapi
from knowledge.words import Numbers, Words, normalise, question_words, runs, stems

PIECE_WORDS = 60
"""How many words of a long text are compared at once; the measured reference cuts the same way."""


@dataclass(frozen=True)
class Document:
    """Something that can be found.

    Args:
        id: unique in its corpus; ties are broken by it.
        title: may be empty.
        texts: longer texts, cut into pieces of ``PIECE_WORDS`` words.
        questions: what people ask when they want this document.
    """

    id: str
    title: str
    texts: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scores:
    """How well each document fits a question; both from 0 to about 1, shape (documents,).

    Args:
        fused: the mean of the four ways of comparing.
        nearest: the cosine of the document's nearest question, or 0 where it has none.
    """

    fused: Floats
    nearest: Floats


@dataclass(frozen=True)
class _Unit:
    """One piece of a document that is compared on its own."""

    document: int
    words: Words
    asked: bool


class Corpus:
    """The documents in memory, ready to be compared. The order of the documents given makes no difference."""

    def __init__(self, documents: Sequence[Document]) -> None:
        ordered = sorted(documents, key=lambda document: document.id)
        self.ids = tuple(document.id for document in ordered)
        units = [unit for number, document in enumerate(ordered) for unit in _units(number, document)]
        self._words = [unit.words for unit in units]
        self._groups = np.array([unit.document for unit in units], np.int64)
        self._starts = np.searchsorted(self._groups, np.arange(len(ordered)))
        self._asked = np.array([unit.asked for unit in units], np.bool_)
        self._terms: dict[str, int] = {}
        self._speller = Speller(self._words)
        rows = [self._learn(words) for words in self._words]
        self._by_word = Cosines(rows, self._groups, len(ordered))
        self._by_run = Cosines([runs(words) for words in self._words], self._groups, len(ordered))
        self._okapi = Okapi([np.concatenate(part) for part in _grouped(rows, self._groups, len(ordered))])

    def questions(self) -> Numbers:
        """The units that are questions with something to say, by number, shape (questions,)."""
        return np.array([unit for unit in np.flatnonzero(self._asked) if stems(self._words[unit])], np.int64)

    def document_of(self, unit: int) -> int:
        """The number of the document that a unit belongs to."""
        return int(self._groups[unit])

    def compare(self, question: str) -> Scores | None:
        """Score a question; None if it has no word that says anything, or if there is nothing to compare it with."""
        words = self._speller.mend(question_words(question))
        return self._scores(words, None) if self.ids and stems(words) else None

    def compare_hidden(self, unit: int) -> Scores:
        """Score a unit's own words as if its document did not hold them."""
        return self._scores(self._words[unit], unit)

    def _scores(self, words: Words, hidden: int | None) -> Scores:
        terms = self._terms_of(words)
        by_word, by_run = self._by_word.of(terms), self._by_run.of(runs(words))
        middles = self._middles(self._by_word, by_word, hidden) + self._middles(self._by_run, by_run, hidden)
        if hidden is not None:
            by_word[hidden] = by_run[hidden] = 0
        best = np.maximum.reduceat(by_run, self._starts)
        okapi = self._okapi.of(terms, None if hidden is None else self.document_of(hidden))
        nearest = np.maximum.reduceat(np.where(self._asked, (by_word + by_run) / 2, 0), self._starts)
        return Scores((middles + best + okapi) / 4, nearest)

    def _middles(self, cosines: Cosines, by_unit: Floats, hidden: int | None) -> Floats:
        """The cosine with the middle of each document's units, which follows from the cosines with the units."""
        sums, lengths = np.add.reduceat(by_unit, self._starts), cosines.lengths
        if hidden is not None:
            # For a unit u of the sum S, |S - u|^2 = |S|^2 - 2 S.u + |u|^2, and here S.u is the document's own sum.
            own, length = self.document_of(hidden), by_unit[hidden]
            left = lengths[own] ** 2 - 2 * sums[own] + length
            lengths, sums = lengths.copy(), sums.copy()
            lengths[own], sums[own] = np.sqrt(max(left, 0)), sums[own] - length
        return np.divide(sums, lengths, out=np.zeros_like(sums), where=lengths > 1e-6)

    def _learn(self, words: Words) -> Numbers:
        """The numbers of the stems, giving new ones to new stems."""
        return np.array([self._terms.setdefault(term, len(self._terms)) for term in stems(words)], np.int64)

    def _terms_of(self, words: Words) -> Numbers:
        """The numbers of the stems; each unknown stem gets a number that no unit has."""
        unknown: dict[str, int] = {}
        return np.array(
            [self._terms.get(term, -1 - unknown.setdefault(term, len(unknown))) for term in stems(words)], np.int64
        )


def _units(number: int, document: Document) -> list[_Unit]:
    """The title, each question, and each text cut into pieces."""
    pieces = [piece for text in document.texts for piece in _cut(normalise(text))]
    asked = [_Unit(number, normalise(question), asked=True) for question in document.questions]
    return [_Unit(number, normalise(document.title), asked=False), *asked] + [
        _Unit(number, piece, asked=False) for piece in pieces
    ]


def _cut(words: Words) -> list[Words]:
    """Pieces of ``PIECE_WORDS`` words; the last one may be shorter."""
    return [words[start : start + PIECE_WORDS] for start in range(0, len(words), PIECE_WORDS)]


def _grouped(rows: list[Numbers], groups: Numbers, count: int) -> list[list[Numbers]]:
    """The rows of each group; no group is empty, for each document has at least a title."""
    gathered: list[list[Numbers]] = [[] for _ in range(count)]
    for row, group in zip(rows, groups, strict=True):
        gathered[group].append(row)
    return gathered
