"""Why a row of a returned table cannot be understood."""

from __future__ import annotations

from collections.abc import Iterator

from parallel_statement.feedback.layout import Layout
from parallel_statement.feedback.passages import Passages, key
from parallel_statement.feedback.report import (
    ACCEPTED,
    REFUSED,
    UNDECIDED,
    Conflict,
    Problem,
)
from parallel_statement.model import LanguageTag, Range

_KNOWN = ACCEPTED | REFUSED | UNDECIDED
_NAMED = 5
"""Most places that are named one by one."""
_MEND = "a table changes no text: mend the text itself, align, and export again"


def doubts(layout: Layout, number: int) -> Iterator[Conflict]:
    """Yield what is not clear in the row *number*."""
    row = layout.table.rows[number]
    for tag in layout.languages:
        if layout.columns[tag].ranges[number] is None:
            yield _unsettled(layout, number, tag)
    if number in layout.shared:
        others = ", ".join(layout.table.rows[k].place for k in sorted(layout.shared[number]))
        said = f"a sentence that {others} has too"
        yield Conflict(row.place, "in two rows", "", said, "", "", "leave it in one of them")
    if row.status.casefold() not in _KNOWN:
        known = ", ".join(sorted(filter(None, _KNOWN)))
        advice = f"write one of: {known}"
        yield Conflict(row.place, "unknown status", "", row.status, "", "", advice)


def unknown_languages(layout: Layout) -> Iterator[Conflict]:
    """Yield the columns of languages that the text does not have."""
    spoken = dict.fromkeys(tag for row in layout.table.rows for tag in row.cells)
    for tag in spoken:
        if tag not in layout.text.languages:
            known = ", ".join(layout.text.languages)
            yield Conflict("column", "no such version", tag, tag, known, "", "others are read")


def _unsettled(layout: Layout, number: int, tag: LanguageTag) -> Conflict:
    row, passages = layout.table.rows[number], layout.passages[tag]
    cell, places = row.cells[tag], layout.columns[tag].open[number]
    problem: Problem
    meant, known = "", ""
    if places:
        problem, advice = "place not sure", "write the ids beside it, or lock it: `align lock`"
        meant = " or ".join(_named(passages, tag, place) for place in places[:_NAMED])
    elif (divided := passages.divided(key(cell.text))) is not None:
        problem = "sentence divided"
        advice = "join the parts again, or see that all are there; `align cut` cuts a sentence"
        meant, known = _named(passages, tag, divided), passages.text(divided)
    else:
        problem, advice = "words changed", _MEND
        own = passages.named(cell.segments or ()) or _of_bead(layout, row.bead, tag)
        if own:
            meant, known = _named(passages, tag, own), passages.text(own)
    return Conflict(row.place, problem, tag, cell.text, known, meant, advice)


def _named(passages: Passages, tag: LanguageTag, extent: Range) -> str:
    return f"{tag}:{'+'.join(passages.ids[extent.start : extent.stop])}"


def _of_bead(layout: Layout, name: str, tag: LanguageTag) -> Range | None:
    """Return what the bead called *name* has in a version now."""
    found = (bead.ranges[tag] for bead in layout.text.sentences.beads if bead.id == name)
    return next((extent for extent in found if extent.size), None)
