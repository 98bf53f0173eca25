"""Joint alignment of all versions of a document, sentences first, paragraphs from them.

A long text is cut into `sections` where that is safe; each is aligned for itself:

1. Every pair: evidence on all beads, weighted scores, posteriors (`lattice`).
2. The same again with further evidence: what the other versions say (`consensus`), and what a
   second reading of open places says (`rereading`).
3. Paragraph beads from the sentences' matches (`levels`).
4. N-way sentence beads inside each paragraph bead, and each pair's finest beads in those
   (`assembly`): those of which most can be expected to be right, given the posteriors of step 2.

What a person has decided limits the lattices of both looks (`constraints`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from parallel_statement import languages
from parallel_statement.alignment import (
    consensus,
    constraints,
    evidence,
    features,
    lattice,
    rereading,
)
from parallel_statement.alignment.constraints import Limits, Rule
from parallel_statement.alignment.context import Context, Cosine
from parallel_statement.alignment.context import cosines as plain_cosines
from parallel_statement.alignment.decoding import Aligned, PairResult, Shape, assemble
from parallel_statement.alignment.evidence import Weights
from parallel_statement.alignment.sections import Vectors, sections
from parallel_statement.alignment.units import Units, describe
from parallel_statement.alignment.weights import Learned
from parallel_statement.errors import ParallelStatementError
from parallel_statement.model import Range, Version

_EMBEDDED_RANGE = (0.03, 0.65)
"""Median cosine of unrelated and of corresponding sentences with the encoder of the weights."""
_SAMPLE = 2000
_LARGEST = 9_000_000
"""Nodes of the largest lattice; about 3 GB."""

_WORTH = 0.45
"""Posterior from which a bead is worth more than leaving its segments out: about half of the F1
to expect (Lipton, Elkan and Naryanaswamy 2014)."""
_GAP_WORTH = 0.1
"""Of a gap's posterior, so that gaps go where they are likeliest."""

Pair = tuple[int, int]


@dataclass(frozen=True)
class Means:
    """What the engine works with, beside the texts."""

    learned: Learned
    fitted: bool
    """Whether the weights belong to the encoder of the vectors; its cosines are stretched to the
    range that they expect if not."""
    embed: rereading.Embed
    """The encoder, for a second reading."""
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Section:
    """What is aligned at once, and how its pairs' cosines are taken."""

    units: tuple[Units, ...]
    texts: tuple[rereading.Texts, ...]
    cosine: Mapping[Pair, Cosine]
    limits: Mapping[Pair, Limits] = field(default_factory=dict)

    @property
    def pairs(self) -> list[Pair]:
        """All pairs (a, b) of versions with a < b."""
        return list(combinations(range(len(self.units)), 2))


def align_sections(
    versions: Sequence[Version],
    texts: Sequence[Sequence[str]],
    vectors: Sequence[Vectors],
    means: Means,
) -> tuple[Aligned, Aligned]:
    """Return the paragraph beads and the sentence beads of *versions*.

    Args:
        versions: All versions of a document.
        texts: Their sentences.
        vectors: Of the sentences: shape (sentences, dimensions).
        means: Weights, encoder and rules.

    Raises:
        ParallelStatementError: the text is too long to be aligned at once and cannot be cut, or
            the rules contradict each other.
    """
    pairs = list(combinations(range(len(versions)), 2))
    cosine = {
        (a, b): plain_cosines if means.fitted else _Stretch.of(vectors[a], vectors[b])
        for a, b in pairs
    }
    levels: tuple[list[Aligned], list[Aligned]] = ([], [])
    starts = [[0] * len(versions), [0] * len(versions)]
    for section in sections(versions, vectors, means.rules):
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
        sentences = [Range(s, s + c) for s, c in zip(starts[1], counts, strict=True)]
        rules = constraints.within(means.rules, section, sentences)
        read = [
            rereading.Texts(side[r.start : r.stop], languages.get(version.language).joiner)
            for side, r, version in zip(texts, sentences, versions, strict=True)
        ]
        shapes = [Shape(part, text.segments) for part, text in zip(parts, read, strict=True)]
        borders = [shape.borders for shape in shapes]
        given = {pair: constraints.limits(rules, pair, borders) for pair in pairs} if rules else {}
        here = Section(
            tuple(
                describe(part, text.segments, side)
                for part, text, side in zip(parts, read, slices, strict=True)
            ),
            tuple(read),
            cosine,
            given,
        )
        found = assemble(shapes, infer(here, means.learned, means.embed), rules)
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


