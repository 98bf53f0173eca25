"""How likely sentences at several places are one passage that was moved.

The probability is a logistic function of the evidence, averaged over the pairs of versions that
stand apart: above all by how much both sides are nearer to each other than to anything else in
the two versions. What a text repeats is no evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import NamedTuple

import numpy as np

from parallel_statement.alignment.context import Cosine, Vectors
from parallel_statement.alignment.crossings import joined
from parallel_statement.alignment.lattice import Matrix
from parallel_statement.alignment.overlap import Features, span_sum
from parallel_statement.alignment.scene import Pair, Places, Scene
from parallel_statement.alignment.units import latin_words, numbers_in
from parallel_statement.model import Range

_RIVALS = 16
"""Runs of sentences that are compared exactly, those that seem nearest."""
_AT_ONCE = 32
"""Passages that are compared with a version at once."""


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


WEIGHTS = Weights(-25.14, 12.94, 14.61, 3.09, 0.56, -1.23, 4.67, -5.33)


class _Apart(NamedTuple):
    """Sentences of two versions that stand at different places of one passage."""

    pair: Pair
    sides: tuple[Range, Range]


def probability(features: Matrix) -> Matrix:
    """Return the probability that what has these *features* is one passage, for every row."""
    return np.asarray(1 / (1 + np.exp(-WEIGHTS.bias - features @ np.array(WEIGHTS[1:]))))


def evidence(scene: Scene, found: Sequence[Places]) -> Matrix:
    """Return the features of passages, a row each: means over the pairs of versions apart."""
    if not found:
        return np.zeros((0, len(WEIGHTS) - 1))
    groups = [list(_apart(places)) for places in found]
    every = [apart for group in groups for apart in group]
    rivals = _rivals(scene, every)
    rows = np.array([_features(scene, *each) for each in zip(every, rivals, strict=True)])
    starts = np.cumsum([0, *map(len, groups)])
    means = np.add.reduceat(rows, starts[:-1]) / np.diff(starts)[:, None]
    present = np.array([sum(map(len, places)) for places in found])
    return np.column_stack((means, 1 - present / len(scene.texts)))


def _apart(places: Places) -> Iterator[_Apart]:
    for one, other in combinations(places, 2):
        for a, b in product(one, other):
            sides = one[a], other[b]
            yield _Apart((a, b), sides) if a < b else _Apart((b, a), sides[::-1])


def _features(scene: Scene, apart: _Apart, rival: float) -> list[float]:
    pair, sides = apart
    vectors = [_sum(scene, v, r) for v, r in zip(pair, sides, strict=True)]
    near = float(scene.cosine[pair](*vectors)[0, 0])
    texts = ["\n".join(scene.texts[v][slice(*r)]) for v, r in zip(pair, sides, strict=True)]
    numbers = [frozenset(numbers_in(text)) for text in texts]
    words = [frozenset(latin_words(text)) for text in texts]
    return [
        near,
        near - rival,
        float(np.log([len(text) + 5 for text in texts]).mean()),
        float(min(len(numbers[0] & numbers[1]), 3)),
        float(min(len(numbers[0] ^ numbers[1]), 4)),
        len(words[0] & words[1]) / (min(map(len, words)) + 2),
    ]


def _sum(scene: Scene, version: int, sentences: Range) -> Vectors:
    return joined(scene.vectors[version][slice(*sentences)], sentences.size)


def _rivals(scene: Scene, every: Sequence[_Apart]) -> Matrix:
    """Return for every two sides the cosine of either with its nearest rival, the greater one."""
    rivals = np.zeros(len(every))
    for pair in sorted({apart.pair for apart in every}):
        rows = [k for k, apart in enumerate(every) if apart.pair == pair]
        for here, there in ((0, 1), (1, 0)):
            own = [every[k].sides for k in rows]
            passages = np.concatenate([_sum(scene, pair[here], sides[here]) for sides in own])
            nearest = _nearest(
                passages,
                scene.vectors[pair[there]],
                [sides[there] for sides in own],
                scene.cosine[pair],
            )
            rivals[rows] = np.maximum(rivals[rows], nearest)
    return rivals


def _nearest(
    passages: Vectors, others: Vectors, own: Sequence[Range], cosine: Cosine
) -> list[float]:
    """Return the cosine of every passage with its nearest rival, as long as its *own* run."""
    found = []
    for start in range(0, len(passages), _AT_ONCE):
        some = passages[start : start + _AT_ONCE]
        for k, products in enumerate(some @ others.T):
            found.append(_nearest_run(some[k : k + 1], products, others, own[start + k], cosine))
    return found


def _nearest_run(
    passage: Vectors, products: Features, others: Vectors, own: Range, cosine: Cosine
) -> float:
    """Return the cosine of the nearest run, given the *products* with all *others*."""
    size = own.size
    near = products if size == 1 else span_sum(products, size)
    near[max(0, own.start - size + 1) : own.stop] = -np.inf
    count = min(_RIVALS, len(near))
    best = [k for k in np.argpartition(near, -count)[-count:] if np.isfinite(near[k])]
    if not best:
        return 0.0
    runs = np.concatenate([joined(others[k : k + size], size) for k in best])
    return float(cosine(passage, runs).max())
