"""XLIFF 2 that comes back: the segments of every unit, as a tool may have divided or joined them.

Codes (``ph``, ``sc`` ...) are no text; ``cp`` is the character that it names; ``pc`` and ``mrk``
are the text in them. A segment's ids are those of its unit, if that was not divided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from lxml import etree

from parallel_statement.errors import InputError, UnknownNameError
from parallel_statement.formats.returned import Cell, Returned, ReturnedRow
from parallel_statement.formats.xliff import CORE, METADATA, SEGMENTS
from parallel_statement.formats.xml import line, local_name, parse, text_of
from parallel_statement.languages import standard_tag
from parallel_statement.locking import local

_AROUND_TEXT = {"pc", "mrk"}


def read_rows(path: Path, data: bytes) -> Returned:
    """Return the segments of the XLIFF file in *data*.

    Raises:
        InputError: it is no XLIFF 2, or not of two languages.
    """
    root = parse(path, data)
    if root.tag != f"{{{CORE}}}xliff":
        what = root.get("version") if local_name(root) == "xliff" else local_name(root)
        message = f"is no XLIFF 2 ({what}); export version 2.0 or 2.1 from the tool"
        raise InputError(path, message, line(root))
    try:
        source, target = (standard_tag(root.get(name) or "") for name in ("srcLang", "trgLang"))
    except UnknownNameError as error:
        raise InputError(path, str(error), line(root)) from error
    files = root.findall(f"{{{CORE}}}file")
    units = (unit for file in files for unit in file.iter(f"{{{CORE}}}unit"))
    found = [row for unit in units for row in _rows(path, unit, source, target)]
    rows = tuple(
        replace(row, place=f"segment {number} ({row.place})")
        for number, row in enumerate(found, start=1)
    )
    return Returned(path.name, (files[0].get("id") or "") if files else "", rows)


def _rows(path: Path, unit: etree._Element, source: str, target: str) -> Iterator[ReturnedRow]:
    found = [
        child
        for child in unit
        if local_name(child) == "segment"
        or (local_name(child) == "ignorable" and text_of(child).strip())
    ]
    metadata = {
        each.get("type") or "": each.text or "" for each in unit.iter(f"{{{METADATA}}}meta")
    }
    notes = [note.text for note in unit.iterfind(f"{{{CORE}}}notes/{{{CORE}}}note")]
    for segment in found:
        cells = {
            tag: Cell(_side(path, segment, name), _ids(metadata, tag) if len(found) == 1 else None)
            for tag, name in ((source, "source"), (target, "target"))
        }
        state = segment.get("state") or ""
        yield ReturnedRow(
            f"line {line(segment)}",
            unit.get("id") or "",
            state,
            "; ".join(filter(None, notes)),
            cells,
        )


def _ids(metadata: Mapping[str, str], language: str) -> tuple[str, ...] | None:
    if not any(name.startswith(SEGMENTS) for name in metadata):
        return None
    return tuple(map(local, metadata.get(SEGMENTS + language, "").split()))


def _side(path: Path, segment: etree._Element, name: str) -> str:
    side = segment.find(f"{{{CORE}}}{name}")
    return "" if side is None else _words(path, side)


def _words(path: Path, node: etree._Element) -> str:
    said = node.text or ""
    for child in node:
        name = local_name(child)
        if name == "cp":
            said += _character(path, child)
        elif name in _AROUND_TEXT:
            said += _words(path, child)
        said += child.tail or ""
    return said


def _character(path: Path, node: etree._Element) -> str:
    try:
        return chr(int(node.get("hex") or "", 16))
    except (ValueError, OverflowError) as error:
        message = f"cp/@hex is no code point: {node.get('hex')!r}"
        raise InputError(path, message, line(node)) from error
