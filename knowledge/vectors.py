"""Inverted indexes in plain numpy: TF-IDF cosines with the middles of documents, and BM25 of whole documents."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.words import Numbers

Floats: TypeAlias = NDArray[np.float64]

_K1, _B = 1.5, 0.75
"""The usual settings of BM25: Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), section 3.5."""

_SHORTEST = 1e-3
"""A shorter sum of vectors is none at all but for rounding."""


@dataclass(frozen=True)
class Postings:
    """Which rows hold a feature, and how often.

    Args:
        features: the known features, sorted, shape (F,).
        starts: where each feature's rows begin in ``rows``, shape (F + 1,).
        rows: shape (P,), grouped by feature.
        counts: how often the row holds the feature, shape (P,).
        size: how many rows there are.
    """

    features: Numbers
    starts: Numbers
    rows: NDArray[np.int32]
    counts: NDArray[np.float32]
    size: int

    def places(self, wanted: Numbers) -> tuple[Numbers, Numbers]:
        """Where the postings of the wanted features lie, and which of the wanted each one belongs to.

        Args:
            wanted: positions in ``features``, shape (Q,).
        """
        begins = self.starts[wanted]
        lengths = self.starts[wanted + 1] - begins
        owner = np.repeat(np.arange(len(wanted)), lengths)
        offset = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return begins[owner] + offset, owner

    def known(self, features: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
        """The positions of those features that are known, and a mask over ``features`` of which ones these are."""
        place = np.minimum(np.searchsorted(self.features, features), max(len(self.features) - 1, 0))
        mask = self.features[place] == features if len(self.features) else np.zeros(len(features), np.bool_)
        return place[mask], mask

    def rows_per_feature(self) -> Numbers:
        """In how many rows each feature occurs, shape (F,)."""
        return np.diff(self.starts)


def postings(rows: list[Numbers]) -> Postings:
    """Turn each row's features, in any order and with repeats, into postings.

    One stable sort brings equal features together with their rows ascending; it holds a third of the memory that
    ``numpy.unique`` with its inverse takes.
    """
    everything = np.concatenate([np.zeros(0, np.int64), *rows])
    order = np.argsort(everything, kind="stable")
    everything = everything[order]
    owner = np.repeat(np.arange(len(rows), dtype=np.int32), [len(row) for row in rows])[order]
    pairs = _firsts(everything[1:] != everything[:-1], owner[1:] != owner[:-1], size=len(order))
    counts = np.diff(pairs, append=len(order)).astype(np.float32)
    everything, owner = everything[pairs], owner[pairs]
    begins = _firsts(everything[1:] != everything[:-1], size=len(pairs))
    return Postings(everything[begins], np.append(begins, len(pairs)), owner, counts, len(rows))


def _firsts(*changes: NDArray[np.bool_], size: int) -> Numbers:
    """Where a new group begins, given where any of several sorted values differs from the one before."""
    return np.flatnonzero(np.concatenate([np.ones(min(size, 1), np.bool_), np.logical_or.reduce(changes)]))


def _summed(rows: NDArray[np.integer], values: NDArray[np.floating], size: int) -> Floats:
    """The values added up by row, shape (size,). Without any rows numpy's own answer would be of integers."""
    return np.bincount(rows, values, minlength=size).astype(np.float64)


