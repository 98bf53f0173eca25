"""The first sheet of a workbook (ECMA-376, part 1, section 18.3) as rows of text.

Only what a table of text needs is read, so that a large one is read fast.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from parallel_statement.errors import InputError
from parallel_statement.formats.package import MAX_UNPACKED
from parallel_statement.formats.workbook import unescaped

MOST_COLUMNS = 300
MOST_ROWS = 200_000

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"([A-Z]{1,3})([0-9]+)")
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    SyntaxError,  # what XML parsers raise
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,  # an encrypted part
    ValueError,
)
"""What a damaged workbook raises."""


@dataclass(frozen=True, slots=True)
class _Workbook:
    """What the cells of a sheet refer to."""

    path: Path
    strings: Sequence[str]
    dates: frozenset[str]
    """Numbers of the styles that show a number as a date."""


def first_sheet(path: Path, data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the first sheet that hold something: number and cells.

    Raises:
        InputError: it is no workbook, a damaged one, one that is too large, or one with a date,
            which is not what was typed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise InputError(path, "unpacks to more than 200 MB")
            yield from _rows(archive, path)
    except _DAMAGE as error:
        raise InputError(path, "is no XLSX workbook, or a damaged one") from error


def _rows(archive: zipfile.ZipFile, path: Path) -> Iterator[tuple[int, list[str]]]:
    book = _part(archive, "xl/workbook.xml")
    targets = {
        str(each.get("Id")): posixpath.normpath(posixpath.join("/xl", str(each.get("Target"))))[1:]
        for each in _part(archive, "xl/_rels/workbook.xml.rels")
    }
    sheet = targets[str(book.findall(f"{_MAIN}sheets/{_MAIN}sheet")[0].get(_RELATION))]
    workbook = _Workbook(path, _strings(archive, targets), _dates(archive, targets))
    number = 0
    for row in _elements(archive, sheet, "row"):
        number = int(row.get("r") or number + 1)
        cells = _cells(workbook, row, number)
        if not any(cell.strip() for cell in cells):
            continue
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise InputError(
                path,
                f"has cells beyond column {MOST_COLUMNS} or row {MOST_ROWS}: delete them",
            )
        yield number, cells


def _cells(workbook: _Workbook, row: etree._Element, number: int) -> list[str]:
    """Return the texts of a row's cells, up to the last that holds something."""
    cells: list[str] = []
    place = 0
    for cell in row:
        name = _CELL.fullmatch(cell.get("r") or "")
        place = _column(name[1]) if name else place + 1
        value = _value(workbook, cell, number)
        if value:
            cells += [""] * (place - 1 - len(cells))
            cells.append(value)
    return cells


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _value(workbook: _Workbook, cell: etree._Element, row: int) -> str:
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        return _text(cell[0]) if len(cell) else ""
    value = cell.findtext(f"{_MAIN}v") or ""
    if kind == "s":
        return workbook.strings[int(value)] if value else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind == "n" and value:
        if cell.get("s") in workbook.dates:
            message = f"the cell {cell.get('r')} is a date, of which the words are lost"
            hint = "format it as text and type it again"
            raise InputError(workbook.path, f"{message}; {hint}", row)
        return f"{float(value):.15g}"
    return unescaped(value)


def _text(item: etree._Element) -> str:
    """Return the text of a string item: its own, or that of its runs, without readings."""
    parts = item.iterfind(f"{_MAIN}t")
    runs = item.iterfind(f"{_MAIN}r/{_MAIN}t")
    return unescaped("".join(part.text or "" for part in (*parts, *runs)))


def _strings(archive: zipfile.ZipFile, targets: Mapping[str, str]) -> list[str]:
    names = [name for name in targets.values() if name.endswith("sharedStrings.xml")]
    return [_text(item) for name in names for item in _elements(archive, name, "si")]


def _dates(archive: zipfile.ZipFile, targets: Mapping[str, str]) -> frozenset[str]:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

    found: set[str] = set()
    for name in targets.values():
        if not name.endswith("styles.xml"):
            continue
        styles = _part(archive, name)
        codes = {str(number): code for number, code in BUILTIN_FORMATS.items()}
        for each in styles.iter(f"{_MAIN}numFmt"):
            codes[str(each.get("numFmtId"))] = str(each.get("formatCode"))
        for number, style in enumerate(styles.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")):
            if is_date_format(codes.get(str(style.get("numFmtId")))):
                found.add(str(number))
    return frozenset(found)


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element:
    return etree.fromstring(_unpacked(archive, name), _parser())


def _elements(archive: zipfile.ZipFile, name: str, tag: str) -> Iterator[etree._Element]:
    """Yield the elements called *tag* in the part *name*, and forget each one afterwards."""
    context = etree.iterparse(
        io.BytesIO(_unpacked(archive, name)),
        tag=f"{_MAIN}{tag}",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    for _, element in context:
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the bytes of a part.

    Raises:
        ValueError: it has a document type, which no workbook needs.
    """
    data = archive.read(name)
    if b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise ValueError(name)
    return data


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
