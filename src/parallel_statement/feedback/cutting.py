"""Rows that divide a sentence: where to cut it, if the parts are all there.

A part of a sentence in one row and the rest of it in another say that the sentence ends there. If a
part is missing, or may be meant elsewhere, nothing is cut::

    sentence   |------------------------|
    row 4      |------------|                ends where row 5 begins: a cut
    row 5                   |-----------|
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from parallel_statement.feedback.passages import Passages, Stretch, key
from parallel_statement.formats.returned import Cell, Returned
from parallel_statement.model import LanguageTag, Version


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a sentence ends that was one with what follows."""

    places: tuple[str, str]
    """The rows that have the words before it, and after it."""
    language: LanguageTag
    sentence: str
    """Its id."""
    offset: int
    """Characters of its text before the cut."""


class _Part(NamedTuple):
    place: str
    stretch: Stretch


def find_cuts(table: Returned, versions: Sequence[Version]) -> tuple[Cut, ...]:
    """Return where the rows of *table* divide sentences of *versions*."""
    return tuple(cut for version in versions for cut in _cuts(table, version))


def renamed(table: Returned, before: Sequence[Version], after: Sequence[Version]) -> Returned:
    """Return *table* with the ids that its sentences have *after* some were cut."""
    old = {version.language: Passages(version) for version in before}
    new = {version.language: Passages(version) for version in after}
    rows = (
        replace(row, cells={tag: _renamed(cell, tag, old, new) for tag, cell in row.cells.items()})
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def _renamed(
    cell: Cell,
    tag: LanguageTag,
    old: Mapping[LanguageTag, Passages],
    new: Mapping[LanguageTag, Passages],
) -> Cell:
    meant = old[tag].named(cell.segments or ()) if tag in old else None
    if meant is None:
        return cell
    extent = new[tag].inside(old[tag].stretch(meant))
    return replace(cell, segments=new[tag].ids[extent.start : extent.stop])


def _cuts(table: Returned, version: Version) -> Iterator[Cut]:
    passages = Passages(version)
    parts = _parts(table, version.language, passages)
    starts = {part.stretch.start: part for part in parts}
    for part in parts:
        end = part.stretch.end
        if end in starts and not passages.is_border(end):
            sentence, offset = passages.place(end)
            places = part.place, starts[end].place
            yield Cut(places, version.language, version.sentences[sentence].id, offset)


def _parts(table: Returned, language: LanguageTag, passages: Passages) -> list[_Part]:
    """Return the cells that hold parts of sentences whose other parts are there, too."""
    settled: list[_Part] = []
    waiting: list[tuple[str, list[Stretch]]] = []
    for row in table.rows:
        words = key(row.cells[language].text) if language in row.cells else ""
        if words and not passages.places(words):
            found = passages.stretches(words)
            if len(found) == 1:
                settled.append(_Part(row.place, found[0]))
            elif found:
                waiting.append((row.place, found))
    for place, found in waiting:
        ends = {part.stretch.end for part in settled} | {part.stretch.start for part in settled}
        fitting = [each for each in found if each.start in ends or each.end in ends]
        if len(fitting) == 1:
            settled.append(_Part(place, fitting[0]))
    while True:
        starts = {part.stretch.start for part in settled}
        ends = {part.stretch.end for part in settled}
        whole = [
            part
            for part in settled
            if (passages.is_border(part.stretch.start) or part.stretch.start in ends)
            and (passages.is_border(part.stretch.end) or part.stretch.end in starts)
        ]
        if len(whole) == len(settled):
            return sorted(whole, key=lambda part: part.stretch)
        settled = whole
