"""The alignment and the findings: the record from which every ``corresp`` is computed.

One ``linkGrp`` for each pair of versions and level, one for all versions together; the ``type`` of
a ``link`` is the number of its targets in each version, in the order of ``domains``. A unit
without a partner stands in the ``spanGrp`` beside the group, which names the same two bodies. What
was perhaps moved is in a ``linkGrp`` of its own: its links join places that no bead joins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from lxml import etree

from parallel_statement.formats.tei.decisions import Deciders
from parallel_statement.formats.tei.findings import findings
from parallel_statement.formats.tei.markup import (
    append,
    element,
    grow,
    grow_all,
    probability,
    version_file,
)
from parallel_statement.model import (
    CheckedText,
    Level,
    ParallelText,
    Range,
    Segment,
    Status,
    Version,
)

LEVELS: Mapping[Level, str] = {"paragraph": "p", "sentence": "s"}
"""Level: its letter in ids."""

STATUSES: Mapping[Status, tuple[str, str]] = {
    "automatic": ("auto", "automatic"),
    "locked": ("man", "fixed by a person"),
}
"""Status of a bead: its category, and what it means."""
MOVED = ("move", "moved text, proposed automatically, to be checked")
"""The same for a passage that was perhaps moved."""


class _Link(NamedTuple):
    """A bead of two or more versions, ready to be written."""

    id: str
    ranges: tuple[Range, ...]
    posterior: float
    status: Status


@dataclass(frozen=True, slots=True)
class _Place:
    """A version and its units of one level."""

    version: Version
    units: tuple[Segment, ...]
    file: str
    pointers: tuple[str, ...]
    """One to each of the units."""

    def targets(self, units: Range) -> tuple[str, ...]:
        """Return pointers to the units in a range."""
        return self.pointers[units.start : units.stop]

    def ids(self, units: Range) -> list[str]:
        """Return the ids of the units in a range."""
        return [unit.id for unit in self.units[units.start : units.stop]]


def corresp(text: ParallelText) -> Callable[[Segment], str | None]:
    """Return a function that gives the pointers to a segment's partners in other versions.

    They are those of the pair beads, in the order of the versions.
    """
    partners: dict[str, list[str]] = defaultdict(list)
    for level in LEVELS:
        for one, other in combinations(_places(text, level), 2):
            for bead in text.pair(one.version.language, other.version.language, level):
                for unit in one.ids(bead.source):
                    partners[unit].extend(other.targets(bead.target))
                for unit in other.ids(bead.target):
                    partners[unit].extend(one.targets(bead.source))

    def pointers(segment: Segment) -> str | None:
        return " ".join(partners.get(segment.id, ())) or None

    return pointers


def _places(text: ParallelText, level: Level) -> list[_Place]:
    places = []
    for version in text.versions:
        units, file = version.segments(level), version_file(text.id, version.language)
        pointers = tuple(f"{file}#{unit.id}" for unit in units)
        places.append(_Place(version, units, file, pointers))
    return places


def append_standoff(corpus: etree._Element, checked: CheckedText) -> None:
    """Append to *corpus* the ``standOff`` of *checked*, unless there is nothing to say."""
    text = checked.text
    root = grow(corpus, "standOff", {"xml:id": f"{text.id}.standoff"})
    deciders = Deciders(text)
    for level, letter in LEVELS.items():
        places = _places(text, level)
        if len(places) < 2:
            break
        for one, other in combinations(places, 2):
            languages = one.version.language, other.version.language
            links = (
                _Link(bead.id, (bead.source, bead.target), bead.posterior, bead.status)
                for bead in text.pair(*languages, level)
            )
            group = f"{text.id}.al.{letter}.{'-'.join(languages)}"
            _append_group(root, deciders, group, level, level, [one, other], links)
        tags = text.languages
        all_links = (
            _Link(bead.id, tuple([bead.ranges[tag] for tag in tags]), bead.posterior, bead.status)
            for bead in text.alignment(level).beads
        )
        group = f"{text.id}.al.{letter}"
        _append_group(root, deciders, group, level, f"{level}-nway", places, all_links)
    _append_moves(root, text)
    if checked.findings:
        append(root, findings(checked))
    if not len(root):
        corpus.remove(root)


def _append_group(
    root: etree._Element,
    deciders: Deciders,
    group: str,
    level: Level,
    subtype: str,
    places: Sequence[_Place],
    links: Iterable[_Link],
) -> None:
    """Append a ``linkGrp`` and, for units without a partner, a ``spanGrp``."""
    domains = " ".join(f"{place.file}#{place.version.id}.body" for place in places)
    aligned = grow(
        root,
        "linkGrp",
        {"xml:id": group, "type": "alignment", "subtype": subtype, "domains": domains},
    )
    lone = grow(
        root,
        "spanGrp",
        {"xml:id": f"{group}.lone", "type": "unaligned", "subtype": subtype, "corresp": domains},
    )
    joined: list[Mapping[str, str]] = []
    alone: list[Mapping[str, str]] = []
    for link in links:
        filled = sum([units.size > 0 for units in link.ranges])
        if filled:
            rows = joined if filled > 1 else alone
            rows.append(_attributes(link, level, places, deciders))
    grow_all(aligned, "link", joined)
    grow_all(lone, "span", alone)
    for node in (aligned, lone):
        if not len(node):
            root.remove(node)


def _attributes(
    link: _Link, level: Level, places: Sequence[_Place], deciders: Deciders
) -> dict[str, str]:
    document = places[0].version.document.id
    sides = list(zip(places, link.ranges, strict=True))
    targets = [pointer for place, units in sides for pointer in place.targets(units)]
    responsible = f"#{document}.resp.auto"
    if link.status == "locked":
        names = {place.version.language: place.ids(units) for place, units in sides}
        responsible = deciders.answer_for(level, names)
    return {
        "xml:id": link.id,
        "type": "-".join(str(units.size) for units in link.ranges),
        "cert": probability(link.posterior),
        "ana": f"#{document}.st.{STATUSES[link.status][0]}",
        "resp": responsible,
        "target": " ".join(targets),
    }


def _append_moves(root: etree._Element, text: ParallelText) -> None:
    """Append a ``linkGrp`` of the passages that were perhaps moved."""
    places = _places(text, "sentence")
    group = element(
        "linkGrp",
        {
            "xml:id": f"{text.id}.mv",
            "type": "moved",
            "subtype": "sentence-nway",
            "domains": " ".join(f"{place.file}#{place.version.id}.body" for place in places),
        },
    )
    for move in text.moves:
        sides = [move.ranges.get(place.version.language, Range(0, 0)) for place in places]
        targets = [p for place, r in zip(places, sides, strict=True) for p in place.targets(r)]
        attributes = {
            "xml:id": move.id,
            "type": "-".join(str(side.size) for side in sides),
            "cert": probability(move.posterior),
            "ana": f"#{text.id}.st.{MOVED[0]}",
            "resp": f"#{text.id}.resp.auto",
            "target": " ".join(targets),
        }
        append(group, element("link", attributes))
    if len(group):
        append(root, group)
