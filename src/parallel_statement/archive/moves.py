"""The passages that were perhaps moved, as our own TEI says."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from parallel_statement.archive.links import certainty
from parallel_statement.archive.places import Place, Places
from parallel_statement.formats.tei.foreign import addresses
from parallel_statement.formats.tei.markup import TEI
from parallel_statement.formats.tei.sources import TeiText
from parallel_statement.formats.xml import ID
from parallel_statement.model import LanguageTag, Move, ParallelText, Range


def moves_in(corpus: TeiText, text: ParallelText, places: Places) -> Iterator[Move]:
    """Yield the moved passages that *corpus* proposes; no two share a sentence or an id."""
    taken: set[tuple[LanguageTag, int]] = set()
    seen: set[str] = set()
    for group in corpus.root.iter(f"{{{TEI}}}linkGrp"):
        for link in group if group.get("type") == "moved" else ():
            identity = link.get(ID, "")
            found = [places.find(each) for each in addresses(corpus.file, link.get("target", ""))]
            ranges = _ranges(text, [place for place in found if place is not None])
            units = {(tag, k) for tag, each in ranges.items() for k in each.indices}
            at = _places(text, ranges)
            if identity and identity not in seen and len(at) > 1 and taken.isdisjoint(units):
                seen.add(identity)
                taken |= units
                yield Move(identity, at, certainty(link.get("cert", "")))


def _ranges(text: ParallelText, places: Sequence[Place]) -> dict[LanguageTag, Range]:
    """Return the sentences at *places*; what lies between two of them is among them."""
    ranges = {}
    for version in text.versions:
        spans = [place.span for place in places if place.language == version.language]
        if not spans:
            continue
        sentences = version.sentences
        first = bisect_right(sentences, min(s.start for s in spans), key=lambda s: s.span.end)
        last = bisect_left(sentences, max(s.end for s in spans), key=lambda s: s.span.start)
        if first < last:
            ranges[version.language] = Range(first, last)
    return ranges


def _places(
    text: ParallelText, ranges: Mapping[LanguageTag, Range]
) -> tuple[Mapping[LanguageTag, Range], ...]:
    """Return *ranges*, those together whose sentences one bead holds."""
    places: list[tuple[set[int], dict[LanguageTag, Range]]] = []
    for tag, own in ranges.items():
        beads = {
            number
            for number, bead in enumerate(text.sentences.beads)
            if max(bead.ranges[tag].start, own.start) < min(bead.ranges[tag].stop, own.stop)
        }
        joined = [place for place in places if place[0] & beads]
        places = [place for place in places if not place[0] & beads]
        together: dict[LanguageTag, Range] = {}
        for numbers, others in joined:
            beads |= numbers
            together |= others
        places.append((beads, together | {tag: own}))
    return tuple(place for _, place in places)
