"""N-way beads of sentences from the pairs' lattices.

Where the best paths of all pairs agree, their common borders are the borders of the n-way
beads. Where they contradict each other (x ~ z and z ~ y, but x and y unaligned), versions are
added one after the other to the beads so far, in several orders, maximising the sum of the pairs'
scores; inside an n-way bead no pair may leave a sentence out unless one of its sides is
empty. Every pair then keeps its finest beads inside the n-way beads.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, combinations, pairwise

import numpy as np

from parallel_statement.alignment.constraints import POSSIBLE
from parallel_statement.alignment.lattice import Edge, Lattice, Node, Size, best_path
from parallel_statement.model import Range

Ranges = tuple[Range, ...]
Pair = tuple[int, int]
Path = tuple[Edge, ...]

_NOTHING = Range(0, 0)
_UNITS, _SENTENCES = 3, 4
"""Most units and sentences that one step of the progressive assembly joins."""
_LARGEST = 12
"""Sentences of one version up to which the closure of the pairs' beads is one bead."""
_ORDERS = 3
"""In which the versions are put together, each from another pair on; the closest pairs first."""
_SMALL = 100
"""Sentences of a block, in all versions, up to which several orders are tried."""
_BAND = 20
"""How far the progressive assembly strays from the pair's best path, in units and sentences."""
_SPLIT_BONUS = 1e-6
"""Prefers the finer of two equal solutions."""


