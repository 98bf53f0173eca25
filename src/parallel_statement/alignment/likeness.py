"""How likely sentences at several places are one passage that was moved.

The probability is a logistic function of the evidence, averaged over the pairs of versions that
stand apart: above all by how much both sides are nearer to each other than to anything else in
the two versions. What a text repeats is no evidence.
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np

from parallel_statement.alignment.context import Cosine, Vectors
from parallel_statement.alignment.crossings import joined
from parallel_statement.alignment.lattice import Matrix
from parallel_statement.alignment.scene import Pair, Place, Places, Scene
from parallel_statement.alignment.units import latin_words, numbers_in
from parallel_statement.model import Range

_RIVALS = 16
"""Runs of sentences that are compared exactly, those that seem nearest."""


class Weights(NamedTuple):
    """Of the logistic function; ``python -m benchmarks.moves GOLD --fit`` learns them."""

    bias: float
    cosine: float
    """Of the sums of the sentences' vectors."""
    margin: float
    """The cosine less that of the nearest rival: a run of as many sentences in either version."""
    length: float
    """Log of the characters, the geometric mean of both sides."""
    shared_numbers: float
    lone_numbers: float
    words: float
    """Words in Latin script that both sides have, against those of the side with fewer."""
    absent: float
    """Share of the versions that have it nowhere."""


WEIGHTS = Weights(-3.56, 2.37, 12.61, 0.39, 0.19, -0.81, 2.37, -3.31)


def probability(features: Matrix) -> float:
    """Return the probability that what has these *features* is one passage."""
    return float(1 / (1 + np.exp(-WEIGHTS.bias - np.dot(WEIGHTS[1:], features))))


def evidence(scene: Scene, places: Places) -> Matrix:
    """Return the features of a passage, in the order of `Weights`: means over all pairs apart."""
    rows = []
    for one, other in combinations(places, 2):
        for a in one:
            for b in other:
                sides = {a: one[a], b: other[b]}
                rows.append(_pair_evidence(scene, (min(a, b), max(a, b)), sides))
    absent = 1 - sum(map(len, places)) / len(scene.texts)
    return np.array([*np.mean(rows, axis=0), absent])


def _pair_evidence(scene: Scene, pair: Pair, sides: Place) -> list[float]:
    cosine = scene.cosine[pair]
    passages = [joined(scene.vectors[v][slice(*sides[v])], sides[v].size) for v in pair]
    near = float(cosine(*passages)[0, 0])
    rivals = [
        _nearest(passages[0], scene.vectors[pair[1]], sides[pair[1]], cosine),
        _nearest(passages[1], scene.vectors[pair[0]], sides[pair[0]], cosine),
    ]
    texts = ["\n".join(scene.texts[v][slice(*sides[v])]) for v in pair]
    lengths = np.log([len(text) + 5 for text in texts])
    numbers = [frozenset(numbers_in(text)) for text in texts]
    words = [frozenset(latin_words(text)) for text in texts]
    return [
        near,
        near - max(rivals),
        float(lengths.mean()),
        float(min(len(numbers[0] & numbers[1]), 3)),
        float(min(len(numbers[0] ^ numbers[1]), 4)),
        len(words[0] & words[1]) / (min(map(len, words)) + 2),
    ]


def _nearest(passage: Vectors, others: Vectors, own: Range, cosine: Cosine) -> float:
    """Return the cosine of the nearest run in *others* that is as long as *own* and not in it."""
    size = own.size
    sums = np.convolve(others @ passage[0], np.ones(size), "valid")
    sums[max(0, own.start - size + 1) : own.stop] = -np.inf
    best = [k for k in np.argsort(-sums, kind="stable")[:_RIVALS] if np.isfinite(sums[k])]
    if not best:
        return 0.0
    runs = np.concatenate([joined(others[k : k + size], size) for k in best])
    return float(cosine(passage, runs).max())
