"""Moses: one file of plain lines for each language; equal lines hold one sentence bead.

Nothing but text has a place in them, so the ids stand in a file of their own, line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from parallel_statement.formats.cells import columns
from parallel_statement.formats.controls import NEWLINES, utf8
from parallel_statement.model import CheckedText

_BREAK = re.compile(f"[{NEWLINES}]+")


def write(checked: CheckedText) -> dict[str, bytes]:
    """Return a file of lines for each language, and one with the ids of beads and sentences."""
    text = checked.text
    beads = text.sentences.beads
    files = {}
    ids = [[bead.id] for bead in beads]
    for column in columns(text):
        ranges = [bead.ranges[column.language] for bead in beads]
        files[f"{text.id}.{column.language}"] = _lines(map(column.text, ranges))
        for row, extent in zip(ids, ranges, strict=True):
            row.append(column.segments(extent))
    return files | {f"{text.id}.ids": _lines(map("\t".join, ids))}


def _lines(lines: Iterable[str]) -> bytes:
    return utf8("".join(_BREAK.sub(" ", line) + "\n" for line in lines))
