"""What else could stand in the place of a bead, and the best alignment with each: numbers only.

Every alignment puts a segment into exactly one bead or gap. So the posteriors of all beads and gaps
that hold one segment add up to 1, and what excludes a bead is what else holds one of its segments.
A border of paragraphs, a node of the lattice, is excluded by the beads that cross it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from parallel_statement.alignment.constraints import Limits, constrain
from parallel_statement.alignment.decoding import edge_posterior
from parallel_statement.alignment.lattice import Lattice, Matrix, Node, Posteriors, Size, best_path
from parallel_statement.model import Range

NOTHING = Range(0, 0)
Item = tuple[Range, Range]
"""A bead, or a gap: then the other side is `NOTHING`, since its place does not matter."""


def posterior(posteriors: Posteriors, item: Item) -> float:
    """Return the posterior probability of *item*."""
    source, target = item
    return edge_posterior(posteriors, (source.start, target.start), (source.stop, target.stop))


def rival(posteriors: Posteriors, item: Item) -> Item | None:
    """Return the most probable bead or gap, other than *item*, that holds one of its segments.

    None if nothing else is possible.
    """
    found = [
        (value, other) for value, other in _holding(posteriors, item) if value > 0 and other != item
    ]
    return max(found)[1] if found else None


def crossing(posteriors: Posteriors, node: Node) -> Item | None:
    """Return the most probable bead that crosses *node*, or None if none is possible.

    It holds segments from before and after the node, or pairs one from before with one from after.
    """
    found: list[tuple[float, Item]] = []
    for size, beads in posteriors.beads.items():
        rows, columns = (
            np.arange(beads.shape[0])[:, None] - node[0],
            np.arange(beads.shape[1])[None, :] - node[1],
        )
        before = (rows + size[0] <= 0) & (columns + size[1] <= 0)
        after = (rows >= 0) & (columns >= 0)
        found.extend(_best(np.where(before | after, 0.0, beads), size))
    return max(found)[1] if found else None


def best_with(scores: Lattice, item: Item) -> tuple[Item, ...]:
    """Return the best alignment that has *item*: the one that a lock would give."""
    source, target = item
    if source.size and target.size:
        limits = Limits(beads=(item,))
    elif source.size:
        limits = Limits(lone_source=(source,))
    else:
        limits = Limits(lone_target=(target,))
    return _items(constrain(scores, limits))


def best_through(scores: Lattice, node: Node) -> tuple[Item, ...]:
    """Return the best alignment with a border at *node*."""
    after = _items(scores.block(node, (scores.rows, scores.columns)))
    return (
        *_items(scores.block((0, 0), node)),
        *((_moved(source, node[0]), _moved(target, node[1])) for source, target in after),
    )


def _holding(posteriors: Posteriors, item: Item) -> Iterator[tuple[float, Item]]:
    """Yield the gaps that hold a segment of *item*, and of every size the best bead that does."""
    source, target = item
    for i in source.indices:
        yield float(posteriors.source_gaps[i]), (Range(i, i + 1), NOTHING)
    for j in target.indices:
        yield float(posteriors.target_gaps[j]), (NOTHING, Range(j, j + 1))
    for size, beads in posteriors.beads.items():
        held = np.zeros(beads.shape)
        for axis, segments in enumerate(item):
            if segments.size:
                first = max(0, segments.start - size[axis] + 1)
                at = (slice(None),) * axis + (slice(first, segments.stop),)
                held[at] = beads[at]
        itself = source.start, target.start
        if (source.size, target.size) == size:
            held[itself] = 0.0
        yield from _best(held, size)


def _best(values: Matrix, size: Size) -> Iterator[tuple[float, Item]]:
    if values.size and values.max() > 0:
        i, j = np.unravel_index(int(values.argmax()), values.shape)
        yield (
            float(values[i, j]),
            (Range(int(i), int(i) + size[0]), Range(int(j), int(j) + size[1])),
        )


def _items(scores: Lattice) -> tuple[Item, ...]:
    return tuple(
        (Range(i, k), Range(j, m)) if i < k and j < m else _gap(Range(i, k), Range(j, m))
        for (i, j), (k, m) in best_path(scores)[0]
    )


def _gap(source: Range, target: Range) -> Item:
    return (source, NOTHING) if source.size else (NOTHING, target)


def _moved(segments: Range, by: int) -> Range:
    return Range(segments.start + by, segments.stop + by) if segments.size else NOTHING
