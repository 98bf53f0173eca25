"""Rules as limits of paragraphs: which of them a person has joined, and which are kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from parallel_statement.alignment import levels
from parallel_statement.alignment.constraints import Rule
from parallel_statement.alignment.lattice import Matrix
from parallel_statement.locking import meet
from parallel_statement.model import Range

Pair = tuple[int, int]

FIXED = 2.0
"""Stronger than anything that texts carry."""


def tie(
    carried: Mapping[Pair, Matrix], rules: Iterable[Rule], owners: Sequence[Sequence[int]]
) -> dict[Pair, Matrix]:
    """Return how much paragraphs carry of each other, as far as *rules* do not decide it.

    Args:
        carried: As `levels.join` takes it.
        rules: Of the same section.
        owners: For every version the paragraph of each sentence.
    """
    rules = list(rules)
    result = {pair: matrix.copy() for pair, matrix in carried.items()}
    for rule in rules:
        for a, b in combinations(sorted(v for v, r in rule.ranges.items()), 2):
            source, target = rule.ranges[a], rule.ranges[b]
            matrix = result[a, b]
            if rule.level == "sentence":
                if rule.together and source.size and target.size:
                    rows = sorted({owners[a][k] for k in source.indices})
                    columns = sorted({owners[b][k] for k in target.indices})
                    matrix[rows, columns[0]] = matrix[rows[-1], columns] = FIXED
            elif not rule.together:
                matrix[source.start : source.stop, target.start : target.stop] = 0.0
            else:
                _tie_paragraphs(matrix, source, target)
    for pair, matrix in result.items():
        _part(matrix, list(_apart(rules, pair, matrix.shape)))
    return result


def _apart(
    rules: Iterable[Rule], pair: Pair, shape: tuple[int, ...]
) -> Iterator[tuple[Range, Range]]:
    """Yield paragraphs of two versions of which none may correspond."""
    for rule in rules:
        if rule.level == "paragraph" and rule.ranges.keys() >= set(pair):
            source, target = (rule.ranges[v] for v in pair)
            if not rule.together:
                yield source, target
            elif not target.size:
                yield source, Range(0, shape[1])
            elif not source.size:
                yield Range(0, shape[0]), target


def _part(matrix: Matrix, apart: Sequence[tuple[Range, Range]]) -> None:
    """Take links from *matrix*, the weakest first, until no bead holds what is *apart*.

    A bead is a run of paragraphs, so two links may hold a third paragraph between them.
    """
    while apart:
        beads = levels.join((matrix.shape[0], matrix.shape[1]), {(0, 1): matrix})
        broken = [
            matrix[rows.start : rows.stop, columns.start : columns.stop]
            for rows, columns in beads
            if any(meet(rows, source) and meet(columns, target) for source, target in apart)
        ]
        links = [
            (float(part[at]), number, int(at[0]), int(at[1]))
            for number, part in enumerate(broken)
            for at in zip(*np.nonzero((part >= levels.THRESHOLD) & (part < FIXED)), strict=True)
        ]
        if not links:
            return
        _, number, row, column = min(links)
        broken[number][row, column] = 0.0


def _tie_paragraphs(matrix: Matrix, source: Range, target: Range) -> None:
    matrix[source.start : source.stop] = 0.0
    matrix[:, target.start : target.stop] = 0.0
    if source.size and target.size:
        matrix[: source.start, target.stop :] = 0.0
        matrix[source.stop :, : target.start] = 0.0
        matrix[source.start : source.stop, target.start] = FIXED
        matrix[source.stop - 1, target.start : target.stop] = FIXED
