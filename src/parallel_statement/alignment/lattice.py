r"""Forward-backward and Viterbi over the lattice of beads of two versions: numbers only.

A node (i, j) says that the first i segments of the source and the first j of the target are
done; a bead of size (m, n) is an edge from (i - m, j - n) to (i, j)::

    j   0    1    2          source 0 ~ target 0, target 1 has no counterpart,
    0   o                    source 1 and 2 ~ target 2:
    1    \-> o -> o
    2              \         edges (1, 1), (0, 1), (2, 1)
    3               \-> o

A path from (0, 0) to the far corner is an alignment; its score is the sum of its edges'. With
scores as log potentials the lattice is a semi-Markov conditional random field (Sarawagi and
Cohen 2004), and the forward-backward algorithm gives the posterior probability of every bead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Size = tuple[int, int]
"""Segments of a bead on the source and on the target side."""
Node = tuple[int, int]
Edge = tuple[Node, Node]
"""A bead as the nodes at its two ends."""

_LEAST = -1e300
"""Stands for minus infinity where a difference is taken."""


@dataclass(frozen=True)
class Lattice:
    """Scores of all beads of two versions of *rows* and *columns* segments.

    ``scores[m, n][i, j]`` belongs to the bead of size (m, n) that *begins* at node (i, j), so its
    shape is (rows - m + 1, columns - n + 1); sizes that do not fit are absent. Gaps are
    ``source_gaps`` (one score a source segment) and ``target_gaps``.
    """

    rows: int
    columns: int
    scores: Mapping[Size, Matrix]
    source_gaps: Matrix
    target_gaps: Matrix

    def reversed(self) -> Lattice:
        """Return the lattice read from its far corner."""
        return Lattice(
            self.rows,
            self.columns,
            {size: score[::-1, ::-1] for size, score in self.scores.items()},
            self.source_gaps[::-1],
            self.target_gaps[::-1],
        )

    def block(self, start: Node, end: Node) -> Lattice:
        """Return the part of the lattice between two nodes."""
        (i, j), (k, m) = start, end
        rows, columns = k - i, m - j
        return Lattice(
            rows,
            columns,
            {
                (a, b): score[i : k - a + 1, j : m - b + 1]
                for (a, b), score in self.scores.items()
                if a <= rows and b <= columns
            },
            self.source_gaps[i:k],
            self.target_gaps[j:m],
        )


@dataclass(frozen=True)
class Posteriors:
    """Posterior probabilities of a lattice's parts."""

    log_partition: float
    nodes: Matrix
    """Probability that the path passes a node: shape (rows + 1, columns + 1)."""
    beads: Mapping[Size, Matrix]
    """As `Lattice.scores`."""
    source_gaps: Matrix
    """Probability that a source segment has no counterpart."""
    target_gaps: Matrix

    def likely(self, least: float) -> tuple[Size, ...]:
        """Return the sizes of which some bead has at least this posterior."""
        return tuple(size for size, beads in self.beads.items() if beads.max() >= least)


