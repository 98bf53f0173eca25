"""N-way beads of sentences from the pairs' lattices.

Where the best paths of all pairs agree, their common borders are the borders of the n-way
beads. Where they contradict each other (x ~ z and z ~ y, but x and y unaligned), versions are
added one after the other to the beads so far, the closest pair first, maximising the sum of the
pairs' scores; inside an n-way bead no pair may leave a sentence out unless one of its sides is
empty. Every pair then keeps its finest beads inside the n-way beads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

import numpy as np

from parallel_statement.alignment.constraints import POSSIBLE
from parallel_statement.alignment.lattice import Edge, Lattice, Node, best_path
from parallel_statement.model import Range

Ranges = tuple[Range, ...]
Pair = tuple[int, int]
Path = tuple[Edge, ...]

_NO_PATH: Path = ()
_NOTHING = Range(0, 0)
_UNITS, _SENTENCES = 3, 4
"""Most units and sentences that one step of the progressive assembly joins."""
_SPLIT_BONUS = 1e-6
"""Prefers the finer of two equal solutions."""


class Assembler:
    """Assembles n-way beads from the score lattices of all pairs of versions."""

    def __init__(
        self,
        lattices: Mapping[Pair, Lattice],
        closeness: Mapping[Pair, float],
        largest: int = 0,
    ) -> None:
        """Take what there is to know.

        Args:
            lattices: One a pair (a, b) with a < b.
            closeness: How close the two versions of each pair are.
            largest: Most sentences that a person has joined.
        """
        self.lattices = lattices
        self.steps = max(_UNITS, largest), max(_SENTENCES, largest)
        self.closeness = closeness
        self.versions = 1 + max(b for _, b in lattices)
        self._full: dict[tuple[Pair, Range, Range], tuple[float, Path]] = {}

    def beads(self, block: Ranges) -> tuple[Ranges, ...]:
        """Return the n-way beads inside *block*, one range of sentences a version."""
        paths = {
            (a, b): self._free_path((a, b), block[a], block[b])
            for a, b in combinations(range(self.versions), 2)
        }
        beads: list[Ranges] = []
        for part in _between_common_borders(block, paths):
            if self._consistent(part, paths):
                beads.append(part)
                continue
            several = self._progressive(part)
            beads.extend(several if self._possible(several) else [part])
        return tuple(beads)

    def pair_beads(self, pair: Pair, bead: Ranges) -> Path:
        """Return the finest beads of *pair* inside the n-way *bead*."""
        source, target = bead[pair[0]], bead[pair[1]]
        if source.size and target.size:
            value, path = self._full_path(pair, source, target)
            return path if value > POSSIBLE else self._free_path(pair, source, target)
        return tuple(((i, target.start), (i + 1, target.start)) for i in source.indices) + tuple(
            ((source.stop, j), (source.stop, j + 1)) for j in target.indices
        )

    def _free_path(self, pair: Pair, source: Range, target: Range) -> Path:
        start = (source.start, target.start)
        part = self.lattices[pair].block(start, (source.stop, target.stop))
        return tuple(
            ((a + start[0], b + start[1]), (c + start[0], d + start[1]))
            for (a, b), (c, d) in best_path(part)[0]
        )

    def _full_path(self, pair: Pair, source: Range, target: Range) -> tuple[float, Path]:
        """Best path without gaps between two non-empty sides, and its score."""
        key = pair, source, target
        if key not in self._full:
            lattice = self.lattices[pair]
            best: tuple[float, Path] = (-np.inf, ())
            for (m, n), scores in lattice.scores.items():
                i, j = source.stop - m, target.stop - n
                if i < source.start or j < target.start:
                    continue
                value, path = 0.0, _NO_PATH
                if i > source.start and j > target.start:
                    value, path = self._full_path(
                        pair, Range(source.start, i), Range(target.start, j)
                    )
                elif i > source.start or j > target.start:
                    continue
                value += float(scores[i, j])
                if value > best[0]:
                    best = value, (*path, ((i, j), (source.stop, target.stop)))
            self._full[key] = best
        return self._full[key]

    def _value(self, pair: Pair, source: Range, target: Range) -> float:
        lattice = self.lattices[pair]
        if source.size and target.size:
            return self._full_path(pair, source, target)[0]
        gaps = lattice.source_gaps[source.start : source.stop].sum()
        return float(gaps + lattice.target_gaps[target.start : target.stop].sum())

    def _consistent(self, part: Ranges, paths: Mapping[Pair, Path]) -> bool:
        """Whether no pair leaves a sentence out although both of its sides have some."""
        return all(
            not (part[a].size and part[b].size)
            or all(
                start[0] < end[0] and start[1] < end[1]
                for start, end in path
                if part[a].start <= start[0]
                and end[0] <= part[a].stop
                and part[b].start <= start[1]
                and end[1] <= part[b].stop
            )
            for (a, b), path in paths.items()
        )

    def _possible(self, beads: Sequence[Ranges]) -> bool:
        """Whether *beads* keep to what a person has decided."""
        return all(
            self._value(pair, bead[pair[0]], bead[pair[1]]) > POSSIBLE
            for bead in beads
            for pair in self.lattices
        )

    def _progressive(self, block: Ranges) -> tuple[Ranges, ...]:
        """N-way beads of a block in which the pairs contradict each other."""
        order = self._order()
        empty = tuple(Range(r.start, r.start) for r in block)
        beads = [_with(empty, order[0], Range(k, k + 1)) for k in block[order[0]].indices]
        for k, version in enumerate(order[1:], start=1):
            beads = self._add(beads, order[:k], version, block[version])
        return tuple(_anchored(beads, block))

    def _order(self) -> list[int]:
        first = max(self.closeness, key=lambda pair: (self.closeness[pair], pair))
        order = list(first)
        while len(order) < self.versions:
            rest = [v for v in range(self.versions) if v not in order]
            order.append(
                max(rest, key=lambda v: sum(self.closeness[min(v, o), max(v, o)] for o in order))
            )
        return order

    def _add(
        self, beads: Sequence[Ranges], known: Sequence[int], version: int, sentences: Range
    ) -> list[Ranges]:
        """Align the *sentences* of *version* with the *beads* over the *known* versions."""
        units, size = len(beads), sentences.size
        merged = {
            (i, p): self._gain_of_merging(beads[i - p : i], known)
            for i in range(units + 1)
            for p in range(2, min(i, self.steps[0]) + 1)
        }
        best: dict[Node, tuple[float, Node]] = {(0, 0): (0.0, (0, 0))}
        for i in range(units + 1):
            for j in range(size + 1):
                for p, q in self._steps(i, j):
                    start = (i - p, j - q)
                    joined = _joined(beads[i - p : i])
                    chosen = Range(sentences.start + j - q, sentences.start + j)
                    value = best[start][0] + _SPLIT_BONUS + merged.get((i, p), 0.0)
                    for other in known:
                        value += self._against(version, chosen, other, joined)
                    if (i, j) not in best or value > best[i, j][0]:
                        best[i, j] = value, start
        return self._trace(best, beads, version, sentences)

    def _gain_of_merging(self, beads: Sequence[Ranges], known: Sequence[int]) -> float:
        """What the *known* versions' pairs gain, or lose, where *beads* become one."""
        whole = _joined(beads)
        gain = 0.0
        for a, b in combinations(sorted(known), 2):
            apart = sum(self._value((a, b), bead[a], bead[b]) for bead in beads)
            together = self._value((a, b), whole.get(a, _NOTHING), whole.get(b, _NOTHING))
            gain += together - apart
        return gain

    def _steps(self, i: int, j: int) -> Iterator[tuple[int, int]]:
        for p in range(min(i, self.steps[0]) + 1):
            for q in range(min(j, self.steps[1]) + 1):
                if (p and q) or p + q == 1:
                    yield p, q

    def _trace(
        self,
        best: Mapping[Node, tuple[float, Node]],
        beads: Sequence[Ranges],
        version: int,
        sentences: Range,
    ) -> list[Ranges]:
        node = (len(beads), sentences.size)
        result: list[Ranges] = []
        while node != (0, 0):
            start = best[node][1]
            joined = _joined(beads[start[0] : node[0]])
            joined[version] = Range(sentences.start + start[1], sentences.start + node[1])
            result.append(tuple(joined.get(v, _NOTHING) for v in range(self.versions)))
            node = start
        return result[::-1]

    def _against(
        self, version: int, chosen: Range, other: int, joined: Mapping[int, Range]
    ) -> float:
        range_of_other = joined.get(other, _NOTHING)
        if version < other:
            return self._value((version, other), chosen, range_of_other)
        return self._value((other, version), range_of_other, chosen)


