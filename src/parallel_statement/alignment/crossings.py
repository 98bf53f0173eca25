"""Passages of two versions that match, but stand in no bead together.

A seed (two sentences that are each other's nearest neighbours among those left alone) is extended
to its neighbours, as far as these match in order: a local alignment, as in Smith and Waterman
(1981), with the beads of `lattice`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from parallel_statement.alignment.anchors import mutual
from parallel_statement.alignment.context import Cosine, Vectors
from parallel_statement.alignment.lattice import Edge, Lattice, best_path
from parallel_statement.model import Range

Numbers = NDArray[np.int64]

_ALIKE = 0.4
"""Cosine from which a sentence is a seed, or belongs to the passage of a neighbouring one."""
_SIZES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1))
_SURELY = 1e3
"""Makes the best path go through the seed."""
_REACH = 200
"""Sentences before and after a seed that are looked at."""
_MOST_ALONE = 4000
"""Sentences of a version among which seeds are looked for; of more, the longest."""
_MOST_SEEDS = 400


class Side(NamedTuple):
    """One of two versions: its sentences' vectors and lengths, and which of them are alone."""

    vectors: Vectors
    lengths: Sequence[int]
    alone: Numbers
    """Sentences that have no counterpart in the other version, rising."""


class Crossing(NamedTuple):
    """Sentences of two versions that match, and how much of them does."""

    strength: float
    source: Range
    target: Range


def crossings(source: Side, target: Side, cosine: Cosine) -> Iterator[Crossing]:
    """Yield passages that match and are alone in both versions; no two share a sentence."""
    runs = _runs(source.alone), _runs(target.alone)
    taken: tuple[set[int], set[int]] = (set(), set())
    for i, j in _seeds(source, target, cosine):
        if i in taken[0] or j in taken[1]:
            continue
        rows, columns = (
            _around(run[k], k, used) for run, k, used in zip(runs, (i, j), taken, strict=True)
        )
        found = _extend(
            source.vectors[slice(*rows)],
            target.vectors[slice(*columns)],
            cosine,
            (i - rows.start, j - columns.start),
        )
        crossing = Crossing(
            found.strength, _shift(found.source, rows.start), _shift(found.target, columns.start)
        )
        taken[0].update(crossing.source.indices)
        taken[1].update(crossing.target.indices)
        yield crossing


def _shift(sentences: Range, by: int) -> Range:
    return Range(sentences.start + by, sentences.stop + by)


def _runs(numbers: Numbers) -> dict[int, Range]:
    """Return for every one of *numbers* the run of neighbours that it stands in."""
    runs: dict[int, Range] = {}
    for part in np.split(numbers, np.flatnonzero(np.diff(numbers) > 1) + 1):
        if len(part):
            run = Range(int(part[0]), int(part[-1]) + 1)
            runs.update(dict.fromkeys(run.indices, run))
    return runs


def _around(run: Range, seed: int, taken: set[int]) -> Range:
    """Return the part of *run* around *seed* that is not *taken*."""
    start, stop = max(run.start, seed - _REACH), min(run.stop, seed + _REACH)
    before = (k + 1 for k in range(seed - 1, start - 1, -1) if k in taken)
    after = (k for k in range(seed + 1, stop) if k in taken)
    return Range(next(before, start), next(after, stop))


def _seeds(source: Side, target: Side, cosine: Cosine) -> list[tuple[int, int]]:
    """Return pairs of nearest neighbours, the nearest first."""
    rows, columns = _longest(source), _longest(target)
    if not len(rows) or not len(columns):
        return []
    left, right = source.vectors[rows], target.vectors[columns]
    found = []
    for k, m in enumerate(mutual(left, right)):
        if m >= 0:
            near = float(cosine(left[k : k + 1], right[m : m + 1])[0, 0])
            if near >= _ALIKE:
                found.append((-near, int(rows[k]), int(columns[m])))
    return [(i, j) for _, i, j in sorted(found)[:_MOST_SEEDS]]


def _longest(side: Side) -> Numbers:
    if len(side.alone) <= _MOST_ALONE:
        return side.alone
    lengths = np.array([side.lengths[k] for k in side.alone])
    return np.sort(side.alone[np.argsort(-lengths, kind="stable")[:_MOST_ALONE]])


def _extend(source: Vectors, target: Vectors, cosine: Cosine, seed: tuple[int, int]) -> Crossing:
    """Return the passage around *seed*, in sentences of the two parts that are given."""
    rows, columns = len(source), len(target)
    scores = {
        (m, n): (cosine(joined(source, m), joined(target, n)) - _ALIKE) * (m + n)
        for m, n in _SIZES
        if m <= rows and n <= columns
    }
    scores[1, 1][seed] += _SURELY
    path, _ = best_path(Lattice(rows, columns, scores, np.zeros(rows), np.zeros(columns)))
    beads = [(start, end) for start, end in path if start[0] < end[0] and start[1] < end[1]]
    first = last = next(k for k, (start, _) in enumerate(beads) if start == seed)
    while first and _near(beads[first - 1], beads[first]):
        first -= 1
    while last + 1 < len(beads) and _near(beads[last], beads[last + 1]):
        last += 1
    strength = sum(
        float(scores[end[0] - start[0], end[1] - start[1]][start])
        for start, end in beads[first : last + 1]
    )
    (i, j), (k, m) = beads[first][0], beads[last][1]
    return Crossing(strength - _SURELY, Range(i, k), Range(j, m))


def _near(before: Edge, after: Edge) -> bool:
    """Whether at most one sentence of each version stands between two beads."""
    return max(b - a for a, b in zip(before[1], after[0], strict=True)) <= 1


def joined(vectors: Vectors, size: int) -> Vectors:
    """Return the sums of *size* neighbouring vectors, of length one."""
    if size == 1:
        return vectors
    count = len(vectors) - size + 1
    sums = sum((vectors[k : k + count] for k in range(1, size)), vectors[:count])
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9))
