"""Typos are mended by the library's own words, and nothing else is touched."""

import pytest

from knowledge.spelling import Speller
from knowledge.words import Stems

TEXTS = [("fairness", "calibration", "threshold", "fairness"), ("data", "model", "models", "brown", "crown")]


def speller(*texts: tuple[str, ...]) -> Speller:
    return Speller(texts, Stems(word for words in texts for word in words))


SPELLER = speller(*TEXTS)


@pytest.mark.parametrize("typo", ["fairnes", "fairrness", "fairnoss", "fairenss", "airness"])
def test_one_slip_is_mended(typo: str) -> None:
    assert SPELLER.mend((typo,)) == ("fairness",)


@pytest.mark.parametrize(
    "word", ["fairness", "fair", "date", "bakery", "faernoss", "threshold2", "about", "calibrations", "fnairess"]
)
def test_other_words_stay(word: str) -> None:
    assert SPELLER.mend((word,)) == (word,)


def test_the_commonest_word_is_meant_and_then_the_first_by_the_alphabet() -> None:
    assert SPELLER.mend(("grown",)) == ("brown",)
    assert speller(("brown", "crown", "crown")).mend(("grown",)) == ("crown",)
