"""Matrices in 8 bits, each row with a scale of its own: a quarter of the memory, and nearly the same products."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]

_TINY = np.float32(1e-12)
_AT_ONCE = 4_096


@dataclass(frozen=True)
class Matrix:
    """A matrix in 8 bits.

    Args:
        rows: shape (n, m), int8.
        scales: what each row is to be multiplied with, shape (n,).
    """

    rows: NDArray[np.int8]
    scales: Vectors

    def times(self, inputs: Vectors) -> Vectors:
        """``inputs`` of shape (k, m) with every row, shape (k, n)."""
        product: Vectors = inputs @ self.rows.astype(np.float32).T
        product *= self.scales
        return product

    def some(self, places: NDArray[np.int64]) -> Vectors:
        """Some of the rows, as they were before but for rounding, shape (places, m)."""
        chosen: Vectors = self.rows[places].astype(np.float32)
        chosen *= self.scales[places, None]
        return chosen


def quantised(weights: Vectors) -> Matrix:
    """The nearest matrix in 8 bits."""
    scales = (np.maximum(np.abs(weights).max(axis=1), _TINY) / np.float32(127)).astype(np.float32)
    rows = np.empty(weights.shape, np.int8)
    for begin in range(0, len(weights), _AT_ONCE):
        some = slice(begin, begin + _AT_ONCE)
        rows[some] = np.rint(weights[some] / scales[some, None])
    return Matrix(rows, scales)
