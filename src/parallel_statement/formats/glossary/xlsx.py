"""XLSX: the first sheet of a workbook, laid out to be edited: choices to pick, cells of text."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from parallel_statement.errors import InputError
from parallel_statement.formats.glossary.columns import lay_out, parse
from parallel_statement.formats.glossary.entries import Contents
from parallel_statement.formats.glossary.rows import Column, Row
from parallel_statement.formats.package import MAX_UNPACKED
from parallel_statement.formats.workbook import add_header, add_row, new_book, pack, unescaped
from parallel_statement.model import Glossary

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_MOST_COLUMNS = 300
_MOST_ROWS = 200_000
_SPARE = 1000
"""Empty rows below the glossary that offer the choices too."""
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    SyntaxError,  # what XML parsers raise
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    TypeError,
    ValueError,
)
"""What openpyxl raises for a damaged workbook."""


def read(path: Path, data: bytes) -> Contents:
    """Return the contents of the workbook in *data*.

    Raises:
        InputError: it is no workbook, or its first sheet is not a glossary.
    """
    return parse(path, _rows(path, data))


def write(glossary: Glossary) -> bytes:
    """Return *glossary* as a workbook.

    Raises:
        OutputError: a text is longer than a cell may be.
    """
    table = lay_out(glossary)
    book = new_book(glossary.name)
    sheet = book.create_sheet("Glossary")
    names = [column.name for column in table.columns]
    add_header(sheet, names, [column.width for column in table.columns])
    for number, row in enumerate(table.rows, start=2):
        add_row(sheet, number, [row.get(name, "") for name in names])
    sheet.auto_filter.ref = sheet.dimensions
    for number, column in enumerate(table.columns, start=1):
        _offer(sheet, number, column, len(table.rows) + 1 + _SPARE)
    return pack(book)


def _offer(sheet: Worksheet, number: int, column: Column, last: int) -> None:
    """Let a person pick the value of a *column* with choices from a list."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = get_column_letter(number)
    if column.choices:
        listed = DataValidation("list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
        listed.error = f"{column.name}: {', '.join(column.choices)}"
        listed.add(f"{letter}2:{letter}{last}")
        sheet.add_data_validation(listed)


def _rows(path: Path, data: bytes) -> list[Row]:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise InputError(path, "unpacks to more than 200 MB; a glossary is smaller")
        workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = workbook.worksheets[0]
        if (sheet.max_column or 0) > _MOST_COLUMNS or (sheet.max_row or 0) > _MOST_ROWS:
            raise _too_large(path)
        table: list[tuple[int, list[str]]] = []
        for line, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = ["" if cell is None else unescaped(str(cell)) for cell in row]
            if not any(cell.strip() for cell in cells):
                continue
            if line > _MOST_ROWS or _filled(cells) > _MOST_COLUMNS:
                raise _too_large(path)
            table.append((line, cells))
        workbook.close()
    except _DAMAGE as error:
        raise InputError(path, "is no XLSX workbook, or a damaged one") from error
    width = max((_filled(cells) for _, cells in table), default=0)
    return [(line, (cells + [""] * width)[:width]) for line, cells in table]


def _too_large(path: Path) -> InputError:
    return InputError(
        path,
        f"has cells beyond column {_MOST_COLUMNS} or row {_MOST_ROWS}; a glossary has none there: "
        "delete them",
    )


def _filled(cells: Sequence[str]) -> int:
    """Return how many *cells* there are up to the last that is not empty."""
    return max((number for number, cell in enumerate(cells, start=1) if cell.strip()), default=0)
