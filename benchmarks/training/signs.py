"""Weights of which the sign is known beforehand.

Equal numbers never speak against a bead, whatever a small corpus makes it look like. A feature's
weight grows linearly with the size of the bead, so it has the right sign for all sizes if it has it
for the smallest and the largest: the search runs over these two in place of weight and growth, as
L-BFGS-B wants each number to have its own bounds.
"""

from __future__ import annotations

import numpy as np

from benchmarks.training.example import LENGTH, SHAPES, Vector
from parallel_statement.alignment.evidence import FEATURES
from parallel_statement.alignment.features import SIZES

SIGNS = {"shared_numbers": 1, "lone_numbers": -1, "words": 1, "labels": 1}
_STEPS = max(map(sum, SIZES)) - 2
"""From the smallest bead to the largest."""
_PLAIN = slice(len(SHAPES), len(SHAPES) + len(FEATURES))
_GROWTH = slice(_PLAIN.stop, _PLAIN.stop + len(FEATURES))
Bound = tuple[float | None, float | None]


def ends(vector: Vector) -> Vector:
    """Return *vector* with the weight for the largest beads in place of the growth."""
    result = vector.copy()
    result[_GROWTH] = vector[_PLAIN] + _STEPS * vector[_GROWTH]
    return result


def weights(ends: Vector) -> Vector:
    """Return the weights that have these *ends*."""
    result = ends.copy()
    result[_GROWTH] = (ends[_GROWTH] - ends[_PLAIN]) / _STEPS
    return result


def slopes(gradient: Vector) -> Vector:
    """Return a *gradient* by weights as one by their ends."""
    result = gradient.copy()
    result[_GROWTH] = gradient[_GROWTH] / _STEPS
    result[_PLAIN] = gradient[_PLAIN] - result[_GROWTH]
    return result


def bounds() -> list[Bound]:
    """Return between which numbers each end lies."""
    signs = np.zeros(LENGTH)
    signs[_PLAIN] = signs[_GROWTH] = [SIGNS.get(name, 0) for name in FEATURES]
    return [(0.0 if sign > 0 else None, 0.0 if sign < 0 else None) for sign in signs]
