"""Links between ids, made into the beads of an alignment."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from parallel_statement.archive.versions import ReadVersion
from parallel_statement.model import (
    Alignment,
    Bead,
    LanguageTag,
    Level,
    PairBead,
    Range,
    Segment,
    Span,
    Status,
    Version,
)

if TYPE_CHECKING:
    from parallel_statement.formats.tei.beads import Unit
    from parallel_statement.formats.tei.foreign import Address, Pointing

LEVELS: tuple[Level, Level] = ("paragraph", "sentence")
_SENTENCES = frozenset({"s", "seg", "w", "phr", "cl"})
"""Elements that are a sentence or a part of one, even where they fill their paragraph."""


@dataclass(frozen=True, slots=True)
class Link:
    """Segments that correspond, on both levels."""

    units: Mapping[Level, tuple[Unit, ...]]
    level: Level
    """The one on which it was stated."""
    pointing: Pointing


class LinkIndex:
    """Finds the segments that an id means."""

    def __init__(self, read: Sequence[ReadVersion]) -> None:
        self.lost = 0
        """Pointers that lead to nothing."""
        self._segments: dict[tuple[LanguageTag, Level], tuple[Segment, ...]] = {
            (each.version.language, level): each.version.segments(level)
            for each in read
            for level in LEVELS
        }
        self._places: dict[Address, tuple[LanguageTag, str, Span]] = {
            (each.text.file.name, identity): (each.version.language, name, span)
            for each in read
            for identity, (name, span) in each.places.items()
        }

    def links(self, pointing: Pointing) -> Iterator[Link]:
        """Yield *pointing* as a link of segments, if its targets are in two texts at least."""
        known = [self._places.get(address) for address in pointing.targets]
        self.lost += known.count(None)
        places = [place for place in known if place is not None]
        units = {level: tuple(self._units(places, level)) for level in LEVELS}
        if len({tag for tag, _ in units["paragraph"]}) > 1:
            fine = all(name in _SENTENCES for _, name, _ in places)
            yield Link(units, "sentence" if fine else "paragraph", pointing)

    def _units(
        self, places: Iterable[tuple[LanguageTag, str, Span]], level: Level
    ) -> Iterator[Unit]:
        """Yield the segments that *places* touch."""
        for tag, _, span in places:
            segments = self._segments[tag, level]
            first = bisect_right(segments, span.start, key=lambda each: each.span.end)
            last = bisect_left(segments, span.end, key=lambda each: each.span.start)
            yield from ((tag, k) for k in range(first, last))


def alignment_of(
    document: str, level: Level, versions: Sequence[Version], links: Sequence[Link]
) -> Alignment:
    """Return the beads of *level* that *links* make."""
    from parallel_statement.formats.tei.beads import divide

    usable = _usable(level, links)
    tags = tuple(version.language for version in versions)
    sizes = {v.language: len(v.segments(level)) for v in versions}
    namer = _Namer(f"{document}.al.{level[0]}", level, versions, usable)
    beads = tuple(
        Bead(namer.name(ranges), ranges, *namer.judged(ranges))
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
        for one, other in combinations(tags, 2)
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
        tags = {tag for tag, _ in link.units[level]}
        if {one, other} <= tags:
            units = [unit for unit in link.units[level] if unit[0] in (one, other)]
            (wider if len(tags) > 2 else own).append(units)
    return own or wider


class _Namer:
    """Names beads as the aligner does, and judges them by the links that they come from."""

    def __init__(
        self, prefix: str, level: Level, versions: Sequence[Version], links: Sequence[Link]
    ) -> None:
        self._prefix = prefix
        self._segments = {v.language: v.segments(level) for v in versions}
        self._said = {frozenset(link.units[level]): link.pointing for link in links}

    def name(self, ranges: Mapping[LanguageTag, Range], pair: str = "") -> str:
        """Return the id of the bead of *ranges*."""
        from parallel_statement.alignment.naming import name

        tag = next(tag for tag, units in ranges.items() if units.size)
        segment = self._segments[tag][ranges[tag].start]
        return f"{self._prefix}.{pair}{name(tag, segment, tuple(ranges))}"

    def judged(self, ranges: Mapping[LanguageTag, Range]) -> tuple[float, Status]:
        """Return how sure the bead of *ranges* is; a link that does not say so is certain."""
        units = frozenset((tag, k) for tag, each in ranges.items() for k in each.indices)
        pointing = self._said.get(units)
        if pointing is None:
            return 1.0, "automatic"
        try:
            stated = float(pointing.cert or 1)
        except ValueError:  # TEI allows words such as "high", too
            stated = 1.0
        certain = stated if 0 <= stated <= 1 else 1.0
        return certain, "locked" if pointing.by_hand else "automatic"
