"""TSV: one row for each sentence bead, for spreadsheets and scripts.

A field that holds a tab, a line break or a double quote stands in double quotes, which are doubled
inside it (RFC 4180 with a tab for the comma); every other field stands as it is. Lines end with a
line feed; the encoding is UTF-8 without a byte order mark.
"""

from __future__ import annotations

import re

from parallel_statement.formats.cells import columns
from parallel_statement.formats.controls import utf8
from parallel_statement.model import CheckedText

_SPECIAL = re.compile('[\t\n\r"]')


def write(checked: CheckedText) -> dict[str, bytes]:
    """Return one TSV file: bead, posterior, status, then text and segment ids in every language."""
    languages = columns(checked.text)
    names = [column.language for column in languages]
    rows = [["bead", "posterior", "status", *names, *(f"{name} segments" for name in names)]]
    for bead in checked.text.sentences.beads:
        cells = [(column, bead.ranges[column.language]) for column in languages]
        texts = [column.text(extent) for column, extent in cells]
        ids = [column.segments(extent) for column, extent in cells]
        rows.append([bead.id, f"{bead.posterior:.4f}", bead.status, *texts, *ids])
    lines = ("\t".join(map(_quote, row)) + "\n" for row in rows)
    return {f"{checked.text.id}.tsv": utf8("".join(lines))}


def _quote(field: str) -> str:
    # Python 3.11's csv leaves a lone carriage return unquoted when lines end with a line feed.
    if not _SPECIAL.search(field):
        return field
    return '"' + field.replace('"', '""') + '"'
