"""The sentences that each row of a returned table holds; the words decide, the ids help.

Where the same words stand more than once, the ids beside the cell say which are meant; without
them, the row before and the row after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from parallel_statement.feedback.passages import Passages, key
from parallel_statement.formats.returned import Cell, ReturnedRow
from parallel_statement.model import LanguageTag, Range

NOTHING = Range(0, 0)


@dataclass(slots=True)
class Found:
    """One language's column, cell by cell; what is not settled has no range."""

    ranges: list[Range | None]
    open: dict[int, list[Range]] = field(default_factory=dict)
    """Rows whose words stand at several places, or at none, and these places."""


def find(passages: Passages, language: LanguageTag, rows: Sequence[ReturnedRow]) -> Found:
    """Return what the cells of *rows* hold in one version."""
    found = Found([None] * len(rows))
    for number, row in enumerate(rows):
        cell = row.cells.get(language, Cell(""))
        words = key(cell.text)
        if not words:
            found.ranges[number] = NOTHING
            continue
        stated = passages.named(cell.segments or ())
        if stated is not None and passages.holds(stated, words):
            found.ranges[number] = stated
            continue
        places = passages.places(words)
        if len(places) == 1:
            found.ranges[number] = places[0]
        else:
            found.open[number] = places
    _settle(found, [_first(passages, row.cells.get(language)) for row in rows])
    return found


def _first(passages: Passages, cell: Cell | None) -> Range | None:
    """Return the first sentence that stands beside *cell* by its id."""
    return passages.named((cell.segments or ())[:1]) if cell else None


def _settle(found: Found, stated: Sequence[Range | None]) -> None:
    """Choose among several places, as long as a choice leads to another one."""
    going = True
    while going:
        going = False
        for number, places in sorted(found.open.items()):
            chosen = _choose(found, number, places, stated[number])
            if chosen is not None:
                found.ranges[number] = chosen
                del found.open[number]
                going = True


def _choose(
    found: Found, number: int, places: Sequence[Range], stated: Range | None
) -> Range | None:
    if stated is not None:
        own = [place for place in places if place.start <= stated.start < place.stop]
        if len(own) == 1:
            return own[0]
    before = _nearest(found, range(number - 1, -1, -1))
    after = _nearest(found, range(number + 1, len(found.ranges)))
    follows = [place for place in places if before and place.start == before.stop]
    leads = [place for place in places if after and place.stop == after.start]
    for fitting in (follows, leads):
        if len(fitting) == 1:
            return fitting[0]
    return None


def _nearest(found: Found, numbers: range) -> Range | None:
    """Return the range of the first of *numbers* that has something; None if it is not settled."""
    for number in numbers:
        extent = found.ranges[number]
        if extent is None or extent.size:
            return extent
    return None


def claims(columns: Mapping[LanguageTag, Found]) -> dict[int, set[int]]:
    """Return, for each row that shares a sentence with others, these others."""
    shared: dict[int, set[int]] = {}
    for column in columns.values():
        holders: dict[int, int] = {}
        for number, extent in enumerate(column.ranges):
            for k in extent.indices if extent else ():
                other = holders.setdefault(k, number)
                if other != number:
                    shared.setdefault(number, set()).add(other)
                    shared.setdefault(other, set()).add(number)
    return shared
