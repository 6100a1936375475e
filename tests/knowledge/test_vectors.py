"""Inverted indexes against the same sums written out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.vectors import Middles, Okapi, postings
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


def dense(rows: list[list[int]], question: list[int], size: int = 13) -> tuple[np.ndarray, np.ndarray]:
    """Unit vectors of the rows and of the question, written out."""
    rarity = np.log((1 + len(rows)) / (1 + (counted(rows, size) > 0).sum(axis=0))) + 1
    vectors = [weighted(counted([row], size)[0], rarity) for row in rows]
    return np.array(vectors), weighted(counted([question], size)[0], rarity)


def counted(rows: list[list[int]], size: int) -> np.ndarray:
    return np.array([[row.count(value) for value in range(size)] for row in rows], float)


def weighted(counts: np.ndarray, rarity: np.ndarray) -> np.ndarray:
    vector = np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0) * rarity
    unit: np.ndarray = vector / max(np.linalg.norm(vector), 1e-9)
    return unit


def cosine(one: np.ndarray, other: np.ndarray) -> float:
    lengths = np.linalg.norm(one) * np.linalg.norm(other)
    return float(one @ other / lengths) if lengths > 1e-9 else 0.0


@given(st.lists(ROWS, min_size=1, max_size=4), st.lists(st.integers(0, 12), max_size=8))
def test_a_middle_is_what_dense_vectors_give(documents: list[list[list[int]]], question: list[int]) -> None:
    rows = [row for document in documents for row in document]
    groups = np.repeat(np.arange(len(documents)), [len(document) for document in documents])
    vectors, vector = dense(rows, question)
    expected = [cosine(vectors[groups == number].sum(axis=0), vector) for number in range(len(documents))]
    middles = Middles([numbers(*row) for row in rows], groups, len(documents))
    assert middles.of(numbers(*question)) == pytest.approx(expected, abs=1e-5)


@given(ROWS.filter(lambda rows: len(rows) > 1 and bool(rows[0])))
def test_a_middle_can_leave_the_question_itself_out(rows: list[list[int]]) -> None:
    vectors, vector = dense(rows, rows[0])
    middles = Middles([numbers(*row) for row in rows], np.zeros(len(rows), np.int64), 1)
    left = vectors[1:].sum(axis=0)
    assert middles.of(numbers(*rows[0]), without=0) == pytest.approx([cosine(left, vector)], abs=2e-3)


def test_a_word_that_nobody_knows_lowers_every_cosine() -> None:
    middles = Middles([numbers(1), numbers(2)], numbers(0, 1), 2)
    assert middles.of(numbers(1, 99))[0] < middles.of(numbers(1))[0] == pytest.approx(1)


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
    assert Middles([numbers()], numbers(0), 1).of(numbers(1)) == pytest.approx([0])
