"""Glossaries as tables, in two layouts: a row for each concept, or a row for each term.

The first is for people and holds what most glossaries have; the second holds everything::

    id,en,en:acronym,ja,pos            id,language,term,status,type,pos
    acsa,Acquisition …,ACSA,…,noun     acsa,en,Acquisition …,preferred,,noun
                                       acsa,en,ACSA,admitted,acronym,noun

Which one a table has is told by its header.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from parallel_statement.errors import InputError
from parallel_statement.formats.glossary import concept_rows, term_rows
from parallel_statement.formats.glossary.entries import Contents
from parallel_statement.formats.glossary.rows import Header, Row, Table
from parallel_statement.model import Glossary


def parse(path: Path, rows: Sequence[Row]) -> Contents:
    """Return what the *rows* of a table hold; the first is the header.

    Raises:
        InputError: the header is not that of a glossary.
    """
    if not rows:
        raise InputError(path, "is empty; a glossary begins with a header row: id,en,ja,...")
    header = _header(path, *rows[0])
    if {"language", "term"} <= set(header.names):
        return term_rows.parse(header, rows[1:])
    return concept_rows.parse(header, rows[1:])


def lay_out(glossary: Glossary) -> Table:
    """Return *glossary* with a row for each concept, or for each term where that holds more."""
    if concept_rows.fits(glossary):
        return concept_rows.lay_out(glossary)
    return term_rows.lay_out(glossary)


def _header(path: Path, line: int, cells: Sequence[str]) -> Header:
    names = [name.strip() for name in cells]
    while names and not names[-1]:
        names.pop()
    for name in names:
        if names.count(name) > 1:
            raise InputError(path, f"two columns are called {name!r}", line)
    if "id" not in names:
        raise InputError(path, "has no column 'id'; the header should begin: id,en,ja,...", line)
    return Header(path, line, tuple(names))
