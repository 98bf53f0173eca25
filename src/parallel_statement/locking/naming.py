"""How a person calls locks and segments: ``en:p3.s1+p3.s2 ja:p3.s1 it:-``."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from parallel_statement.errors import UnknownNameError
from parallel_statement.model import (
    Bead,
    LanguageTag,
    Level,
    Lock,
    PairBead,
    ParallelText,
    Range,
    Segment,
    Version,
)

Pair = tuple[LanguageTag, LanguageTag]

BEAD = re.compile(r"(?:(?P<document>[^./\\:]+)\.)?(?P<rest>al\.(?P<level>[ps])\..+)")
"""The id of a bead, with or without the document's."""


class FoundBead(NamedTuple):
    """A bead of all versions."""

    level: Level
    bead: Bead


class FoundPairBead(NamedTuple):
    """A bead of two versions."""

    level: Level
    pair: Pair
    bead: PairBead


def find_bead(text: ParallelText, name: str) -> FoundBead | FoundPairBead:
    """Return the bead of *text* whose id is *name*, with or without the document's.

    Raises:
        UnknownNameError: there is no such bead; the message names some that are like it.
    """
    match = BEAD.fullmatch(name)
    level: Level = "paragraph" if match and match["level"] == "p" else "sentence"
    short = match and not match["document"]
    wanted = f"{text.id}.{name}" if short else name
    alignment = text.alignment(level)
    for bead in alignment.beads:
        if bead.id == wanted:
            return FoundBead(level, bead)
    for pair, beads in alignment.pairs.items():
        for part in beads:
            if part.id == wanted:
                return FoundPairBead(level, pair, part)
    ids = [bead.id for bead in alignment.beads]
    raise UnknownNameError("bead", name, difflib.get_close_matches(wanted, ids, 6, 0))


def holding(text: ParallelText, level: Level, identifiers: Collection[str]) -> tuple[Bead, ...]:
    """Return the beads of *level* that hold segments with these *identifiers*, in order."""
    places = {
        (version.language, number)
        for version in text.versions
        for number, segment in enumerate(version.segments(level))
        if segment.id in identifiers
    }
    return tuple(
        bead
        for bead in text.alignment(level).beads
        if any((tag, k) in places for tag, r in bead.ranges.items() for k in r.indices)
    )


def segment_name(language: LanguageTag, segment: Segment, languages: Sequence[LanguageTag]) -> str:
    """Return what a bead or passage is called after a *segment* that is in no other one.

    It is short if the segment is of the first of the *languages*.
    """
    own = local(segment.id)
    return own if language == languages[0] else f"{language}.{own}"


def bead_name(
    ranges: Mapping[LanguageTag, Range], segments: Mapping[LanguageTag, Sequence[Segment]]
) -> str:
    """Return what a bead of *ranges* is called: after its first segment, which no other bead has.

    So the name stays when other beads change.
    """
    language = next(tag for tag, r in ranges.items() if r.size)
    return segment_name(language, segments[language][ranges[language].start], tuple(ranges))


def local(identifier: str) -> str:
    """Return the part of a segment's id that says where in its version it stands.

    >>> local("js2026-en.p3.s1")
    'p3.s1'
    """
    return identifier.partition(".")[2]


def describe(lock: Lock) -> str:
    """Return *lock* as a person names it: ``en:p3.s1+p3.s2 ja:p3.s1 it:-``."""
    return " ".join(
        f"{language}:{'+'.join(map(local, ids)) or '-'}" for language, ids in lock.segments.items()
    )


def nearby(version: Version, level: Level, identifier: str) -> tuple[str, ...]:
    """Return the ids of the segments around the place that *identifier* speaks of."""
    known = [local(segment.id) for segment in version.segments(level)]
    near = rank(known, local(identifier) or identifier)
    return tuple(known[max(near - 3, 0) : near + 3])


def rank(known: Sequence[str], name: str) -> int:
    """Return how many of the *known* names stand before *name* in the order of the text.

    >>> rank(["head.s1", "p1.s1", "p2.s1", "p10.s1"], "p9.s2")
    3
    """
    wanted = _natural(name)
    among = [k for k, other in enumerate(known) if _natural(other)[0][0] == wanted[0][0]]
    before = [k for k in among if _natural(known[k]) < wanted]
    return before[-1] + 1 if before else (among[0] if among else 0)


def _natural(name: str) -> tuple[tuple[str, int, str], ...]:
    """Return the parts of a local id so that they sort as numbers do: ``p9`` before ``p10``."""
    parts = []
    for part in name.split("."):
        kind = part.rstrip("0123456789")
        digits = part[len(kind) :].lstrip("0")
        parts.append((kind, len(digits), digits))
    return tuple(parts)
