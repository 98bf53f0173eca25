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

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, combinations

import numpy as np

from parallel_statement import languages
from parallel_statement.alignment import (
    consensus,
    constraints,
    evidence,
    lattice,
    rereading,
)
from parallel_statement.alignment.anchors import Vectors
from parallel_statement.alignment.comparison import Comparison, compare
from parallel_statement.alignment.constraints import Limits, Rule
from parallel_statement.alignment.context import NOTHING, Context, Cosine, Stretch
from parallel_statement.alignment.context import cosines as plain_cosines
from parallel_statement.alignment.decoding import Aligned, PairResult, Shape, assemble
from parallel_statement.alignment.evidence import Weights
from parallel_statement.alignment.sections import sections
from parallel_statement.alignment.units import Units, describe
from parallel_statement.alignment.weights import Learned
from parallel_statement.encoders.threads import one_thread
from parallel_statement.errors import ParallelStatementError
from parallel_statement.model import Range, Version

_LARGEST = 9_000_000
"""Nodes of the largest lattice; about 4 GB."""

_WORTH = 0.45
"""Posterior from which a bead is worth more than leaving its segments out: about half of the F1
to expect (Lipton, Elkan and Naryanaswamy 2014)."""
_CHANCE = 0.01
"""Posterior in a first look that a bead of some size must have for the second to look at it."""
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


@dataclass(frozen=True)
class Piece:
    """A section that is ready to be aligned, and where it stands in the text."""

    section: Section
    shapes: tuple[Shape, ...]
    rules: Sequence[Rule]
    paragraphs: tuple[Range, ...]
    sentences: tuple[Range, ...]


@dataclass(frozen=True)
class Look:
    """All that decides about one pair of a section in the end."""

    compared: Comparison
    weights: Weights
    context: Context
    scores: lattice.Lattice
    """Log potentials, without what a person has excluded."""


@one_thread()
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
    levels: tuple[list[Aligned], list[Aligned]] = ([], [])
    for piece in pieces(versions, texts, vectors, means):
        found = assemble(
            piece.shapes, infer(piece.section, means.learned, means.embed), piece.rules
        )
        for level, aligned, ranges in zip(
            levels, found, (piece.paragraphs, piece.sentences), strict=True
        ):
            level.append(_moved(aligned, [r.start for r in ranges]))
    return _joined(levels[0], pairs), _joined(levels[1], pairs)


def pieces(
    versions: Sequence[Version],
    texts: Sequence[Sequence[str]],
    vectors: Sequence[Vectors],
    means: Means,
    whole: Sequence[Rule] = (),
) -> Iterator[Piece]:
    """Yield the sections of *versions* in order, each as it is aligned.

    Args:
        versions: As for `align_sections`, like *texts*, *vectors* and *means*.
        texts: Of the versions.
        vectors: Of the sentences.
        means: Weights, encoder and rules.
        whole: What no border of a section may divide, beside what the rules fix.

    Raises:
        ParallelStatementError: as `align_sections`.
    """
    pairs = list(combinations(range(len(versions)), 2))
    cosine = pair_cosines(vectors, fitted=means.fitted)
    cut = sections(versions, vectors, (*means.rules, *whole))
    counted = _in_sentences(versions, cut)
    ruled = constraints.divide(means.rules, cut, counted)
    for paragraphs, sentences, rules in zip(cut, counted, ruled, strict=True):
        parts = [
            Version(version.document, version.paragraphs[r.start : r.stop])
            for version, r in zip(versions, paragraphs, strict=True)
        ]
        _refuse_too_large(parts, [r.size for r in sentences])
        read = tuple(
            rereading.Texts(side[r.start : r.stop], languages.get(version.language).joiner)
            for side, r, version in zip(texts, sentences, versions, strict=True)
        )
        shapes = tuple(Shape(part, text.segments) for part, text in zip(parts, read, strict=True))
        borders = [shape.borders for shape in shapes]
        units = tuple(
            describe(part, text.segments, side[r.start : r.stop])
            for part, text, side, r in zip(parts, read, vectors, sentences, strict=True)
        )
        given = {pair: constraints.limits(rules, pair, borders) for pair in pairs} if rules else {}
        yield Piece(Section(units, read, cosine, given), shapes, rules, paragraphs, sentences)


