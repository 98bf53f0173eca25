"""What the other versions say about a pair: the consistency of pairwise posteriors.

If x corresponds to z in a third version, and z to y, then x probably corresponds to y: the
probabilistic consistency transformation of multiple sequence alignment (Do et al. 2005,
ProbCons); for three languages of one text the idea is Simard's (1999).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from parallel_statement.alignment.lattice import Matrix, Posteriors

_SUPPORTERS = 8
"""Most versions that are asked about a pair, so that the work grows with the pairs."""


_LEAST_DOUBT = 0.005
"""Nothing is surer than this, however sure it is of itself."""
_STEEPNESS = 3
"""How decidedly the surer of two estimates is trusted: 1 is in the inverse proportion of their
errors, 2 of their variances; measured best across corpora, as estimates of one text err alike."""


@dataclass(frozen=True)
class Matches:
    """Probability that two sentences correspond; both matrices have the shape (rows, columns).

    In `rows` a source sentence's probability is shared among the targets of its bead, so a row
    sums to the probability that the sentence has a counterpart; in `columns` likewise for the
    target sentences.
    """

    rows: Matrix
    columns: Matrix

    @property
    def lone(self) -> Matrix:
        """Probability that a source segment has no counterpart."""
        return np.asarray(1 - self.rows.sum(axis=1))

    @property
    def transposed(self) -> Matches:
        """The same seen from the other version."""
        return Matches(self.columns.T, self.rows.T)


def matches(posteriors: Posteriors) -> Matches:
    """Return the match probabilities that the bead *posteriors* imply."""
    shape = posteriors.nodes.shape[0] - 1, posteriors.nodes.shape[1] - 1
    rows, columns = np.zeros(shape), np.zeros(shape)
    for (m, n), beads in posteriors.beads.items():
        height, width = beads.shape
        for a in range(m):
            for b in range(n):
                rows[a : a + height, b : b + width] += beads / n
                columns[a : a + height, b : b + width] += beads / m
    return Matches(rows, columns)


@dataclass(frozen=True)
class Support:
    """What all other versions say about a pair, on average."""

    rows: Matrix
    """For every source segment the probability that the others lead from it to each target one."""
    columns: Matrix
    """The same, seen from the target; of the same shape."""
    source_denied: Matrix
    """Probability that a source segment has counterparts in the others, and they have none in
    the target."""
    target_denied: Matrix


def doubt(posteriors: Posteriors) -> float:
    """Return how unsure a pair is: one less the posterior of a segment's likeliest bead or gap.

    The mean over the segments of both versions.
    """
    source, target = posteriors.source_gaps.copy(), posteriors.target_gaps.copy()
    for (m, n), beads in posteriors.beads.items():
        rows, columns = beads.max(axis=1), beads.max(axis=0)
        for a in range(m):
            np.maximum(source[a : a + len(rows)], rows, out=source[a : a + len(rows)])
        for b in range(n):
            np.maximum(target[b : b + len(columns)], columns, out=target[b : b + len(columns)])
    sure = np.concatenate((source, target))
    return float(np.mean(1 - np.minimum(sure, 1))) if sure.size else 0.0


def trust(pair: tuple[int, int], size: int, doubts: Mapping[tuple[int, int], float]) -> float:
    """Return how far the other versions can be trusted about a *pair*: 0 not at all, 1 fully.

    The surer of two estimates weighs more: a pair that is sure of itself learns little from a
    way round that is not (Italian by way of Japanese).

    Args:
        pair: Numbers of the two versions.
        size: Number of versions.
        doubts: The `doubt` of every pair (a, b) with a < b.
    """
    a, b = pair
    around = [
        doubts[min(a, k), max(a, k)] + doubts[min(b, k), max(b, k)] + 2 * _LEAST_DOUBT
        for k in _supporters(pair, size)
    ]
    if not around:
        return 0.0
    own = doubts[pair] + _LEAST_DOUBT
    return own**_STEEPNESS / (own**_STEEPNESS + min(around) ** _STEEPNESS)


def support(
    pair: tuple[int, int], size: int, found: Mapping[tuple[int, int], Matches]
) -> Support | None:
    """Return what all other versions say about a *pair* of *size* versions.

    Args:
        pair: Numbers of the two versions.
        size: Number of versions.
        found: The matches of every pair (a, b) with a < b.

    Returns:
        None where there is no other version.
    """
    others = _supporters(pair, size)
    if not others:
        return None
    a, b = pair
    via = [(_between(a, k, found), _between(k, b, found)) for k in others]
    back = [(_between(b, k, found), _between(k, a, found)) for k in others]
    rows = [there.rows @ on.rows for there, on in via]
    columns = [(there.rows @ on.rows).T for there, on in back]
    source = [there.rows @ on.lone for there, on in via]
    target = [there.rows @ on.lone for there, on in back]
    return Support(
        *(sum(each[1:], each[0]) / len(others) for each in (rows, columns, source, target))
    )


def _supporters(pair: tuple[int, int], size: int) -> list[int]:
    turn = (number % size for number in range(pair[0] + 1, pair[0] + size))
    return sorted([k for k in turn if k not in pair][:_SUPPORTERS])


def _between(source: int, target: int, found: Mapping[tuple[int, int], Matches]) -> Matches:
    if source < target:
        return found[source, target]
    return found[target, source].transposed
