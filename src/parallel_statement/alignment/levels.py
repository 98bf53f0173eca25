"""Paragraph beads from the matches of sentences, for any number of versions.

Two paragraphs belong together when their sentences' matches carry a good part of the smaller
one; a bead is a connected component of that relation, made contiguous and monotone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from parallel_statement.alignment.consensus import Matches
from parallel_statement.alignment.lattice import Matrix
from parallel_statement.model import Range

THRESHOLD = 0.3
"""Part of the smaller paragraph's characters that joins two paragraphs."""

Ranges = tuple[Range, ...]
"""A bead: one range of paragraphs a version."""
Unit = tuple[int, int]
"""Number of a version, number of a paragraph."""


def carried(matches: Matches, source: Sequence[Matrix], target: Sequence[Matrix]) -> Matrix:
    """Return for every two paragraphs how much of the smaller one's text matches the other.

    Args:
        matches: Of the two versions' sentences.
        source: For every source paragraph a vector over all source sentences: the sentence's
            share of the paragraph's characters, 0 outside.
        target: The same for the target.
    """
    if not source or not target:
        return np.zeros((len(source), len(target)))
    left, right = np.stack(source), np.stack(target)
    inside = (left > 0).astype(float), (right > 0).astype(float)
    rows, columns = left @ matches.rows @ inside[1].T, inside[0] @ matches.columns @ right.T
    return np.asarray(np.maximum(rows, columns))


def join(sizes: Sequence[int], weights: Mapping[tuple[int, int], Matrix]) -> tuple[Ranges, ...]:
    """Return the beads that join paragraphs of which enough is carried.

    Args:
        sizes: Number of paragraphs of every version.
        weights: `carried` of every pair of versions.

    Returns:
        Beads that partition every version in order.
    """
    groups = {
        (version, k): {(version, k)} for version, size in enumerate(sizes) for k in range(size)
    }
    for first, second in _links(weights):
        _merge(groups, [groups[first], groups[second]])
    return tuple(_sweep(sizes, groups))


def _links(weights: Mapping[tuple[int, int], Matrix]) -> list[tuple[Unit, Unit]]:
    """Pairs of paragraphs to join, strongest first, without those that cross a stronger one."""
    links: list[tuple[Unit, Unit]] = []
    for (a, b), matrix in weights.items():
        rows, columns = np.nonzero(matrix >= THRESHOLD)
        kept: list[tuple[int, int]] = []
        for k in np.lexsort((columns, rows, -matrix[rows, columns].round(9))):
            i, j = int(rows[k]), int(columns[k])
            if not any((i - p) * (j - q) < 0 for p, q in kept):
                kept.append((i, j))
        links.extend(((a, i), (b, j)) for i, j in kept)
    return links


def _merge(groups: dict[Unit, set[Unit]], parts: Sequence[set[Unit]]) -> None:
    merged = set().union(*parts)
    for unit in merged:
        groups[unit] = merged


def _sweep(sizes: Sequence[int], groups: dict[Unit, set[Unit]]) -> Iterator[Ranges]:
    """Yield the groups in order; those that overlap or stand crosswise are merged on the way."""
    position = [0] * len(sizes)
    while waiting := [v for v, size in enumerate(sizes) if position[v] < size]:
        heads = [groups[v, position[v]] for v in waiting]
        ready = [group for group in heads if _begins_at(group, position)]
        if not ready:
            _merge(groups, heads)
            continue
        group = min(ready, key=lambda group: len({v for v, _ in group}))
        stops = [
            max((k + 1 for w, k in group if w == v), default=position[v]) for v in range(len(sizes))
        ]
        ranges = tuple(Range(*pair) for pair in zip(position, stops, strict=True))
        covered = [groups[v, k] for v, covers in enumerate(ranges) for k in covers.indices]
        if any(other is not group for other in covered):
            _merge(groups, covered)
            continue
        yield ranges
        position = stops


def _begins_at(group: set[Unit], position: Sequence[int]) -> bool:
    starts: dict[int, int] = {}
    for v, k in group:
        starts[v] = min(k, starts.get(v, k))
    return all(start == position[v] for v, start in starts.items())
