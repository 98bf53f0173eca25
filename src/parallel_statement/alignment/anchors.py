"""Places at which versions surely correspond: their sentences are each other's nearest neighbours.

In a very long text, the places to look at are found first among sums of many sentences (coarse to
fine, as in Thompson and Koehn 2019), so that the search stays near-linear.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Cut = tuple[int, ...]
"""A number of sentences of every version."""

_CHUNK = 256
_AT_ONCE = 2000
"""Sentences up to which every sentence is compared with every other."""
_POOL = 16
"""Sentences of a chunk."""
_NEAR = 48
"""Sentences before and after a place among chunks, where a sure place is looked for."""
_APART = 40
"""Chunks between two places."""


def anchors(vectors: Sequence[Vectors]) -> list[Cut]:
    """Return sure places, rising in every version."""
    if max(len(side) for side in vectors) <= _AT_ONCE:
        return chain(_mutual_places(vectors))
    pooled = [_pooled(side) for side in vectors]
    found: list[Cut] = []
    done = tuple(0 for _ in vectors)
    for coarse in _spread(chain(_mutual_places(pooled))):
        middle = [place * _POOL for place in coarse]
        near = [
            side[max(0, at - _NEAR) : at + _NEAR] for side, at in zip(vectors, middle, strict=True)
        ]
        origin = [max(0, at - _NEAR) for at in middle]
        fine = chain(_mutual_places(near))
        if not fine:
            continue
        stop = tuple(a + b for a, b in zip(origin, fine[len(fine) // 2], strict=True))
        if all(a < b for a, b in zip(done, stop, strict=True)):
            found.extend(_between(vectors, done, stop))
            found.append(stop)
            done = stop
    return [*found, *_between(vectors, done, tuple(len(side) for side in vectors))]


def _between(vectors: Sequence[Vectors], start: Cut, stop: Cut) -> list[Cut]:
    """Return the sure places between two others."""
    part = [side[a:b] for side, a, b in zip(vectors, start, stop, strict=True)]
    return [
        tuple(a + b for a, b in zip(start, cut, strict=True)) for cut in chain(_mutual_places(part))
    ]


def _pooled(side: Vectors) -> Vectors:
    """Sums of many neighbouring sentences, of length one."""
    whole = len(side) // _POOL * _POOL
    sums = side[:whole].reshape(-1, _POOL, side.shape[1]).sum(axis=1)
    if whole < len(side):
        sums = np.concatenate((sums, side[whole:].sum(axis=0, keepdims=True)))
    return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9))


def _spread(cuts: Sequence[Cut]) -> list[Cut]:
    """Every so many of *cuts*, in chunks."""
    chosen: list[Cut] = []
    for cut in cuts:
        last = chosen[-1] if chosen else tuple(0 for _ in cut)
        if all(here - there >= _APART for here, there in zip(cut, last, strict=True)):
            chosen.append(cut)
    return chosen


def _mutual_places(vectors: Sequence[Vectors]) -> list[Cut]:
    """Places whose two segments before and two after are mutual nearest neighbours in order."""
    if min(len(side) for side in vectors) < 4:
        return []
    partners = np.stack([mutual(vectors[0], other) for other in vectors[1:]])
    at = np.arange(2, len(vectors[0]) - 1)
    places = partners[:, at]
    sure = (places >= 0).all(axis=0)
    for step in (-2, -1, 1):
        sure &= (partners[:, at + step] == places + step).all(axis=0)
    found = np.concatenate((at[None, sure], places[:, sure])).T
    return [tuple(cut) for cut in found.tolist()]


def mutual(source: Vectors, target: Vectors) -> NDArray[np.int64]:
    """Return the mutual nearest neighbour of every source sentence, or a negative number."""
    forward = np.empty(len(source), dtype=np.int64)
    best = np.full(len(target), -np.inf)
    backward = np.zeros(len(target), dtype=np.int64)
    for start in range(0, len(source), _CHUNK):
        cosines = source[start : start + _CHUNK] @ target.T
        forward[start : start + _CHUNK] = cosines.argmax(axis=1)
        top = cosines.argmax(axis=0)
        value = cosines[top, np.arange(len(target))]
        better = value > best
        best[better], backward[better] = value[better], top[better] + start
    lonely = backward[forward] != np.arange(len(source))
    forward[lonely] = -1000
    return forward


def chain(cuts: Sequence[Cut]) -> list[Cut]:
    """Return the longest series of *cuts* that rises in every version."""
    if not cuts:
        return []
    places = np.array(cuts)
    if (np.diff(places, axis=0) > 0).all():
        return list(cuts)
    length = np.ones(len(places), dtype=np.int64)
    before = np.full(len(places), -1)
    for k in range(1, len(places)):
        lower = (places[:k] < places[k]).all(axis=1)
        if lower.any():
            candidates = np.where(lower, length[:k], 0)
            before[k] = int(candidates.argmax())
            length[k] = candidates[before[k]] + 1
    chain = [int(length.argmax())]
    while before[chain[-1]] >= 0:
        chain.append(int(before[chain[-1]]))
    return [cuts[k] for k in reversed(chain)]
