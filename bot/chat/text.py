"""What every word a person typed goes through before any room sees it."""

import re
import unicodedata

# Marks that reverse or hide the order of characters ("Trojan Source", CVE-2021-42574), and invisible fillers.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
# Unicode's control characters but for line breaks and tabs, and halves of a pair.
_NO_LETTERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(text: str) -> str:
    r"""The same words in NFC without control characters, lone surrogates or marks that change the reading direction.

    Line breaks become ``\n`` and tabs stay; the ends are stripped.
    """
    joined = _INVISIBLE.sub("", _BREAKS.sub("\n", text))
    return unicodedata.normalize("NFC", _NO_LETTERS.sub("", joined)).strip()


def bare_verb(word: str) -> str:
    """A word as a verb is looked up: ``Concern:`` means ``concern``, and must not miss its sealed door."""
    return clean(word).lower().strip(".,:;!?–—-\"'()")


def shorten(text: str, most: int) -> str:
    """The first ``most`` characters, cut at a word and marked with an ellipsis where something was left out."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    at_word = head.rsplit(None, 1)[0] if any(sign.isspace() for sign in head.strip()) else head
    return at_word.rstrip() + "…"
