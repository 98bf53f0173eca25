"""One pair of versions as training sees it: the beads that matter, and the known ones of them.

What a first set of weights gives no chance at all is left out, so a lattice has few beads and its
sums are quick.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

from benchmarks.training.disturbance import Masks
from parallel_statement.alignment import evidence, lattice
from parallel_statement.alignment.evidence import FEATURES, GAP_FEATURES, Evidence, Weights
from parallel_statement.alignment.features import SIZES

SHAPES = tuple((m, n) for m, n in SIZES if m <= n)
"""Bead sizes that share a weight with their mirror image."""
LENGTH = len(SHAPES) + 2 * len(FEATURES) + 1 + len(GAP_FEATURES)
"""Of the vector of all weights."""
_SOFTENED = 0.5
"""Scores are halved when it is asked what has a chance."""
_CHANCE = 1e-7
_NEVER = -1e4
Vector = NDArray[np.float64]
Gaps = tuple[NDArray[np.bool_], NDArray[np.bool_]]


def unpack(vector: Vector) -> Weights:
    """Return the weights in *vector*."""
    shapes, features = len(SHAPES), len(FEATURES)
    bias = dict(zip(SHAPES, vector[:shapes], strict=True))
    rest = vector[shapes:]
    return Weights(
        {(m, n): float(bias[min(m, n), max(m, n)]) for m, n in SIZES},
        rest[:features],
        rest[features : 2 * features],
        float(rest[2 * features]),
        rest[2 * features + 1 :],
    )


@dataclass(frozen=True)
class Example:
    """The edges of a lattice, in an order in which sums can be taken."""

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    known: NDArray[np.bool_]
    order: NDArray[np.int32]
    """From edges sorted by kind (beads, then gaps) to edges in order."""
    nodes: int
    last: int
    shapes: NDArray[np.int8]
    features: NDArray[np.float32]
    growth: NDArray[np.float32]
    gap_features: NDArray[np.float32]
    trust: float
    """In the other versions."""

    def loss(self, vector: Vector) -> tuple[float, Vector]:
        """Return the negative log likelihood of what is known, and its gradient."""
        shapes, features, beads = len(SHAPES), len(FEATURES), len(self.shapes)
        plain, grown = np.split(vector[shapes : shapes + 2 * features].astype(np.float32), 2)
        scores = np.empty(len(self.source))
        scores[:beads] = vector[:shapes][self.shapes] + self.features @ plain
        scores[:beads] += self.growth * (self.features @ grown)
        gap_weights = vector[shapes + 2 * features :]
        scores[beads:] = gap_weights[0] + self.gap_features @ gap_weights[1:].astype(np.float32)
        scores = scores[self.order]
        everything = _sums(self.source, self.target, scores, self.nodes, self.last)
        limited = np.where(self.known, scores, scores + _NEVER)
        right = _sums(self.source, self.target, limited, self.nodes, self.last)
        surplus = np.empty(len(scores))
        surplus[self.order] = everything[1] - right[1]
        of_beads, of_gaps = surplus[:beads], surplus[beads:]
        gradient = np.concatenate(
            (
                np.bincount(self.shapes, of_beads, shapes),
                of_beads @ self.features,
                (of_beads * self.growth) @ self.features,
                [of_gaps.sum()],
                of_gaps @ self.gap_features,
            )
        )
        return everything[0] - right[0], gradient


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def _sums(source, target, scores, nodes, last):  # type: ignore[no-untyped-def]
    """Log of the summed weight of all paths, and the posterior of every edge."""
    forward = np.full(nodes, -1e300)
    forward[0] = 0.0
    for e in range(len(source)):
        new, old = forward[source[e]] + scores[e], forward[target[e]]
        high, low = max(new, old), min(new, old)
        if high > -1e299:
            forward[target[e]] = high + np.log1p(np.exp(low - high))
    backward = np.full(nodes, -1e300)
    backward[last] = 0.0
    for e in range(len(source) - 1, -1, -1):
        new, old = backward[target[e]] + scores[e], backward[source[e]]
        high, low = max(new, old), min(new, old)
        if high > -1e299:
            backward[source[e]] = high + np.log1p(np.exp(low - high))
    posteriors = np.empty(len(source))
    for e in range(len(source)):
        path = forward[source[e]] + scores[e] + backward[target[e]] - forward[last]
        posteriors[e] = np.exp(min(0.0, path))
    return forward[last], posteriors


def example(
    found: Evidence, masks: Masks, gaps: Gaps, weights: Weights, trust: float = 0.0
) -> Example:
    """Return *found* with what is known, without what *weights* give no chance."""
    full = evidence.score(found, weights)
    soft = lattice.Lattice(
        full.rows,
        full.columns,
        {size: score * _SOFTENED for size, score in full.scores.items()},
        full.source_gaps * _SOFTENED,
        full.target_gaps * _SOFTENED,
    )
    limited = lattice.Lattice(
        full.rows,
        full.columns,
        {size: np.where(masks[size], score, _NEVER) for size, score in soft.scores.items()},
        np.where(gaps[0], soft.source_gaps, _NEVER),
        np.where(gaps[1], soft.target_gaps, _NEVER),
    )
    return _edges(
        found, masks, gaps, (lattice.posteriors(soft), lattice.posteriors(limited)), trust
    )


def _edges(
    found: Evidence,
    masks: Masks,
    gaps: Gaps,
    chances: Sequence[lattice.Posteriors],
    trust: float,
) -> Example:
    likely, right = chances
    nodes = (likely.nodes > 10 * _CHANCE) | (right.nodes > 10 * _CHANCE)
    places = np.argwhere(nodes)
    places = places[np.argsort(places.sum(axis=1), kind="stable")]
    ids = np.full(nodes.shape, -1)
    ids[places[:, 0], places[:, 1]] = np.arange(len(places))
    source, target, known = [], [], []
    shapes, features, growth, gap_features = [], [], [], []
    for (m, n), posterior in likely.beads.items():
        height, width = posterior.shape
        chance = (posterior > _CHANCE) | (right.beads[m, n] > _CHANCE)
        i, j = np.nonzero(chance & nodes[:height, :width] & nodes[m:, n:])
        source.append(ids[i, j])
        target.append(ids[i + m, j + n])
        known.append(masks[m, n][i, j])
        shapes.append(np.full(len(i), SHAPES.index((min(m, n), max(m, n)))))
        features.append(found.beads[m, n][:, i, j].T)
        growth.append(np.full(len(i), m + n - 2))
    i, j = np.nonzero(nodes[:-1] & nodes[1:])
    source.append(ids[i, j])
    target.append(ids[i + 1, j])
    known.append(gaps[0][i])
    gap_features.append(found.source_gaps.T[i])
    i, j = np.nonzero(nodes[:, :-1] & nodes[:, 1:])
    source.append(ids[i, j])
    target.append(ids[i, j + 1])
    known.append(gaps[1][j])
    gap_features.append(found.target_gaps.T[j])
    begins = np.concatenate(source)
    order = np.argsort(begins, kind="stable").astype(np.int32)
    return Example(
        begins[order].astype(np.int32),
        np.concatenate(target)[order].astype(np.int32),
        np.concatenate(known)[order],
        order,
        len(places),
        int(ids[-1, -1]),
        np.concatenate(shapes).astype(np.int8),
        np.concatenate(features).astype(np.float32),
        np.concatenate(growth).astype(np.float32),
        np.concatenate(gap_features).astype(np.float32),
        trust,
    )
