"""Cuts long texts into sections that can be aligned one by one, in linear time and memory.

A cut stands between two paragraphs where the sentences around it are each other's nearest
neighbours in every version, several in a row: a place at which no good alignment crosses. Where
one version lacks a long part, those cut that have it; the other gives what is nearest, or nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from parallel_statement.alignment.anchors import Cut, Vectors, anchors, chain, mutual
from parallel_statement.alignment.constraints import Rule, whole
from parallel_statement.model import Range, Version

Borders = dict[int, int]
"""By the number of sentences before it, how many paragraphs stand before a paragraph's border."""

LONGEST = 250
"""Sentences up to which a text is one section; longer ones are cut where that is safe."""
_SHORTEST = 60
_LARGE = 1000
"""Sentences from which a section is cut where only some versions agree."""


def sections(
    versions: Sequence[Version], vectors: Sequence[Vectors], rules: Sequence[Rule] = ()
) -> tuple[tuple[Range, ...], ...]:
    """Return the sections, each as one range of paragraphs a version, in order.

    Args:
        versions: All versions of a document.
        vectors: Of their sentences: shape (sentences, dimensions).
        rules: What a person has decided; no cut goes through it.
    """
    everything = tuple(Range(0, len(version.paragraphs)) for version in versions)
    if max(len(side) for side in vectors) <= LONGEST:
        return (everything,)
    borders = [_paragraph_starts(version) for version in versions]
    sizes = tuple(len(side) for side in vectors)
    sure = _spaced(_allowed(anchors(vectors), borders, rules), sizes, range(len(sizes)))
    cuts: list[Cut] = []
    for start, stop in pairwise((tuple(0 for _ in sizes), *sure, sizes)):
        part = [side[a:b] for side, a, b in zip(vectors, start, stop, strict=True)]
        if max(map(len, part)) > _LARGE:
            cuts.extend(_some(part, start, borders, rules))
        cuts.append(stop)
    result: list[tuple[Range, ...]] = []
    done = tuple(0 for _ in versions)
    for cut in cuts[:-1]:
        at = tuple(known[sentence] for sentence, known in zip(cut, borders, strict=True))
        result.append(tuple(Range(a, b) for a, b in zip(done, at, strict=True)))
        done = at
    result.append(tuple(Range(a, r.stop) for a, r in zip(done, everything, strict=True)))
    return tuple(result)


def _paragraph_starts(version: Version) -> Borders:
    """For every sentence that begins a paragraph, and for the end, how many paragraphs precede."""
    starts: Borders = {}
    sentence = 0
    for number, paragraph in enumerate(version.paragraphs):
        starts.setdefault(sentence, number)
        sentence += len(paragraph.sentences)
    starts.setdefault(sentence, len(version.paragraphs))
    return starts


def _allowed(cuts: Sequence[Cut], borders: Sequence[Borders], rules: Sequence[Rule]) -> list[Cut]:
    """The *cuts* that stand between paragraphs and go through nothing fixed."""
    between = [
        cut for cut in cuts if all(k in known for k, known in zip(cut, borders, strict=True))
    ]
    counted = [tuple(known[k] for k, known in zip(cut, borders, strict=True)) for cut in between]
    kept = whole(rules, between, counted)
    return [cut for cut, each in zip(between, kept, strict=True) if each]


def _some(
    part: Sequence[Vectors], start: Cut, borders: Sequence[Borders], rules: Sequence[Rule]
) -> list[Cut]:
    """Cuts of a large section on which only some versions agree, as one of them lacks a part.

    The others are cut where the sentences nearest to their own say.

    Args:
        part: The vectors of the section.
        start: Sentences before it.
        borders: Of the whole text.
        rules: Of the whole text.
    """
    sizes = tuple(map(len, part))
    order = sorted(range(len(part)), key=lambda v: (sizes[v], v))
    away = [[v] for v in order] if len(order) > 2 else []
    for absent in [*away, *(order[:k] for k in range(2, len(order) - 1))]:
        agreed = [v for v in range(len(part)) if v not in absent]
        found = anchors([part[v] for v in agreed])
        if not found:
            continue
        within = [
            [k - first for k in sorted(known) if first <= k <= first + size]
            for known, first, size in zip(borders, start, sizes, strict=True)
        ]
        cuts = _allowed(
            [
                tuple(a + b for a, b in zip(start, cut, strict=True))
                for cut in _completed(part, agreed, found, within)
            ],
            borders,
            rules,
        )
        counted = [tuple(a - b for a, b in zip(cut, start, strict=True)) for cut in cuts]
        chosen = _spaced(counted, sizes, agreed)
        if chosen:
            return [tuple(a + b for a, b in zip(start, cut, strict=True)) for cut in chosen]
    return []


def _completed(
    part: Sequence[Vectors],
    agreed: Sequence[int],
    found: Sequence[Cut],
    borders: Sequence[Sequence[int]],
) -> list[Cut]:
    """Return the cuts *found* for the versions that *agreed*, with places in all others."""
    columns = dict(zip(agreed, zip(*found, strict=True), strict=True))
    guide = max(agreed, key=lambda v: len(part[v]))
    for v in set(range(len(part))) - set(agreed):
        partners = mutual(part[guide], part[v]) if len(part[v]) else np.zeros(0, dtype=np.int64)
        rows = np.flatnonzero(partners >= 0)
        links = chain([(int(k), int(partners[k])) for k in rows])
        columns[v] = tuple(_place(links, at, borders[v]) for at in columns[guide])
    cuts = zip(*(columns[v] for v in range(len(part))), strict=True)
    return [cut for cut in cuts if min(cut) >= 0]


def _place(links: Sequence[Cut], at: int, borders: Sequence[int]) -> int:
    """The first border after all that belongs before *at*, or -1 if that is too far."""
    passed = bisect_left(links, at, key=lambda link: link[0])
    least = links[passed - 1][1] + 1 if passed else 0
    border = borders[min(bisect_left(borders, least), len(borders) - 1)]
    return border if passed == len(links) or border <= links[passed][1] else -1


def _spaced(cuts: Sequence[Cut], sizes: Sequence[int], versions: Sequence[int]) -> list[Cut]:
    """The cuts to use: no section of these *versions* shorter than need be."""
    chosen: list[Cut] = []
    last = tuple(0 for _ in sizes)
    for cut in cuts:
        far = all(cut[v] - last[v] >= _SHORTEST for v in versions)
        rest = all(sizes[v] - cut[v] >= _SHORTEST for v in versions)
        if far and rest:
            chosen.append(cut)
            last = cut
    return chosen
