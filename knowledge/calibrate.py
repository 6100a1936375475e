"""Turn a raw score into probabilities, learnt from questions and gaps that the library itself is made to have."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.index import Corpus, Scores
from knowledge.vectors import Floats

MARGIN_WEIGHT, NEAREST_WEIGHT = 1.0, 1.0
"""Measured on four public sets and our own library: ranking needs neither, telling a gap gains from both."""

FEWEST_QUESTIONS, MOST_QUESTIONS = 40, 400
"""Below the first a fit is noise; above the second it only costs time, so that every n-th question is taken."""

GAPS = 0.25
"""For each question that the library can answer, so many are taken to come about something that it only just lacks, and
as many about nothing in it at all: one question in three has no answer."""

MOST_CHOICES = 3

_EVERYDAY = Path(__file__).with_name("background.txt")
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


class Outcome(NamedTuple):
    """One simulated question.

    Args:
        score: the raw score of the best document.
        first: whether that one is right.
        among: whether one of the three best is.
        weight: how many questions it stands for.
    """

    score: float
    first: bool
    among: bool
    weight: float


@dataclass(frozen=True)
class Calibration:
    """How sure scores may be, and what that rests on.

    Args:
        first: from a raw score to the probability that the best document is right.
        among: from a raw score to the probability that one of the three best is right.
        outcomes: the simulated questions; none where too few questions are known.
    """

    first: Curve
    among: Curve
    outcomes: tuple[Outcome, ...] = ()

    def confidence_for(self, wanted: float) -> float:
        """The least confidence from which on the share ``wanted`` of the outright answers is right.

        Counted on the simulated questions, with the curve's chances in place of the bare hits. Never below one half:
        an answer that is likelier wrong than right is none, however good the others are. Above 1, so that nothing is
        ever answered outright, where no confidence gives it.
        """
        if not self.outcomes:
            return USUAL_CONFIDENCE
        chances = np.array([self.first.at(outcome.score) for outcome in self.outcomes])
        weights = np.array([outcome.weight for outcome in self.outcomes])
        order = np.argsort(-chances, kind="stable")
        so_far = np.cumsum((chances * weights)[order]) / np.cumsum(weights[order])
        enough = np.flatnonzero(so_far >= wanted)
        return max(float(chances[order][enough[-1]]), LEAST_CONFIDENCE) if len(enough) else NEVER

    def measured(self, confidence: float) -> tuple[float, float]:
        """What that confidence does to the simulated questions.

        Returns:
            The share of the outright answers that is right, and the share of answerable questions so answered.
        """
        answered = [outcome for outcome in self.outcomes if self.first.at(outcome.score) >= confidence]
        right = sum(outcome.weight for outcome in answered if outcome.first)
        answerable = sum(outcome.weight for outcome in self.outcomes) / (1 + 2 * GAPS)
        return right / max(sum(outcome.weight for outcome in answered), 1e-9), right / max(answerable, 1e-9)


USUAL = Calibration(Curve(6.0, -6.5), Curve(6.0, -5.0))
"""Where too few questions are known for a fit: the middle of the fits on two public sets of questions."""

WITHOUT_QUESTIONS = Calibration(Curve(7.0, -8.0), Curve(9.0, -7.5))
"""Where no questions are known: fitted on two public control lists."""

LEAST_CONFIDENCE, USUAL_CONFIDENCE, NEVER = 0.5, 0.8, 2.0
"""Below which nothing is answered outright; from which on where nothing could be learnt; and what none reaches."""


def raw_score(scores: Scores, without: int | None = None) -> tuple[float, NDArray[np.int64]]:
    """One number for how well the best document stands alone, and which three are the best.

    Args:
        scores: of at least one document.
        without: a document that is treated as if it did not exist.

    Returns:
        The score, from 0 to about 3, and the documents' numbers, best first; of equals the first.
    """
    fused = scores.fused
    if without is not None:
        fused = fused.copy()
        fused[without] = -1
    best = np.argsort(-fused, kind="stable")[:MOST_CHOICES]
    top, second = float(fused[best[0]]), float(fused[best[1]]) if len(best) > 1 else 0.0
    margin = MARGIN_WEIGHT * (max(top, 0) - max(second, 0))
    return max(top, 0) + margin + NEAREST_WEIGHT * float(scores.nearest[best[0]]), best


def calibrate(corpus: Corpus) -> Calibration:
    """Learn how sure a score may be, without anybody's questions.

    Each known question is asked twice: once as if nobody had written it down, when its document should still be found,
    and once as if its document did not exist, when nothing should be. Everyday sentences are asked as well.
    """
    questions = corpus.questions()
    if len(questions) < FEWEST_QUESTIONS or len(corpus.ids) < 2:
        return USUAL if len(questions) else WITHOUT_QUESTIONS
    chosen = questions[:: -(-len(questions) // MOST_QUESTIONS)]
    outcomes = [outcome for unit in chosen for outcome in _gaps(corpus, int(unit))]
    outcomes += _everyday(corpus, len(chosen) * GAPS)
    scores, weights = (np.array([getattr(outcome, name) for outcome in outcomes]) for name in ("score", "weight"))
    first, among = (np.array([getattr(outcome, name) for outcome in outcomes], float) for name in ("first", "among"))
    return Calibration(fit(scores, first, weights), fit(scores, among, weights), tuple(outcomes))


def _gaps(corpus: Corpus, unit: int) -> list[Outcome]:
    """A question with itself hidden, and with its document hidden."""
    scores, own = corpus.compare_hidden(unit), corpus.document_of(unit)
    found, best = raw_score(scores)
    lost, _ = raw_score(scores, without=own)
    return [Outcome(found, bool(best[0] == own), own in best, 1.0), Outcome(lost, False, False, GAPS)]


def _everyday(corpus: Corpus, weight: float) -> list[Outcome]:
    """Everyday sentences, all together of that weight."""
    lines = [line for line in _EVERYDAY.read_text("utf-8").splitlines() if not line.startswith("#")]
    found = [scores for line in lines if (scores := corpus.compare(line)) is not None]
    return [Outcome(raw_score(scores)[0], False, False, weight / len(found)) for scores in found]


def fit(scores: Floats, right: Floats, weights: Floats) -> Curve:
    """Fit Platt's one-dimensional logistic regression by Newton's method.

    With Platt's own targets instead of 0 and 1 (Lin, Lin and Weng, A Note on Platt's Probabilistic Outputs for Support
    Vector Machines, Machine Learning 68, 2007, equation 3) and a small ridge, so that a few clean-cut examples do not
    make it certain.

    Args:
        scores: shape (n,).
        right: 1 where it is right, else 0, shape (n,).
        weights: how many each stands for, shape (n,).
    """
    hits, everything = float(right @ weights), float(weights.sum())
    targets = np.where(right > 0, (hits + 1) / (hits + 2), 1 / (everything - hits + 2))
    middle, spread = float(scores.mean()), max(float(scores.std()), 1e-6)
    inputs = np.stack([(scores - middle) / spread, np.ones_like(scores)], axis=1)
    found = np.zeros(2)
    for _ in range(_STEPS):
        chance = _logistic(inputs @ found)
        steepness = inputs.T @ (inputs * (weights * chance * (1 - chance))[:, None]) + _RIDGE * everything * np.eye(2)
        gradient = inputs.T @ (weights * (targets - chance)) - _RIDGE * everything * found
        found += np.linalg.solve(steepness, gradient)
    slope = max(float(found[0]) / spread, 0.0)
    return Curve(slope, float(found[1]) - slope * middle)


def _logistic(odds: Floats) -> Floats:
    """Log odds as probabilities; beyond 30 nothing changes but the risk of an overflow."""
    return 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
