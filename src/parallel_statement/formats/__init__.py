"""File formats: one module a format, found through two literal tables.

A reader is a module with ``read(data: bytes, context: ReadContext) -> Document``; a writer is
a module with ``write(checked: CheckedText) -> dict[str, bytes]``. To add a format, write its
module, add its line here and test it.
"""

from __future__ import annotations

from importlib import import_module
from os import PathLike
from pathlib import Path

from parallel_statement.errors import InputError, UnknownNameError
from parallel_statement.formats.context import ReadContext
from parallel_statement.formats.files import MOST_BYTES, MOST_CHARACTERS, read_bytes, too_long
from parallel_statement.languages import get
from parallel_statement.model import CheckedText, Document
from parallel_statement.names import ncname

__all__ = ["READERS", "WRITERS", "read", "render"]

READERS: dict[str, str] = {
    ".docx": "docx",
    ".htm": "html",
    ".html": "html",
    ".markdown": "markdown",
    ".md": "markdown",
    ".pdf": "pdf",
    ".text": "plain",
    ".txt": "plain",
    ".xhtml": "html",
    ".xml": "tei",
}
"""File extension, in lower case, and the module that reads it."""

_MOST_BYTES = dict.fromkeys(("html", "markdown", "plain"), 3 * MOST_CHARACTERS)
"""Of files that are text: three bytes for a character, as in Japanese."""

WORD_PROCESSED = frozenset({".doc", ".dot", ".odt", ".pages", ".rtf", ".sxw", ".wpd"})
"""Extensions of texts without a reader, which the programs that write them can save as DOCX."""

WITH_LINES = frozenset({".markdown", ".md", ".text", ".txt"})
"""Extensions of files whose text is the file itself, so that its lines are the file's lines."""

WRITERS: dict[str, str] = {
    "cesalign": "cesalign",
    "csv": "csv",
    "docx": "docx_table",
    "epub": "epub",
    "html": "page",
    "intertext": "intertext",
    "json": "json",
    "jsonl": "jsonl",
    "moses": "moses",
    "tei": "tei",
    "tei-flat": "tei.flat",
    "tmx": "tmx",
    "tsv": "tsv",
    "xliff": "xliff",
    "xlsx": "xlsx",
}
"""Name of an output format, and the module that writes it."""


def read(
    path: str | PathLike[str],
    language: str,
    *,
    id: str | None = None,  # noqa: A002 - the field's own word, as in `Document.id`
    name: str | None = None,
    encoding: str | None = None,
) -> Document:
    """Return the document in the file *path*.

    Args:
        path: A file whose extension is in `READERS`.
        language: The tag of the language that the file is written in.
        id: The document's name in every language; made from the file's stem if not given.
        name: What `Source.name` says; the file's own name if not given.
        encoding: The encoding of a text file, if it is known; detected otherwise.

    Raises:
        InputError: the file cannot be read, or holds no text.
        UnknownNameError: the extension or the language is unknown.
    """
    path = Path(path)
    reader = READERS.get(path.suffix.lower())
    if path.suffix.lower() in WORD_PROCESSED:
        raise InputError(path, "no reader for this kind of file; save it as .docx")
    if reader is None:
        raise UnknownNameError(f"file type of {path}:", path.suffix, READERS)
    context = ReadContext(
        path=path,
        language=get(language),
        tag=language,
        id=ncname(path.stem) if id is None else id,
        name=path.name if name is None else name,
        encoding=encoding,
    )
    data = read_bytes(path, _MOST_BYTES.get(reader, MOST_BYTES))
    document: Document = import_module(f"{__name__}.{reader}").read(data, context)
    if len(document.text) > MOST_CHARACTERS:
        raise too_long(path)
    return document


def render(checked: CheckedText, format: str) -> dict[str, bytes]:  # noqa: A002
    """Return the files that hold *checked* in *format*, by name relative to the output folder.

    Raises:
        UnknownNameError: *format* is not in `WRITERS`.
    """
    if format not in WRITERS:
        raise UnknownNameError("output format", format, WRITERS)
    files: dict[str, bytes] = import_module(f"{__name__}.{WRITERS[format]}").write(checked)
    return files
