"""Rows of a table, and their cells by the name of the column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from parallel_statement.errors import InputError

Row = tuple[int, Sequence[str]]
"""Line number in the file, and cells."""


@dataclass(frozen=True, slots=True)
class Header:
    """The names of a table's columns."""

    path: Path
    line: int
    names: tuple[str, ...]

    def cells(self, row: Row) -> Mapping[str, str]:
        """Return the cells of *row* by column, the empty ones left out.

        Raises:
            InputError: it has more or fewer cells than the header.
        """
        line, cells = row
        values = list(cells)
        while len(values) > len(self.names) and not values[-1].strip():
            values.pop()
        if len(values) != len(self.names):
            message = f"has {len(values)} cells, the header has {len(self.names)}"
            hint = "put a term that contains the delimiter in double quotes"
            raise InputError(self.path, f"this row {message}; {hint}", line)
        return {
            name: value for name, value in zip(self.names, values, strict=True) if value.strip()
        }

    def error(self, message: str, line: int | None = None) -> InputError:
        """Return an error of the header, or of the row at *line*."""
        return InputError(self.path, message, self.line if line is None else line)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table that is written."""

    name: str
    width: int
    choices: tuple[str, ...] = ()
    """The values that it may hold; any text without them."""


@dataclass(frozen=True, slots=True)
class Table:
    """A glossary laid out for a table file."""

    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, str], ...]
    """Cells by column; the empty ones may be left out."""
