"""Judge sentence vectors on the development sets: alone, and added to the words, and in the search."""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.evaluate import TYPO_SEED, mistype
from knowledge.index import Corpus, Document
from knowledge.words import normalise

Embed: TypeAlias = Callable[[Sequence[str]], NDArray[np.float32]]
Floats: TypeAlias = NDArray[np.float64]

PIECE_WORDS = 60
SETS = ("banking77_k5", "hint3_sofmattress", "nist_playbook", "aiverify")
WEIGHTS = (0.5, 1.0, 1.5)
"""How much the vectors count beside the words, which count 1."""


@dataclass(frozen=True)
class Trial:
    """One development set with everything about it that does not depend on the vectors.

    Args:
        units: the texts that are compared, grouped by document.
        starts: where each document's units begin.
        texts: the answerable questions, and then the same ones mistyped.
        right: whether each document answers each text, shape (texts, documents).
        documents: as the search wants them.
        words: the search's score by words alone, shape (texts, documents).
    """

    name: str
    units: tuple[str, ...]
    starts: NDArray[np.int64]
    texts: tuple[str, ...]
    right: NDArray[np.bool_]
    documents: tuple[Document, ...]
    words: Floats


def trial(folder: Path) -> Trial:
    """Read a development set and score it by words."""
    documents = sorted(_lines(folder / "corpus.jsonl"), key=lambda line: str(line["id"]))
    queries = [line for line in _lines(folder / "queries.jsonl") if line["gold"]]
    chance = random.Random(TYPO_SEED)  # noqa: S311 - typos are no secret
    asked = [str(line["text"]) for line in queries]
    texts = (*asked, *(mistype(text, chance) for text in asked))
    ids = [str(line["id"]) for line in documents]
    gold = [_several(line["gold"]) for line in queries] * 2
    right = np.array([[name in wanted for name in ids] for wanted in gold])
    units = [_units(line) for line in documents]
    starts = np.cumsum([0, *map(len, units)])[:-1]
    known = tuple(_document(line) for line in documents)
    words = search_scores(lambda held: np.zeros((len(held), 1), np.float32), 0, known, texts)
    return Trial(folder.name, tuple(unit for part in units for unit in part), starts, texts, right, known, words)


@dataclass
class _Embedder:
    """A function as the search wants it."""

    held: Embed
    weight: float
    name: str = "judged"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.held(texts)


def search_scores(embed: Embed, weight: float, documents: Sequence[Document], texts: Sequence[str]) -> Floats:
    """The scores of the search itself with these vectors, shape (texts, documents).

    Args:
        weight: how much the vectors count beside the words, which count 1.
    """
    corpus = Corpus(documents, _Embedder(embed, weight))
    found = [corpus.compare(text) for text in texts]
    return np.array([np.zeros(len(documents)) if one is None else one.fused for one in found])


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _several(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()


def _document(line: dict[str, object]) -> Document:
    return Document(str(line["id"]), str(line["title"]), (str(line["body"]),), _several(line["questions"]))


def _units(line: dict[str, object]) -> list[str]:
    words = normalise(str(line["body"]))
    pieces = [" ".join(words[start : start + PIECE_WORDS]) for start in range(0, len(words), PIECE_WORDS)]
    return [str(line["title"]), *_several(line["questions"]), *pieces]


def vector_scores(embed: Embed, given: Trial) -> Floats:
    """The mean of the best unit's cosine and the centroid's, shape (texts, documents)."""
    units, texts = embed(given.units).astype(np.float64), embed(given.texts).astype(np.float64)
    cosines = texts @ units.T
    middles = np.add.reduceat(units, given.starts)
    middles /= np.maximum(np.linalg.norm(middles, axis=1, keepdims=True), 1e-9)
    best: Floats = np.maximum.reduceat(cosines, given.starts, axis=1)
    return (best + texts @ middles.T) / 2


def shares(scores: Floats, given: Trial) -> tuple[float, float, float]:
    """In percent: right at the first place, right among the first three, and right at the first place with typos."""
    order = np.argsort(-scores, axis=1, kind="stable")[:, :3]
    hits = np.take_along_axis(given.right, order, axis=1)
    half = len(hits) // 2
    shown = (hits[:half, 0].mean(), hits[:half].any(axis=1).mean(), hits[half:, 0].mean())
    return float(shown[0]) * 100, float(shown[1]) * 100, float(shown[2]) * 100


def rows(name: str, embed: Embed | None, trials: Sequence[Trial]) -> str:
    """A line for each way of scoring, all sets beside each other; without vectors, the words alone."""
    if embed is None:
        return _line(name, [shares(given.words, given) for given in trials])
    found = [vector_scores(embed, given) for given in trials]
    lines = [_line(f"{name} alone", [shares(scores, given) for scores, given in zip(found, trials, strict=True)])]
    for weight in WEIGHTS:
        fused = [shares(search_scores(embed, weight, given.documents, given.texts), given) for given in trials]
        lines.append(_line(f"  search, weight {weight}", fused))
    return "\n".join(lines)


def _line(name: str, results: Sequence[tuple[float, float, float]]) -> str:
    mean = (float(np.mean([one[place] for one in results])) for place in range(3))
    first, three, typo = mean
    cells = [" ".join(f"{value:5.1f}" for value in one) for one in (*results, (first, three, typo))]
    return f"{name:20s} | " + " | ".join(cells)
