"""N-way beads from the pairs' scores, where the pairs contradict each other."""

from __future__ import annotations

import numpy as np

from parallel_statement.alignment.assembly import Assembler
from parallel_statement.alignment.lattice import Lattice
from parallel_statement.model import Range

EN, IT, JA = range(3)


def lattice(rows: int, columns: int, gains: dict[tuple[int, int, int, int], float]) -> Lattice:
    """Scores of the beads (i, m, j, n): m segments from i on with n from j on; gaps gain .05."""
    scores = {
        (m, n): np.full((rows - m + 1, columns - n + 1), -0.45)
        for m in (1, 2, 3)
        for n in (1, 2, 3)
        if m <= rows and n <= columns
    }
    for (i, m, j, n), gain in gains.items():
        scores[m, n][i, j] = gain
    return Lattice(rows, columns, scores, np.full(rows, 0.05), np.full(columns, 0.05))


def test_a_third_version_does_not_marry_what_two_keep_apart() -> None:
    """Two Italian additions that Japanese half believes in stay out of the English bead."""
    pairs = {
        (EN, IT): lattice(1, 3, {(0, 1, 2, 1): 0.5}),
        (EN, JA): lattice(1, 1, {(0, 1, 0, 1): 0.45}),
        (IT, JA): lattice(3, 1, {(0, 3, 0, 1): 0.05, (2, 1, 0, 1): -0.1}),
    }
    closeness = {(EN, IT): 0.9, (EN, JA): 0.6, (IT, JA): 0.5}
    block = Range(0, 1), Range(0, 3), Range(0, 1)
    found = [
        tuple(tuple(r.indices) for r in bead) for bead in Assembler(pairs, closeness).beads(block)
    ]
    assert found == [((), (0,), ()), ((), (1,), ()), ((0,), (2,), (0,))]


def test_what_the_closest_pair_marries_is_not_final() -> None:
    """English and Japanese seem closest, but Italian is sure that the second sentence is new."""
    pairs = {
        (EN, IT): lattice(2, 1, {(0, 1, 0, 1): 0.5, (0, 2, 0, 1): -0.41}),
        (EN, JA): lattice(2, 1, {(0, 1, 0, 1): -0.2, (0, 2, 0, 1): 0.4}),
        (IT, JA): lattice(1, 1, {(0, 1, 0, 1): 0.5}),
    }
    closeness = {(EN, IT): 0.5, (EN, JA): 0.9, (IT, JA): 0.6}
    block = Range(0, 2), Range(0, 1), Range(0, 1)
    found = [
        tuple(tuple(r.indices) for r in bead) for bead in Assembler(pairs, closeness).beads(block)
    ]
    assert found == [((0,), (0,), (0,)), ((1,), (), ())]
