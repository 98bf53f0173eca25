"""Tables whose cells stand between commas, semicolons or tabs, and their text."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

from parallel_statement.errors import InputError
from parallel_statement.formats.files import MOST_COLUMNS, MOST_ROWS

_DELIMITERS = ",;\t"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(path: Path, data: bytes) -> str:
    """Return the text of *data*: UTF-8, or UTF-16 with a byte order mark, which is taken off.

    Raises:
        InputError: it is neither.
    """
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "is not UTF-8; save it as UTF-8 ('CSV UTF-8') and try again"
        raise InputError(path, message, line) from error


def read_cells(path: Path, text: str) -> list[tuple[int, list[str]]]:
    """Return the rows of *text* that hold something: line and cells (RFC 4180).

    Raises:
        InputError: it is not well-formed, or too large.
    """
    header = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, cells))
            if len(rows) > MOST_ROWS or len(cells) > MOST_COLUMNS:
                most = f"more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns"
                raise InputError(path, f"has {most}; divide it", line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(path, f"is no well-formed CSV ({error})", line) from error
    return rows
