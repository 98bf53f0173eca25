"""How likely two documents are versions of one another, as log-odds.

A logistic function of the evidence, for the pairs that the vectors of the whole suggest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from parallel_statement.corpus.matching.portraits import Hashes, Portrait
from parallel_statement.model import LanguageTag

Matrix = NDArray[np.float64]
Sides = Mapping[LanguageTag, Sequence[int]]
"""Numbers of the documents in each language."""

_CANDIDATES = 8
"""Documents of another language that each is compared with, the nearest ones."""
_RIVALS = 4
"""Nearest others whose mean says how near anything is (Conneau et al. 2018, CSLS)."""
_STRANGER = 0.5
"""Cosine of a rival that is not there: among few documents, little can be learned from rivals."""
_NUMBERS, _WORDS = 0.4, 0.1
"""What numbers and words that are all the same are worth against a cosine, among rivals."""
_LITTLE = 4.0
"""Weight of the numbers or words of which only half is believed."""
_PRIOR = 8
"""Documents of a language from which on their mean says what they have in common."""
_AT_ONCE = 1024
"""Documents that are compared with all others at once."""


class Weights(NamedTuple):
    """Of the logistic function; ``python -m benchmarks.match GOLD --fit`` learns them."""

    bias: float
    whole: float
    """Cosine of the means of all parts."""
    parts: float
    """Mean cosine of the parts, each with its counterpart."""
    margin: float
    """The same less the mean of the nearest rivals on either side."""
    lead: float
    """The same less the nearest rival."""
    shared_numbers: float
    """Log of the numbers and dates that both have, weighted by how rare they are."""
    lone_numbers: float
    """Of those that one has."""
    shared_words: float
    """Likewise words in Latin script."""
    lone_words: float
    length: float
    """Log ratio of the lengths against the usual one, squared."""


WEIGHTS = Weights(-13.23, -4.53, 25.01, -0.06, 13.29, 0.87, -1.89, -0.6, 0.35, -3.93)

Pair = tuple[int, int]
"""Numbers of two documents, the smaller first."""


def compare(portraits: Sequence[Portrait]) -> dict[Pair, float]:
    """Return the log-odds of the pairs of *portraits* that may be versions of one another."""
    pairs, features = evidence(portraits)
    odds = WEIGHTS.bias + features @ np.array(WEIGHTS[1:])
    return {pair: float(value) for pair, value in zip(pairs, odds, strict=True)}


def evidence(portraits: Sequence[Portrait]) -> tuple[list[Pair], Matrix]:
    """Return the pairs that are compared, and their features, a row each."""
    sides: dict[LanguageTag, list[int]] = {}
    for number, portrait in enumerate(portraits):
        sides.setdefault(portrait.file.language, []).append(number)
    if len(sides) < 2:
        return [], np.zeros((0, len(Weights._fields) - 1))
    parts = _centred(portraits, sides)
    whole = _unit(parts.sum(axis=1))
    pairs: list[Pair] = []
    rows: list[Matrix] = []
    for one, other in combinations(sides.values(), 2):
        found = _candidates(whole, np.array(one), np.array(other))
        pairs += found
        rows.append(_features(portraits, whole, parts, found, (one, other)))
    order = sorted(range(len(pairs)), key=pairs.__getitem__)
    return [pairs[k] for k in order], np.concatenate(rows)[order]


def _centred(
    portraits: Sequence[Portrait], sides: Mapping[str, Sequence[int]]
) -> NDArray[np.float32]:
    """Return the parts without what all documents of a language have in common."""
    parts = np.stack([portrait.parts for portrait in portraits]).astype(np.float32)
    for numbers in sides.values():
        own = parts[numbers]
        parts[numbers] = own - own.mean(axis=1).sum(axis=0) / (len(numbers) + _PRIOR)
    return _unit(parts)


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)


def _candidates(
    whole: NDArray[np.float32], one: NDArray[np.int64], other: NDArray[np.int64]
) -> list[Pair]:
    """Return the pairs in which one is among the nearest of the other."""
    near: set[Pair] = set()
    for here, there in ((one, other), (other, one)):
        for start in range(0, len(here), _AT_ONCE):
            block = here[start : start + _AT_ONCE]
            cosines = whole[block] @ whole[there].T
            best = np.argsort(-cosines, axis=1, kind="stable")[:, :_CANDIDATES]
            for number, places in zip(block, there[best], strict=True):
                near.update((min(number, k), max(number, k)) for k in map(int, places))
    return [(int(a), int(b)) for a, b in sorted(near)]


def _features(
    portraits: Sequence[Portrait],
    whole: NDArray[np.float32],
    parts: NDArray[np.float32],
    pairs: Sequence[Pair],
    sides: tuple[Sequence[int], Sequence[int]],
) -> Matrix:
    rows, columns = np.array(pairs).T
    likeness = np.einsum("nd,nd->n", whole[rows], whole[columns])
    matching = np.einsum("npd,npd->n", parts[rows], parts[columns]) / parts.shape[1]
    numbers = _Overlap([portrait.numbers for portrait in portraits], sides).of_all(pairs)
    words = _Overlap([portrait.words for portrait in portraits], sides).of_all(pairs)
    margins, leads = _margins(pairs, matching + _NUMBERS * _share(numbers) + _WORDS * _share(words))
    lengths = np.log([portrait.length + 20 for portrait in portraits])
    ratios = (lengths[rows] - lengths[columns]) * np.where(np.isin(rows, sides[0]), 1, -1)
    usual = np.median(ratios[np.argsort(-margins, kind="stable")[: len(sides[0])]])
    return np.column_stack(
        (
            likeness,
            matching,
            margins,
            leads,
            np.log1p(numbers),
            np.log1p(words),
            np.minimum((ratios - usual) ** 2, 1.0),
        )
    )


def _margins(pairs: Sequence[Pair], cosines: Matrix) -> tuple[Matrix, Matrix]:
    """Return by how much pairs are nearer than their rivals: in the mean, and than the nearest."""
    near: dict[int, list[float]] = {}
    for pair, cosine in zip(pairs, cosines, strict=True):
        for number in pair:
            near.setdefault(number, []).append(float(cosine))
    for values in near.values():
        values.sort(reverse=True)
    margins, leads = [], []
    for pair, cosine in zip(pairs, cosines, strict=True):
        crowd, nearest = 0.0, -1.0
        for number in pair:
            rivals = near[number].copy()
            rivals.remove(float(cosine))
            rivals += [_STRANGER] * (_RIVALS - len(rivals))
            crowd += sum(rivals[:_RIVALS]) / _RIVALS / 2
            nearest = max(nearest, rivals[0])
        margins.append(cosine - crowd)
        leads.append(cosine - nearest)
    return np.array(margins), np.array(leads)


def _share(overlap: Matrix) -> Matrix:
    """Return the share of what both have, from 0 to 1; little if both have little."""
    shared, lone = overlap.T
    return np.asarray(shared / (shared + lone / 2 + _LITTLE))


class _Overlap:
    """How much of what two documents have they share, weighted by how rare it is.

    Only what both languages have anywhere counts.
    """

    def __init__(self, sets: Sequence[Hashes], sides: tuple[Sequence[int], Sequence[int]]) -> None:
        counted = [
            np.unique(np.concatenate([sets[k] for k in side]), return_counts=True) for side in sides
        ]
        (one, ones), (other, others) = counted
        known, here, there = np.intersect1d(one, other, assume_unique=True, return_indices=True)
        share = (ones[here] + others[there]) / (len(sides[0]) + len(sides[1]))
        self._known, self._weights = known, np.log(1 / share) + 0.1
        self._own: dict[int, tuple[NDArray[np.int64], float]] = {}
        for number in (k for side in sides for k in side):
            places = np.flatnonzero(np.isin(known, sets[number], assume_unique=True))
            self._own[number] = places, float(self._weights[places].sum())

    def of_all(self, pairs: Sequence[Pair]) -> Matrix:
        """Return what the documents of each pair share, and what only one of them has."""
        return np.array([self._of(*pair) for pair in pairs])

    def _of(self, one: int, other: int) -> tuple[float, float]:
        (a, whole), (b, part) = self._own[one], self._own[other]
        shared = float(self._weights[np.intersect1d(a, b, assume_unique=True)].sum())
        return shared, whole + part - 2 * shared
