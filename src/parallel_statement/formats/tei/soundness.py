"""What must hold of objects that come from a file, which anyone may have changed.

Whatever passes here can be shown, checked and written by every other part of the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, pairwise

from parallel_statement.formats.tei.standoff import LEVELS
from parallel_statement.model import (
    Alignment,
    CheckedText,
    LanguageTag,
    ParallelText,
    Range,
    Segment,
    Span,
    Version,
)
from parallel_statement.names import is_ncname


def unsound_version(version: Version) -> str | None:
    """Return what in *version* does not fit together, or None."""
    return next(_version_faults(version), None)


def unsound(checked: CheckedText) -> str | None:
    """Return what in *checked* does not fit together, or None; its versions are sound."""
    text = checked.text
    return next(
        chain(
            _name_faults(text),
            _alignment_faults(text.paragraphs, text.versions),
            _alignment_faults(text.sentences, text.versions),
            _place_faults(checked),
        ),
        None,
    )


def _version_faults(version: Version) -> Iterator[str]:
    document = version.document
    length = len(document.text)
    segments: list[Segment] = [*version.paragraphs, *version.sentences]
    spans = chain(
        (block.span for block in document.blocks),
        (mark.span for mark in document.marks),
        (layout.span for layout in document.layout),
        (segment.span for segment in segments),
        (p.label for p in version.paragraphs if p.label is not None),
    )
    if not all(0 <= span.start <= span.end <= length for span in spans):
        yield f"a place of {version.id} lies outside its text"
    if any(one.span.end > other.span.start for one, other in pairwise(document.layout)):
        yield f"the layout of {version.id} is not in order"
    for level in LEVELS:
        ordered = version.segments(level)
        if any(one.span.start > other.span.start for one, other in pairwise(ordered)):
            yield f"the segments of {version.id} are not in order"
    names = [segment.id for segment in segments]
    if len(set(names)) < len(names) or not all(map(is_ncname, names)):
        yield f"the ids of {version.id} are not names, or not unique"


def _name_faults(text: ParallelText) -> Iterator[str]:
    if not text.versions or len(set(text.languages)) < len(text.versions):
        yield "there are no versions, or two in one language"
    if any(version.document.id != text.id for version in text.versions):
        yield "a version belongs to another document"
    ids = [move.id for move in text.moves]
    for alignment in (text.paragraphs, text.sentences):
        ids += [bead.id for bead in alignment.beads]
        ids += [bead.id for beads in alignment.pairs.values() for bead in beads]
    if len(set(ids)) < len(ids) or not all(map(is_ncname, (text.id, *ids))):
        yield "the ids of beads are not names, or not unique"


def _alignment_faults(alignment: Alignment, versions: Sequence[Version]) -> Iterator[str]:
    sizes = {v.language: len(v.segments(alignment.level)) for v in versions}
    wanted = {frozenset(pair) for pair in combinations(sizes, 2)}
    if len(alignment.pairs) != len(wanted) or {frozenset(p) for p in alignment.pairs} != wanted:
        yield f"the {alignment.level} alignment lacks a pair of languages"
        return
    sides: list[tuple[int, Iterable[Range]]] = []
    if any(bead.ranges.keys() != sizes.keys() for bead in alignment.beads):
        yield f"a bead of the {alignment.level} alignment lacks a language"
        return
    sides += [(size, [b.ranges[tag] for b in alignment.beads]) for tag, size in sizes.items()]
    for (source, target), beads in alignment.pairs.items():
        sides.append((sizes[source], [bead.source for bead in beads]))
        sides.append((sizes[target], [bead.target for bead in beads]))
    if not all(_partition(size, ranges) for size, ranges in sides):
        yield f"the beads of the {alignment.level} alignment do not divide its texts"


def _partition(size: int, ranges: Iterable[Range]) -> bool:
    """Return whether *ranges* follow one another from 0 to *size*."""
    position = 0
    for each in ranges:
        if each.start != position or each.stop < each.start:
            return False
        position = each.stop
    return position == size


def _place_faults(checked: CheckedText) -> Iterator[str]:
    """Yield what points to no place of the texts."""
    text = checked.text
    lengths = {version.language: len(version.document.text) for version in text.versions}
    sizes = {version.language: len(version.sentences) for version in text.versions}

    def outside(places: Mapping[LanguageTag, Sequence[Span]]) -> bool:
        return any(
            tag not in lengths or not 0 <= span.start <= span.end <= lengths[tag]
            for tag, spans in places.items()
            for span in spans
        )

    mentions = {tag: [m.span for m in found] for tag, found in checked.mentions.items()}
    if outside(mentions):
        yield "a term stands outside the texts"
    if any(outside(finding.spans) for finding in checked.findings):
        yield "a finding stands outside the texts"
    passages = [each for move in text.moves for place in move.places for each in place.items()]
    if any(t not in sizes or not 0 <= r.start < r.stop <= sizes[t] for t, r in passages):
        yield "a moved passage stands outside the texts"
    known = {s.id for v in text.versions for level in LEVELS for s in v.segments(level)}
    locked = [name for lock in text.locks for ids in lock.segments.values() for name in ids]
    if not known.issuperset(locked) or any(lock.segments.keys() - sizes for lock in text.locks):
        yield "a lock is of segments that are not there"
    ids = [finding.id for finding in checked.findings]
    if len(set(ids)) < len(ids):
        yield "two findings have one id"
