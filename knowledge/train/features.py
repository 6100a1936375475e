"""Choose the table's words, pairs and runs of characters, and count them in texts."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from knowledge.static import pair_key, run_keys, word_key
from knowledge.words import Words

Numbers: TypeAlias = NDArray[np.int64]
Pair: TypeAlias = tuple[str, str]
KindT = TypeVar("KindT", str, int, tuple[str, str])

_FEWEST_WORDS = 2
_FEWEST_PAIRS = 5
"""How often something must be met to get a row."""


@dataclass(frozen=True)
class Lists:
    """A list of numbers for each of many things, laid end to end.

    Args:
        flat: all numbers.
        starts: where each thing's numbers begin, and the end, shape (things + 1,).
    """

    flat: Numbers
    starts: Numbers

    def of(self, things: Numbers) -> tuple[Numbers, Numbers]:
        """The numbers of these things, and which place in ``things`` each belongs to."""
        begins = self.starts[things]
        lengths = self.starts[things + 1] - begins
        owner = np.repeat(np.arange(len(things)), lengths)
        offset = np.arange(len(owner)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return self.flat[begins[owner] + offset], owner


def lists(parts: Sequence[Sequence[int]]) -> Lists:
    """Lay lists end to end."""
    flat = np.fromiter((number for part in parts for number in part), np.int64)
    return Lists(flat, np.cumsum([0, *map(len, parts)]))


@dataclass(frozen=True)
class Features:
    """Which rows the table has, and which of them each text uses.

    Args:
        keys: the key of each row, ascending.
        word_rows: the row of each different word of the texts, or -1 where it has none.
        runs: the rows of the runs of each different word.
        words: which different words each text has, in order.
        pairs: the rows of the pairs of each text.
    """

    keys: NDArray[np.uint32]
    word_rows: Numbers
    runs: Lists
    words: Lists
    pairs: Lists


def choose(texts: Sequence[Words], copies: Sequence[int], sizes: tuple[int, int, int]) -> Features:
    """Give rows to the commonest words, to the commonest runs of characters, and to the most telling pairs.

    Args:
        copies: how often each text counts.
        sizes: how many words, runs and pairs get a row, at most.
    """
    words, pairs = Counter[str](), Counter[Pair]()
    for text, count in zip(texts, copies, strict=True):
        words.update(dict.fromkeys(text, count))
        pairs.update(dict.fromkeys(pairwise(text), count))
    known = {word: word_key(word) for word in _most(words, sizes[0], _FEWEST_WORDS)}
    runs: Counter[int] = Counter()
    for word, count in words.items():
        runs.update(dict.fromkeys(run_keys(word), round(1000 * math.log1p(count))) if word.isascii() else {})
    telling = Counter(
        {
            pair: round(1000 * count * math.log(count * len(texts) / (words[pair[0]] * words[pair[1]])))
            for pair, count in pairs.items()
            if count >= _FEWEST_PAIRS and pair[0] in known and pair[1] in known
        }
    )
    together = {pair: pair_key(*pair) for pair in _most(telling, sizes[2], 1)}
    keys = np.unique(np.array([*known.values(), *together.values(), *_most(runs, sizes[1], 1)], np.uint32))
    rows = {int(key): row for row, key in enumerate(keys)}
    numbers = {word: number for number, word in enumerate(words)}
    return Features(
        keys,
        np.array([rows[known[word]] if word in known else -1 for word in numbers], np.int64),
        lists([[rows[key] for key in run_keys(word) if key in rows] for word in numbers]),
        lists([[numbers[word] for word in text] for text in texts]),
        lists([_rows_of(pairwise(text), together, rows) for text in texts]),
    )


def _rows_of(pairs: Iterable[Pair], together: dict[Pair, int], rows: dict[int, int]) -> list[int]:
    return [rows[together[pair]] for pair in pairs if pair in together]


def _most(counts: "Counter[KindT]", size: int, fewest: int) -> list[KindT]:
    """The commonest, ties in the order of the things themselves."""
    ordered = sorted(
        (thing for thing, count in counts.items() if count >= fewest), key=lambda thing: (-counts[thing], thing)
    )
    return ordered[:size]
