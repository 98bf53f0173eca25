"""What speaks for a bead: its features, and their weighted score.

Features of a bead (X, Y), each a number that needs no knowledge of the two languages:

=================  ==========================================================================
cosine             of the summed sentence vectors of X and Y
margin, sure       cosine minus the mean of each side's four best cosines (hubness), and how far
                   that is above .15
share              how much of a softmax over its row and column the cosine takes
gain               cosine minus the best cosine after an end sentence is dropped: below zero
                   where a bead has swallowed a neighbour
clear_gain         the same within .05 above and below 0, as -1 to 1
exact, exact_gain  by how much the cosine of X and Y, each read as one text, differs from that of
                   the sums, and its gain; 0 where they were not read
clear_exact_gain   that gain within .05 above and below 0, as -1 to 1: a run-in heading and half a
                   sentence bring little, but a stranger takes away
run_in, facing     cosine of the shortest end of several sentences with the part of the one
                   sentence that it faces, and whether that was read
length, surprise   squared and absolute log ratio of the lengths, after the text's own ratio
shared_numbers     numbers (after NFKC) that both sides have
lone_numbers       numbers that only one side has
words              shared words in Latin script (names, acronyms, cognates), by rarity
starts, ends       paragraph borders that agree at the bead's ends
broken             paragraph borders at one end of one side only
inside             paragraph borders inside the bead
mended, torn       sentences that a splitter broke: breaks inside the bead, breaks at one end of
                   one side only
labels             paragraph numbers that agree (+1) or differ (-1)
heads              headings against headings (+1) or against text (-1)
supported          how much of X ~ Y the other versions confirm
leaking            how much of X or Y the other versions place elsewhere
denied             how much of X or Y has counterparts in the other versions that have none here
=================  ==========================================================================

Features of a gap: its best cosine, margin and share; its length; whether it is a heading; whether a
torn sentence begins or ends in it; how much of it the other versions place in the other version
(claimed), or miss there (denied).

The margin is Artetxe and Schwenk (2019); the length ratio is Gale and Church (1993);
support is the consistency transformation of Do et al. (2005).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parallel_statement.alignment.comparison import Comparison, compare
from parallel_statement.alignment.context import NOTHING, Context
from parallel_statement.alignment.features import Collector
from parallel_statement.alignment.lattice import Edge, Lattice, Matrix, Size
from parallel_statement.alignment.overlap import NONE, Features
from parallel_statement.alignment.units import Units

OWN_FEATURES = (
    "cosine",
    "margin",
    "sure",
    "share",
    "gain",
    "clear_gain",
    "length",
    "surprise",
    "shared_numbers",
    "lone_numbers",
    "words",
    "starts",
    "ends",
    "broken",
    "inside",
    "mended",
    "torn",
    "labels",
    "heads",
)
"""What two versions say themselves, the same in every look at them."""
TOLD_FEATURES = (
    "exact",
    "exact_gain",
    "clear_exact_gain",
    "run_in",
    "facing",
    "supported",
    "leaking",
    "denied",
)
"""What a first look tells a second."""
FEATURES = OWN_FEATURES + TOLD_FEATURES
GAP_FEATURES = (
    "best_cosine",
    "best_margin",
    "best_share",
    "length",
    "head",
    "torn",
    "claimed",
    "denied",
)

Sums = Mapping[Size, Features]
"""Weighted sums of features, by the size of the beads: rows and columns are their first segments,
after the weights if there are several."""


@dataclass(frozen=True)
class Evidence:
    """Features of all beads and gaps of two versions."""

    beads: Mapping[Size, Features]
    """Shape (features, rows - m + 1, columns - n + 1), indexed by the bead's first segments."""
    source_gaps: Features
    """Shape (gap features, rows)."""
    target_gaps: Features


@dataclass(frozen=True)
class Weights:
    """The learned weights of the features, the same for every pair of languages."""

    bias: Mapping[Size, float]
    features: NDArray[np.float64]
    growth: NDArray[np.float64]
    """Added to `features` once for every segment above two."""
    gap_bias: float
    gap_features: NDArray[np.float64]

    def of(self, size: Size) -> NDArray[np.float64]:
        """Return the weights of the features of beads of *size*."""
        return self.features + (sum(size) - 2) * self.growth


