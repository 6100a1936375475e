"""Every word a person types goes through one place."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.text import clean, shorten


@given(st.text())
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\n\t" for sign in once)
    once.encode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  fair\x00ness\x1b[31m ", "fairness[31m"),
        ("access \u202eegnahc\u202c", "access egnahc"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("שלום", "שלום"),
        ("e\u0301", "é"),
        ("\ud800x", "x"),
        ("\u200b\ufeff", ""),
    ],
)
def test_what_is_kept(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text(), st.integers(2, 50))
def test_a_shortened_text_fits_and_says_that_it_was_cut(text: str, most: int) -> None:
    short = shorten(text, most)
    assert len(short) <= most
    assert short == text or short.endswith("…")


def test_a_text_is_cut_at_a_word() -> None:
    assert shorten("fairness and accuracy", 15) == "fairness and…"