def accumulate(lattices: Sequence[Lattice]) -> NDArray[np.float64]:
    """Return the log of the summed weight of all paths from (0, 0) to every node.

    Moves along a row are gaps of the target only, so a row is one running ``logaddexp`` over
    sums of gap scores; all other moves come from earlier rows, and a row takes them together.

    Args:
        lattices: Of one shape and with beads of the same sizes.

    Returns:
        Shape (lattices, rows + 1, columns + 1).
    """
    rows, columns = lattices[0].rows, lattices[0].columns
    sizes = [*lattices[0].scores, (1, 0)]
    above, left = (max(extent) for extent in zip(*sizes, strict=True))
    arriving = np.full((rows + 1, len(lattices), len(sizes), columns + 1), -np.inf)
    for at, lattice in enumerate(lattices):
        for k, (m, n) in enumerate(sizes[:-1]):
            arriving[m:, at, k, n:] = lattice.scores[m, n]
        arriving[1:, at, -1] = lattice.source_gaps[:, None]
    drift = np.stack([np.append(0.0, np.cumsum(lattice.target_gaps)) for lattice in lattices])
    width = columns + 1 + left
    padded = np.full((rows + 1 + above, len(lattices), width), -np.inf)
    padded[above, :, left:] = drift
    origins = np.array([(above - m) * len(lattices) * width + left - n for m, n in sizes])
    origins = origins[:, None] + np.arange(columns + 1)
    origins = np.arange(len(lattices))[:, None, None] * width + origins
    flat = padded.reshape(-1)
    with np.errstate(divide="ignore"):  # of a node at which no bead ends
        for i in range(1, rows + 1):
            scores = flat[i * len(lattices) * width :].take(origins)
            scores += arriving[i]
            top = np.maximum.reduce(scores, axis=1)
            np.maximum(top, _LEAST, out=top)
            scores -= top[:, None]
            row = np.add.reduce(np.exp(scores, out=scores), axis=1)
            top -= drift
            np.log(row, out=row)
            row += top
            np.add(drift, np.logaddexp.accumulate(row, axis=1), out=padded[i + above, :, left:])
    return padded[above:, :, left:].swapaxes(0, 1)


def posteriors(lattice: Lattice) -> Posteriors:
    """Return the posterior probability of every node, bead and gap of *lattice*."""
    forward, backward = accumulate([lattice, lattice.reversed()])
    backward = backward[::-1, ::-1]
    total = float(forward[-1, -1])
    rows, columns = lattice.rows, lattice.columns
    beads = {
        (m, n): np.exp(
            forward[: rows + 1 - m, : columns + 1 - n] + score + backward[m:, n:] - total
        )
        for (m, n), score in lattice.scores.items()
    }
    source = forward[:-1] + lattice.source_gaps[:, None] + backward[1:] - total
    target = forward[:, :-1] + lattice.target_gaps[None, :] + backward[:, 1:] - total
    return Posteriors(
        total,
        np.exp(forward + backward - total),
        beads,
        np.exp(source).sum(axis=1),
        np.exp(target).sum(axis=0),
    )


def best_path(lattice: Lattice) -> tuple[tuple[Edge, ...], float]:
    """Return the beads of the best path in order, and its score (Viterbi 1967)."""
    rows, columns = lattice.rows, lattice.columns
    best = np.full((rows + 1, columns + 1), -np.inf)
    drift = np.concatenate(([0.0], np.cumsum(lattice.target_gaps)))
    best[0] = drift
    for i in range(1, rows + 1):
        row = best[i - 1] + lattice.source_gaps[i - 1]
        for (m, n), score in lattice.scores.items():
            if m <= i:
                np.maximum(row[n:], best[i - m, : columns + 1 - n] + score[i - m], out=row[n:])
        best[i] = drift + np.maximum.accumulate(row - drift)
    return _trace(lattice, best), float(best[-1, -1])


def _trace(lattice: Lattice, best: Matrix) -> tuple[Edge, ...]:
    node = (lattice.rows, lattice.columns)
    edges: list[Edge] = []
    while node != (0, 0):
        previous = max(_arrivals(lattice, best, node), key=lambda arrival: arrival[0])[1]
        edges.append((previous, node))
        node = previous
    return tuple(reversed(edges))


def _arrivals(lattice: Lattice, best: Matrix, node: Node) -> list[tuple[float, Node]]:
    i, j = node
    arrivals = [
        (float(best[i - m, j - n] + score[i - m, j - n]), (i - m, j - n))
        for (m, n), score in lattice.scores.items()
        if m <= i and n <= j
    ]
    if i:
        arrivals.append((float(best[i - 1, j] + lattice.source_gaps[i - 1]), (i - 1, j)))
    if j:
        arrivals.append((float(best[i, j - 1] + lattice.target_gaps[j - 1]), (i, j - 1)))
    return arrivals