class Middles:
    """The middle of each document's units as TF-IDF vectors (logarithmic counts, smoothed idf), compared by cosine.

    A feature of the question that no unit has counts as the rarest of all: it lengthens the question's vector and so
    lowers every cosine. Without this a question about something else scores as high as one about ours.

    Args:
        rows: each unit's features.
        groups: the document that each unit belongs to, ascending, shape (units,).
        documents: how many documents there are.
    """

    def __init__(self, rows: list[Numbers], groups: Numbers, documents: int) -> None:
        held = postings(rows)
        self._features = held.features
        self._rarity = np.log((1 + len(rows)) / (1 + held.rows_per_feature())) + 1
        self._rarest = float(np.log(1 + len(rows)) + 1)
        feature = np.repeat(np.arange(len(held.features)), held.rows_per_feature())
        document, weights = groups[held.rows], self._weigh(held)
        firsts = _firsts(feature[1:] != feature[:-1], document[1:] != document[:-1], size=len(feature))
        sums = np.add.reduceat(weights, firsts) if len(firsts) else np.zeros(0)
        starts = np.searchsorted(feature[firsts], np.arange(len(held.features) + 1))
        self._sums = Postings(
            held.features, starts, document[firsts].astype(np.int32), sums.astype(np.float32), documents
        )
        self._lengths = np.sqrt(_summed(document[firsts], sums * sums, documents))

    def _weigh(self, held: Postings) -> Floats:
        """The weight of each posting, so that each unit's vector has length 1."""
        weights = (1 + np.log(held.counts)) * np.repeat(self._rarity, held.rows_per_feature())
        lengths = np.sqrt(_summed(held.rows, weights * weights, held.size))
        scaled: Floats = weights / np.maximum(lengths, 1e-9)[held.rows]
        return scaled

    def of(self, features: Numbers, without: int | None = None) -> Floats:
        """The cosine of a question with each document's middle, shape (documents,), from 0 to 1.

        Args:
            features: the question's features, in any order and with repeats.
            without: a document that is scored as if it did not hold the question, which is one of its units.
        """
        different, counts = np.unique(features, return_counts=True)
        wanted, mask = self._sums.known(different)
        strength = 1 + np.log(counts)
        weights = strength[mask] * self._rarity[wanted]
        length = np.sqrt((weights**2).sum() + ((strength[~mask] * self._rarest) ** 2).sum())
        places, owner = self._sums.places(wanted)
        products = self._sums.counts[places] * weights[owner] / max(float(length), 1e-9)
        return shares(_summed(self._sums.rows[places], products, self._sums.size), self._lengths, without)


def shares(products: Floats, lengths: Floats, without: int | None) -> Floats:
    """Products of a vector of length 1 with sums of vectors, as cosines, shape (documents,).

    Args:
        products: with each document's sum, shape (documents,).
        lengths: of the sums, shape (documents,).
        without: a document from whose sum the vector itself is to be taken out. For a sum S and its part u of length 1,
            |S - u|^2 = |S|^2 - 2 S.u + 1, so that nothing needs to be added up again.
    """
    if without is not None:
        products, lengths = products.copy(), lengths.copy()
        left = lengths[without] ** 2 - 2 * products[without] + 1
        products[without], lengths[without] = products[without] - 1, np.sqrt(max(left, 0))
    return np.divide(products, lengths, out=np.zeros_like(products), where=lengths > _SHORTEST)


class Okapi:
    """BM25 of whole documents, as a share of the best that the question could reach.

    Args:
        rows: each document's terms.
    """

    def __init__(self, rows: list[Numbers]) -> None:
        self._postings = postings(rows)
        frequency = self._postings.rows_per_feature()
        self._rarity = np.log1p((len(rows) - frequency + 0.5) / (frequency + 0.5))
        self._rarest = float(np.log1p(len(rows)))
        self._lengths = np.array([len(row) for row in rows], np.float64)
        self._usual = max(float(self._lengths.mean()), 1.0) if rows else 1.0

    def _saturate(self, counts: Floats, lengths: Floats) -> Floats:
        """Counts of a term, damped for repeats and long documents, from 0 to nearly 1."""
        return counts / (counts + _K1 * (1 - _B + _B * lengths / self._usual))

    def of(self, terms: Numbers, without: int | None = None) -> Floats:
        """The score of each document, shape (documents,), from 0 to 1.

        Args:
            terms: the question's terms; a repeat counts once.
            without: a document that is scored as if the question's own terms were not in it.
        """
        held = self._postings
        different, own = np.unique(terms, return_counts=True)
        wanted, mask = held.known(different)
        best = float(self._rarity[wanted].sum() + self._rarest * np.count_nonzero(~mask))
        places, owner = held.places(wanted)
        rows, counts = held.rows[places], held.counts[places].astype(np.float64)
        lengths = self._lengths[rows]
        if without is not None:
            counts -= np.where(rows == without, own[mask][owner], 0)
            lengths = lengths - np.where(rows == without, len(terms), 0)
        gains = self._rarity[wanted][owner] * self._saturate(counts, lengths)
        return _summed(rows, gains, held.size) / max(best, 1e-9)
