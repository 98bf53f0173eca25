"""Bytes of files that a person names, however large, strange or absent these are."""

from __future__ import annotations

from pathlib import Path

from parallel_statement.errors import InputError

MOST_BYTES = 128 << 20
"""What is read of a file at most, so that nobody can fill the memory: of PDF, DOCX and TEI."""
MOST_OF_DATA = 64 << 20
"""The same for tables, JSON and TOML, which take twenty times as much memory."""

MOST_CHARACTERS = 12_000_000
"""The longest text that is taken; a long novel has two or three million."""

MOST_ROWS = 200_000
"""Of a table; so are `MOST_COLUMNS`."""
MOST_COLUMNS = 300


def read_bytes(path: Path, most: int = MOST_OF_DATA) -> bytes:
    """Return what is in the file *path*, of *most* bytes at most.

    Raises:
        InputError: there is no such file, it cannot be read, or it is too large.
    """
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError:
        raise InputError(path, "there is no such file") from None
    except IsADirectoryError:
        raise InputError(path, "is a folder, not a file") from None
    except OSError as error:
        raise InputError(path, f"cannot be read: {error.strerror}") from error
    if len(data) > most:
        raise InputError(path, f"is larger than {most >> 20} MiB; divide it")
    return data


def too_long(path: Path) -> InputError:
    """Return the error that the text in the file *path* has more than `MOST_CHARACTERS`."""
    return InputError(path, f"has more than {MOST_CHARACTERS:,} characters; divide it")
