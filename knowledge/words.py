"""Turn text into what the search compares: plain words, their stems, and runs of characters."""

import re
import unicodedata
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Words: TypeAlias = tuple[str, ...]
Numbers: TypeAlias = NDArray[np.int64]

LONGEST_TEXT = 2_000
"""Characters of one question that count; nobody's question is longer, and a pasted log must not hold up the others."""

RUN_LENGTHS = (3, 4, 5)
"""How many characters a run has. Shorter ones are everywhere, longer ones are words."""

_LINK = re.compile(r"https?://\S+")
_APOSTROPHE = re.compile(r"['’ʼ`]")
_WORD = re.compile(r"[^\W_]+")
_CODE_BITS = 12
"""Five characters of 12 bits fit into one 64-bit number; scripts beyond U+0FFF share codes, which does no harm here."""

_STOP_WORDS = frozenset(
    _WORD.findall(
        "a an the of to in on at for and or is are was were be been am do does did i my me we our us you your it its "
        "this that these those with by from as what how can could should would will there have has had if so please "
        "about when which who they them their he she his her than then just im ive id"
    )
)
"""Words that say nothing about the subject. Negations are not among them."""

_NO_PLURAL = ("ss", "us", "is", "ias")
"""Words that end like this keep their s: loss, status, analysis, bias."""

_ENDINGS = (
    ("ies", "y", 5),
    ("sses", "ss", 5),
    ("edly", "", 7),
    ("ing", "", 6),
    ("ied", "y", 5),
    ("ed", "", 5),
    ("ly", "", 6),
    ("es", "e", 5),
    ("s", "", 4),
)
"""Ending, what takes its place, and the shortest word it is taken from; the first that fits is used."""


def normalise(text: str) -> Words:
    """The words of a text, lower case, without accents, apostrophes, punctuation and web addresses.

    Compatibility forms are folded (Unicode NFKD and case folding, UAX 15 and UAX 21), so that a full-width or ligature
    letter compares equal to the plain one. Any script is kept; emoji are not words.
    """
    folded = unicodedata.normalize("NFKD", _LINK.sub(" ", text)).casefold()
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign))
    return tuple(_WORD.findall(_APOSTROPHE.sub("", plain)))


def question_words(text: str) -> Words:
    """The words of the first ``LONGEST_TEXT`` characters, before and after folding: one sign may fold into eighteen."""
    return normalise(" ".join(normalise(text[:LONGEST_TEXT]))[:LONGEST_TEXT])


def stem(word: str) -> str:
    """The word without its commonest English endings, so that "biased", "biases" and "bias" meet halfway.

    A light stemmer in the manner of Harman's (JASIS 42(1), 1991): fewer wrong joins than Porter's on short questions.
    """
    for ending, instead, shortest in _ENDINGS:
        if word.endswith(ending) and len(word) >= shortest and not word.endswith(_NO_PLURAL):
            word = word[: len(word) - len(ending)] + instead
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] in "bdgmnprt":
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def is_stop_word(word: str) -> bool:
    """Whether the word says nothing about the subject."""
    return word in _STOP_WORDS


def stems(words: Sequence[str]) -> Words:
    """The stems of the words that say something; empty where there are none."""
    return tuple(stem(word) for word in words if word not in _STOP_WORDS)


def runs(words: Sequence[str]) -> Numbers:
    """Every run of 3, 4 and 5 characters, across word borders too, packed into one number each.

    Returns:
        Shape (about 3 x characters,), in order of length and then of place; empty without words.
    """
    if not words:
        return np.zeros(0, np.int64)
    text = f" {' '.join(words)} "
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.int64) % (1 << _CODE_BITS)
    return np.concatenate([_packed(codes, length) for length in RUN_LENGTHS])


def _packed(codes: Numbers, length: int) -> Numbers:
    """Each ``length`` codes in a row as one number; empty where the text is shorter."""
    count = max(len(codes) - length + 1, 0)
    packed = np.zeros(count, np.int64)
    for place in range(length):
        packed = (packed << _CODE_BITS) | codes[place : place + count]
    return packed
