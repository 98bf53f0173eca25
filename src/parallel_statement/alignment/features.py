"""The features of all beads of two versions, as matrices over their first segments.

`FEATURES` and `GAP_FEATURES` in `evidence` say what each one means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from parallel_statement.alignment import structure
from parallel_statement.alignment.comparison import Comparison
from parallel_statement.alignment.context import NOTHING, Context
from parallel_statement.alignment.lattice import Matrix, Size
from parallel_statement.alignment.overlap import NONE, Features, overlap, span_sum
from parallel_statement.alignment.units import Units

_Read = tuple[NDArray[np.int64], NDArray[np.int64], Features]

SIZES: tuple[Size, ...] = (
    (1, 1),
    (1, 2),
    (2, 1),
    (2, 2),
    (1, 3),
    (3, 1),
    (1, 4),
    (4, 1),
    (2, 3),
    (3, 2),
)
"""Segments of the beads that are considered."""

_SURE = 0.15
"""Margin above which a match is hardly chance."""
_CLEAR = 0.05
"""Gain or loss of cosine that decides whether an end belongs to the rest."""


class Collector:
    """Computes the features of one pair of versions, which share intermediate results.

    In single precision: the matrices are many, and no feature is known to seven digits.
    """

    def __init__(self, compared: Comparison, context: Context = NOTHING) -> None:
        """Take two versions as they compare, and what a first look has found."""
        self.compared, self.context = compared, context
        self.source, self.target = compared.source, compared.target
        self.cosines = _single(compared.cosines)
        self.shares = _single(compared.shares[0]), _single(compared.shares[1])
        self.rows, self.columns = self.cosines.shape
        self._cosines: dict[Size, Features] = {}
        self._readings: dict[Size, _Read | None] = {(1, 1): self._each()}

    @cached_property
    def sums(self) -> dict[Size, Features]:
        """Sums of cosines over the boxes that beads are."""
        return _boxes(self.cosines)

    @cached_property
    def hubs(self) -> list[dict[int, Features]]:
        """Half the mean hubness of the spans on either side."""
        return [
            _by_size(of, lambda values, size: _mean_span(values, size) / 2)
            for of in self.compared.hubness
        ]

    @cached_property
    def lengths(self) -> list[dict[int, Features]]:
        """Log of the characters of the spans on either side."""
        return [
            _by_size(side.lengths, lambda values, size: np.log(span_sum(values, size) + 5))
            for side in (self.source, self.target)
        ]

    @property
    def sizes(self) -> tuple[Size, ...]:
        """The bead sizes that fit."""
        return tuple((m, n) for m, n in SIZES if m <= self.rows and n <= self.columns)

    def gaps(self) -> tuple[Features, Features]:
        """Return the features of gaps on the source and on the target side."""
        support, likely = self.context.support, self.shares[0] * self.shares[1]
        return (
            _gap_features(
                self.source,
                (self.cosines, self.compared.hubness[1], likely),
                None if support is None else (support.rows, support.source_denied),
            ),
            _gap_features(
                self.target,
                (self.cosines.T, self.compared.hubness[0], likely.T),
                None if support is None else (support.columns.T, support.target_denied),
            ),
        )

    def beads(self, m: int, n: int) -> Iterator[Features]:
        """Yield the matrices of `FEATURES` for beads of size (m, n), in that order.

        Each has the shape (rows - m + 1, columns - n + 1) or is to be broadcast to it.
        """
        yield from self.own(m, n)
        yield from self.told(m, n)

    def own(self, m: int, n: int) -> Iterator[Features]:
        """Yield the matrices of `OWN_FEATURES`, as `beads` does: they need no first look."""
        cosine = self._cosine(m, n)
        margin = cosine - (self.hubs[0][m][:, None] + self.hubs[1][n][None, :])
        yield cosine
        yield margin
        yield np.maximum(margin - _SURE, 0)
        yield _mean(_box(self.shares[0], m, n) / m, _box(self.shares[1], m, n) / n)
        gain = self._gain(m, n, cosine)
        yield gain
        yield np.clip(gain / _CLEAR, -1, 1)
        facing = self.lengths[0][m] - np.float32(self.compared.ratio)
        surprise = np.abs(facing[:, None] - self.lengths[1][n][None, :])
        surprise = np.minimum(surprise, 2.0)
        yield surprise**2
        yield surprise
        shared, only = overlap(self.compared.numbers, m, n)
        yield np.minimum(shared, 3)
        yield np.minimum(only, 4)
        words, others = overlap(self.compared.words, m, n)
        yield _single(words / (words + np.minimum(others, words + 8) / 2 + 2))
        yield from structure.borders(self.source, self.target, m, n)
        yield from structure.fragments(self.source, self.target, m, n)
        yield structure.labels(self.source, self.target, m, n)
        yield structure.heads(self.source, self.target, m, n)

    def told(self, m: int, n: int) -> Iterator[Features]:
        """Yield the matrices of `TOLD_FEATURES`, as `beads` does: what a first look has found."""
        exact, exact_gain = self._exact(m, n, self._cosine(m, n))
        yield exact
        yield exact_gain
        yield NONE if exact_gain is NONE else np.clip(exact_gain / _CLEAR, -1, 1)
        yield from self._run_in(m, n)
        yield from self._supported(m, n)

    def _cosine(self, m: int, n: int) -> Features:
        """Cosines of spans of *m* and *n* segments, as sums of their vectors."""
        if (m, n) not in self._cosines:
            a, b = self.compared.norms[0][m], self.compared.norms[1][n]
            norms = np.maximum(_single(a)[:, None] * _single(b)[None, :], 1e-9)
            self._cosines[m, n] = self.sums[m, n] / norms
        return self._cosines[m, n]

    def _gain(self, m: int, n: int, cosine: Features) -> Features:
        if m + n == 2:
            return NONE
        height, width = cosine.shape
        best = np.full_like(cosine, -np.inf)
        for a, b, i, j in _shorter(m, n):
            np.maximum(best, self._cosine(a, b)[i:, j:][:height, :width], out=best)
        return cosine - best

    def _exact(self, m: int, n: int, cosine: Features) -> tuple[Features, Features]:
        read = self._read(m, n)
        if m + n == 2 or read is None:
            return NONE, NONE
        rows, columns, exact = read
        at = np.ix_(rows, columns)
        best = np.full_like(exact, -np.inf)
        for a, b, i, j in _shorter(m, n):
            part = self._cosine(a, b).copy()
            known = self._read(a, b)
            if known is not None:
                part[np.ix_(known[0], known[1])] = known[2]
            np.maximum(best, part[np.ix_(rows + i, columns + j)], out=best)
        difference, gain = np.zeros_like(cosine), np.zeros_like(cosine)
        difference[at], gain[at] = exact - cosine[at], exact - best
        return difference, gain

    def _each(self) -> _Read:
        return np.arange(self.rows), np.arange(self.columns), self.cosines

    def _read(self, m: int, n: int) -> _Read | None:
        """The spans of *m* and of *n* segments that were read as one, and their cosines."""
        if (m, n) not in self._readings:
            a = self.context.spans[0].of(m, self.source.vectors)
            b = self.context.spans[1].of(n, self.target.vectors)
            self._readings[m, n] = (
                (a.starts, b.starts, _single(self.context.cosine(a.vectors, b.vectors)))
                if a is not None and b is not None
                else None
            )
        return self._readings[m, n]

    def _run_in(self, m: int, n: int) -> tuple[Features, Features]:
        found = self.context.run_ins.get((m, n))
        if found is None:
            return NONE, NONE
        shape = self.rows - m + 1, self.columns - n + 1
        cosine, known = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
        cosine[found.rows, found.columns] = found.cosines
        known[found.rows, found.columns] = 1.0
        return cosine, known

    def _supported(self, m: int, n: int) -> tuple[Features, Features, Features]:
        support = self.context.support
        if support is None:
            return NONE, NONE, NONE
        rows, columns = _single(support.rows), _single(support.columns)
        mass, denied = (
            [_single(_mean_span(of, size)) for of, size in zip(values, (m, n), strict=True)]
            for values in (
                (support.rows.sum(axis=1), support.columns.sum(axis=0)),
                (support.source_denied, support.target_denied),
            )
        )
        inside = _box(rows, m, n) / m, _box(columns, m, n) / n
        leaking = np.maximum(mass[0][:, None] - inside[0], 0)
        leaking += np.maximum(mass[1][None, :] - inside[1], 0)
        return _mean(*inside), _single(leaking / 2), denied[0][:, None] + denied[1][None, :]


def _shorter(m: int, n: int) -> list[tuple[int, int, int, int]]:
    """Sizes without one end segment, and how far each side then begins later."""
    result = [(m - 1, n, 0, 0), (m - 1, n, 1, 0)] if m > 1 else []
    return result + ([(m, n - 1, 0, 0), (m, n - 1, 0, 1)] if n > 1 else [])


def _gap_features(
    units: Units,
    similar: tuple[Features, Matrix, Features],
    support: tuple[Matrix, Matrix] | None,
) -> Features:
    cosines, hubness, likely = similar
    nothing = np.zeros(len(units))
    if cosines.shape[1]:
        best = cosines.max(axis=1)
        margin = (cosines - hubness[None, :]).max(axis=1)
        share = likely.max(axis=1)
    else:
        best = margin = share = nothing
    claimed = nothing if support is None else np.minimum(support[0].sum(axis=1), 1)
    denied = nothing if support is None else support[1]
    length = np.log1p(units.lengths) - 4
    heads = units.heads.astype(np.float64)
    torn = units.torn + np.append(units.torn[1:], False).astype(np.float64)
    features = [best, margin, share, length, heads, torn, claimed, denied]
    return np.stack(features).astype(np.float32)


def _single(values: Matrix) -> Features:
    return np.asarray(values, dtype=np.float32)


def _mean(one: Matrix, other: Matrix) -> Features:
    return np.asarray((one + other) / 2, dtype=np.float32)


def _mean_span(values: Matrix, size: int) -> Matrix:
    return span_sum(values, size) / size


def _by_size(values: Matrix, of: Callable[[Matrix, int], Matrix]) -> dict[int, Features]:
    """Return what *of* says of all spans of *values*, for every number of segments in a bead."""
    most = min(max(map(max, SIZES)), len(values))
    return {size: _single(of(values, size)) for size in range(1, most + 1)}


def _box(values: Features, m: int, n: int) -> Features:
    """Sums over all boxes of m rows and n columns."""
    height, width = values.shape[0] - m + 1, values.shape[1] - n + 1
    rows = values[:height]
    for a in range(1, m):
        rows = rows + values[a : a + height]
    total = rows[:, :width]
    for b in range(1, n):
        total = total + rows[:, b : b + width]
    return total


def _boxes(values: Features) -> dict[Size, Features]:
    """Sums over all boxes, for every size that a bead or a part of one may have."""
    boxes = {(1, 1): values}
    for m, n in sorted(SIZES):
        if m > values.shape[0] or n > values.shape[1]:
            continue
        if n > 1:
            boxes[m, n] = boxes[m, n - 1][:, :-1] + boxes[m, 1][:, n - 1 :]
        elif m > 1:
            boxes[m, n] = boxes[m - 1, n][:-1] + values[m - 1 :]
    return boxes
