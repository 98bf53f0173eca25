"""Workbooks (XLSX): tables of text that stays text, and the same bytes in every run."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from parallel_statement.errors import OutputError
from parallel_statement.formats.container import pack_parts
from parallel_statement.formats.controls import allowed

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | float

_EPOCH = datetime.datetime(1980, 1, 1)
_LONGEST = 32_767
_FORMULA = ("=", "+", "-", "@")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_HEADER = "FFDDE3EA"


def new_book(title: str) -> Workbook:
    """Return a workbook without sheets."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = "parallel-statement"
    book.properties.title = _legal(title)
    book.remove(book.worksheets[0])
    return book


def shade(sheet: Worksheet, row: int, numbers: Iterable[int], colour: str) -> None:
    """Colour the cells with these *numbers* in a row."""
    from openpyxl.styles import PatternFill

    for number in numbers:
        sheet.cell(row, number).fill = PatternFill("solid", fgColor=colour)


def add_header(sheet: Worksheet, headers: Sequence[str], widths: Sequence[int]) -> None:
    """Write a bold first row that stays in sight, and fit the page to the columns."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    add_row(sheet, 1, headers)
    shade(sheet, 1, range(1, len(headers) + 1), _HEADER)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        cell = sheet.cell(1, number)
        cell.font = Font(name=cell.font.name, size=cell.font.size, bold=True)
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def add_row(sheet: Worksheet, row: int, values: Sequence[Value]) -> None:
    """Write *values* into wrapped cells; text stays text, whatever it begins with."""
    from openpyxl.styles import Alignment

    wrapped = Alignment(wrap_text=True, vertical="top")
    for number, value in enumerate(values, start=1):
        cell = sheet.cell(row, number)
        cell.alignment = wrapped
        if not isinstance(value, str):
            cell.value = value
        elif value:
            cell.value = _cell_text(value)
            cell.data_type = "s"  # openpyxl takes "=..." for a formula and "#N/A" for an error
            if value.startswith(_FORMULA):
                cell.quotePrefix = True  # stays text when a reviewer edits it


def _cell_text(value: str) -> str:
    if len(value) > _LONGEST:
        raise OutputError(
            f"a text of {len(value)} characters ({value[:40]!r} ...) does not fit into a cell of "
            f"an XLSX file, which holds {_LONGEST}; export TSV, TMX or JSON"
        )
    return _legal(value)


def _legal(text: str) -> str:
    """Return *text* without characters that XML forbids and without escapes that Excel reads."""
    return _ESCAPE.sub("_x005F_", allowed(text))


def unescaped(text: str) -> str:
    r"""Return the *text* of a cell as Excel shows it: ``_x005F_`` is an underscore.

    >>> unescaped("_x005F_x0041_ and _x000A_")
    '_x0041_ and \n'
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def pack(book: Workbook, date: str | None = None) -> bytes:
    """Return the file of *book*, with the same times in every run: *date*, or 1980-01-01."""
    saved = BytesIO()
    book.save(saved)
    try:
        time = datetime.datetime.fromisoformat(date or "")
    except ValueError:
        time = _EPOCH
    stamp = f"{time:%Y-%m-%dT00:00:00Z}".encode()
    with ZipFile(saved) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    properties = "docProps/core.xml"
    parts[properties] = _MODIFIED.sub(rb"\g<1>" + stamp, parts[properties])
    return pack_parts(parts)