def _in_sentences(
    versions: Sequence[Version], sections: Sequence[Sequence[Range]]
) -> list[tuple[Range, ...]]:
    """Return *sections*, given in paragraphs, as ranges of sentences."""
    totals = [
        [0, *accumulate(len(paragraph.sentences) for paragraph in version.paragraphs)]
        for version in versions
    ]
    return [
        tuple(Range(of[r.start], of[r.stop]) for of, r in zip(totals, section, strict=True))
        for section in sections
    ]


def pair_cosines(vectors: Sequence[Vectors], *, fitted: bool) -> dict[Pair, Cosine]:
    """Return how the cosines of every pair are taken: stretched, if the encoder is not *fitted*."""
    return {
        (a, b): plain_cosines if fitted else Stretch.of(vectors[a], vectors[b])
        for a, b in combinations(range(len(vectors)), 2)
    }


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


def infer(section: Section, learned: Learned, embed: rereading.Embed) -> dict[Pair, PairResult]:
    """Return scores and posteriors of all pairs, each with the others' support.

    Args:
        section: What is aligned.
        learned: The weights of both looks.
        embed: The encoder, for a second reading.
    """
    return {pair: _result(look.scores) for pair, look in looks(section, learned, embed)}


def looks(
    section: Section, learned: Learned, embed: rereading.Embed
) -> Iterator[tuple[Pair, Look]]:
    """Yield what decides about every pair in the end: the second look, after one at all pairs.

    Args:
        section: What is aligned.
        learned: The weights of both looks.
        embed: The encoder, for a second reading.
    """
    units, pairs = section.units, section.pairs
    compared = {
        (a, b): compare(
            units[a], units[b], section.cosine[a, b](units[a].vectors, units[b].vectors)
        )
        for a, b in pairs
    }
    shared = (learned.first, learned.pair, learned.joint)[: max(2, len(units))]
    own = {pair: evidence.own_sums(compared[pair], shared) for pair in pairs}
    posteriors = {
        pair: lattice.posteriors(
            _look(section, pair, compared[pair], learned.first, _first(own[pair])).scores
        )
        for pair in pairs
    }
    spans = rereading.read_spans(units, section.texts, posteriors, embed)
    heard = posteriors if len(units) > 2 else {}  # two versions have no others to hear
    matches = {pair: consensus.matches(found) for pair, found in heard.items()}
    doubts = {pair: consensus.doubt(found) for pair, found in heard.items()}
    for pair in pairs:
        a, b = pair
        trust = consensus.trust(pair, len(units), doubts)
        found = posteriors.pop(pair)  # a long section's posteriors are large
        sums = _second(own.pop(pair), trust, found.likely(_CHANCE))
        context = Context(
            consensus.support(pair, len(units), matches),
            (spans[a], spans[b]),
            rereading.read_run_ins(
                found,
                (section.texts[a], section.texts[b]),
                (units[a].vectors, units[b].vectors),
                compared[pair].ratio,
                embed,
                section.cosine[pair],
            ),
            section.cosine[pair],
        )
        yield pair, _look(section, pair, compared[pair], learned.second(trust), sums, context)


def _first(own: evidence.Sums) -> evidence.Sums:
    """Return the sums of a first look among those that `looks` makes at once."""
    return {size: each[0] for size, each in own.items()}


def _second(own: evidence.Sums, trust: float, sizes: Sequence[lattice.Size]) -> evidence.Sums:
    """Return the sums of a second look, as `Learned.second` mixes its weights.

    Of these *sizes*; a size that only locks allow has none.
    """
    return {
        size: each[1] + np.float32(trust) * each[2] if trust else each[1]
        for size, each in own.items()
        if size in sizes
    }


def _look(
    section: Section,
    pair: Pair,
    compared: Comparison,
    weights: Weights,
    own: evidence.Sums,
    context: Context = NOTHING,
) -> Look:
    scores = evidence.weigh(compared, weights, own, context)
    given = section.limits.get(pair, Limits())
    return Look(compared, weights, context, constraints.constrain(scores, given))


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
