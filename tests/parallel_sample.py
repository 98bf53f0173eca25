"""Versions and alignments made by hand, with words that a test chooses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import cast

from parallel_statement.locking import in_reading_order, obeys
from parallel_statement.model import (
    Alignment,
    Bead,
    Block,
    Document,
    Layout,
    Level,
    Lock,
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
    versions: Sequence[Version],
    sentences: Sequence[Sizes],
    paragraphs: Sequence[Sizes],
    *,
    split: bool = False,
) -> ParallelText:
    """Return *versions* with the beads that have these sizes.

    Those of each pair are as large as the whole; *split* parts the ones with two equal
    sides where a third one holds the whole together.
    """
    return ParallelText(
        versions[0].document.id,
        tuple(versions),
        _alignment("paragraph", versions, paragraphs, False),
        _alignment("sentence", versions, sentences, split),
        Provenance("0", "by hand", "none"),
    )


def _alignment(
    level: Level, versions: Sequence[Version], sizes: Sequence[Sizes], split: bool
) -> Alignment:
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
            for sides in _pair_beads(a, b, beads, split)
        )
        for a, b in combinations(names, 2)
    }
    return Alignment(level, tuple(beads), pairs)


def _name(names: Mapping[str, Sequence[str]], ranges: Mapping[str, Range]) -> str:
    """Return the end of the id: the first segment, with its language if that is not the first."""
    language = next(tag for tag, r in ranges.items() if r.size)
    own = names[language][ranges[language].start]
    return own if language == next(iter(ranges)) else f"{language}.{own}"


def _pair_beads(a: str, b: str, beads: Sequence[Bead], split: bool) -> list[tuple[Range, Range]]:
    ranges: list[tuple[Range, Range]] = []
    for bead in beads:
        source, target = bead.ranges[a], bead.ranges[b]
        uneven = len({r.size for r in bead.ranges.values() if r.size}) > 1
        if split and uneven and source.size == target.size:
            both = zip(source.indices, target.indices, strict=True)
            ranges += [(Range(i, i + 1), Range(j, j + 1)) for i, j in both]
        elif source.size and target.size:
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


# --- an aligner that does what locks say, and nothing else ------------------------------------


def obedient(versions: Sequence[Version], *_: object, **options: object) -> ParallelText:
    """Return *versions* with a bead for every lock; what no lock names stands alone."""
    locks = cast("Sequence[Lock]", options.get("locks", ()))
    text = ParallelText(
        versions[0].document.id,
        tuple(versions),
        _obeyed("paragraph", versions, locks),
        _obeyed("sentence", versions, locks),
        Provenance("0", "obedient", "none"),
        locks=in_reading_order(locks, versions),
    )
    assert obeys(text, locks)
    return text


def _obeyed(level: Level, versions: Sequence[Version], locks: Sequence[Lock]) -> Alignment:
    names = {v.language: [s.id for s in v.segments(level)] for v in versions}
    own = [lock.segments for lock in locks if lock.level == level and lock.together]
    groups = {i: {i} for ids in names.values() for i in ids}
    for segments in own if level == "sentence" else [lock.segments for lock in locks]:
        named = {i for ids in segments.values() for i in ids}
        if level == "paragraph":  # a bead of paragraphs holds the beads of their sentences
            named = {i.rpartition(".")[0] if i.count(".") > 1 else i for i in named}
        joined = set().union(*(groups[i] for i in named))
        groups |= dict.fromkeys(joined, joined)
    beads: list[dict[str, Range]] = []
    at = dict.fromkeys(names, 0)
    while any(at[tag] < len(ids) for tag, ids in names.items()):
        heads = [groups[ids[at[tag]]] for tag, ids in names.items() if at[tag] < len(ids)]
        ready = [g for g in heads if _complete(g, names, at)]
        if not ready:
            joined = set().union(*heads)
            groups |= dict.fromkeys(joined, joined)
            continue
        group = min(ready, key=lambda g: (len(g), sorted(g)))
        sizes = {tag: sum(i in group for i in ids) for tag, ids in names.items()}
        beads.append({tag: Range(at[tag], at[tag] + size) for tag, size in sizes.items()})
        at = {tag: at[tag] + size for tag, size in sizes.items()}
    prefix = f"{versions[0].document.id}.al.{level[0]}"
    local = {tag: [i.partition(".")[2] for i in ids] for tag, ids in names.items()}
    return Alignment(
        level,
        tuple(Bead(f"{prefix}.{_name(local, bead)}", bead, 0.25) for bead in beads),
        {
            (a, b): tuple(
                PairBead(f"{prefix}.{a}-{b}.{_name(local, {a: s, b: t})}", s, t, 0.25)
                for bead in beads
                for s, t in _parts(a, b, bead, names, own)
            )
            for a, b in combinations(names, 2)
        },
    )


def _complete(group: set[str], names: Mapping[str, list[str]], at: Mapping[str, int]) -> bool:
    """Return whether the next segments of every version are those of *group*."""
    sizes = {tag: sum(i in group for i in ids) for tag, ids in names.items()}
    return all(set(ids[at[tag] : at[tag] + sizes[tag]]) <= group for tag, ids in names.items())


def _parts(
    a: str,
    b: str,
    bead: Mapping[str, Range],
    names: Mapping[str, list[str]],
    locks: Sequence[Mapping[str, tuple[str, ...]]],
) -> list[tuple[Range, Range]]:
    """Return the pair's beads inside *bead*: those that are locked, else the whole."""
    source, target = bead[a], bead[b]
    starts = {
        (names[a].index(lock[a][0]), names[b].index(lock[b][0]), len(lock[a]), len(lock[b]))
        for lock in locks
        if lock.get(a) and lock.get(b)
    }
    inside = [
        (Range(i, i + m), Range(j, j + n)) for i, j, m, n in sorted(starts) if i in source.indices
    ]
    if not inside and source.size and target.size:
        locked = {i for lock in locks for tag in (a, b) if tag in lock for i in lock[tag]}
        if locked.isdisjoint(names[a][source.start : source.stop]):
            return [(source, target)]
    found: list[tuple[Range, Range]] = []
    i, j = source.start, target.start
    for s, t in [*inside, (Range(source.stop, source.stop), Range(target.stop, target.stop))]:
        found += [(Range(k, k + 1), Range(j, j)) for k in range(i, s.start)]
        found += [(Range(s.start, s.start), Range(k, k + 1)) for k in range(j, t.start)]
        found += [(s, t)] if s.size else []
        i, j = s.stop, t.stop
    return found
