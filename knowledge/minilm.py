"""all-MiniLM-L6-v2 in plain numpy: turns sentences into vectors of which the cosine tells how alike they mean.

The network is BERT (Devlin et al., arXiv 1810.04805) with six layers of MiniLM (Wang et al., arXiv 2002.10957), the
mean of the last layer's vectors as the sentence's (Reimers and Gurevych, arXiv 1908.10084). Weights are kept as 8-bit
numbers with one scale a row and turned into floats a matrix at a time, which takes a third of the memory.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.eight_bits import Matrix, Vectors
from knowledge.wordpiece import WordPiece

Tensors: TypeAlias = Mapping[str, NDArray[Any]]
"""Arrays by name, of several types."""

WIDTH = 384
HEADS = 12
LAYERS = 6
MOST_PIECES = 256
"""Pieces of a text that count, as the model's ``sentence_bert_config.json`` says."""

_LONGEST = 20_000
"""Characters of a text that are looked at; its first 256 pieces end far before."""

_TINY = np.float32(1e-12)
_BATCH = 128
"""Pieces that go through the network at once; more are not faster on one core and take memory."""


@dataclass(frozen=True)
class _Dense:
    matrix: Matrix
    bias: Vectors

    def of(self, inputs: Vectors) -> Vectors:
        result = self.matrix.times(inputs)
        result += self.bias
        return result


@dataclass(frozen=True)
class _Norm:
    weight: Vectors
    bias: Vectors

    def of(self, inputs: Vectors) -> Vectors:
        centred = inputs - inputs.mean(axis=-1, keepdims=True)
        spread = np.sqrt(np.einsum("...i,...i->...", centred, centred) / inputs.shape[-1] + _TINY)
        normed: Vectors = centred / spread[..., None] * self.weight + self.bias
        return normed


@dataclass(frozen=True)
class _Layer:
    attend: _Dense
    join: _Dense
    joined: _Norm
    widen: _Dense
    narrow: _Dense
    narrowed: _Norm

    def of(self, inputs: Vectors, lengths: NDArray[np.int64], width: int) -> Vectors:
        """One layer over texts of shape (texts x width, WIDTH), of which the first ``lengths`` pieces are real."""
        mixed = self.joined.of(inputs + self.join.of(_attended(self.attend.of(inputs), lengths, width)))
        return self.narrowed.of(mixed + self.narrow.of(_gelu(self.widen.of(mixed))))


def _attended(mixed: Vectors, lengths: NDArray[np.int64], width: int) -> Vectors:
    """Multi-head attention; ``mixed`` holds queries, keys and values side by side, shape (texts x width, 3 x WIDTH)."""
    size = WIDTH // HEADS
    query, key, value = mixed.reshape(len(lengths), width, 3, HEADS, size).transpose(2, 0, 3, 1, 4)
    weights = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(size))
    weights += np.where(np.arange(width) < lengths[:, None], np.float32(0), np.float32(-1e9))[:, None, None, :]
    weights = np.exp(weights - weights.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return np.ascontiguousarray((weights @ value).transpose(0, 2, 1, 3)).reshape(-1, WIDTH)


def _gelu(inputs: Vectors) -> Vectors:
    """The exact GELU; its erf by formula 7.1.26 of Abramowitz and Stegun (error below 1.5e-7), for numpy has none."""
    scaled = inputs * np.float32(np.sqrt(0.5))
    steps = 1 / (1 + np.float32(0.3275911) * np.abs(scaled))
    series = np.full_like(steps, 1.061405429)
    for factor in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        series *= steps
        series += np.float32(factor)
    series *= steps
    series *= np.exp(-scaled * scaled)
    erf = np.copysign(1 - series, scaled)
    result: Vectors = inputs * np.float32(0.5) * (1 + erf)
    return result


class MiniLM:
    """The model, ready to turn texts into vectors.

    Args:
        weights: the tensors by the names that ``knowledge.model`` gives them; matrices as ``name`` and ``name.scale``.
        vocabulary: the pieces in order of their numbers.
    """

    name = "all-MiniLM-L6-v2 int8"
    weight = 1.5

    def __init__(self, weights: Tensors, vocabulary: Sequence[str]) -> None:
        self._pieces = WordPiece(vocabulary)
        self._words = _matrix(weights, "words")
        self._places = _floats(weights, "places")
        self._start = _norm(weights, "start")
        self._layers = [_layer(weights, f"layer{number}") for number in range(LAYERS)]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One vector of length 1 for each text, shape (texts, 384); but for rounding it owes nothing to the others."""
        numbers = [self._pieces.numbers(text[:_LONGEST], MOST_PIECES) for text in texts]
        order = sorted(range(len(texts)), key=lambda place: len(numbers[place]))
        vectors = np.zeros((len(texts), WIDTH), np.float32)
        start = 0
        while start < len(order):
            # Sorted by length, the batch's last text is its longest: as many as fit when all are padded to that.
            end = start + 1
            while end < len(order) and (end + 1 - start) * len(numbers[order[end]]) <= _BATCH:
                end += 1
            places = order[start:end]
            vectors[places] = self._embed([numbers[place] for place in places])
            start = end
        return vectors

    def _embed(self, numbers: list[list[int]]) -> Vectors:
        lengths = np.array([len(each) for each in numbers], np.int64)
        width = int(lengths.max())
        padded = np.zeros((len(numbers), width), np.int64)
        for row, each in enumerate(numbers):
            padded[row, : len(each)] = each
        flat = padded.ravel()
        state = self._start.of(self._words.some(flat) + np.tile(self._places[:width], (len(numbers), 1)))
        for layer in self._layers:
            state = layer.of(state, lengths, width)
        real = (np.arange(width) < lengths[:, None]).astype(np.float32)
        summed = np.einsum("twd,tw->td", state.reshape(len(numbers), width, WIDTH), real)
        normed: Vectors = summed / np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), _TINY)
        return normed


def _floats(weights: Tensors, name: str) -> Vectors:
    return np.asarray(weights[name], np.float32)


def _matrix(weights: Tensors, name: str) -> Matrix:
    return Matrix(np.asarray(weights[name], np.int8), _floats(weights, f"{name}.scale"))


def _norm(weights: Tensors, name: str) -> _Norm:
    return _Norm(_floats(weights, f"{name}.weight"), _floats(weights, f"{name}.bias"))


def _dense(weights: Tensors, name: str) -> _Dense:
    return _Dense(_matrix(weights, name), _floats(weights, f"{name}.bias"))


def _layer(weights: Tensors, name: str) -> _Layer:
    return _Layer(
        attend=_dense(weights, f"{name}.attend"),
        join=_dense(weights, f"{name}.join"),
        joined=_norm(weights, f"{name}.joined"),
        widen=_dense(weights, f"{name}.widen"),
        narrow=_dense(weights, f"{name}.narrow"),
        narrowed=_norm(weights, f"{name}.narrowed"),
    )
