"""Cutting words into the pieces that a model knows."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.wordpiece import LONGEST_WORD, WordPiece

VOCABULARY = (
    *(
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "fair",
        "##ness",
        "un",
        "##fair",
        "a",
        "##i",
        "?",
        "##s",
        "naive",
        "模",
        "型",
    ),
    *(sign for sign in string.ascii_lowercase if sign != "a"),
    *(f"##{sign}" for sign in string.ascii_lowercase if sign not in "is"),
    *(sign for sign in string.punctuation if sign != "?"),
)
PIECES = WordPiece(VOCABULARY)


def cut(text: str, most: int = 256) -> list[str]:
    return [VOCABULARY[number] for number in PIECES.numbers(text, most)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("fairness", ["fair", "##ness"]),
        ("Unfair?", ["un", "##fair", "?"]),
        ("NAÏVE", ["naive"]),
        ("模型", ["模", "型"]),
        ("a\tb\u00a0c", ["a", "b", "c"]),
        ("a\u0000\u200bi", ["a", "##i"]),
        ("x" * (LONGEST_WORD + 1), ["[UNK]"]),
        ("🙂", ["[UNK]"]),
        ("", []),
    ],
)
def test_words_are_cut_longest_piece_first(text: str, pieces: list[str]) -> None:
    assert cut(text) == ["[CLS]", *pieces, "[SEP]"]


def test_only_so_many_pieces_count_and_the_end_is_always_marked() -> None:
    assert cut("fairness " * 100, 6) == ["[CLS]", "fair", "##ness", "fair", "##ness", "[SEP]"]


@given(st.text(max_size=60))
@settings(deadline=None)
def test_the_library_that_does_the_same_agrees(text: str) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    peer = tokenizers.Tokenizer(
        tokenizers.models.WordPiece({piece: number for number, piece in enumerate(VOCABULARY)}, unk_token="[UNK]")
    )
    peer.normalizer = tokenizers.normalizers.BertNormalizer(lowercase=True)
    peer.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    # Signs that only a later Unicode knows are told apart by one side and not by the other.
    known = "".join(sign for sign in text if ord(sign) < 0x2000)
    assert PIECES.numbers(known, 10_000)[1:-1] == peer.encode(known).ids
