"""What speaks for a bead: features of two versions' sentences, and their weighted score.

Features of a bead (X, Y), each a number that needs no knowledge of the two languages:

=================  ==========================================================================
cosine             of the summed sentence vectors of X and Y
margin             cosine minus the mean of each side's four best cosines (hubness)
gain               cosine minus the best cosine after an end sentence is dropped: below zero
                   where a bead has swallowed a neighbour
length, surprise   squared and absolute log ratio of the lengths, after the text's own ratio
shared_numbers     numbers (after NFKC) that both sides have
lone_numbers       numbers that only one side has
words              shared words in Latin script (names, acronyms, cognates), by rarity
starts, ends       paragraph borders that agree at the bead's ends
broken             paragraph borders at one end of one side only
inside             paragraph borders inside the bead
labels             paragraph numbers that agree (+1) or differ (-1)
heads              headings against headings (+1) or against text (-1)
supported          how much of X ~ Y the other versions confirm
leaking            how much of X or Y the other versions place elsewhere
=================  ==========================================================================

The margin is Artetxe and Schwenk (2019); the length ratio is Gale and Church (1993);
support is the consistency transformation of Do et al. (2005).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parallel_statement.alignment.lattice import Lattice, Matrix, Size
from parallel_statement.alignment.units import Units

Features = NDArray[np.float32]

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
FEATURES = (
    "cosine",
    "margin",
    "gain",
    "length",
    "surprise",
    "shared_numbers",
    "lone_numbers",
    "words",
    "starts",
    "ends",
    "broken",
    "inside",
    "labels",
    "heads",
    "supported",
    "leaking",
)
GAP_FEATURES = ("best_cosine", "best_margin", "length", "head", "claimed")

_NEIGHBOURS = 4
_ENOUGH = 12
"""Sentence pairs that give a length ratio to rely on."""


@dataclass(frozen=True)
class Evidence:
    """Features of all beads and gaps of two versions."""

    beads: Mapping[Size, Features]
    """Shape (features, rows - m + 1, columns - n + 1), indexed by the bead's first segments."""
    source_gaps: Features
    """Shape (gap features, rows)."""
    target_gaps: Features


@dataclass(frozen=True)
class Weights:
    """The learned weights of the features, the same for every pair of languages."""

    bias: Mapping[Size, float]
    features: NDArray[np.float64]
    growth: NDArray[np.float64]
    """Added to `features` once for every segment above two."""
    gap_bias: float
    gap_features: NDArray[np.float64]


def collect(
    source: Units,
    target: Units,
    cosines: Matrix,
    support: tuple[Matrix, Matrix] | None = None,
) -> Evidence:
    """Return the evidence on all beads of two versions.

    Args:
        source: One version.
        target: The other.
        cosines: Of every sentence with every other, shape (rows, columns).
        support: What the other versions say: for every source sentence the probability that its
            counterpart is each target sentence, and the same seen from the target; both of shape
            (rows, columns). None if there is no other version.
    """
    collector = _Collector(source, target, cosines, support)
    beads = {
        size: np.stack(list(collector.features(*size))).astype(np.float32)
        for size in collector.sizes
    }
    return Evidence(beads, *collector.gaps())


def score(evidence: Evidence, weights: Weights) -> Lattice:
    """Return the lattice of weighted scores of collected *evidence* (for training)."""
    scores = {size: _weighted(size, features, weights) for size, features in evidence.beads.items()}
    return _lattice(scores, evidence.source_gaps, evidence.target_gaps, weights)


def weigh(
    source: Units,
    target: Units,
    cosines: Matrix,
    support: tuple[Matrix, Matrix] | None,
    weights: Weights,
) -> Lattice:
    """Return what `score` of `collect` gives, without keeping all features at once."""
    collector = _Collector(source, target, cosines, support)
    scores = {size: _weighted(size, collector.features(*size), weights) for size in collector.sizes}
    return _lattice(scores, *collector.gaps(), weights)


def _weighted(size: Size, features: Iterable[Matrix], weights: Weights) -> Matrix:
    growth = sum(size) - 2
    total: Matrix | None = None
    for k, feature in enumerate(features):
        part = np.multiply(feature, weights.features[k] + growth * weights.growth[k])
        if total is None:
            total = part
        else:
            total += part
    assert total is not None  # noqa: S101 - there are features
    return np.asarray(total + weights.bias[size])


def _lattice(
    scores: Mapping[Size, Matrix], source_gaps: Features, target_gaps: Features, weights: Weights
) -> Lattice:
    source, target = (
        np.asarray(weights.gap_bias + weights.gap_features @ gaps, dtype=np.float64)
        for gaps in (source_gaps, target_gaps)
    )
    return Lattice(len(source), len(target), scores, source, target)


