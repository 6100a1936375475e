"""Mend a misspelt word by the library's own vocabulary, so that a typo does not cost the answer."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import takewhile

from knowledge.words import Stems, Words, is_stop_word

SHORTEST = 5
"""Shorter words have too many neighbours: "date" and "data" are one letter apart and both right."""


class Speller:
    """Knows which words the library uses, and which of them an unknown word was probably meant to be.

    Words meet when the same string is left after taking out at most one letter of each (the symmetric deletion of
    Garbe's SymSpell, 2012), which covers a letter lost, added, changed, or swapped with its neighbour.
    """

    def __init__(self, texts: Iterable[Sequence[str]], stems: Stems) -> None:
        self._counts = Counter(word for words in texts for word in words)
        self._stems, self._known = stems, stems.known()
        self._meant: dict[str, list[str]] = {}
        for word in sorted(self._counts):
            if len(word) >= SHORTEST and word.isalpha():
                for rest in _shortened(word):
                    self._meant.setdefault(rest, []).append(word)

    def mend(self, words: Sequence[str]) -> Words:
        """The words, each unknown one replaced by its nearest known one where there is one."""
        return tuple(self._nearest(word) for word in words)

    def _nearest(self, word: str) -> str:
        """The known word that is meant: the commonest, then the first by the alphabet; or the word itself."""
        if len(word) < SHORTEST or not word.isalpha() or is_stop_word(word) or self._stems.one(word) in self._known:
            return word
        near = {other for rest in _shortened(word) for other in self._meant.get(rest, ()) if _one_slip(word, other)}
        return min(near, key=lambda other: (-self._counts[other], other), default=word)


def _shortened(word: str) -> set[str]:
    """The word, and the word with each one of its letters left out."""
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter lost, added, changed or swapped with its neighbour turns one word into the other."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    a, b = one[same:], other[same:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
