"""Joint alignment of all versions of a document, sentences first, paragraphs from them.

A long text is cut into `sections` where that is safe; each is aligned for itself:

1. Every pair: evidence on all beads, weighted scores, posteriors (`lattice`).
2. The same again with what the other versions say as further evidence (`consensus`).
3. Paragraph beads from the sentences' matches (`levels`).
4. N-way sentence beads inside each paragraph bead, and each pair's finest beads in those
   (`assembly`), with the posteriors of step 2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from parallel_statement.alignment import assembly, consensus, evidence, lattice, levels
from parallel_statement.alignment.evidence import Weights
from parallel_statement.alignment.sections import Vectors, sections
from parallel_statement.alignment.units import Units, describe
from parallel_statement.errors import ParallelStatementError
from parallel_statement.model import Range, Version

_EMBEDDED_RANGE = (0.03, 0.65)
"""Median cosine of unrelated and of corresponding sentences with the encoder of the weights."""
_SAMPLE = 2000
_LARGEST = 9_000_000
"""Nodes of the largest lattice; about 3 GB."""

Pair = tuple[int, int]
Ranges = tuple[Range, ...]


@dataclass(frozen=True)
class PairResult:
    """What is known of one pair of versions."""

    scores: lattice.Lattice
    posteriors: lattice.Posteriors
    matches: consensus.Matches


@dataclass(frozen=True)
class Aligned:
    """N-way beads of one level, and the finest beads of every pair, with posteriors."""

    beads: tuple[tuple[Ranges, float], ...]
    pairs: Mapping[Pair, tuple[tuple[Range, Range, float], ...]]


def align_sections(
    versions: Sequence[Version],
    vectors: Sequence[Vectors],
    first: Weights,
    second: Weights,
    *,
    fitted: bool,
) -> tuple[Aligned, Aligned]:
    """Return the paragraph beads and the sentence beads of *versions*.

    Args:
        versions: All versions of a document.
        vectors: Of their sentences: shape (sentences, dimensions).
        first: Weights of the features without support.
        second: Weights with the support of other versions.
        fitted: Whether the weights belong to the encoder of the vectors; its cosines are
            stretched to the expected range if not.
    """
    pairs = list(combinations(range(len(versions)), 2))
    stretch = {(a, b): None if fitted else _range(vectors[a], vectors[b]) for a, b in pairs}
    levels: tuple[list[Aligned], list[Aligned]] = ([], [])
    starts = [[0] * len(versions), [0] * len(versions)]
    for section in sections(versions, vectors):
        parts = [
            Version(version.document, version.paragraphs[r.start : r.stop])
            for version, r in zip(versions, section, strict=True)
        ]
        counts = [len(part.sentences) for part in parts]
        _refuse_too_large(parts, counts)
        slices = [
            side[start : start + count]
            for side, start, count in zip(vectors, starts[1], counts, strict=True)
        ]
        units = [describe(part, side) for part, side in zip(parts, slices, strict=True)]
        cosines = {(a, b): _cosines(slices[a], slices[b], stretch[a, b]) for a, b in pairs}
        found = assemble(parts, infer(units, cosines, first, second))
        for level, aligned, start in zip(levels, found, starts, strict=True):
            level.append(_moved(aligned, start))
        starts = [
            [r.stop for r in section],
            [start + count for start, count in zip(starts[1], counts, strict=True)],
        ]
    return _joined(levels[0], pairs), _joined(levels[1], pairs)


def _refuse_too_large(parts: Sequence[Version], counts: Sequence[int]) -> None:
    first, second = sorted(range(len(parts)), key=lambda k: counts[k])[-2:]
    if counts[first] * counts[second] > _LARGEST:
        raise ParallelStatementError(
            f"{parts[second].id} and {parts[first].id} have {counts[second]} and {counts[first]} "
            "sentences in a row without a place where all versions surely agree: too many to "
            "align at once. If they are versions of one text, cut the files into chapters"
        )


def _moved(aligned: Aligned, start: Sequence[int]) -> Aligned:
    def shift(r: Range, version: int) -> Range:
        return Range(r.start + start[version], r.stop + start[version])

    return Aligned(
        tuple(
            (tuple(shift(r, v) for v, r in enumerate(ranges)), posterior)
            for ranges, posterior in aligned.beads
        ),
        {
            (a, b): tuple((shift(x, a), shift(y, b), posterior) for x, y, posterior in beads)
            for (a, b), beads in aligned.pairs.items()
        },
    )


def _joined(parts: Sequence[Aligned], pairs: Sequence[Pair]) -> Aligned:
    return Aligned(
        tuple(bead for part in parts for bead in part.beads),
        {pair: tuple(bead for part in parts for bead in part.pairs[pair]) for pair in pairs},
    )


def _range(source: Vectors, target: Vectors) -> tuple[float, float]:
    """Median cosine of unrelated sentences, and of those that may correspond."""
    cosines = source[:_SAMPLE] @ target[:_SAMPLE].T
    if not cosines.size:
        return _EMBEDDED_RANGE
    return float(np.median(cosines)), float(np.median(cosines.max(axis=1)))


def _cosines(source: Vectors, target: Vectors, found: tuple[float, float] | None) -> lattice.Matrix:
    # Rounded, because the last bits depend on how the encoder batched the texts.
    cosines: lattice.Matrix = np.asarray(source @ target.T, dtype=np.float64).round(5)
    if found is None:
        return cosines
    (low, high), (bottom, top) = found, _EMBEDDED_RANGE
    return np.asarray(bottom + (cosines - low) * (top - bottom) / max(high - low, 0.05))


def infer(
    units: Sequence[Units],
    cosines: Mapping[Pair, lattice.Matrix],
    first: Weights,
    second: Weights,
) -> dict[Pair, PairResult]:
    """Return scores and posteriors of all pairs, each with the others' support.

    Args:
        units: The versions' sentences.
        cosines: Of every pair (a, b) with a < b.
        first: Weights without support.
        second: Weights with support; used where there are three versions or more.
    """
    pairs = list(combinations(range(len(units)), 2))
    if len(units) < 3:
        return {pair: _result(units, cosines[pair], pair, None, first) for pair in pairs}
    told = {pair: _result(units, cosines[pair], pair, None, first).matches for pair in pairs}
    return {
        pair: _result(units, cosines[pair], pair, consensus.support(pair, len(units), told), second)
        for pair in pairs
    }


def _result(
    units: Sequence[Units],
    cosines: lattice.Matrix,
    pair: Pair,
    support: tuple[lattice.Matrix, lattice.Matrix] | None,
    weights: Weights,
) -> PairResult:
    a, b = pair
    scores = evidence.weigh(units[a], units[b], cosines, support, weights)
    posteriors = lattice.posteriors(scores)
    return PairResult(scores, posteriors, consensus.matches(posteriors))


def assemble(
    versions: Sequence[Version], results: Mapping[Pair, PairResult]
) -> tuple[Aligned, Aligned]:
    """Return the paragraph beads and the sentence beads, which lie inside them."""
    shapes = [_Shape(version) for version in versions]
    weights = {
        (a, b): levels.carried(result.matches, shapes[a].shares, shapes[b].shares)
        for (a, b), result in results.items()
    }
    blocks = levels.join([len(shape.shares) for shape in shapes], weights)
    closeness = {pair: _closeness(result) for pair, result in results.items()}
    assembler = assembly.Assembler(
        {pair: result.scores for pair, result in results.items()}, closeness
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


class _Shape:
    """How one version's sentences make up its paragraphs."""

    def __init__(self, version: Version) -> None:
        counts = [len(paragraph.sentences) for paragraph in version.paragraphs]
        self.borders = [0, *np.cumsum(counts, dtype=int).tolist()]
        lengths = np.array([len(version.text(s)) for s in version.sentences], dtype=np.float64)
        self.shares: list[lattice.Matrix] = []
        for start, stop in zip(self.borders, self.borders[1:], strict=False):
            share = np.zeros(len(lengths))
            share[start:stop] = lengths[start:stop] / max(1.0, lengths[start:stop].sum())
            self.shares.append(share)

    def sentences(self, paragraphs: Range) -> Range:
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
                posterior = _edge_posterior(result.posteriors, (i, j), (k, m))
                pairs[pair].append((Range(i, k), Range(j, m), posterior))
                joint *= posterior
            certainty = min(certainty, joint)
        whole.append((bead, certainty))
    return Aligned(tuple(whole), {pair: tuple(found) for pair, found in pairs.items()})


def _edge_posterior(
    posteriors: lattice.Posteriors, start: lattice.Node, end: lattice.Node
) -> float:
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
    shapes: Sequence[_Shape],
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
                posterior = _block_posterior(
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
    beads = levels.join((source.size, target.size), {(0, 1): part})
    return [
        (
            Range(source.start + x.start, source.start + x.stop),
            Range(target.start + y.start, target.start + y.stop),
        )
        for x, y in beads
    ]


def _block_posterior(posteriors: lattice.Posteriors, source: Range, target: Range) -> float:
    """Probability that two runs of sentences correspond as a whole."""
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