class _Collector:
    """The shared intermediate results of one pair's features."""

    def __init__(
        self,
        source: Units,
        target: Units,
        cosines: Matrix,
        support: tuple[Matrix, Matrix] | None,
    ) -> None:
        self.source, self.target, self.cosines, self.support = source, target, cosines, support
        self.rows, self.columns = cosines.shape
        self.norms = (_span_norms(source.vectors), _span_norms(target.vectors))
        self.hubness = (_best_mean(cosines), _best_mean(cosines.T))
        self.ratio = _log_ratio(source, target, cosines)
        self.numbers = _incidence(source.numbers, target.numbers, rarity=False)
        self.words = _incidence(source.words, target.words, rarity=True)
        self.sums = {
            (m, n): _box(cosines, m, n)
            for m in range(1, 5)
            for n in range(1, 5)
            if m <= self.rows and n <= self.columns
        }

    @property
    def sizes(self) -> tuple[Size, ...]:
        """The bead sizes that fit."""
        return tuple((m, n) for m, n in SIZES if m <= self.rows and n <= self.columns)

    def gaps(self) -> tuple[Features, Features]:
        rows, columns = self.support if self.support else (None, None)
        return (
            _gap_features(self.source, self.cosines, self.hubness[1], rows),
            _gap_features(
                self.target, self.cosines.T, self.hubness[0], None if columns is None else columns.T
            ),
        )

    def cosine(self, m: int, n: int, skip: tuple[int, int] = (0, 0)) -> Matrix:
        """Cosines of spans of *m* and *n* sentences, each side shifted by *skip*."""
        a, b = skip
        norms = np.maximum(self.norms[0][m][:, None] * self.norms[1][n][None, :], 1e-9)
        return (self.sums[m, n] / norms)[a:, b:]

    def gain(self, m: int, n: int, cosine: Matrix) -> Matrix:
        if m + n == 2:
            return np.zeros_like(cosine)
        best = np.full_like(cosine, -np.inf)
        height, width = cosine.shape
        shorter = [(m - 1, n, (0, 0)), (m - 1, n, (1, 0))] if m > 1 else []
        shorter += [(m, n - 1, (0, 0)), (m, n - 1, (0, 1))] if n > 1 else []
        for a, b, skip in shorter:
            np.maximum(best, self.cosine(a, b, skip)[:height, :width], out=best)
        return cosine - best

    def features(self, m: int, n: int) -> Iterator[Matrix]:
        """Yield the matrices of `FEATURES`, in that order."""
        cosine = self.cosine(m, n)
        hubs = _mean_span(self.hubness[0], m)[:, None] + _mean_span(self.hubness[1], n)[None, :]
        yield cosine
        yield cosine - hubs / 2
        yield self.gain(m, n, cosine)
        lengths = _span_sum(self.source.lengths, m)[:, None], _span_sum(self.target.lengths, n)
        surprise = np.abs(np.log((lengths[0] + 5) / (lengths[1][None, :] + 5)) - self.ratio)
        surprise = np.minimum(surprise, 2.0)
        yield surprise**2
        yield surprise
        shared, only = _overlap(self.numbers, m, n)
        yield np.minimum(shared, 3)
        yield np.minimum(only, 4)
        words, others = _overlap(self.words, m, n)
        yield words / (words + np.minimum(others, words + 8) / 2 + 2)
        yield from self.borders(m, n)
        yield self.labels(m, n)
        yield self.heads(m, n)
        yield from self.supported(m, n)

    def borders(self, m: int, n: int) -> tuple[Matrix, Matrix, Matrix, Matrix]:
        """Paragraph borders: agreeing starts, agreeing ends, one-sided ones, ones inside."""
        first = self.source.starts.astype(np.float64), self.target.starts.astype(np.float64)
        last = np.append(first[0][1:], 1.0), np.append(first[1][1:], 1.0)
        a, b = first[0][: self.rows - m + 1, None], first[1][None, : self.columns - n + 1]
        c, d = last[0][m - 1 :, None], last[1][None, n - 1 :]
        inside = (_span_sum(first[0], m) - a[:, 0])[:, None] + (_span_sum(first[1], n) - b[0])
        return a * b, c * d, np.abs(a - b) + np.abs(c - d), inside

    def labels(self, m: int, n: int) -> Matrix:
        vocabulary = {label for label in self.source.labels if label}
        codes = {label: code for code, label in enumerate(sorted(vocabulary))}
        a = np.array([codes.get(label or "", -1) for label in self.source.labels])
        b = np.array(
            [codes.get(label, -2) if label else -1 for label in self.target.labels], dtype=int
        )
        source = a[: self.rows - m + 1, None]
        target = b[None, : self.columns - n + 1]
        known = (source != -1) & (target != -1)
        return np.where(known, np.where(source == target, 1.0, -1.0), 0.0)

    def heads(self, m: int, n: int) -> Matrix:
        if not (self.source.heads.any() and self.target.heads.any()):
            return np.zeros((self.rows - m + 1, self.columns - n + 1))
        a = _mean_span(self.source.heads.astype(np.float64), m)[:, None]
        b = _mean_span(self.target.heads.astype(np.float64), n)[None, :]
        return a * b - np.abs(a - b)

    def supported(self, m: int, n: int) -> tuple[Matrix, Matrix]:
        if self.support is None:
            nothing = np.zeros((self.rows - m + 1, self.columns - n + 1))
            return nothing, nothing
        rows, columns = self.support
        mass = _mean_span(rows.sum(axis=1), m)[:, None], _mean_span(columns.sum(axis=0), n)[None, :]
        inside = _box(rows, m, n) / m, _box(columns, m, n) / n
        leaking = np.maximum(mass[0] - inside[0], 0) + np.maximum(mass[1] - inside[1], 0)
        return (inside[0] + inside[1]) / 2, leaking / 2


