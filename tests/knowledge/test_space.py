"""Likeness of meanings against the same sums written out."""

import numpy as np
import pytest

from knowledge.eight_bits import Vectors
from knowledge.space import Space

CHANCE = np.random.default_rng(5)
GROUPS = np.repeat(np.arange(4), [3, 1, 5, 2])
STARTS = np.array([0, 3, 4, 9])
ALL = np.arange(4)


def unit(vectors: Vectors) -> Vectors:
    scaled: Vectors = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return scaled


VECTORS = unit(CHANCE.normal(size=(11, 6)).astype(np.float32))
TELLING = np.arange(11) % 2 == 0
SPACE = Space(VECTORS, GROUPS, STARTS, TELLING)


def tilted(vectors: Vectors, question: Vectors) -> tuple[Vectors, Vectors]:
    """Units and question moved, written out from the definition."""
    mean = VECTORS.mean(axis=0)
    variance, directions = np.linalg.eigh(np.cov(VECTORS.T, bias=True))
    tilt = directions * (variance + 3 * variance.mean()) ** -0.5
    return unit((vectors - mean) @ tilt), unit((question - mean) @ tilt)


def test_middles_and_best_units_are_what_the_definition_gives() -> None:
    question = unit(CHANCE.normal(size=6).astype(np.float32))
    units, moved = tilted(VECTORS, question)
    asked = SPACE.ask(question)
    middles = [float(unit(units[number == GROUPS].sum(axis=0)) @ moved) for number in ALL]
    assert asked.middles() == pytest.approx(middles, abs=0.02)
    best, nearest = asked.closest(ALL)
    assert best == pytest.approx([float((units[number == GROUPS] @ moved).max()) for number in ALL], abs=0.05)
    cosines = np.where(TELLING, VECTORS @ question, 0)
    assert nearest == pytest.approx([float(cosines[number == GROUPS].max()) for number in ALL], abs=0.02)


def test_some_documents_are_compared_as_among_all() -> None:
    asked = SPACE.ask(VECTORS[5])
    everything, some = asked.closest(ALL), asked.closest(np.array([0, 2]))
    assert [each[[0, 2]].tolist() for each in everything] == [each.tolist() for each in some]


def test_a_unit_can_be_left_out_as_if_it_were_not_there() -> None:
    units, moved = tilted(VECTORS, VECTORS[4])
    asked = SPACE.of_unit(4)
    left = unit(units[5:9].sum(axis=0)) @ moved
    assert asked.middles(without=2)[2] == pytest.approx(float(left), abs=0.05)
    best, nearest = asked.closest(ALL, hidden=4)
    assert best[2] == pytest.approx(float((units[5:9] @ moved).max()), abs=0.05)
    assert asked.closest(ALL)[1][2] > nearest[2]


def test_a_question_that_says_nothing_is_like_nothing() -> None:
    asked = SPACE.ask(np.zeros(6, np.float32))
    assert not asked.middles().any()
    assert not asked.closest(ALL)[1].any()


def test_a_text_that_says_nothing_is_like_nothing() -> None:
    vectors = VECTORS.copy()
    vectors[3] = 0
    space = Space(vectors, GROUPS, STARTS, TELLING)
    asked = space.ask(VECTORS[0])
    assert asked.middles()[1] == 0
    assert asked.closest(ALL)[0][1] == 0
