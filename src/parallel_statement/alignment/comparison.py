"""How two versions compare, whatever is known of them: what both looks at a pair share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parallel_statement.alignment.lattice import Matrix
from parallel_statement.alignment.overlap import Incidence, incidence
from parallel_statement.alignment.units import Units

_NEIGHBOURS = 4
_ENOUGH = 12
"""Sentence pairs that give a length ratio to rely on."""
LONGEST = 4
"""Segments on one side of a bead."""
_TEMPERATURE = 0.07
"""Of the softmax over cosines: a difference of .07 makes a candidate e times as likely."""


@dataclass(frozen=True)
class Comparison:
    """Two versions beside each other."""

    source: Units
    target: Units
    cosines: Matrix
    """Of every segment with every other: shape (rows, columns)."""
    norms: tuple[dict[int, Matrix], dict[int, Matrix]]
    """Length of the summed vectors of spans, by the number of segments."""
    hubness: tuple[Matrix, Matrix]
    """How near every segment is to its nearest few."""
    shares: tuple[Matrix, Matrix]
    """Softmax of the cosines, over the target and over the source segments."""
    ratio: float
    numbers: Incidence
    words: Incidence


def compare(source: Units, target: Units, cosines: Matrix) -> Comparison:
    """Return how two versions compare, given the *cosines* of their segments."""
    return Comparison(
        source,
        target,
        cosines,
        (_span_norms(source.vectors), _span_norms(target.vectors)),
        (_best_mean(cosines), _best_mean(cosines.T)),
        (_softmax(cosines), _softmax(cosines.T).T),
        log_ratio(source, target, cosines),
        incidence(source.numbers, target.numbers, rarity=False),
        incidence(source.words, target.words, rarity=True),
    )


def log_ratio(source: Units, target: Units, cosines: Matrix) -> float:
    """Return the log of how much longer the source is than the target where both say the same.

    The median over mutual nearest neighbours, since one text may lack a part of the other.
    """
    if min(cosines.shape) >= _ENOUGH:
        forward, backward = cosines.argmax(axis=1), cosines.argmax(axis=0)
        rows = np.flatnonzero(backward[forward] == np.arange(len(source)))
        if len(rows) >= _ENOUGH:
            lengths = source.lengths[rows], target.lengths[forward[rows]]
            return float(np.median(np.log((lengths[0] + 5) / (lengths[1] + 5))))
    total = source.lengths.sum(), target.lengths.sum()
    return float(np.log(max(total[0], 1.0) / max(total[1], 1.0)))


def _softmax(cosines: Matrix) -> Matrix:
    """What share of every row's attention each column gets."""
    if not cosines.size:
        return cosines
    powers = np.exp((cosines - cosines.max(axis=1, keepdims=True)) / _TEMPERATURE)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _span_norms(vectors: NDArray[np.float32]) -> dict[int, Matrix]:
    """Lengths of the sums, from the products of every vector with itself and those before it."""
    count = len(vectors)
    products = [
        np.einsum("ij,ij->i", vectors[lag:], vectors[: count - lag]).astype(np.float64)
        for lag in range(min(count, LONGEST))
    ]
    squares, norms = np.zeros(count + 1), {}
    for m in range(1, len(products) + 1):
        squares = squares[:-1] + products[0][m - 1 :]
        for lag in range(1, m):
            squares += 2 * products[lag][m - 1 - lag :]
        norms[m] = np.sqrt(np.maximum(squares, 0.0))
    return norms


def _best_mean(cosines: Matrix) -> Matrix:
    """Mean of the best few cosines of every row."""
    width = cosines.shape[1]
    if not width:
        return np.zeros(cosines.shape[0])
    k = min(_NEIGHBOURS, width)
    return np.asarray(np.partition(cosines, width - k, axis=1)[:, width - k :].mean(axis=1))
