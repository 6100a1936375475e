"""Words, stems and runs of characters."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.words import LONGEST_TEXT, normalise, question_words, runs, stem, stems


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't PANIC!", ("dont", "panic")),
        ("naïve Straße", ("naive", "strasse")),
        ("ｆｕｌｌ ﬁt", ("full", "fit")),
        ("see https://example.org/a?b=c now", ("see", "now")),
        ("snake_case e-mail", ("snake", "case", "e", "mail")),
        ("🙂 \ud800 ...", ()),
        ("你好", ("你好",)),
    ],
)
def test_text_becomes_plain_words(text: str, words: tuple[str, ...]) -> None:
    assert normalise(text) == words


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    words = normalise(text)
    assert normalise(" ".join(words)) == words
    assert all(words)


@given(st.text(max_size=50))
def test_case_and_spaces_make_no_difference(text: str) -> None:
    assert normalise(f"  {text}\n") == normalise(text)
    assert normalise(text.casefold()) == normalise(text)


@pytest.mark.parametrize(
    "family",
    [
        ("bias", "biases"),
        ("fairness",),
        ("policy", "policies"),
        ("train", "trained", "training", "trains"),
        ("plan", "planned", "planning"),
        ("measure", "measured", "measures", "measuring"),
        ("process", "processes", "processing"),
        ("apply", "applies", "applied"),
        ("private", "privately"),
    ],
)
def test_forms_of_a_word_share_their_stem(family: tuple[str, ...]) -> None:
    assert len({stem(word) for word in family}) == 1


@pytest.mark.parametrize("word", ["us", "ai", "gas", "loss", "status", "analysis"])
def test_short_and_latin_words_stay(word: str) -> None:
    assert stem(word) == word


def test_words_without_a_subject_are_left_out() -> None:
    assert stems(("what", "is", "the", "model")) == ("model",)
    assert stems(("not", "never")) == ("not", "never")


def test_every_run_of_three_to_five_characters_is_counted() -> None:
    assert len(runs(("abcd",))) == 4 + 3 + 2  # of " abcd "
    assert len(runs(("a",))) == 1
    assert len(runs(())) == 0
    assert len(np.intersect1d(runs(("bias",)), runs(("biased",)))) > 4


@given(st.text(), st.text())
def test_runs_tell_different_latin_words_apart(one: str, other: str) -> None:
    left, right = (tuple(word for word in normalise(text) if word.isascii()) for text in (one, other))
    if left != right and len(" ".join(left)) < 4 and len(" ".join(right)) < 4:
        assert not np.array_equal(runs(left), runs(right))


def test_only_the_beginning_of_a_long_question_counts() -> None:
    words = question_words("ﷺ " * LONGEST_TEXT)
    assert len(" ".join(words)) <= LONGEST_TEXT
    assert question_words("fair " * LONGEST_TEXT) == ("fair",) * (LONGEST_TEXT // 5)
