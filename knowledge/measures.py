"""How good rankings and confidences are, as plain functions over arrays."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.vectors import Floats

Truths: TypeAlias = NDArray[np.bool_]


def reciprocal_ranks(relevant: Truths) -> Floats:
    """One divided by the place of the first right entry, or 0 where there is none.

    Args:
        relevant: whether each place of each ranking is right, shape (questions, places).
    """
    return np.where(relevant.any(axis=1), 1 / (1 + relevant.argmax(axis=1)), 0.0)


def discounted_gains(relevant: Truths, wanted: NDArray[np.int64]) -> Floats:
    """NDCG with gains of 0 and 1 (Järvelin and Kekäläinen, ACM TOIS 20(4), 2002), shape (questions,).

    Args:
        relevant: shape (questions, places).
        wanted: how many entries are right for each question, at least 1, shape (questions,).
    """
    discounts = 1 / np.log2(np.arange(relevant.shape[1]) + 2)
    best = np.cumsum(discounts)[np.minimum(wanted, relevant.shape[1]) - 1]
    gains: Floats = (relevant * discounts).sum(axis=1) / best
    return gains


def separation(answerable: Floats, unanswerable: Floats) -> float:
    """The area under the ROC curve: how often an answerable question has the higher confidence; a tie counts half."""
    higher = (answerable[:, None] > unanswerable).mean()
    return float(higher + (answerable[:, None] == unanswerable).mean() / 2)


def accuracy_at_refusal(answerable: Floats, right: Truths, unanswerable: Floats, refused: float) -> float:
    """The share of answerable questions that are answered, and rightly, at a threshold that refuses enough.

    Args:
        right: whether the first entry is right, shape like ``answerable``.
        refused: the share of unanswerable questions that must lie at or below the threshold.
    """
    threshold = np.quantile(unanswerable, refused, method="inverted_cdf")
    return float((right & (answerable > threshold)).mean())


def refusal_at_coverage(answerable: Floats, unanswerable: Floats, covered: float) -> float:
    """The share of unanswerable questions below a threshold that lets so many of the answerable ones through."""
    threshold = np.quantile(answerable, 1 - covered, method="inverted_cdf")
    return float((unanswerable < threshold).mean())
