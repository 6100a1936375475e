"""The measures against small cases worked out by hand."""

import numpy as np
import pytest

from knowledge import measures

RELEVANT = np.array([[True, False, False], [False, False, True], [False, False, False], [True, True, False]])


def test_the_first_right_place_counts() -> None:
    assert measures.reciprocal_ranks(RELEVANT) == pytest.approx([1, 1 / 3, 0, 1])


def test_gains_are_a_share_of_the_best_ranking() -> None:
    gains = measures.discounted_gains(RELEVANT, np.array([1, 1, 1, 5]))
    assert gains == pytest.approx([1, 0.5, 0, (1 + 0.63093) / (1 + 0.63093 + 0.5)], abs=1e-4)


def test_separation_counts_pairs_and_half_of_ties() -> None:
    assert measures.separation(np.array([0.9, 0.5]), np.array([0.5, 0.1])) == pytest.approx((2 + 1 + 0.5) / 4)


def test_nine_of_ten_unanswerable_questions_are_refused() -> None:
    unanswerable = np.arange(10) / 10
    sure, right = np.array([0.95, 0.85, 0.75, 0.95]), np.array([True, True, True, False])
    assert measures.accuracy_at_refusal(sure, right, unanswerable, 0.9) == pytest.approx(2 / 4)


def test_95_of_100_answerable_questions_are_let_through() -> None:
    answerable = np.arange(100) / 100
    assert measures.refusal_at_coverage(answerable, np.array([0.01, 0.03, 0.05, 0.5]), 0.95) == pytest.approx(0.5)
