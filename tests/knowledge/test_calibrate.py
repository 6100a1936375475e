"""How sure a score may be."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import static
from knowledge.calibrate import (
    MOST_QUESTIONS,
    NEVER,
    USUAL,
    WITHOUT_QUESTIONS,
    Calibration,
    Curve,
    Outcome,
    calibrate,
    fit,
    raw_score,
)
from knowledge.index import Corpus as CorpusOf
from knowledge.index import Document, Scores
from tests.knowledge.test_search import DOCUMENTS


def Corpus(documents: Sequence[Document]) -> CorpusOf:  # noqa: N802
    return CorpusOf(documents, static.table())


def test_a_raw_score_rewards_a_margin_and_a_near_question() -> None:
    alone = Scores(np.array([0.5, 0.1]), np.array([0.4, 0.0]))
    cases = [raw_score(alone), raw_score(alone, without=0), raw_score(Scores(np.array([0.5]), np.array([0.0])))]
    assert [score for score, _ in cases] == pytest.approx([0.5 + 0.4 + 0.4, 0.1 + 0.1, 0.5 + 0.5])
    assert [best[0] for _, best in cases] == [0, 1, 0]
    assert alone.fused[0] == 0.5


@given(st.floats(-2, 4), st.floats(0, 50), st.floats(-60, 60))
def test_a_probability_is_between_0_and_1_and_never_falls(score: float, slope: float, offset: float) -> None:
    curve = Curve(slope, offset)
    assert 0 <= curve.at(score) <= curve.at(score + 0.1) <= 1


def test_a_fit_finds_the_curve_that_made_the_data() -> None:
    chance = np.random.default_rng(1)
    scores = chance.uniform(0, 1.5, 4_000)
    right = (chance.uniform(size=4_000) < 1 / (1 + np.exp(4 - 6 * scores))).astype(float)
    curve = fit(scores, right, np.ones(4_000))
    assert curve.slope == pytest.approx(6, abs=0.5)
    assert curve.offset == pytest.approx(-4, abs=0.4)


@pytest.mark.parametrize("right", [np.zeros(50), np.ones(50), np.arange(50) >= 25, np.arange(50) < 25])
def test_a_fit_stays_finite_and_never_falls(right: np.ndarray) -> None:
    curve = fit(np.linspace(0, 1, 50), right.astype(float), np.ones(50))
    assert 0 <= curve.slope < 100
    assert np.isfinite(curve.offset)


def test_a_weight_is_as_good_as_a_repeat() -> None:
    scores, right = np.array([0.1, 0.4, 0.6, 0.9]), np.array([0.0, 1.0, 0.0, 1.0])
    weighed = fit(scores, right, np.array([3.0, 1.0, 1.0, 2.0]))
    repeated = fit(np.repeat(scores, [3, 1, 1, 2]), np.repeat(right, [3, 1, 1, 2]), np.ones(7))
    assert [weighed.at(score) for score in scores] == pytest.approx([repeated.at(score) for score in scores], abs=1e-3)


def calibration(*outcomes: tuple[float, bool, float]) -> Calibration:
    curve = Curve(1.0, 0.0)
    return Calibration(curve, curve, tuple(Outcome(score, first, first, weight) for score, first, weight in outcomes))


def test_the_operating_point_is_a_share_of_the_outright_answers() -> None:
    held = calibration((4, True, 1), (3, True, 1), (0, False, 1), (-3, False, 1))
    chances = [held.first.at(score) for score in (4, 3, 0)]
    assert held.confidence_for(sum(chances) / 3) == pytest.approx(chances[2])
    assert held.confidence_for(0.96) == pytest.approx(chances[1])
    assert held.confidence_for(0.9999) == NEVER
    assert held.measured(chances[2]) == pytest.approx((2 / 3, 2 / 4 * 1.5))


def test_equal_scores_give_the_share() -> None:
    assert fit(np.full(40, 0.5), np.repeat([0.0, 1.0], [30, 10]), np.ones(40)).at(0.5) == pytest.approx(0.26, abs=0.02)


def test_too_little_to_learn_from_takes_a_measured_curve() -> None:
    one = Document("one", "One thing", (), tuple(f"word{number} question" for number in range(60)))
    assert calibrate(Corpus([one])) == USUAL
    assert calibrate(Corpus([one, *DOCUMENTS])) != USUAL
    assert calibrate(Corpus(DOCUMENTS[:3])) == USUAL
    assert calibrate(Corpus([Document("one", "One thing", ("text",))])) == WITHOUT_QUESTIONS
    assert calibrate(Corpus([])) == WITHOUT_QUESTIONS


def test_a_library_of_unlike_entries_is_surer_than_one_of_alike() -> None:
    alike = [
        Document(f"d{number}", "Fair lending", (), tuple(f"fair lending rule {number} {part}" for part in "abcde"))
        for number in range(10)
    ]
    assert calibrate(Corpus(DOCUMENTS)).first.at(1.2) > calibrate(Corpus(alike)).first.at(1.2) + 0.1


def test_a_big_library_is_sampled() -> None:
    class Counting(CorpusOf):
        asked = 0

        def compare_hidden(self, unit: int) -> Scores:
            self.asked += 1
            return super().compare_hidden(unit)

    documents = [*DOCUMENTS, Document("big", "Big", (), tuple(f"term{n} about big" for n in range(900)))]
    corpus = Counting(documents, static.table())
    calibrate(corpus)
    assert MOST_QUESTIONS // 2 < corpus.asked <= MOST_QUESTIONS
