"""CSV: the table of `formats.tsv` with commas, and a mark by which spreadsheets know UTF-8."""

from __future__ import annotations

from parallel_statement.formats.controls import utf8
from parallel_statement.formats.tsv import lay_out
from parallel_statement.model import CheckedText


def write(checked: CheckedText) -> dict[str, bytes]:
    """Return one CSV file: bead, posterior, status, then text and segment ids in every language."""
    return {f"{checked.text.id}.csv": utf8("\ufeff" + lay_out(checked, ","))}
