"""The default tier: a text's vector as the sum of the rows of its words, pairs of words and runs of characters.

The table was learnt from all-MiniLM-L6-v2 by ``knowledge/train``, whose README says how and on what.
"""

import json
import logging
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.eight_bits import Vectors
from knowledge.space import Embedder
from knowledge.words import Words, normalise

log = logging.getLogger(__name__)

TABLES = Path(__file__).with_name("tables")

RUN_LENGTHS = (3, 4, 5)
"""How many characters a run has. Shorter ones are everywhere, longer ones are words."""


class Table:
    """A row for each known word, each known pair of neighbouring words and each known run of characters.

    Args:
        folder: holds ``keys.npy`` (uint32, ascending), ``rows.npy`` (int8, one row a key), ``scales.npy`` (float16,
            what each row is multiplied by) and ``about.json`` (how the table was made).

    Raises:
        OSError: a file cannot be read.
        ValueError: a file is not what it should be.
    """

    weight = 0.75

    def __init__(self, folder: Path = TABLES) -> None:
        about = json.loads((folder / "about.json").read_text("utf-8"))
        self.name = f"static table {about['sha256']['rows.npy'][:12]}"
        self._keys: NDArray[np.uint32] = np.load(folder / "keys.npy")
        self._rows: NDArray[np.int8] = np.load(folder / "rows.npy", mmap_mode="r")
        self._scales: Vectors = np.load(folder / "scales.npy").astype(np.float32)
        shapes = (self._keys.shape, self._rows.shape[:1], self._scales.shape)
        if self._rows.ndim != 2 or len(set(shapes)) > 1:
            raise ValueError("the files do not belong together")

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The vectors, shape (texts, dimensions), each of length 1, or of zeros where nothing in the text is known."""
        vectors = np.zeros((len(texts), self._rows.shape[1]), np.float32)
        for place, text in enumerate(texts):
            vectors[place] = self._sum(normalise(text))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Vectors = np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return unit

    def _sum(self, words: Words) -> Vectors:
        """The rows of the known words and pairs, and for each unknown word the mean of its known runs' rows."""
        own = [word_key(word) for word in words]
        places, known = self._find([*own, *(pair_key(one, two) for one, two in pairwise(words))])
        chosen, shares = [places[known]], [np.ones(int(known.sum()), np.float32)]
        for word in (word for word, there in zip(words, known, strict=False) if not there):
            runs, there = self._find(list(run_keys(word)))
            chosen.append(runs[there])
            shares.append(np.full(int(there.sum()), 1 / max(int(there.sum()), 1), np.float32))
        rows = np.concatenate(chosen)
        total: Vectors = (self._scales[rows] * np.concatenate(shares)) @ self._rows[rows].astype(np.float32)
        return total

    def _find(self, keys: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Where each key would stand, and whether it stands there."""
        wanted = np.array(keys, np.uint32)
        places = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        return places, self._keys[places] == wanted


def word_key(word: str) -> int:
    """The key of a word as ``normalise`` gives it."""
    return zlib.crc32(f"w {word}".encode())


def pair_key(one: str, two: str) -> int:
    """The key of two words, the second right after the first."""
    return zlib.crc32(f"p {one} {two}".encode())


def run_keys(word: str) -> Iterator[int]:
    """The keys of the runs of characters of the word between ``<`` and ``>``; a repeat comes twice."""
    marked = f"<{word}>"
    for length in RUN_LENGTHS:
        for start in range(len(marked) - length + 1):
            yield zlib.crc32(f"r {marked[start : start + length]}".encode())


class NoTable:
    """What is left when the table cannot be read: no meaning, so that words alone decide."""

    weight = 0.75
    name = "words alone"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of zeros, shape (texts, 1)."""
        return np.zeros((len(texts), 1), np.float32)


@lru_cache(maxsize=1)
def table() -> Embedder:
    """The table that we ship, loaded once."""
    return loaded(TABLES)


def loaded(folder: Path) -> Embedder:
    """The table in a folder; words alone, and a line in the log, where it is damaged."""
    try:
        return Table(folder)
    except (OSError, ValueError, KeyError) as error:
        log.warning("The search's table in %s cannot be read (%s); words alone decide.", folder, error)
        return NoTable()