def _gap_features(
    units: Units, cosines: Matrix, hubness: Matrix, support: Matrix | None
) -> Features:
    if cosines.shape[1]:
        best = cosines.max(axis=1)
        margin = (cosines - hubness[None, :]).max(axis=1)
    else:
        best = margin = np.zeros(len(units))
    claimed = np.zeros(len(units)) if support is None else np.minimum(support.sum(axis=1), 1)
    length = np.log1p(units.lengths) - 4
    return np.stack([best, margin, length, units.heads.astype(np.float64), claimed]).astype(
        np.float32
    )


def _log_ratio(source: Units, target: Units, cosines: Matrix) -> float:
    """Log of how much longer the source is than the target, where both say the same.

    The median over mutual nearest neighbours, since one text may lack a part of the other.
    """
    if min(cosines.shape) >= _ENOUGH:
        forward, backward = cosines.argmax(axis=1), cosines.argmax(axis=0)
        rows = np.flatnonzero(backward[forward] == np.arange(len(source)))
        if len(rows) >= _ENOUGH:
            lengths = source.lengths[rows], target.lengths[forward[rows]]
            return float(np.median(np.log((lengths[0] + 5) / (lengths[1] + 5))))
    total = source.lengths.sum(), target.lengths.sum()
    return float(np.log(max(total[0], 1.0) / max(total[1], 1.0)))


def _span_norms(vectors: NDArray[np.float32]) -> dict[int, Matrix]:
    sums = np.concatenate((np.zeros((1, vectors.shape[1])), np.cumsum(vectors, 0, np.float64)))
    return {
        m: np.linalg.norm(sums[m:] - sums[:-m], axis=1) for m in range(1, 5) if m <= len(vectors)
    }


def _span_sum(values: Matrix, size: int) -> Matrix:
    sums = np.concatenate(([0.0], np.cumsum(values)))
    return np.asarray(sums[size:] - sums[:-size])


def _mean_span(values: Matrix, size: int) -> Matrix:
    return _span_sum(values, size) / size


def _box(values: Matrix, m: int, n: int) -> Matrix:
    """Sums over all boxes of m rows and n columns."""
    height, width = values.shape[0] - m + 1, values.shape[1] - n + 1
    total = np.zeros((height, width))
    for a in range(m):
        for b in range(n):
            total += values[a : a + height, b : b + width]
    return total


def _best_mean(cosines: Matrix) -> Matrix:
    """Mean of the best few cosines of every row."""
    width = cosines.shape[1]
    if not width:
        return np.zeros(cosines.shape[0])
    k = min(_NEIGHBOURS, width)
    return np.asarray(np.partition(cosines, width - k, axis=1)[:, width - k :].mean(axis=1))


@dataclass(frozen=True)
class _Incidence:
    """Which items (numbers, words) occur in which sentence; only shared items are columns."""

    source: Matrix
    target: Matrix
    totals: tuple[Matrix, Matrix]
    """Weight of all items of a sentence, shared or not."""


def _incidence(
    source: Sequence[frozenset[str]], target: Sequence[frozenset[str]], *, rarity: bool
) -> _Incidence:
    counts = Counter(item for items in (*source, *target) for item in items)
    size = len(source) + len(target)
    weight = {
        item: float(np.log((size + 1) / count)) if rarity else 1.0 for item, count in counts.items()
    }
    shared = sorted(set().union(*source) & set().union(*target))
    column = {item: k for k, item in enumerate(shared)}
    matrices = []
    for side in (source, target):
        matrix = np.zeros((len(side), len(shared)))
        for i, items in enumerate(side):
            for item in items & column.keys():
                matrix[i, column[item]] = np.sqrt(weight[item])
        matrices.append(matrix)
    totals = tuple(
        np.array([sum(weight[item] for item in sorted(items)) for items in side])
        for side in (source, target)
    )
    return _Incidence(matrices[0], matrices[1], (totals[0], totals[1]))


def _overlap(items: _Incidence, m: int, n: int) -> tuple[Matrix, Matrix]:
    """Weight of the items that both spans have, and of those that only one has."""
    source, target = _span_max(items.source, m), _span_max(items.target, n)
    shared = source @ target.T
    totals = _span_sum(items.totals[0], m)[:, None] + _span_sum(items.totals[1], n)[None, :]
    return shared, np.maximum(totals - 2 * shared, 0)


def _span_max(matrix: Matrix, size: int) -> Matrix:
    height = len(matrix) - size + 1
    result = matrix[:height]
    for a in range(1, size):
        result = np.maximum(result, matrix[a : a + height])
    return result
