"""XLSX that comes back: the first sheet of a workbook that `formats.xlsx` wrote."""

from __future__ import annotations

from pathlib import Path

from parallel_statement.formats.returned import Returned, from_table
from parallel_statement.formats.sheet import first_sheet


def read_rows(path: Path, data: bytes) -> Returned:
    """Return the rows of the first sheet in *data*.

    Raises:
        InputError: it is no workbook, or its first sheet is not such a table.
    """
    return from_table(path, [(f"row {number}", cells) for number, cells in first_sheet(path, data)])
