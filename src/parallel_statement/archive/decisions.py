"""What people decided of the alignment, as the ``change`` elements of our own TEI tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lxml import etree

from parallel_statement.formats.tei.markup import TEI
from parallel_statement.formats.tei.publication import NOT_STATED
from parallel_statement.formats.xml import ID, text_of
from parallel_statement.model import LanguageTag, Level, Lock, ParallelText

_CHANGE = re.compile(
    r"(?:Fixed by hand: (?P<fixed>\S.*?)\.(?: |$))?"
    r"(?:Kept apart by hand: (?P<apart>\S.*?)\.(?: |$))?(?P<note>.*)",
    re.DOTALL,
)


def locks_in(header: etree._Element, text: ParallelText) -> tuple[Lock, ...]:
    """Return the decisions in *header*, those of the corpus of *text*, in the order of the text.

    A decision of segments that are not there any more is left out.
    """
    names = {
        f"#{statement.get(ID)}": statement.findtext(f"{{{TEI}}}name") or ""
        for statement in header.iter(f"{{{TEI}}}respStmt")
    }
    levels: dict[str, Level] = {}
    for version in text.versions:
        levels |= {segment.id: "paragraph" for segment in version.paragraphs}
        levels |= {segment.id: "sentence" for segment in version.sentences}
    locks = [
        lock
        for change in header.iter(f"{{{TEI}}}change")
        for lock in _locks(change, names.get(change.get("who", ""), ""), text, levels)
    ]
    order = {name: number for number, name in enumerate(levels)}
    return tuple(
        sorted(
            locks,
            key=lambda lock: min(order[name] for ids in lock.segments.values() for name in ids),
        )
    )


def _locks(
    change: etree._Element, by: str, text: ParallelText, levels: dict[str, Level]
) -> Iterator[Lock]:
    words = text_of(change)
    found = _CHANGE.fullmatch(words)
    if found is None:
        return
    who = "" if by == NOT_STATED else by
    for said, together in ((found["fixed"], True), (found["apart"], False)):
        for one in said.split("; ") if said else ():
            segments = _segments(one, text)
            known = {levels.get(name) for ids in segments.values() for name in ids}
            if len(segments) > 1 and len(known) == 1 and None not in known:
                level = cast("Level", known.pop())
                date = change.get("when", "")
                yield Lock(level, segments, together, who, found["note"], date)


def _segments(said: str, text: ParallelText) -> dict[LanguageTag, tuple[str, ...]]:
    """Return what ``en:p3.s1+p3.s2 ja:p3.s1 it:-`` names."""
    segments = {}
    for part in said.split(" "):
        tag, _, names = part.partition(":")
        if tag not in text.languages:
            return {}
        prefix = text.version(tag).id
        ids = () if names == "-" else tuple(f"{prefix}.{name}" for name in names.split("+"))
        segments[tag] = ids
    return segments
