"""The lattice against brute force: every path written out and summed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallel_statement.alignment.lattice import Edge, Lattice, Node, best_path, posteriors

SIZES = [(1, 1), (1, 2), (2, 1), (2, 2), (1, 3)]


@st.composite
def lattices(draw: st.DrawFn) -> Lattice:
    """A lattice of up to 4 by 4 segments with random scores."""
    rows, columns = draw(st.integers(0, 4)), draw(st.integers(0, 4))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    scores = {
        (m, n): random.normal(0, 2, (rows - m + 1, columns - n + 1))
        for m, n in SIZES
        if m <= rows and n <= columns
    }
    return Lattice(rows, columns, scores, random.normal(-1, 2, rows), random.normal(-1, 2, columns))


def edges_from(lattice: Lattice, node: Node) -> Iterator[tuple[Edge, float]]:
    i, j = node
    if i < lattice.rows:
        yield (node, (i + 1, j)), float(lattice.source_gaps[i])
    if j < lattice.columns:
        yield (node, (i, j + 1)), float(lattice.target_gaps[j])
    for (m, n), score in lattice.scores.items():
        if i + m <= lattice.rows and j + n <= lattice.columns:
            yield (node, (i + m, j + n)), float(score[i, j])


def all_paths(lattice: Lattice, node: Node = (0, 0)) -> Iterator[tuple[tuple[Edge, ...], float]]:
    if node == (lattice.rows, lattice.columns):
        yield (), 0.0
    for edge, value in edges_from(lattice, node):
        for rest, total in all_paths(lattice, edge[1]):
            yield (edge, *rest), value + total


@given(lattices())
def test_posteriors_are_those_of_all_paths_summed(lattice: Lattice) -> None:
    found = posteriors(lattice)
    paths = list(all_paths(lattice))
    weights = np.exp([total for _, total in paths])
    assert found.log_partition == pytest.approx(np.log(weights.sum()))
    shares: dict[Edge, float] = {}
    for (path, _), weight in zip(paths, weights / weights.sum(), strict=True):
        for edge in path:
            shares[edge] = shares.get(edge, 0.0) + float(weight)
    for (m, n), beads in found.beads.items():
        for (i, j), value in np.ndenumerate(beads):
            assert value == pytest.approx(shares.get(((i, j), (i + m, j + n)), 0.0), abs=1e-9)
    for i, value in enumerate(found.source_gaps):
        expected = sum(shares.get(((i, j), (i + 1, j)), 0.0) for j in range(lattice.columns + 1))
        assert value == pytest.approx(expected, abs=1e-9)
    for j, value in enumerate(found.target_gaps):
        expected = sum(shares.get(((i, j), (i, j + 1)), 0.0) for i in range(lattice.rows + 1))
        assert value == pytest.approx(expected, abs=1e-9)
    for node, value in np.ndenumerate(found.nodes):
        arriving = sum(share for edge, share in shares.items() if edge[1] == node)
        assert value == pytest.approx(arriving if any(node) else 1.0, abs=1e-9)


@given(lattices())
def test_every_segment_is_in_exactly_one_bead(lattice: Lattice) -> None:
    found = posteriors(lattice)
    covered = found.source_gaps.copy()
    for (m, _), beads in found.beads.items():
        for (i, _), value in np.ndenumerate(beads):
            covered[i : i + m] += value
    assert covered == pytest.approx(np.ones(lattice.rows))


@given(lattices())
def test_the_best_path_is_the_best_of_all(lattice: Lattice) -> None:
    path, value = best_path(lattice)
    assert value == pytest.approx(max(total for _, total in all_paths(lattice)))
    assert any(path == other for other, _ in all_paths(lattice))
    total = sum(dict(edges_from(lattice, edge[0]))[edge] for edge in path)
    assert total == pytest.approx(value)
