"""Cut a text into the pieces of words that a BERT model knows."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

LONGEST_WORD = 100
"""Characters; a longer word is unknown as a whole, as in the model's own ``tokenizer.json``."""

_CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002ebef\U0002f800-\U0002fa1f"
_IDEOGRAPH = re.compile(f"([{_CJK}])")
_ASCII_SIGN = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class WordPiece:
    """The tokenizer of an uncased BERT model: greedy, longest piece first.

    Written out here because the library that has it brings a client for a model hub along; a test holds it against
    that library where it is installed. The rules are those of BertNormalizer, BertPreTokenizer and WordPiece (Devlin et
    al., arXiv 1810.04805; Wu et al., arXiv 1609.08144, section 4.1).

    Args:
        vocabulary: the pieces in the order of their numbers; it has [CLS], [SEP] and [UNK].
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers: Mapping[str, int] = {piece: number for number, piece in enumerate(vocabulary)}
        self._first, self._last, self._unknown = (self._numbers[name] for name in ("[CLS]", "[SEP]", "[UNK]"))

    def numbers(self, text: str, most: int) -> list[int]:
        """The numbers of a text's pieces between the two that mark its ends.

        Args:
            most: how many numbers to give at most, at least 2.
        """
        inner: list[int] = []
        for word in _words(text):
            if len(inner) >= most - 2:
                break
            inner += self._pieces(word)
        return [self._first, *inner[: most - 2], self._last]

    def _pieces(self, word: str) -> list[int]:
        """The numbers of one word's pieces; one for "unknown" if it cannot be cut into known ones."""
        if len(word) > LONGEST_WORD:
            return [self._unknown]
        found, start = [], 0
        while start < len(word):
            end = len(word)
            while end > start and ((number := self._numbers.get(_marked(word, start, end))) is None):
                end -= 1
            if end == start or number is None:
                return [self._unknown]
            found.append(number)
            start = end
        return found


def _marked(word: str, start: int, end: int) -> str:
    """A piece as the vocabulary writes it: ``##`` before all but a word's first."""
    return word[start:end] if start == 0 else f"##{word[start:end]}"


def _words(text: str) -> Iterator[str]:
    """Words and single punctuation signs, lower case and without accents."""
    kept = "".join(_cleaned(sign) for sign in text)
    spaced = _IDEOGRAPH.sub(r" \1 ", kept)
    plain = "".join(sign for sign in unicodedata.normalize("NFD", spaced) if unicodedata.category(sign) != "Mn")
    for word in plain.lower().split():
        yield from _split_at_punctuation(word)


def _cleaned(sign: str) -> str:
    """The sign, a space for any kind of blank, and nothing for control and format characters."""
    if sign in "\t\n\r":
        return " "
    kind = unicodedata.category(sign)
    if sign == "\ufffd" or kind in ("Cc", "Cf", "Co"):
        return ""
    return " " if kind == "Zs" else sign


def _split_at_punctuation(word: str) -> Iterator[str]:
    start = 0
    for place, sign in enumerate(word):
        if sign in _ASCII_SIGN or unicodedata.category(sign).startswith("P"):
            if place > start:
                yield word[start:place]
            yield sign
            start = place + 1
    if start < len(word):
        yield word[start:]
