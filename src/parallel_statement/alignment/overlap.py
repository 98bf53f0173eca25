"""What two versions' segments share: numbers, and words in Latin script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Features = NDArray[np.float32]
NONE: Features = np.zeros((1, 1), dtype=np.float32)
"""A feature that no bead has."""

_Values = TypeVar("_Values", NDArray[np.float32], NDArray[np.float64])


@dataclass(frozen=True)
class Incidence:
    """Which items (numbers, words) occur in which sentence; only shared items are columns."""

    source: Features
    target: Features
    totals: tuple[Features, Features]
    """Weight of all items of a sentence, shared or not."""


def incidence(
    source: Sequence[frozenset[str]], target: Sequence[frozenset[str]], *, rarity: bool
) -> Incidence:
    """Return which items occur where; *rarity* gives a rare one more weight."""
    counts = Counter(item for items in (*source, *target) for item in items)
    size = len(source) + len(target)
    weight = {
        item: float(np.log((size + 1) / count)) if rarity else 1.0 for item, count in counts.items()
    }
    shared = sorted(set().union(*source) & set().union(*target))
    column = {item: k for k, item in enumerate(shared)}
    matrices = []
    for side in (source, target):
        matrix = np.zeros((len(side), len(shared)), dtype=np.float32)
        for i, items in enumerate(side):
            for item in items & column.keys():
                matrix[i, column[item]] = np.sqrt(weight[item])
        matrices.append(matrix)
    totals = tuple(
        np.array([sum(weight[item] for item in sorted(items)) for items in side], dtype=np.float32)
        for side in (source, target)
    )
    return Incidence(matrices[0], matrices[1], (totals[0], totals[1]))


def overlap(items: Incidence, m: int, n: int) -> tuple[Features, Features]:
    """Return the weight of the items that both spans have, and of those that only one has."""
    source, target = _span_max(items.source, m), _span_max(items.target, n)
    shared = source @ target.T
    totals = span_sum(items.totals[0], m)[:, None] + span_sum(items.totals[1], n)[None, :]
    return shared, np.maximum(totals - 2 * shared, 0)


def _span_max(matrix: Features, size: int) -> Features:
    height = len(matrix) - size + 1
    result = matrix[:height]
    for a in range(1, size):
        result = np.maximum(result, matrix[a : a + height])
    return result


def span_sum(values: _Values, size: int) -> _Values:
    """Return the sums of *size* neighbouring values."""
    sums = np.zeros(len(values) + 1)
    np.cumsum(values, out=sums[1:])
    return (sums[size:] - sums[:-size]).astype(values.dtype)
