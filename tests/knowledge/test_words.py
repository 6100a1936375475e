"""Words and their stems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.words import LONGEST_TEXT, Stems, normalise, question_words

STEMS = Stems(())


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
    ],
)
def test_forms_of_a_word_share_their_stem(family: tuple[str, ...]) -> None:
    assert len(set(STEMS.of(family))) == 1


@pytest.mark.parametrize("word", ["ai", "gas", "loss", "status", "bias"])
def test_short_and_latin_words_stay(word: str) -> None:
    assert STEMS.one(word) == word


def test_words_without_a_subject_are_left_out() -> None:
    assert STEMS.of(("what", "is", "the", "model")) == ("model",)
    assert STEMS.of(("not", "never")) == ("not", "never")


def test_a_known_words_stem_is_what_an_unknown_ones_would_be() -> None:
    known = Stems(("policies", "trained"))
    assert known.of(("policies", "trained")) == STEMS.of(("policies", "trained"))
    assert known.known() == {"polici", "train"}


def test_only_the_beginning_of_a_long_question_counts() -> None:
    words = question_words("ﷺ " * LONGEST_TEXT)
    assert len(" ".join(words)) <= LONGEST_TEXT
    assert question_words("fair " * LONGEST_TEXT) == ("fair",) * (LONGEST_TEXT // 5)
