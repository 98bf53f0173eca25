"""DOCX that comes back: the first table of languages, as Word or LibreOffice saved it.

Tracked changes count as accepted: what was inserted is there, what was deleted is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from parallel_statement.errors import InputError
from parallel_statement.formats.docx_table import IDS, WORD
from parallel_statement.formats.package import Package
from parallel_statement.formats.returned import BEAD, Returned, from_table

_GONE = {f"{{{WORD}}}{name}" for name in ("del", "moveFrom")}
_BREAKS = {f"{{{WORD}}}tab": "\t", f"{{{WORD}}}br": "\n", f"{{{WORD}}}cr": "\n"}


def read_rows(path: Path, data: bytes) -> Returned:
    """Return the rows of the table in *data*.

    Raises:
        InputError: it is no DOCX, or has no such table.
    """
    package = Package(data, path, "DOCX")
    main = package.related("").get("officeDocument", "word/document.xml")
    root: etree._Element = package.xml(main)
    for table in root.iter(f"{{{WORD}}}tbl"):
        rows = [
            (f"row {number} of the table", list(_cells(row)))
            for number, row in enumerate(_children(table, "tr"), start=1)
            if row.find(f"{{{WORD}}}trPr/{{{WORD}}}del") is None
        ]
        if rows and IDS in (headings := [cell.strip() for cell in rows[0][1]]):
            headings[headings.index(IDS)] = BEAD
            return from_table(path, [(rows[0][0], headings), *rows[1:]])
    raise InputError(path, f"has no table with a column {IDS!r}, as `align export` writes it")


def _cells(row: etree._Element) -> Iterator[str]:
    """Yield the texts of the cells of *row*; one over several columns is followed by empty ones."""
    for cell in _children(row, "tc"):
        paragraphs = (part for part in cell if part.tag == f"{{{WORD}}}p")
        yield "\n".join(_words(part) for part in paragraphs)
        width = cell.find(f"{{{WORD}}}tcPr/{{{WORD}}}gridSpan")
        more = "" if width is None else width.get(f"{{{WORD}}}val") or ""
        yield from [""] * (min(int(more), 64) - 1 if more.isascii() and more.isdigit() else 0)


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the elements called *name* in *parent* or in the content controls there."""
    for child in parent:
        if child.tag == f"{{{WORD}}}{name}":
            yield child
        elif child.tag in (f"{{{WORD}}}sdt", f"{{{WORD}}}sdtContent"):
            yield from _children(child, name)


def _words(node: etree._Element) -> str:
    """Return the text in *node*, iteratively: a stranger's file may nest deeply."""
    said: list[str] = []
    waiting = [node]
    while waiting:
        part = waiting.pop()
        if part.tag == f"{{{WORD}}}t":
            said.append(part.text or "")
        elif part.tag in _BREAKS:
            said.append(_BREAKS[str(part.tag)])
        elif part.tag not in _GONE:
            waiting.extend(reversed(part))
    return "".join(said)
