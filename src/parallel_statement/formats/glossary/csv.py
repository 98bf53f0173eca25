"""CSV: UTF-8 with a byte order mark, by which a spreadsheet program knows it.

Read are commas, semicolons and tabs, UTF-8 with and without the mark, and UTF-16 with one.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from parallel_statement.formats.delimited import read_cells
from parallel_statement.formats.glossary.columns import lay_out, parse
from parallel_statement.formats.glossary.decoding import decode
from parallel_statement.formats.glossary.entries import Contents
from parallel_statement.model import Glossary


def read(path: Path, data: bytes) -> Contents:
    """Return the contents of the table in *data*.

    Raises:
        InputError: it is no table, or not that of a glossary.
    """
    return parse(path, list(read_cells(path, decode(path, data))))


def write(glossary: Glossary) -> bytes:
    """Return *glossary* as CSV."""
    table = lay_out(glossary)
    text = io.StringIO(newline="")
    names = [column.name for column in table.columns]
    writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(table.rows)
    return text.getvalue().encode("utf-8-sig")
