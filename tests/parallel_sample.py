"""Versions and alignments made by hand, with words that a test chooses."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from parallel_statement.model import (
    Alignment,
    Bead,
    Block,
    Document,
    Layout,
    Level,
    PairBead,
    Paragraph,
    ParallelText,
    Provenance,
    Range,
    Sentence,
    Source,
    Span,
    Version,
)

Sizes = tuple[int, ...]
"""Of a bead: the number of segments of every version."""


def version(language: str, paragraphs: Sequence[Sequence[str]], document: str = "t") -> Version:
    """Return a version that holds the sentences of the *paragraphs*."""
    text, blocks, layout, made = "", [], [], []
    for number, sentences in enumerate(paragraphs, start=1):
        identifier = f"{document}-{language}.p{number}"
        start, parts = len(text), []
        for k, words in enumerate(sentences, start=1):
            text += " " if k > 1 else ""
            parts.append(Sentence(f"{identifier}.s{k}", Span(len(text), len(text) + len(words))))
            text += words
        span = Span(start, len(text))
        blocks.append(Block("p", span))
        made.append(Paragraph(identifier, "p", span, tuple(parts)))
        layout.append(Layout(Span(len(text), len(text) + 2), "white space"))
        text += "\n\n"
    source = Source(f"{language}/{document}.txt", "utf-8", "0" * 64)
    return Version(
        Document(document, language, text, tuple(blocks), (), tuple(layout), source), tuple(made)
    )


def aligned(
    versions: Sequence[Version], sentences: Sequence[Sizes], paragraphs: Sequence[Sizes]
) -> ParallelText:
    """Return *versions* with the beads that have these sizes, each pair's as large as the whole."""
    return ParallelText(
        versions[0].document.id,
        tuple(versions),
        _alignment("paragraph", versions, paragraphs),
        _alignment("sentence", versions, sentences),
        Provenance("0", "by hand", "none"),
    )


def _alignment(level: Level, versions: Sequence[Version], sizes: Sequence[Sizes]) -> Alignment:
    prefix = f"{versions[0].document.id}.al.{level[0]}"
    position = [0] * len(versions)
    beads = []
    for number, bead in enumerate(sizes, start=1):
        stops = [start + size for start, size in zip(position, bead, strict=True)]
        ranges = [Range(*place) for place in zip(position, stops, strict=True)]
        named = {v.language: r for v, r in zip(versions, ranges, strict=True)}
        beads.append(Bead(f"{prefix}.b{number}", named, 0.75))
        position = stops
    assert position == [len(v.segments(level)) for v in versions]
    pairs = {
        (a.language, b.language): tuple(_pair_beads(prefix, a.language, b.language, beads))
        for a, b in combinations(versions, 2)
    }
    return Alignment(level, tuple(beads), pairs)


def _pair_beads(prefix: str, a: str, b: str, beads: Sequence[Bead]) -> list[PairBead]:
    ranges: list[tuple[Range, Range]] = []
    for bead in beads:
        source, target = bead.ranges[a], bead.ranges[b]
        if source.size and target.size:
            ranges.append((source, target))
        ranges += [
            (Range(k, k + 1), Range(target.start, target.start))
            for k in source.indices
            if not target.size
        ]
        ranges += [
            (Range(source.stop, source.stop), Range(k, k + 1))
            for k in target.indices
            if not source.size
        ]
    return [
        PairBead(f"{prefix}.{a}-{b}.b{n}", *sides, 0.5) for n, sides in enumerate(ranges, start=1)
    ]
