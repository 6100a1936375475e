"""Inverted indexes against the same sums written out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.vectors import Cosines, Okapi, postings
from knowledge.words import Numbers


def numbers(*values: int) -> Numbers:
    return np.array(values, np.int64)


ROWS = st.lists(st.lists(st.integers(0, 9), max_size=8), min_size=1, max_size=6)


@given(ROWS)
def test_postings_hold_every_feature_of_every_row(rows: list[list[int]]) -> None:
    held = postings([numbers(*row) for row in rows])
    found = {
        (int(held.features[feature]), int(held.rows[place])): int(held.counts[place])
        for feature in range(len(held.features))
        for place in range(held.starts[feature], held.starts[feature + 1])
    }
    assert found == {(value, row): values.count(value) for row, values in enumerate(rows) for value in values}


@given(ROWS, st.lists(st.integers(0, 12), max_size=8))
def test_a_cosine_is_what_dense_vectors_give(rows: list[list[int]], question: list[int]) -> None:
    size = 13
    counts = np.array([[row.count(value) for value in range(size)] for row in rows], float)
    rarity = np.log((1 + len(rows)) / (1 + (counts > 0).sum(axis=0))) + 1
    asked = np.array([question.count(value) for value in range(size)], float)
    vectors = np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0) * rarity
    vector = np.where(asked > 0, 1 + np.log(np.maximum(asked, 1)), 0) * rarity
    lengths = np.linalg.norm(vectors, axis=1) * np.linalg.norm(vector)
    expected = np.divide(vectors @ vector, lengths, out=np.zeros(len(rows)), where=lengths > 0)
    cosines = Cosines([numbers(*row) for row in rows], np.arange(len(rows)), len(rows))
    assert cosines.of(numbers(*question)) == pytest.approx(expected, abs=1e-5)
    assert cosines.lengths == pytest.approx(np.array([float(bool(row)) for row in rows]), abs=1e-5)


def test_the_length_of_a_sum_grows_with_likeness() -> None:
    cosines = Cosines([numbers(1, 2), numbers(1, 2), numbers(3), numbers(4)], numbers(0, 0, 1, 1), 2)
    assert cosines.lengths == pytest.approx([2, np.sqrt(2)], abs=1e-6)


def test_a_word_that_nobody_knows_lowers_every_cosine() -> None:
    cosines = Cosines([numbers(1), numbers(2)], numbers(0, 1), 2)
    assert cosines.of(numbers(1, 99))[0] < cosines.of(numbers(1))[0] == pytest.approx(1)


def test_bm25_is_a_share_of_the_best_and_prefers_rare_terms_and_short_documents() -> None:
    okapi = Okapi([numbers(1, 2), numbers(1, 3), numbers(1, 3, 4, 5, 6, 7)])
    common, rare = okapi.of(numbers(1)), okapi.of(numbers(2))
    assert common[0] == common[1] > common[2] > 0
    assert rare.argmax() == 0
    assert rare[1] == rare[2] == 0
    both = okapi.of(numbers(2, 99))
    assert 0 < both[0] < rare[0] < 1


def test_bm25_can_leave_the_questions_own_terms_out() -> None:
    okapi = Okapi([numbers(1, 2, 2), numbers(1, 3)])
    hidden = okapi.of(numbers(1, 2), without=0)
    assert 0 < hidden[0] < okapi.of(numbers(1, 2))[0]
    assert okapi.of(numbers(1, 2, 2), without=0)[0] == 0
    assert hidden[1] == okapi.of(numbers(1, 2))[1]


def test_nothing_to_compare_gives_zeros() -> None:
    assert Okapi([]).of(numbers(1)).shape == (0,)
    assert Okapi([numbers()]).of(numbers(1)) == pytest.approx([0])
    assert Cosines([numbers()], numbers(0), 1).of(numbers(1)) == pytest.approx([0])
