"""Links of any shape made into beads that divide every text, in order.

Take every segment as a node, an edge from each to the next one of its text, and edges in both
directions between linked segments. The strongly connected components are then the smallest beads
that keep linked segments together, leave no hole and do not cross: a crossing is a cycle. They are
found in one pass (Tarjan 1972, "Depth-first search and linear graph algorithms"), and put in
order by Kahn 1962, "Topological sorting of large networks".
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from parallel_statement.model import LanguageTag, Range

Unit = tuple[LanguageTag, int]
"""A segment: its language, and its number among those of its level."""


def divide(
    sizes: Mapping[LanguageTag, int], links: Iterable[Sequence[Unit]]
) -> list[dict[LanguageTag, Range]]:
    """Return the ranges of the beads that *links* make of texts of these *sizes*.

    >>> beads = divide({"en": 2, "it": 1}, [[("en", 0), ("it", 0)]])
    >>> [[tuple(side) for side in bead.values()] for bead in beads]
    [[(0, 1), (0, 1)], [(1, 2), (1, 1)]]
    """
    following: dict[Unit, list[Unit]] = {
        (tag, k): [(tag, k + 1)] if k + 1 < size else []
        for tag, size in sizes.items()
        for k in range(size)
    }
    for link in links:
        for one, other in pairwise(link):
            following[one].append(other)
            following[other].append(one)
    position = dict.fromkeys(sizes, 0)
    beads = []
    for part in _in_order(list(_components(following)), sizes):
        counts = dict.fromkeys(sizes, 0)
        for tag, _ in part:
            counts[tag] += 1
        beads.append({tag: Range(position[tag], position[tag] + counts[tag]) for tag in sizes})
        position = {tag: beads[-1][tag].stop for tag in sizes}
    return beads


def _components(following: Mapping[Unit, Sequence[Unit]]) -> Iterator[list[Unit]]:
    """Yield the strongly connected components of a graph, without recursion."""
    number: dict[Unit, int] = {}
    lowest: dict[Unit, int] = {}
    stack: list[Unit] = []
    done: set[Unit] = set()
    for root in following:
        path: list[tuple[Unit, Iterator[Unit]]] = []
        entered: Unit | None = None if root in number else root
        while path or entered is not None:
            if entered is not None:
                number[entered] = lowest[entered] = len(number)
                stack.append(entered)
                path.append((entered, iter(following[entered])))
            unit, rest = path[-1]
            entered = None
            for other in rest:
                if other not in number:
                    entered = other
                    break
                if other not in done:
                    lowest[unit] = min(lowest[unit], number[other])
            if entered is None:
                path.pop()
                if path:
                    before = path[-1][0]
                    lowest[before] = min(lowest[before], lowest[unit])
                if lowest[unit] == number[unit]:
                    part = [stack.pop()]
                    while part[-1] != unit:
                        part.append(stack.pop())
                    done.update(part)
                    yield part


def _in_order(
    parts: Sequence[list[Unit]], sizes: Mapping[LanguageTag, int]
) -> Iterator[list[Unit]]:
    """Yield *parts* in the order of every text; of those that are free the one further up."""
    home = {unit: number for number, part in enumerate(parts) for unit in part}
    after: dict[int, set[int]] = {number: set() for number in range(len(parts))}
    waits = [0] * len(parts)
    for (tag, k), number in home.items():
        following = home.get((tag, k + 1), number)
        if following != number and following not in after[number]:
            after[number].add(following)
            waits[following] += 1
    place = [
        (min(k / sizes[tag] for tag, k in part), min(list(sizes).index(tag) for tag, _ in part))
        for part in parts
    ]
    free = [(*place[number], number) for number in range(len(parts)) if not waits[number]]
    heapq.heapify(free)
    while free:
        number = heapq.heappop(free)[-1]
        yield parts[number]
        for following in after[number]:
            waits[following] -= 1
            if not waits[following]:
                heapq.heappush(free, (*place[following], following))
