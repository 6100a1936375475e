"""Mend a misspelt word by the library's own vocabulary, so that a typo does not cost the answer."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import takewhile

from knowledge.words import Stems, Words, is_stop_word

SHORTEST = 5
"""Shorter words have too many neighbours: "date" and "data" are one letter apart and both right."""

_END = 2
"""Letters at either end. One slip touches two neighbouring letters at most, so that of five or more letters either the
first two or the last two are as they were meant: only words that share one of these ends need to be looked at."""


class Speller:
    """Knows which words the library uses, and which of them an unknown word was probably meant to be."""

    def __init__(self, texts: Iterable[Sequence[str]], stems: Stems) -> None:
        self._counts = Counter(word for words in texts for word in words)
        self._stems, self._known = stems, stems.known()
        self._ends: dict[tuple[str, str], list[str]] = {}
        for word in sorted(self._counts):
            if len(word) >= SHORTEST and word.isalpha():
                for end in _ends(word):
                    self._ends.setdefault(end, []).append(word)

    def mend(self, words: Sequence[str]) -> Words:
        """The words, each unknown one replaced by its nearest known one where there is one."""
        return tuple(self._nearest(word) for word in words)

    def _nearest(self, word: str) -> str:
        """The known word that is meant: the commonest, then the first by the alphabet; or the word itself."""
        if len(word) < SHORTEST or not word.isalpha() or is_stop_word(word) or self._stems.one(word) in self._known:
            return word
        near = {other for end in _ends(word) for other in self._ends.get(end, ()) if _one_slip(word, other)}
        return min(near, key=lambda other: (-self._counts[other], other), default=word)


def _ends(word: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("first", word[:_END]), ("last", word[-_END:])


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter lost, added, changed or swapped with its neighbour turns one word into the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    a, b = one[same:], other[same:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
