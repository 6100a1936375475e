"""Typos are mended by the library's own words, and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


LETTERS = st.text("abcdefgh", min_size=5, max_size=9)


@given(st.lists(LETTERS, min_size=1, max_size=30, unique=True), LETTERS)
def test_every_word_one_slip_away_is_looked_at(words: list[str], typo: str) -> None:
    """Against looking at all of them; the stems are the words, for other endings are another matter."""
    mended = speller(tuple(words)).mend((typo,))[0]
    near = {word for word in words if within_one_slip(typo, word)}
    assert mended == typo or mended in near
    assert mended != typo or not near or Stems(()).one(typo) in {Stems(()).one(word) for word in words}


def within_one_slip(one: str, other: str) -> bool:
    """By trying every slip."""
    spots = range(len(one) + 1)
    lost = {one[:at] + one[at + 1 :] for at in spots}
    swapped = {one[:at] + one[at + 1 : at + 2] + one[at : at + 1] + one[at + 2 :] for at in spots}
    changed = {one[:at] + sign + one[at + 1 :] for at in spots for sign in "abcdefgh"}
    added = {one[:at] + sign + one[at:] for at in spots for sign in "abcdefgh"}
    return other in {one} | lost | swapped | changed | added
