"""TSV: one row for each sentence bead, for spreadsheets and scripts.

A field that holds the delimiter, a line break or a double quote stands in double quotes, which are
doubled inside it (RFC 4180 with a tab for the comma); every other field stands as it is. Lines end
with a line feed; the encoding is UTF-8 without a byte order mark.
"""

from __future__ import annotations

import re
from pathlib import Path

from parallel_statement.formats.cells import columns
from parallel_statement.formats.controls import utf8
from parallel_statement.formats.delimited import decode, read_cells
from parallel_statement.formats.returned import Returned, from_table
from parallel_statement.model import CheckedText


def write(checked: CheckedText) -> dict[str, bytes]:
    """Return one TSV file: bead, posterior, status, then text and segment ids in every language."""
    return {f"{checked.text.id}.tsv": utf8(lay_out(checked, "\t"))}


def lay_out(checked: CheckedText, delimiter: str) -> str:
    """Return the table of *checked*, its cells with *delimiter* between them."""
    special = re.compile(f'[{delimiter}\n\r"]')
    languages = columns(checked.text)
    names = [column.language for column in languages]
    rows = [["bead", "posterior", "status", *names, *(f"{name} segments" for name in names)]]
    for bead in checked.text.sentences.beads:
        cells = [(column, bead.ranges[column.language]) for column in languages]
        texts = [column.text(extent) for column, extent in cells]
        ids = [column.segments(extent) for column, extent in cells]
        rows.append([bead.id, f"{bead.posterior:.4f}", bead.status, *texts, *ids])
    return "".join(delimiter.join(_quote(field, special) for field in row) + "\n" for row in rows)


def read_rows(path: Path, data: bytes) -> Returned:
    """Return the rows of the table in *data*: TSV, or CSV with commas or semicolons.

    Raises:
        InputError: it is no such table.
    """
    rows = read_cells(path, decode(path, data))
    return from_table(path, [(f"line {line}", cells) for line, cells in rows])


def _quote(field: str, special: re.Pattern[str]) -> str:
    # Python 3.11's csv leaves a lone carriage return unquoted when lines end with a line feed.
    if not special.search(field):
        return field
    return '"' + field.replace('"', '""') + '"'
