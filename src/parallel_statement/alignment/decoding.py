"""The beads of both levels, decided from the posteriors of all pairs.

Paragraph beads come from the sentences' matches (`levels`); inside each, n-way sentence beads and
each pair's finest beads are those of which most can be expected to be right (`assembly`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from parallel_statement.alignment import assembly, consensus, lattice, levels, ties
from parallel_statement.alignment.constraints import Rule
from parallel_statement.model import Range, Version

Pair = tuple[int, int]
Ranges = tuple[Range, ...]


@dataclass(frozen=True)
class PairResult:
    """What is known of one pair of versions."""

    worth: lattice.Lattice
    """What every bead and gap adds to the expected accuracy (Do et al. 2005)."""
    posteriors: lattice.Posteriors
    matches: consensus.Matches


@dataclass(frozen=True)
class Aligned:
    """N-way beads of one level, and the finest beads of every pair, with posteriors."""

    beads: tuple[tuple[Ranges, float], ...]
    pairs: Mapping[Pair, tuple[tuple[Range, Range, float], ...]]


def assemble(
    shapes: Sequence[Shape], results: Mapping[Pair, PairResult], rules: Sequence[Rule] = ()
) -> tuple[Aligned, Aligned]:
    """Return the paragraph beads and the sentence beads, which lie inside them."""
    carried = {
        (a, b): levels.carried(result.matches, shapes[a].shares, shapes[b].shares)
        for (a, b), result in results.items()
    }
    weights = ties.tie(carried, rules, [shape.owners for shape in shapes])
    blocks = levels.join([len(shape.shares) for shape in shapes], weights)
    closeness = {pair: _closeness(result) for pair, result in results.items()}
    assembler = assembly.Assembler(
        {pair: result.worth for pair, result in results.items()},
        closeness,
        [rule.ranges for rule in rules if rule.together and rule.level == "sentence"],
    )
    inside = [
        bead
        for block in blocks
        for bead in assembler.beads(
            tuple(shape.sentences(r) for shape, r in zip(shapes, block, strict=True))
        )
    ]
    return (
        _paragraph_level(shapes, blocks, weights, results),
        _sentence_level(inside, assembler, results),
    )


class Shape:
    """How one version's sentences make up its paragraphs."""

    def __init__(self, version: Version, texts: Sequence[str]) -> None:
        """Take a version and its sentences."""
        counts = [len(paragraph.sentences) for paragraph in version.paragraphs]
        self.borders = [0, *np.cumsum(counts, dtype=int).tolist()]
        self.owners = [number for number, count in enumerate(counts) for _ in range(count)]
        lengths = np.array([len(text) for text in texts], dtype=np.float64)
        self.shares: list[lattice.Matrix] = []
        for start, stop in zip(self.borders, self.borders[1:], strict=False):
            share = np.zeros(len(lengths))
            share[start:stop] = lengths[start:stop] / max(1.0, lengths[start:stop].sum())
            self.shares.append(share)

    def sentences(self, paragraphs: Range) -> Range:
        """Return the sentences of *paragraphs*."""
        return Range(self.borders[paragraphs.start], self.borders[paragraphs.stop])


def _closeness(result: PairResult) -> float:
    """Expected share of the sentences of both sides that have a counterpart."""
    matches = result.matches
    total = matches.rows.sum() + matches.columns.sum()
    return float(round(total / max(1, sum(matches.rows.shape)), 9))


def _sentence_level(
    beads: Sequence[Ranges], assembler: assembly.Assembler, results: Mapping[Pair, PairResult]
) -> Aligned:
    pairs: dict[Pair, list[tuple[Range, Range, float]]] = {pair: [] for pair in results}
    whole: list[tuple[Ranges, float]] = []
    for bead in beads:
        certainty = 1.0
        for pair, result in results.items():
            joint = 1.0
            for (i, j), (k, m) in assembler.pair_beads(pair, bead):
                posterior = edge_posterior(result.posteriors, (i, j), (k, m))
                pairs[pair].append((Range(i, k), Range(j, m), posterior))
                joint *= posterior
            certainty = min(certainty, joint)
        whole.append((bead, certainty))
    return Aligned(tuple(whole), {pair: tuple(found) for pair, found in pairs.items()})


def edge_posterior(posteriors: lattice.Posteriors, start: lattice.Node, end: lattice.Node) -> float:
    """Return the probability of the bead or gap between two nodes."""
    (i, j), (k, m) = start, end
    if i == k:
        value = posteriors.target_gaps[j]
    elif j == m:
        value = posteriors.source_gaps[i]
    elif (k - i, m - j) in posteriors.beads:
        value = posteriors.beads[k - i, m - j][i, j]
    else:
        value = 0.0
    return min(1.0, float(value))


def _paragraph_level(
    shapes: Sequence[Shape],
    blocks: Sequence[Ranges],
    weights: Mapping[Pair, lattice.Matrix],
    results: Mapping[Pair, PairResult],
) -> Aligned:
    pairs: dict[Pair, list[tuple[Range, Range, float]]] = {pair: [] for pair in results}
    whole: list[tuple[Ranges, float]] = []
    for block in blocks:
        certainty = 1.0
        for (a, b), result in results.items():
            joint = 1.0
            for source, target in _finest(block[a], block[b], weights[a, b]):
                posterior = block_posterior(
                    result.posteriors, shapes[a].sentences(source), shapes[b].sentences(target)
                )
                pairs[a, b].append((source, target, posterior))
                joint *= posterior
            certainty = min(certainty, joint)
        whole.append((block, certainty))
    return Aligned(tuple(whole), {pair: tuple(found) for pair, found in pairs.items()})


def _finest(source: Range, target: Range, weights: lattice.Matrix) -> list[tuple[Range, Range]]:
    """The finest paragraph beads of a pair inside one n-way bead."""
    part = weights[source.start : source.stop, target.start : target.stop]
    if part.shape == (1, 1) and part[0, 0] >= levels.THRESHOLD:  # nearly always, in a long text
        return [(source, target)]
    beads = levels.join((source.size, target.size), {(0, 1): part})
    return [
        (
            Range(source.start + x.start, source.start + x.stop),
            Range(target.start + y.start, target.start + y.stop),
        )
        for x, y in beads
    ]


def block_posterior(posteriors: lattice.Posteriors, source: Range, target: Range) -> float:
    """Return the probability that two runs of sentences correspond as a whole."""
    if source.size and target.size:
        nodes = posteriors.nodes
        return min(
            1.0,
            float(nodes[source.start, target.start]),
            float(nodes[source.stop, target.stop]),
        )
    gaps = (
        *posteriors.source_gaps[source.start : source.stop],
        *posteriors.target_gaps[target.start : target.stop],
    )
    return min(1.0, *(float(gap) for gap in gaps)) if gaps else 1.0
