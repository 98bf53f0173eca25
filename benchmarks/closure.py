"""N-way beads from pair beads that were made one pair at a time: their connected components."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

PairBead = tuple[Sequence[int], Sequence[int]]
Node = tuple[str, int]
Spans = dict[str, range]


def close(
    pairs: Mapping[tuple[str, str], Iterable[PairBead]], sizes: Mapping[str, int]
) -> list[dict[str, list[int]]]:
    """Return the finest n-way beads, in order, that no bead of *pairs* crosses.

    Where pairs contradict each other, what they cross is joined.

    Args:
        pairs: The beads of every pair of languages, in order.
        sizes: Number of units of every language.
    """
    links: dict[Node, set[Node]] = defaultdict(set)
    for (a, b), beads in pairs.items():
        for source, target in beads:
            for i in source:
                for j in target:
                    links[a, i].add((b, j))
                    links[b, j].add((a, i))
    found = []
    front = dict.fromkeys(sizes, 0)
    while rest := [(x, front[x]) for x, size in sizes.items() if front[x] < size]:
        grown = (_grow([node], links) for node in rest)
        ready = (spans for spans in grown if all(r.start == front[x] for x, r in spans.items()))
        spans = next(ready, None) or _grow(rest, links)
        found.append({x: list(spans.get(x, ())) for x in sizes})
        front.update({x: r.stop for x, r in spans.items()})
    return found


def _grow(nodes: Iterable[Node], links: Mapping[Node, set[Node]]) -> Spans:
    """Return the contiguous spans that hold *nodes* and all that is linked to anything in them."""
    spans: Spans = {}
    waiting = list(nodes)
    while waiting:
        language, k = waiting.pop()
        known = spans.get(language, range(k, k))
        if k in known:
            continue
        wider = range(min(known.start, k), max(known.stop, k + 1))
        spans[language] = wider
        for new in wider:
            if new not in known:
                waiting.extend(links.get((language, new), ()))
    return spans
