"""Turn a raw score into a probability, learnt from gaps that are made on purpose in the library itself."""

from dataclasses import dataclass

import numpy as np

from knowledge.index import Corpus, Scores
from knowledge.vectors import Floats

MARGIN_WEIGHT, NEAREST_WEIGHT = 0.3, 0.5
"""Measured on four public sets: the ranking needs neither, telling a gap from an answer gains from both."""

FEWEST_QUESTIONS, MOST_QUESTIONS = 40, 400
"""Below the first a fit is noise; above the second it only costs time, so that every n-th question is taken."""

_STEPS = 12
_RIDGE = 1e-4


@dataclass(frozen=True)
class Curve:
    """A logistic curve from a raw score to a probability.

    Args:
        slope: how fast it rises; never negative, so that a better score is never less sure.
        offset: the log odds at a score of 0.
    """

    slope: float
    offset: float

    def at(self, score: float) -> float:
        """The probability, from 0 to 1."""
        return float(_logistic(np.array([score * self.slope + self.offset]))[0])


USUAL = Curve(6.0, -4.0)
"""Where too few questions are known for a fit: the middle of the fits on two public sets of questions."""

WITHOUT_QUESTIONS = Curve(19.5, -5.0)
"""Where no questions are known: the odds that one of the three best is right, fitted on two public control lists."""


def raw_score(scores: Scores, without: int | None = None) -> tuple[float, int]:
    """One number for how well the best document stands alone, and which one it is.

    Args:
        scores: of at least one document.
        without: a document that is treated as if it did not exist.

    Returns:
        The score, from 0 to about 1.8, and the document's number; of equals the first.
    """
    fused = scores.fused
    if without is not None:
        fused = fused.copy()
        fused[without] = 0
    best = int(np.argmax(fused))
    top = float(fused[best])
    second = float(np.delete(fused, best).max(initial=0.0))
    return top + MARGIN_WEIGHT * (top - second) + NEAREST_WEIGHT * float(scores.nearest[best]), best


def calibrate(corpus: Corpus) -> Curve:
    """Learn how sure a score may be, without any question from outside.

    Each known question is asked twice: once as if nobody had written it down, when its document should still be found,
    and once as if its document did not exist, when nothing should be. So the curve says how likely the best document
    is right when half of all questions are about something that the library lacks.
    """
    questions = corpus.questions()
    if len(questions) < FEWEST_QUESTIONS or len(corpus.ids) < 2:
        return USUAL if len(questions) else WITHOUT_QUESTIONS
    step = -(-len(questions) // MOST_QUESTIONS)
    outcomes = [outcome for unit in questions[::step] for outcome in _gaps(corpus, int(unit))]
    return fit(np.array([score for score, _ in outcomes]), np.array([right for _, right in outcomes], np.float64))


def _gaps(corpus: Corpus, unit: int) -> list[tuple[float, bool]]:
    """The raw scores of a question with itself hidden and with its document hidden, and whether each was right."""
    scores, own = corpus.compare_hidden(unit), corpus.document_of(unit)
    score, best = raw_score(scores)
    return [(score, best == own), (raw_score(scores, without=own)[0], False)]


def fit(scores: Floats, right: Floats) -> Curve:
    """Fit Platt's one-dimensional logistic regression by Newton's method.

    With Platt's own targets instead of 0 and 1 (Lin, Lin and Weng, A Note on Platt's Probabilistic Outputs for Support
    Vector Machines, Machine Learning 68, 2007, equation 3) and a small ridge, so that a few clean-cut examples do not
    make it certain.

    Args:
        scores: shape (n,).
        right: 1 where the best document was right, else 0, shape (n,).
    """
    hits = right.sum()
    targets = np.where(right > 0, (hits + 1) / (hits + 2), 1 / (len(right) - hits + 2))
    middle, spread = float(scores.mean()), max(float(scores.std()), 1e-6)
    inputs = np.stack([(scores - middle) / spread, np.ones_like(scores)], axis=1)
    weights = np.zeros(2)
    for _ in range(_STEPS):
        chance = _logistic(inputs @ weights)
        steepness = inputs.T @ (inputs * (chance * (1 - chance))[:, None]) + _RIDGE * len(scores) * np.eye(2)
        weights += np.linalg.solve(steepness, inputs.T @ (targets - chance) - _RIDGE * len(scores) * weights)
    slope = max(float(weights[0]) / spread, 0.0)
    return Curve(slope, float(weights[1]) - slope * middle)


def _logistic(odds: Floats) -> Floats:
    """Log odds as probabilities; beyond 30 nothing changes but the risk of an overflow."""
    return 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
