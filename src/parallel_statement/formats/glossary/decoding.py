"""The text of a glossary file: Unicode only, because it holds many languages."""

from __future__ import annotations

import codecs
from pathlib import Path

from parallel_statement.errors import InputError

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(path: Path, data: bytes) -> str:
    """Return the text of *data*: UTF-8, or UTF-16 with a byte order mark, which is taken off.

    Raises:
        InputError: it is neither.
    """
    encoding = "utf-16" if data.startswith(_UTF_16) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            path, "is not UTF-8; save the glossary as 'CSV UTF-8' and try again", line
        ) from error
    if "\0" in text:
        raise InputError(path, "is not a text file; a glossary is a table or an XML file")
    return text