@dataclass(frozen=True)
class _Stretch:
    """Cosines of an encoder without weights of its own, in the range that the weights expect."""

    low: float
    """Median cosine of unrelated sentences."""
    high: float
    """Median cosine of sentences that may correspond."""

    @classmethod
    def of(cls, source: Vectors, target: Vectors) -> _Stretch:
        cosines = source[:_SAMPLE] @ target[:_SAMPLE].T
        if not cosines.size:
            return cls(*_EMBEDDED_RANGE)
        return cls(float(np.median(cosines)), float(np.median(cosines.max(axis=1))))

    def __call__(self, source: Vectors, target: Vectors) -> lattice.Matrix:
        bottom, top = _EMBEDDED_RANGE
        scale = (top - bottom) / max(self.high - self.low, 0.05)
        return np.asarray(bottom + (plain_cosines(source, target) - self.low) * scale)


def infer(section: Section, learned: Learned, embed: rereading.Embed) -> dict[Pair, PairResult]:
    """Return scores and posteriors of all pairs, each with the others' support.

    Args:
        section: What is aligned.
        learned: The weights of both looks.
        embed: The encoder, for a second reading.
    """
    units, pairs = section.units, section.pairs
    cosines = {(a, b): section.cosine[a, b](units[a].vectors, units[b].vectors) for a, b in pairs}
    first = {pair: _look(section, pair, cosines[pair], learned.first, Context()) for pair in pairs}
    posteriors = {pair: lattice.posteriors(scores) for pair, scores in first.items()}
    matches = {pair: consensus.matches(found) for pair, found in posteriors.items()}
    spans = rereading.read_spans(units, section.texts, posteriors, embed)
    results = {}
    for pair in pairs:
        a, b = pair
        context = Context(
            consensus.support(pair, len(units), matches),
            (spans[a], spans[b]),
            rereading.read_run_ins(
                posteriors[pair],
                (section.texts[a], section.texts[b]),
                (units[a].vectors, units[b].vectors),
                features.log_ratio(units[a], units[b], cosines[pair]),
                embed,
                section.cosine[pair],
            ),
            section.cosine[pair],
        )
        weights = learned.pair if len(units) == 2 else learned.joint
        results[pair] = _result(_look(section, pair, cosines[pair], weights, context))
    return results


def _look(
    section: Section, pair: Pair, cosines: lattice.Matrix, weights: Weights, context: Context
) -> lattice.Lattice:
    a, b = pair
    scores = evidence.weigh(section.units[a], section.units[b], cosines, weights, context)
    return constraints.constrain(scores, section.limits.get(pair, Limits()))


def _result(scores: lattice.Lattice) -> PairResult:
    posteriors = lattice.posteriors(scores)
    if posteriors.log_partition < constraints.POSSIBLE:
        raise ParallelStatementError("the locks contradict each other: no alignment obeys them all")
    worth = lattice.Lattice(
        scores.rows,
        scores.columns,
        {
            size: _worth(scores.scores[size], bead - _WORTH)
            for size, bead in posteriors.beads.items()
        },
        _worth(scores.source_gaps, _GAP_WORTH * posteriors.source_gaps),
        _worth(scores.target_gaps, _GAP_WORTH * posteriors.target_gaps),
    )
    return PairResult(worth, posteriors, consensus.matches(posteriors))


def _worth(scores: lattice.Matrix, gain: lattice.Matrix) -> lattice.Matrix:
    return np.where(scores > constraints.POSSIBLE, gain, constraints.NEVER)
