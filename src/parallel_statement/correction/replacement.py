"""A text with other sentence beads at one place, and everything else as it was."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, chain, count

from parallel_statement.locking import Keeper, Pair, bead_name, meet
from parallel_statement.model import (
    Alignment,
    Bead,
    LanguageTag,
    Move,
    PairBead,
    ParallelText,
    Range,
    Segment,
    Status,
    Version,
)

Ranges = Mapping[LanguageTag, Range]


def with_beads(
    text: ParallelText, first: int, number: int, ranges: Sequence[Ranges]
) -> ParallelText:
    """Return *text* with locked sentence beads of *ranges* in place of some of its own.

    Paragraph beads that a new bead joins become one; passages that are said to have moved and
    touch the place are said so no more.

    Args:
        text: The text.
        first: Which of its sentence beads is the first to go.
        number: How many go.
        ranges: Of the new beads; together they hold the same sentences, in order.
    """
    old = text.sentences.beads[first : first + number]
    region = {
        tag: Range(old[0].ranges[tag].start, old[-1].ranges[tag].stop) for tag in text.languages
    }
    sentences = _sentences(text, first, number, ranges, region)
    made = replace(text, sentences=sentences, moves=tuple(_untouched(text, region)))
    for each in ranges:
        made = replace(made, paragraphs=_joined(made, each))
    return made


def fixed(text: ParallelText, at: int) -> ParallelText:
    """Return *text* with a sentence bead, and those of its pairs inside it, as a person's."""
    return _marked(text, at, "locked")


def released(text: ParallelText, at: int) -> ParallelText:
    """Return *text* with a sentence bead, and those of its pairs inside it, no person's."""
    return _marked(text, at, "automatic")


def _marked(text: ParallelText, at: int, status: Status) -> ParallelText:
    bead, keeper = text.sentences.beads[at], Keeper(text)
    pairs = {}
    for pair, parts in text.sentences.pairs.items():
        mine = {part.id for part in keeper.pair_beads("sentence", pair, bead)}
        pairs[pair] = tuple(
            replace(part, posterior=1.0, status=status) if part.id in mine else part
            for part in parts
        )
    beads = list(text.sentences.beads)
    beads[at] = replace(bead, posterior=1.0, status=status)
    return replace(text, sentences=replace(text.sentences, beads=tuple(beads), pairs=pairs))


def _sentences(
    text: ParallelText, first: int, number: int, ranges: Sequence[Ranges], region: Ranges
) -> Alignment:
    segments = {version.language: version.sentences for version in text.versions}
    before = text.sentences.beads
    kept = (*before[:first], *before[first + number :])
    taken = {bead.id for bead in kept}
    prefix = f"{text.id}.al.s"
    new = [
        Bead(_free(f"{prefix}.{bead_name(each, segments)}", taken), each, 1.0, "locked")
        for each in ranges
    ]
    pairs = {
        pair: _pair_beads(pair, beads, ranges, region, segments, prefix)
        for pair, beads in text.sentences.pairs.items()
    }
    return Alignment("sentence", (*before[:first], *new, *before[first + number :]), pairs)


def _pair_beads(
    pair: Pair,
    beads: Sequence[PairBead],
    ranges: Sequence[Ranges],
    region: Ranges,
    segments: Mapping[LanguageTag, Sequence[Segment]],
    prefix: str,
) -> tuple[PairBead, ...]:
    """Return *beads* with those in the *region* replaced: a gap for each sentence left alone."""
    a, b = pair
    inside = [
        n
        for n, bead in enumerate(beads)
        if meet(bead.source, region[a]) or meet(bead.target, region[b])
    ]
    if not inside:
        return tuple(beads)
    before, after = beads[: inside[0]], beads[inside[-1] + 1 :]
    taken = {bead.id for bead in (*before, *after)}
    new = []
    for source, target in _finest(pair, ranges):
        name = bead_name({a: source, b: target}, segments)
        new.append(
            PairBead(_free(f"{prefix}.{a}-{b}.{name}", taken), source, target, 1.0, "locked")
        )
    return (*before, *new, *after)


def _finest(pair: Pair, ranges: Iterable[Ranges]) -> Iterator[tuple[Range, Range]]:
    for each in ranges:
        source, target = each[pair[0]], each[pair[1]]
        if source.size and target.size:
            yield source, target
            continue
        for k in source.indices:
            yield Range(k, k + 1), Range(target.start, target.start)
        for k in target.indices:
            yield Range(source.start, source.start), Range(k, k + 1)


def _joined(text: ParallelText, ranges: Ranges) -> Alignment:
    """Return the paragraph beads of *text*, as one where a sentence bead of *ranges* joins them."""
    old = text.paragraphs
    touched = {v.language: _paragraphs(v, ranges[v.language]) for v in text.versions}
    joined = [
        n
        for n, bead in enumerate(old.beads)
        if any(meet(bead.ranges[tag], r) for tag, r in touched.items())
    ]
    beads = (*old.beads[: joined[0]], _one(old.beads, joined), *old.beads[joined[-1] + 1 :])
    pairs = {
        (a, b): _joined_pair(parts, touched[a], touched[b]) for (a, b), parts in old.pairs.items()
    }
    return Alignment("paragraph", beads, pairs)


def _one(beads: Sequence[Bead], joined: Sequence[int]) -> Bead:
    """Return the neighbouring beads that are *joined* as one; it is called as the first was."""
    first, last = beads[joined[0]], beads[joined[-1]]
    if first is last:
        return first
    ranges = {tag: Range(r.start, last.ranges[tag].stop) for tag, r in first.ranges.items()}
    return Bead(first.id, ranges, min(beads[n].posterior for n in joined))


def _joined_pair(beads: tuple[PairBead, ...], source: Range, target: Range) -> tuple[PairBead, ...]:
    if not source.size or not target.size:
        return beads
    joined = [n for n, b in enumerate(beads) if meet(b.source, source) or meet(b.target, target)]
    first, last = beads[joined[0]], beads[joined[-1]]
    if first is last:
        return beads
    one = PairBead(
        first.id,
        Range(first.source.start, last.source.stop),
        Range(first.target.start, last.target.stop),
        min(beads[n].posterior for n in joined),
    )
    return (*beads[: joined[0]], one, *beads[joined[-1] + 1 :])


def _paragraphs(version: Version, sentences: Range) -> Range:
    """Return the paragraphs of *version* in which *sentences* stand."""
    if not sentences.size:
        return Range(0, 0)
    stops = list(accumulate(len(paragraph.sentences) for paragraph in version.paragraphs))
    return Range(bisect_right(stops, sentences.start), bisect_right(stops, sentences.stop - 1) + 1)


def _untouched(text: ParallelText, region: Ranges) -> Iterator[Move]:
    for move in text.moves:
        if not any(meet(r, region[tag]) for tag, r in move.ranges.items()):
            yield move


def _free(name: str, taken: set[str]) -> str:
    """Return *name*, or one like it that is not *taken*; it is taken then."""
    free = next(n for n in chain((name,), (f"{name}.{k}" for k in count(2))) if n not in taken)
    taken.add(free)
    return free
