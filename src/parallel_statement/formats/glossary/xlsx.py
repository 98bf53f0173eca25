"""XLSX: the first sheet of a workbook, laid out to be edited: choices to pick, cells of text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from parallel_statement.formats.glossary.columns import lay_out, parse
from parallel_statement.formats.glossary.entries import Contents
from parallel_statement.formats.glossary.rows import Column, Row
from parallel_statement.formats.sheet import first_sheet
from parallel_statement.formats.workbook import add_header, add_row, new_book, pack
from parallel_statement.model import Glossary

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SPARE = 1000
"""Empty rows below the glossary that offer the choices too."""


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
    table = list(first_sheet(path, data))
    width = max((len(cells) for _, cells in table), default=0)
    return [(line, cells + [""] * (width - len(cells))) for line, cells in table]
