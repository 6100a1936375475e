"""Scores of documents, and what hiding a question does to them."""

from collections.abc import Sequence

import numpy as np
import pytest

from knowledge import static
from knowledge.index import PIECE_WORDS, Document
from knowledge.index import Corpus as CorpusOf
from knowledge.space import Embedder


def Corpus(documents: Sequence[Document], embedder: Embedder | None = None) -> CorpusOf:  # noqa: N802
    return CorpusOf(documents, embedder or static.table())


CARD = Document("card", "Model card", ("What a model card holds.",), ("how do I write a model card", "card template"))
DRIFT = Document("drift", "Watching for drift", (), ("why does accuracy fall", "monitor distribution drift"))
PLAIN = Document("plain", "Energy of training", ("kilowatt " * (PIECE_WORDS + 5),))


def test_the_document_asked_for_scores_best() -> None:
    corpus = Corpus([DRIFT, PLAIN, CARD])
    assert corpus.ids == ("card", "drift", "plain")
    for question, best in (("model cards?", 0), ("accuracy is falling", 1), ("kilowatt", 2)):
        scores = corpus.compare(question)
        assert scores is not None
        assert scores.fused.argmax() == best
        assert ((scores.fused >= 0) & (scores.fused <= 1.001)).all()


def test_a_known_question_is_its_own_nearest() -> None:
    scores = Corpus([CARD, DRIFT, PLAIN]).compare("Monitor distribution drift!")
    assert scores is not None
    assert scores.nearest[1] == pytest.approx(1, abs=5e-3)
    assert scores.nearest[2] < 0.5


def test_the_order_given_makes_no_difference() -> None:
    one, other = Corpus([CARD, DRIFT, PLAIN]).compare("card drift"), Corpus([PLAIN, DRIFT, CARD]).compare("card drift")
    assert one is not None
    assert other is not None
    assert np.array_equal(one.fused, other.fused)


@pytest.mark.parametrize("question", ["", "   ", "the of and", "🙂🙂", "???"])
def test_nothing_said_is_not_scored(question: str) -> None:
    assert Corpus([CARD]).compare(question) is None


def test_an_empty_corpus_scores_nothing() -> None:
    assert Corpus([]).compare("model card") is None
    assert len(Corpus([]).questions()) == 0


def test_a_typo_costs_little() -> None:
    corpus = Corpus([CARD, DRIFT, PLAIN])
    right, typo = corpus.compare("distribution drift"), corpus.compare("distributoin drift")
    assert right is not None
    assert typo is not None
    assert np.array_equal(right.fused, typo.fused)


def test_hiding_a_question_is_like_never_having_written_it() -> None:
    """The shortcut against the long way: the frequencies of words differ a little, nothing else does."""
    corpus = Corpus([CARD, DRIFT, PLAIN])
    unit = int(corpus.questions()[2])
    assert corpus.document_of(unit) == 1
    hidden = corpus.compare_hidden(unit)
    without = Corpus([CARD, Document("drift", DRIFT.title, (), DRIFT.questions[1:]), PLAIN]).compare(DRIFT.questions[0])
    shown = corpus.compare(DRIFT.questions[0])
    assert without is not None
    assert shown is not None
    assert hidden.fused == pytest.approx(without.fused, abs=0.05)
    assert hidden.fused[1] < shown.fused[1] - 0.4


def test_hiding_the_only_words_of_a_document_leaves_nothing() -> None:
    corpus = Corpus([Document("one", "", (), ("bias audit",)), CARD])
    unit = next(int(unit) for unit in corpus.questions() if corpus.document_of(int(unit)) == 1)
    assert corpus.compare_hidden(unit).fused[1] == pytest.approx(0, abs=1e-4)


def test_questions_that_say_nothing_are_not_asked() -> None:
    assert len(Corpus([Document("one", "One", (), ("what is this", "bias audit"))]).questions()) == 1
