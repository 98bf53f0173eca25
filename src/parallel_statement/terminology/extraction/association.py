"""How well two candidates of one bead render one another.

What counts: the encoder's vectors of both phrases, less how near each is to much else in the bead
(hubness; Conneau et al. 2018, "Word translation without parallel data", section 2.3); words that
are spelt alike, loanwords by their origin (サイバー, cyber); in how many beads both stand, of those
in which one does (Dice); and where in the sentence they stand.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from parallel_statement.model import LanguageTag
from parallel_statement.terminology.extraction.candidates import Candidate

Matrix = NDArray[np.float64]
Beads = Mapping[tuple[LanguageTag, str], frozenset[str]]
"""The beads in which a term stands, by its language and key."""

_NEIGHBOURS = 4
_ALIKE = 0.6
"""Share of letters from which two words count as alike at all."""


class Weights(NamedTuple):
    """What each kind of evidence counts."""

    cosine: float = 1.0
    hubness: float = 0.5
    spelling: float = 0.3
    dice: float = 0.15
    distance: float = 0.15


WEIGHTS = Weights()


class Side(NamedTuple):
    """The candidates of one language in a bead."""

    candidates: tuple[Candidate, ...]
    vectors: NDArray[np.float32]
    positions: Matrix
    """Where in the side each stands: 0 at its beginning, 1 at its end."""


def associate(first: Side, second: Side, beads: Beads) -> Matrix:
    """Return how well each candidate of *first* and each of *second* render one another."""
    cosines = np.asarray(first.vectors @ second.vectors.T, dtype=np.float64)
    distance = np.abs(first.positions[:, None] - second.positions[None, :])
    return np.asarray(
        WEIGHTS.cosine * cosines
        - WEIGHTS.hubness * (_nearest(cosines)[:, None] + _nearest(cosines.T)[None, :]) / 2
        + WEIGHTS.spelling * _spelling(first, second)
        + WEIGHTS.dice * _dice(first, second, beads)
        - WEIGHTS.distance * distance
    )


def _nearest(cosines: Matrix) -> Matrix:
    """Return how near each row is to the columns that are nearest."""
    return np.asarray(np.sort(cosines, axis=1)[:, -_NEIGHBOURS:].sum(axis=1) / _NEIGHBOURS)


def _dice(first: Side, second: Side, beads: Beads) -> Matrix:
    """Return in which share of the beads of either both stand (Dice's coefficient)."""
    here = [beads[each.language, each.key] for each in first.candidates]
    there = [beads[each.language, each.key] for each in second.candidates]
    rows = [[2 * len(a & b) / (len(a) + len(b)) for b in there] for a in here]
    return np.array(rows, dtype=np.float64)


def _spelling(first: Side, second: Side) -> Matrix:
    """Return which share of the words of both has one spelt alike in the other."""
    words, others = _vocabulary(first), _vocabulary(second)
    alike = np.array([[_alike(word, other) for other in others] for word in words])
    counts, other_counts = _counts(first, words), _counts(second, others)
    found = counts @ _best(alike, other_counts)
    found_back = other_counts @ _best(alike.T, counts)
    totals = counts.sum(axis=1)[:, None] + other_counts.sum(axis=1)[None, :]
    return np.asarray((found + found_back.T) / totals)


def _vocabulary(side: Side) -> list[str]:
    return list(dict.fromkeys(word for each in side.candidates for word in each.spellings))


def _counts(side: Side, words: Sequence[str]) -> Matrix:
    """Return how often each candidate (row) has each of *words* (column)."""
    places = {word: number for number, word in enumerate(words)}
    counts = np.zeros((len(side.candidates), len(words)))
    for row, each in zip(counts, side.candidates, strict=True):
        for word in each.spellings:
            row[places[word]] += 1
    return counts


def _best(alike: Matrix, counts: Matrix) -> Matrix:
    """Return how alike each word (row) and the nearest word of each candidate (column) are."""
    return np.stack([alike[:, row > 0].max(axis=1) for row in counts], axis=1)


@lru_cache(maxsize=1 << 16)
def _alike(first: str, second: str) -> float:
    """Return how alike two words are in their letters: 1 if they are the same, 0 if hardly."""
    if not first or not second:
        return 0.0
    matcher = SequenceMatcher(None, _letters(first), _letters(second), autojunk=False)
    if matcher.real_quick_ratio() <= _ALIKE or matcher.quick_ratio() <= _ALIKE:
        return 0.0
    return max(0.0, (matcher.ratio() - _ALIKE) / (1 - _ALIKE))


@lru_cache(maxsize=1 << 14)
def _letters(word: str) -> str:
    """Return *word* without accents and hyphens."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if c.isalnum())
