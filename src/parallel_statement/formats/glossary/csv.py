"""CSV: UTF-8 with a byte order mark, by which a spreadsheet program knows it.

Read are commas, semicolons and tabs, UTF-8 with and without the mark, and UTF-16 with one.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from parallel_statement.errors import InputError
from parallel_statement.formats.glossary.columns import lay_out, parse
from parallel_statement.formats.glossary.decoding import decode
from parallel_statement.formats.glossary.entries import Contents
from parallel_statement.formats.glossary.rows import Row
from parallel_statement.model import Glossary

_DELIMITERS = ",;\t"


def read(path: Path, data: bytes) -> Contents:
    """Return the contents of the table in *data*.

    Raises:
        InputError: it is no table, or not that of a glossary.
    """
    return parse(path, _rows(path, decode(path, data)))


def write(glossary: Glossary) -> bytes:
    """Return *glossary* as CSV."""
    table = lay_out(glossary)
    text = io.StringIO(newline="")
    names = [column.name for column in table.columns]
    writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(table.rows)
    return text.getvalue().encode("utf-8-sig")


def _rows(path: Path, text: str) -> list[Row]:
    header = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(path, f"is no well-formed CSV ({error})", line) from error
    return rows
