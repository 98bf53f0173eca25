"""The text of a glossary file: Unicode only, because it holds many languages."""

from __future__ import annotations

from pathlib import Path

from parallel_statement.errors import InputError
from parallel_statement.formats import delimited


def decode(path: Path, data: bytes) -> str:
    """Return the text of *data*: UTF-8, or UTF-16 with a byte order mark, which is taken off.

    Raises:
        InputError: it is neither, or no text.
    """
    text = delimited.decode(path, data)
    if "\0" in text:
        raise InputError(path, "is not a text file; a glossary is a table or an XML file")
    return text
