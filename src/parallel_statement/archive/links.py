"""Links between ids, made into the beads of an alignment."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from parallel_statement.archive.places import Place, Places
from parallel_statement.archive.versions import ReadVersion
from parallel_statement.locking import bead_name
from parallel_statement.model import (
    Alignment,
    Bead,
    LanguageTag,
    Level,
    PairBead,
    Range,
    Segment,
    Status,
    Version,
)
from parallel_statement.names import is_ncname

if TYPE_CHECKING:
    from parallel_statement.formats.tei.beads import Unit
    from parallel_statement.formats.tei.foreign import Pointing

    _Matter = tuple[frozenset[LanguageTag], bool, frozenset[Unit]]
    """The languages of a link, whether it is called one of all texts, and its segments."""

LEVELS: tuple[Level, Level] = ("paragraph", "sentence")
_SENTENCES = frozenset({"s", "seg", "w", "phr", "cl"})
"""Elements that are a sentence or a part of one, even where they fill their paragraph."""


@dataclass(frozen=True, slots=True)
class Link:
    """Segments that correspond, on both levels."""

    units: Mapping[Level, tuple[Unit, ...]]
    level: Level
    """The one on which it was stated."""
    languages: frozenset[LanguageTag]
    """Of the texts that it is about; of a link of two texts these, whatever the others have."""
    pointing: Pointing


class LinkIndex:
    """Finds the segments that links mean."""

    def __init__(self, read: Sequence[ReadVersion], places: Places) -> None:
        self.lost = 0
        """Pointers that lead to nothing."""
        self._segments: dict[tuple[LanguageTag, Level], tuple[Segment, ...]] = {
            (each.version.language, level): each.version.segments(level)
            for each in read
            for level in LEVELS
        }
        self._places = places

    def links(self, pointing: Pointing) -> Iterator[Link]:
        """Yield *pointing* as a link of segments, if it is about two texts at least."""
        known = [self._places.find(address) for address in pointing.targets]
        self.lost += known.count(None)
        places = [place for place in known if place is not None]
        units = {level: tuple(self._units(places, level)) for level in LEVELS}
        about = [self._places.find(address) for address in pointing.domains]
        languages = frozenset(place.language for place in [*places, *about] if place is not None)
        if len(languages) > 1 and units["paragraph"]:
            fine = all(place.element in _SENTENCES for place in places)
            yield Link(units, "sentence" if fine else "paragraph", languages, pointing)

    def _units(self, places: Iterable[Place], level: Level) -> Iterator[Unit]:
        """Yield the segments that *places* touch."""
        for tag, _, span in places:
            segments = self._segments[tag, level]
            first = bisect_right(segments, span.start, key=lambda each: each.span.end)
            last = bisect_left(segments, span.end, key=lambda each: each.span.start)
            yield from ((tag, k) for k in range(first, last))


def alignments_of(
    versions: Sequence[Version], links: Sequence[Link]
) -> tuple[Alignment, Alignment]:
    """Return the beads that *links* make of paragraphs and of sentences.

    They have the ids of their links, if these are unique in the document and of its kind.
    """
    document = versions[0].document.id
    for keep_ids in (True, False):
        found = [
            _alignment(document, level, versions, links, keep_ids=keep_ids) for level in LEVELS
        ]
        ids = [bead.id for each in found for bead in each.beads]
        ids += [bead.id for each in found for beads in each.pairs.values() for bead in beads]
        own = all(is_ncname(name) and name.startswith(f"{document}.") for name in ids)
        if own and len(set(ids)) == len(ids):
            break
    return found[0], found[1]


def _alignment(
    document: str,
    level: Level,
    versions: Sequence[Version],
    links: Sequence[Link],
    *,
    keep_ids: bool,
) -> Alignment:
    """Return the beads of *level* that *links* make."""
    from parallel_statement.formats.tei.beads import divide

    usable = _usable(level, links)
    sizes = {v.language: len(v.segments(level)) for v in versions}
    namer = _Namer(f"{document}.al.{level[0]}", level, versions, usable, keep_ids)
    beads = tuple(
        Bead(namer.name(ranges), ranges, *namer.judged(ranges, nway=True))
        for ranges in divide(sizes, [link.units[level] for link in usable])
    )
    pairs = {
        (one, other): tuple(
            PairBead(
                namer.name(ranges, f"{one}-{other}."),
                ranges[one],
                ranges[other],
                *namer.judged(ranges),
            )
            for ranges in divide(
                {one: sizes[one], other: sizes[other]}, _between(one, other, level, usable)
            )
        )
        for one, other in combinations(sizes, 2)
    }
    return Alignment(level, beads, pairs)


def _usable(level: Level, links: Sequence[Link]) -> list[Link]:
    """Return the links that say something of *level*.

    A link of sentences links their paragraphs; one of paragraphs links their sentences all
    together, if none of these is linked itself.
    """
    if level == "paragraph":
        return list(links)
    fine = [link for link in links if link.level == "sentence"]
    linked = {unit for link in fine for unit in link.units["sentence"]}
    coarse = [
        link
        for link in links
        if link.level == "paragraph" and linked.isdisjoint(link.units["sentence"])
    ]
    return fine + coarse


def _between(
    one: LanguageTag, other: LanguageTag, level: Level, links: Sequence[Link]
) -> list[list[Unit]]:
    """Return the links of two texts; if there are some of these two only, those alone."""
    own: list[list[Unit]] = []
    wider: list[list[Unit]] = []
    for link in links:
        units = [unit for unit in link.units[level] if unit[0] in (one, other)]
        if {one, other} <= link.languages and units:
            (wider if len(link.languages) > 2 else own).append(units)
    return own or wider


class _Namer:
    """Names beads as the aligner does, and judges them by the links that they come from."""

    def __init__(
        self,
        prefix: str,
        level: Level,
        versions: Sequence[Version],
        links: Sequence[Link],
        keep_ids: bool,
    ) -> None:
        self._prefix = prefix
        self._keep_ids = keep_ids
        self._segments = {v.language: v.segments(level) for v in versions}
        self._said: dict[_Matter, Pointing] = {}
        for link in sorted(links, key=lambda link: link.level == level):
            units = frozenset(link.units[level])
            self._said[link.languages, link.pointing.nway, units] = link.pointing

    def _pointing(self, ranges: Mapping[LanguageTag, Range], *, nway: bool) -> Pointing | None:
        """Return the link that says just this bead."""
        return self._said.get((frozenset(ranges), nway, _units(ranges)))

    def name(self, ranges: Mapping[LanguageTag, Range], pair: str = "") -> str:
        """Return the id of the bead of *ranges*."""
        pointing = self._pointing(ranges, nway=not pair)
        if self._keep_ids and pointing is not None and pointing.id:
            return pointing.id
        return f"{self._prefix}.{pair}{bead_name(ranges, self._segments)}"

    def judged(
        self, ranges: Mapping[LanguageTag, Range], *, nway: bool = False
    ) -> tuple[float, Status]:
        """Return how sure the bead of *ranges* is; a link that does not say so is certain.

        Where no link of these texts is of these segments, one of the texts alone that have some is.
        """
        units = _units(ranges)
        linked = frozenset(tag for tag, _ in units)
        pointing = (
            self._pointing(ranges, nway=nway)
            or self._pointing(ranges, nway=not nway)
            or self._said.get((linked, False, units))
        )
        if pointing is None:
            return 1.0, "automatic"
        return certainty(pointing.cert), "locked" if pointing.by_hand else "automatic"


def _units(ranges: Mapping[LanguageTag, Range]) -> frozenset[Unit]:
    return frozenset((tag, k) for tag, each in ranges.items() for k in each.indices)


def certainty(cert: str) -> float:
    """Return the probability that ``@cert`` states; 1 if it states none."""
    try:
        stated = float(cert or 1)
    except ValueError:  # TEI allows words such as "high", too
        return 1.0
    return stated if 0 <= stated <= 1 else 1.0
