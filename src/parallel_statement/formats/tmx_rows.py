"""TMX that comes back, ours or that of a CAT tool.

Tools leave out properties that they do not know, and write languages as ``EN-US``; both is borne.
The native codes of other programs (``bpt``, ``ph`` ...) are no text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree

from parallel_statement.errors import InputError, UnknownNameError
from parallel_statement.formats.returned import Cell, Returned, ReturnedRow, document_of
from parallel_statement.formats.xml import LANGUAGE, line, local_name, parse
from parallel_statement.languages import standard_tag
from parallel_statement.locking import local

_CODES = {"bpt", "ept", "it", "ph", "ut"}


def read_rows(path: Path, data: bytes) -> Returned:
    """Return the units of the translation memory in *data*.

    Raises:
        InputError: it is no TMX, or a language in it is none.
    """
    root = parse(path, data)
    if local_name(root) != "tmx":
        raise InputError(path, f"is no TMX: its root is {local_name(root)}", line(root))
    units = root.iterfind("{*}body/{*}tu")
    found = [_row(path, unit, number) for number, unit in enumerate(units, start=1)]
    spoken = tuple(dict.fromkeys(tag for row in found for tag in row.cells))
    rows = tuple(replace(row, cells=_with_gaps(row.cells, spoken)) for row in found)
    header = root.find("{*}header")
    said = "" if header is None else _properties(header).get("x-document", "")
    return Returned(path.name, said or document_of(row.bead for row in rows), rows)


def _row(path: Path, unit: etree._Element, number: int) -> ReturnedRow:
    known = _properties(unit)
    cells: dict[str, Cell] = {}
    for variant in unit.iterfind("{*}tuv"):
        said = variant.get(LANGUAGE) or variant.get("lang") or ""
        try:
            tag = standard_tag(said)
        except UnknownNameError as error:
            raise InputError(path, str(error), line(variant)) from error
        if tag in cells:
            raise InputError(path, f"has two variants in {tag} in one unit", line(variant))
        segment = variant.find("{*}seg")
        ids = _properties(variant).get("x-segments")
        words = "" if segment is None else _words(segment)
        cells[tag] = Cell(words, None if ids is None else tuple(map(local, ids.split())))
    notes = [note.text.strip() for note in unit.iterfind("{*}note") if note.text]
    return ReturnedRow(
        f"unit {number} (line {line(unit)})",
        unit.get("tuid") or "",
        known.get("x-status", ""),
        "; ".join(filter(None, notes)),
        cells,
    )


def _with_gaps(cells: Mapping[str, Cell], languages: Sequence[str]) -> dict[str, Cell]:
    """Return *cells* with an empty one for each of the other *languages*."""
    named = any(cell.segments is not None for cell in cells.values())
    gap = Cell("", () if named else None)
    return {tag: cells.get(tag, gap) for tag in languages}


def _properties(parent: etree._Element) -> Mapping[str, str]:
    return {each.get("type") or "": each.text or "" for each in parent.iterfind("{*}prop")}


def _words(node: etree._Element) -> str:
    said = node.text or ""
    for child in node:
        said += ("" if local_name(child) in _CODES else _words(child)) + (child.tail or "")
    return said
