"""What a first look at all pairs tells the second look at one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from parallel_statement.alignment.consensus import Support
from parallel_statement.alignment.lattice import Matrix, Size

Vectors = NDArray[np.float32]
Cosine = Callable[[Vectors, Vectors], Matrix]
"""Cosines of every row of one matrix with every row of another."""

_EMBEDDED_RANGE = (0.03, 0.65)
"""Median cosine of unrelated and of corresponding sentences with the encoder of the weights."""
_SAMPLE = 2000


def cosines(source: Vectors, target: Vectors) -> Matrix:
    """Return the cosines of unit vectors, rounded: the last bits depend on the batches."""
    return np.asarray(source @ target.T, dtype=np.float64).round(5)


@dataclass(frozen=True)
class Stretch:
    """Cosines of an encoder without weights of its own, in the range that the weights expect."""

    low: float
    """Median cosine of unrelated sentences."""
    high: float
    """Median cosine of sentences that may correspond."""

    @classmethod
    def of(cls, source: Vectors, target: Vectors) -> Stretch:
        """Return how the cosines of two versions are to be stretched."""
        sample = source[:_SAMPLE] @ target[:_SAMPLE].T
        if not sample.size:
            return cls(*_EMBEDDED_RANGE)
        return cls(float(np.median(sample)), float(np.median(sample.max(axis=1))))

    def __call__(self, source: Vectors, target: Vectors) -> Matrix:
        """Return the stretched cosines, as `cosines` does those that need it not."""
        bottom, top = _EMBEDDED_RANGE
        scale = (top - bottom) / max(self.high - self.low, 0.05)
        return np.asarray(bottom + (cosines(source, target) - self.low) * scale)


@dataclass(frozen=True)
class Reading:
    """Spans of one size that were read as one text."""

    starts: NDArray[np.int64]
    vectors: Vectors


@dataclass(frozen=True)
class Spans:
    """What was read of one version, by the number of segments."""

    readings: Mapping[int, Reading] = field(default_factory=dict)

    def of(self, size: int, single: Vectors) -> Reading | None:
        """Return the spans of *size* segments; those of one are the segments themselves."""
        return Reading(np.arange(len(single)), single) if size == 1 else self.readings.get(size)


@dataclass(frozen=True)
class RunIns:
    """Beads of one segment against several, and how alike the short end and its part are."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    cosines: Matrix


@dataclass(frozen=True)
class Context:
    """What is known of a pair beyond its segments."""

    support: Support | None = None
    spans: tuple[Spans, Spans] = (Spans(), Spans())
    run_ins: Mapping[Size, RunIns] = field(default_factory=dict)
    cosine: Cosine = cosines


NOTHING = Context()