@dataclass(frozen=True)
class Weighing:
    """How the score of one bead or gap comes about: bias and the sum of weights times features."""

    bias: float
    weights: Mapping[str, float]
    features: Mapping[str, float]


def collect(source: Units, target: Units, cosines: Matrix, context: Context = NOTHING) -> Evidence:
    """Return the evidence on all beads of two versions.

    Args:
        source: One version.
        target: The other.
        cosines: Of every sentence with every other, shape (rows, columns).
        context: What a first look has found.
    """
    collector = Collector(compare(source, target, cosines), context)
    beads = {
        size: np.stack(np.broadcast_arrays(*collector.beads(*size))) for size in collector.sizes
    }
    return Evidence(beads, *collector.gaps())


def score(evidence: Evidence, weights: Weights) -> Lattice:
    """Return the lattice of weighted scores of collected *evidence* (for training)."""
    scores = {
        size: _added(
            np.zeros(features.shape[1:], np.float32), _factors(size, [weights])[:, 0], features
        )
        + np.float64(weights.bias[size])
        for size, features in evidence.beads.items()
    }
    return _lattice(scores, evidence.source_gaps, evidence.target_gaps, weights)


def own_sums(compared: Comparison, weights: Sequence[Weights]) -> Sums:
    """Return the weighted sums of the `OWN_FEATURES` of all beads, for each of *weights*.

    What several looks at two versions share is computed here once.

    Returns:
        Matrices of the shape (weights, rows - m + 1, columns - n + 1).
    """
    collector = Collector(compared)
    sums = {}
    for m, n in collector.sizes:
        factors = _factors((m, n), weights)[: len(OWN_FEATURES), :, None, None]
        shape = len(weights), collector.rows - m + 1, collector.columns - n + 1
        sums[m, n] = _added(np.zeros(shape, np.float32), factors, collector.own(m, n))
    return sums


def weigh(compared: Comparison, weights: Weights, own: Sums, context: Context = NOTHING) -> Lattice:
    """Return the lattice of weighted scores: what `score` of `collect` gives, in less memory.

    Args:
        compared: Two versions.
        weights: Of all features.
        own: The sums of `OWN_FEATURES` under these weights, for the sizes of beads to consider.
        context: What a first look has found.
    """
    collector = Collector(compared, context)
    scores = {}
    for size, total in own.items():
        factors = _factors(size, [weights])[len(OWN_FEATURES) :, 0]
        told = _added(total.copy(), factors, collector.told(*size))
        scores[size] = told + np.float64(weights.bias[size])
    return _lattice(scores, *collector.gaps(), weights)


def _factors(size: Size, weights: Sequence[Weights]) -> Features:
    """Return the weights of all features of beads of this size: shape (features, weights)."""
    return np.stack([each.of(size) for each in weights], axis=1).astype(np.float32)


def _added(total: Features, factors: Features, features: Iterable[Features]) -> Features:
    """Return *total* after every feature was added to it, times its factor."""
    for factor, feature in zip(factors, features, strict=True):
        if feature is not NONE:
            total += factor * feature
    return total


def weighing(collector: Collector, weights: Weights, edge: Edge) -> Weighing:
    """Return how `weigh` comes to the score of the bead or gap at *edge*."""
    (i, j), (k, m) = edge
    size = k - i, m - j
    if 0 not in size:
        features = np.broadcast_arrays(*collector.beads(*size))
        values = [float(feature[i, j]) for feature in features]
        return _named(weights.bias[size], FEATURES, weights.of(size), values)
    source, target = collector.gaps()
    found = source[:, i] if size[0] else target[:, j]
    return _named(weights.gap_bias, GAP_FEATURES, weights.gap_features, found.tolist())


def _named(
    bias: float, names: tuple[str, ...], weights: NDArray[np.float64], features: Sequence[float]
) -> Weighing:
    by_name = dict(zip(names, weights.tolist(), strict=True))
    return Weighing(bias, by_name, dict(zip(names, features, strict=True)))


def _lattice(
    scores: Mapping[Size, Matrix], source_gaps: Features, target_gaps: Features, weights: Weights
) -> Lattice:
    source, target = (
        np.asarray(weights.gap_bias + weights.gap_features @ gaps, dtype=np.float64)
        for gaps in (source_gaps, target_gaps)
    )
    return Lattice(len(source), len(target), scores, source, target)
