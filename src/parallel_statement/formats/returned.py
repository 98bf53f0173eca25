"""Tables of beads that come back from people: what each row says, whatever file it was in.

A reader is a module with ``read_rows(path: Path, data: bytes) -> Returned``. What of it is true of
the texts, and what is to be done about it, is judged in `parallel_statement.feedback`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from os import PathLike
from pathlib import Path

from parallel_statement.errors import InputError, UnknownNameError
from parallel_statement.formats.files import read_bytes
from parallel_statement.languages import standard_tag
from parallel_statement.locking import local
from parallel_statement.model import LanguageTag

RETURNED: dict[str, str] = {
    ".csv": "tsv",
    ".docx": "docx_rows",
    ".tmx": "tmx_rows",
    ".tsv": "tsv",
    ".xlf": "xliff_rows",
    ".xliff": "xliff_rows",
    ".xlsx": "xlsx_rows",
}
"""File extension, in lower case, and the module that reads its rows."""

STATUS, NOTE, BEAD, SEGMENTS = "status", "note", "bead", "segments"
"""Headings of columns, in lower case; `SEGMENTS` also ends those of one language's ids."""

_HEADING = re.compile(r"(?P<named>.*\()?(?P<tag>[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)(?(named)\))")
_SIDE = re.compile(r"([A-Za-z0-9-]+):(\S+)")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a row says in one language."""

    text: str
    segments: tuple[str, ...] | None = None
    """The ids that stand beside it, without the version's; None if there are none."""


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One row; a cell that is empty says that the language has nothing there."""

    place: str
    """Where a person finds it in the file: ``row 12``."""
    bead: str
    status: str
    note: str
    cells: Mapping[LanguageTag, Cell]


@dataclass(frozen=True, slots=True)
class Returned:
    """The rows of one file, in its order."""

    name: str
    """Of the file, for messages."""
    document: str
    """The id of the text, as far as the file says."""
    rows: tuple[ReturnedRow, ...]


def read_returned(path: str | PathLike[str]) -> Returned:
    """Return the rows of the file *path*: one that was exported, and has been worked on.

    Raises:
        InputError: the file cannot be read, or is no such table.
    """
    path = Path(path)
    reader = RETURNED.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(RETURNED)
        raise InputError(path, f"no rows are read from this kind of file; known: {known}")
    module = import_module(f"parallel_statement.formats.{reader}")
    found: Returned = module.read_rows(path, read_bytes(path))
    return found


def from_table(path: Path, rows: Sequence[tuple[str, Sequence[str]]]) -> Returned:
    """Return what a table says whose first row holds headings.

    Args:
        path: Of the file, for messages.
        rows: The place of each row, and its cells.

    Raises:
        InputError: it has not two columns of text, or two of one name.
    """
    headings = [heading.strip() for heading in rows[0][1]] if rows else []
    named = {heading.casefold(): k for k, heading in enumerate(headings)}
    special = {STATUS, NOTE, BEAD, SEGMENTS}
    columns: dict[LanguageTag, int] = {}
    for number, heading in enumerate(headings):
        tag = None if heading.casefold() in special else _tag(heading)
        if tag in columns:
            raise InputError(path, f"has two columns of text in {tag}")
        if tag is not None:
            columns[tag] = number
    if len(columns) < 2:
        raise InputError(
            path,
            "has no two columns of text: their headings must name languages, as in en or "
            "English (en); is it a table that `align export` wrote?",
        )
    layout = _Layout(columns, named)
    found = tuple(layout.row(place, cells) for place, cells in rows[1:])
    return Returned(path.name, document_of(row.bead for row in found), found)


@dataclass(frozen=True, slots=True)
class _Layout:
    columns: Mapping[LanguageTag, int]
    named: Mapping[str, int]

    def row(self, place: str, cells: Sequence[str]) -> ReturnedRow:
        def value(heading: str) -> str:
            number = self.named.get(heading)
            return cells[number].strip() if number is not None and number < len(cells) else ""

        bead, _, more = value(BEAD).partition("\n")  # both in one cell of a DOCX table
        together = read_segments(value(SEGMENTS) or more)
        found = {}
        for tag, number in self.columns.items():
            ids = together.get(tag)
            own = f"{tag.casefold()} {SEGMENTS}"
            if own in self.named and (bead or value(own)):
                ids = tuple(map(local, value(own).split()))
            found[tag] = Cell(cells[number] if number < len(cells) else "", ids)
        return ReturnedRow(place, bead.strip(), value(STATUS), value(NOTE), found)


def read_segments(words: str) -> dict[LanguageTag, tuple[str, ...]]:
    """Return the ids by language in *words*, none for a language that has nothing.

    >>> read_segments("en:p3.s1+p3.s2 it:-")
    {'en': ('p3.s1', 'p3.s2'), 'it': ()}
    """
    return {tag: () if ids == "-" else tuple(ids.split("+")) for tag, ids in _SIDE.findall(words)}


def document_of(beads: Iterable[str]) -> str:
    """Return the id of the text that the ids of *beads* begin with; empty if they do not agree."""
    names = {bead.partition(".al.")[0] for bead in beads if ".al." in bead}
    return names.pop() if len(names) == 1 else ""


def _tag(heading: str) -> LanguageTag | None:
    """Return the language that *heading* names: ``en``, ``English (en)``; None if none."""
    match = _HEADING.fullmatch(heading)
    if match is None:
        return None
    try:
        tag = standard_tag(match["tag"])
    except UnknownNameError:
        return None
    return tag if tag == match["tag"] else None