def _joined(beads: Sequence[Ranges]) -> dict[int, Range]:
    """The ranges that *beads* have together, by version, where not empty."""
    joined: dict[int, Range] = {}
    for bead in beads:
        for v, r in enumerate(bead):
            if r.size:
                joined[v] = Range(joined[v].start if v in joined else r.start, r.stop)
    return joined


def _with(bead: Ranges, version: int, chosen: Range) -> Ranges:
    return tuple(chosen if v == version else r for v, r in enumerate(bead))


def _anchored(beads: Sequence[Ranges], block: Ranges) -> Iterator[Ranges]:
    """The same beads with every empty range at its place in the order."""
    position = [r.start for r in block]
    for bead in beads:
        full = tuple(r if r.size else Range(position[v], position[v]) for v, r in enumerate(bead))
        yield full
        position = [r.stop for r in full]


def _between_common_borders(block: Ranges, paths: Mapping[Pair, Path]) -> Iterator[Ranges]:
    """The parts of *block* between the borders at which all pairs agree."""
    nodes = {
        pair: {(block[pair[0]].start, block[pair[1]].start), *(end for _, end in path)}
        for pair, path in paths.items()
    }
    first = tuple(r.start for r in block)
    last = tuple(r.stop for r in block)
    borders = sorted({first, last, *_common(nodes, len(block))})
    for start, stop in pairwise(borders):
        yield tuple(Range(a, b) for a, b in zip(start, stop, strict=True))


def _common(nodes: Mapping[Pair, set[Node]], versions: int) -> set[tuple[int, ...]]:
    """All places at which every pair has a border, version by version."""
    partial: set[tuple[int, ...]] = {(i,) for i, _ in nodes[0, 1]}
    for v in range(1, versions):
        after: dict[int, list[int]] = {}
        for i, j in nodes[v - 1, v]:
            after.setdefault(i, []).append(j)
        partial = {
            (*place, j)
            for place in partial
            for j in after.get(place[-1], ())
            if all((place[u], j) in nodes[u, v] for u in range(v))
        }
    return partial
