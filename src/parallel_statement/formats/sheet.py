"""The first sheet of a workbook (ECMA-376, part 1, section 18.3) as rows of text.

Only what a table of text needs is read, so that a large one is read fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from parallel_statement.errors import InputError
from parallel_statement.formats.files import MOST_COLUMNS, MOST_OF_DATA, MOST_ROWS
from parallel_statement.formats.package import Package
from parallel_statement.formats.workbook import unescaped

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"([A-Z]{1,3})([0-9]+)")


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
    package = Package(data, path, "XLSX")
    try:
        yield from _rows(package, path)
    except (LookupError, ValueError) as error:
        raise InputError(path, f"is a damaged XLSX file ({error}); save it anew") from error


def _rows(package: Package, path: Path) -> Iterator[tuple[int, list[str]]]:
    main = package.related("").get("officeDocument", "xl/workbook.xml")
    parts = {each.id: each.target for each in package.relations(main)}
    first = package.xml(main).findall(f"{_MAIN}sheets/{_MAIN}sheet")[0]
    sheet = parts[str(first.get(_RELATION))]
    related = package.related(main)
    workbook = _Workbook(path, _strings(package, related), _dates(package, related))
    number = said = 0
    for row in package.elements(sheet, f"{_MAIN}row"):
        number = int(row.get("r") or number + 1)
        cells = _cells(workbook, row, number)
        if not any(cell.strip() for cell in cells):
            continue
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise InputError(
                path,
                f"has cells beyond column {MOST_COLUMNS} or row {MOST_ROWS}: delete them",
            )
        said += sum(map(len, cells))
        if said > MOST_OF_DATA:  # many cells may show one string
            raise InputError(path, f"has more than {MOST_OF_DATA:,} characters; divide it")
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


def _strings(package: Package, related: Mapping[str, str]) -> list[str]:
    name = related.get("sharedStrings")
    return [_text(item) for item in package.elements(name, f"{_MAIN}si")] if name else []


def _dates(package: Package, related: Mapping[str, str]) -> frozenset[str]:
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

    if "styles" not in related:
        return frozenset()
    styles = package.xml(related["styles"])
    codes = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    for each in styles.iter(f"{_MAIN}numFmt"):
        codes[str(each.get("numFmtId"))] = str(each.get("formatCode"))
    return frozenset(
        str(number)
        for number, style in enumerate(styles.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"))
        if is_date_format(codes.get(str(style.get("numFmtId"))))
    )