class Assembler:
    """Assembles n-way beads from the score lattices of all pairs of versions."""

    def __init__(
        self,
        lattices: Mapping[Pair, Lattice],
        closeness: Mapping[Pair, float],
        joined: Sequence[Mapping[int, Range]] = (),
    ) -> None:
        """Take what there is to know.

        Args:
            lattices: One a pair (a, b) with a < b.
            closeness: How close the two versions of each pair are.
            joined: Sentences by version, of which a person has said that they are one bead.
        """
        self.lattices = lattices
        self.closeness = closeness
        self._long = {
            (version, r)
            for ranges in joined
            for version, r in ranges.items()
            if r.size > min(_UNITS, _SENTENCES)
        }
        self._largest = max((r.size for _, r in self._long), default=0)
        self.versions = 1 + max(b for _, b in lattices)
        self._full: dict[tuple[Pair, Node], dict[Node, tuple[float, Size]]] = {}

    def beads(self, block: Ranges) -> tuple[Ranges, ...]:
        """Return the n-way beads inside *block*, one range of sentences a version."""
        paths = {
            (a, b): self._free_path((a, b), block[a], block[b])
            for a, b in combinations(range(self.versions), 2)
        }
        beads: list[Ranges] = []
        for part in _between_common_borders(block, paths):
            if max(r.size for r in part) <= max(_LARGEST, self._largest) and self._consistent(
                part, paths
            ):
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
        table = self._filled(pair, source, target)
        node = source.stop, target.stop
        value = table[node][0]
        path: list[Edge] = []
        while value > -np.inf and node != (source.start, target.start):
            m, n = table[node][1]
            path.append(((node[0] - m, node[1] - n), node))
            node = path[-1][0]
        return value, tuple(reversed(path))

    def _filled(self, pair: Pair, source: Range, target: Range) -> dict[Node, tuple[float, Size]]:
        """For all ends up to those of two sides, the best such path's score and last bead."""
        first = source.start, target.start
        table = self._full.setdefault((pair, first), {first: (0.0, (0, 0))})
        if (source.stop, target.stop) in table:
            return table
        scores = self.lattices[pair].scores.items()
        for i in range(source.start + 1, source.stop + 1):
            for j in range(target.start + 1, target.stop + 1):
                if (i, j) not in table:
                    best: tuple[float, Size] = (-np.inf, (0, 0))
                    for (m, n), score in scores:
                        before = table.get((i - m, j - n))
                        if before is not None:
                            value = before[0] + float(score[i - m, j - n])
                            if value > best[0]:
                                best = value, (m, n)
                    table[i, j] = best
        return table

    def _value(self, pair: Pair, source: Range, target: Range) -> float:
        lattice = self.lattices[pair]
        if source.size and target.size:
            return self._filled(pair, source, target)[source.stop, target.stop][0]
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
        """N-way beads of a block in which the pairs contradict each other.

        What the first versions have joined, a later one cannot divide; so several orders are
        tried, and the beads with the greatest sum are taken.
        """
        closest = sorted(self.closeness, key=lambda pair: (self.closeness[pair], pair))
        tried = _ORDERS if sum(r.size for r in block) <= _SMALL else 1
        found = [self._in_order(block, self._order(pair)) for pair in closest[: -tried - 1 : -1]]
        return max(found, key=self._sum)

    def _in_order(self, block: Ranges, order: Sequence[int]) -> tuple[Ranges, ...]:
        empty = tuple(Range(r.start, r.start) for r in block)
        beads = [_with(empty, order[0], Range(k, k + 1)) for k in block[order[0]].indices]
        for k, version in enumerate(order[1:], start=1):
            beads = self._add(beads, order[:k], version, block[version])
        return tuple(_anchored(beads, block))

    def _sum(self, beads: Sequence[Ranges]) -> float:
        """What all pairs have of *beads*."""
        return sum(
            _SPLIT_BONUS + sum(self._value((a, b), bead[a], bead[b]) for a, b in self.lattices)
            for bead in beads
        )

    def _order(self, first: Pair) -> list[int]:
        """Return all versions, the *first* two before the others, of which the closest is next."""
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
        units = len(beads)
        merged = {
            (i, p): self._gain_of_merging(beads[i - p : i], known)
            for i in range(units + 1)
            for p in self._joinable(beads, i)
        }
        best: dict[Node, tuple[float, Node]] = {(0, 0): (0.0, (0, 0))}
        for i, band in enumerate(self._bands(beads, known, version, sentences)):
            for j in band:
                for p, q in self._steps(i, j, merged, version, sentences):
                    start = (i - p, j - q)
                    if start not in best:
                        continue
                    joined = _joined(beads[i - p : i])
                    chosen = Range(sentences.start + j - q, sentences.start + j)
                    value = best[start][0] + _SPLIT_BONUS + merged.get((i, p), 0.0)
                    for other in known:
                        value += self._against(version, chosen, other, joined)
                    if (i, j) not in best or value > best[i, j][0]:
                        best[i, j] = value, start
        return self._trace(best, beads, version, sentences)

    def _bands(
        self, beads: Sequence[Ranges], known: Sequence[int], version: int, sentences: Range
    ) -> list[range]:
        """For every number of *beads*, how many *sentences* may stand beside them.

        They are those near the best path of the *version* with the closest of the *known* ones.
        """
        other = max(known, key=lambda k: self.closeness[min(k, version), max(k, version)])
        filled = [bead[other] for bead in beads if bead[other].size]
        whole = Range(filled[0].start, filled[-1].stop) if filled else _NOTHING
        if version < other:
            path = self._free_path((version, other), sentences, whole)
            nodes = [(j, i) for _, (i, j) in path]
        else:
            nodes = [end for _, end in self._free_path((other, version), whole, sentences)]
        ends = list(accumulate((bead[other].size for bead in beads), initial=whole.start))
        low, high = [sentences.size] * len(ends), [0] * len(ends)
        for at, j in [(whole.start, sentences.start), *nodes]:
            first, last = bisect_left(ends, at), bisect_right(ends, at)
            for i in range(max(0, first - _BAND), min(len(ends), last + _BAND)):
                low[i] = min(low[i], max(0, j - sentences.start - _BAND))
                high[i] = max(high[i], min(sentences.size, j - sentences.start + _BAND))
        return [range(a, b + 1) for a, b in zip(low, high, strict=True)]

    def _joinable(self, beads: Sequence[Ranges], i: int) -> Iterator[int]:
        """Yield how many of the *beads* before the *i*-th border one step may join."""
        for p in range(2, min(i, max(_UNITS, self._largest)) + 1):
            if p <= _UNITS or any(
                self._holds_long(v, r) for v, r in _joined(beads[i - p : i]).items()
            ):
                yield p

    def _holds_long(self, version: int, sentences: Range) -> bool:
        """Whether many *sentences* that a person has joined are among these."""
        return any(
            v == version and sentences.start <= r.start and r.stop <= sentences.stop
            for v, r in self._long
        )

    def _gain_of_merging(self, beads: Sequence[Ranges], known: Sequence[int]) -> float:
        """What the *known* versions' pairs gain, or lose, where *beads* become one."""
        whole = _joined(beads)
        gain = 0.0
        for a, b in combinations(sorted(known), 2):
            apart = sum(self._value((a, b), bead[a], bead[b]) for bead in beads)
            together = self._value((a, b), whole.get(a, _NOTHING), whole.get(b, _NOTHING))
            gain += together - apart
        return gain

    def _steps(
        self, i: int, j: int, merged: Mapping[Node, float], version: int, sentences: Range
    ) -> Iterator[tuple[int, int]]:
        for q in range(min(j, max(_SENTENCES, self._largest)) + 1):
            chosen = Range(sentences.start + j - q, sentences.start + j)
            if q > _SENTENCES and not self._holds_long(version, chosen):
                continue
            for p in range(min(i, max(_UNITS, self._largest)) + 1):
                if (p < 2 or (i, p) in merged) and ((p and q) or p + q == 1):
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
