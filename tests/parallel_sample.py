"""Versions and alignments made by hand, with words that a test chooses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    names = {v.language: [s.id.partition(".")[2] for s in v.segments(level)] for v in versions}
    beads = []
    for bead in sizes:
        stops = [start + size for start, size in zip(position, bead, strict=True)]
        ranges = [Range(*place) for place in zip(position, stops, strict=True)]
        named = {v.language: r for v, r in zip(versions, ranges, strict=True)}
        beads.append(Bead(f"{prefix}.{_name(names, named)}", named, 0.75))
        position = stops
    assert position == [len(v.segments(level)) for v in versions]
    pairs = {
        (a, b): tuple(
            PairBead(f"{prefix}.{a}-{b}.{_name(names, {a: sides[0], b: sides[1]})}", *sides, 0.5)
            for sides in _pair_beads(a, b, beads)
        )
        for a, b in combinations(names, 2)
    }
    return Alignment(level, tuple(beads), pairs)


def _name(names: Mapping[str, Sequence[str]], ranges: Mapping[str, Range]) -> str:
    """Return the end of the id: the first segment, with its language if that is not the first."""
    language = next(tag for tag, r in ranges.items() if r.size)
    own = names[language][ranges[language].start]
    return own if language == next(iter(ranges)) else f"{language}.{own}"


def _pair_beads(a: str, b: str, beads: Sequence[Bead]) -> list[tuple[Range, Range]]:
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
    return ranges
