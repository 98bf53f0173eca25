"""A manifest: a CSV file that says which file is which version of which document."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from parallel_statement import formats
from parallel_statement.corpus.documents import METADATA, Fault, entry_of
from parallel_statement.errors import InputError, ParallelStatementError, UnknownNameError
from parallel_statement.formats.files import read_bytes
from parallel_statement.languages import standard_tag
from parallel_statement.model import LanguageTag
from parallel_statement.names import ncname
from parallel_statement.workspace import Entry

_COLUMNS = ("document", "language", "path")
_OPTIONAL = ("metadata",)


class _Row(NamedTuple):
    """A line of the manifest."""

    document: str
    language: LanguageTag
    path: Path
    metadata: Path | None


def read_manifest(path: Path) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """Return the documents that the CSV file *path* lists, sorted by id, and what is wrong.

    It has the columns document, language and path (from the folder of the manifest), and may have
    metadata: the path of the document's metadata file.

    Raises:
        InputError: the file is no such table.
    """
    files: dict[str, dict[LanguageTag, Path]] = defaultdict(dict)
    metadata: dict[str, Path] = {}
    faults: list[Fault] = []
    for line, row in _rows(path):
        try:
            read = _row(path, line, row)
        except InputError as error:
            faults.append(Fault(ncname(row["document"]), str(path), str(error)))
            continue
        if read.language in files[read.document]:
            other = files[read.document][read.language]
            message = f"a second file for {read.language} beside {other}"
            faults.append(Fault(ncname(read.document), str(read.path), message))
            continue
        files[read.document][read.language] = read.path
        if read.metadata:
            metadata[read.document] = read.metadata
    spoken = sorted({language for sides in files.values() for language in sides})
    given = {fault.document for fault in faults}
    entries: dict[str, Entry] = {}
    for name, sides in files.items():
        if ncname(name) in given or not sides:
            continue
        companions = {METADATA: metadata[name]} if name in metadata else {}
        try:
            entry = entry_of(path.parent, name, sides, spoken, companions)
        except ParallelStatementError as error:
            faults.append(Fault(ncname(name), str(next(iter(sides.values()))), str(error)))
            continue
        if entry.id in entries:
            faults.append(Fault(entry.id, str(path), f"{name}: another document has this id"))
        else:
            entries[entry.id] = entry
    return tuple(entries[key] for key in sorted(entries)), tuple(sorted(faults))


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the rows of the table with the line on which each ends."""
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(path, "is not UTF-8 text; save the file as UTF-8") from error
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="", strict=True)
    try:
        names = reader.fieldnames or ()
        missing = [name for name in _COLUMNS if name not in names]
        if missing:
            known = ", ".join((*_COLUMNS, *_OPTIONAL))
            raise InputError(path, f"lacks the column {missing[0]!r}; columns: {known}", 1)
        for row in reader:
            yield reader.line_num, {key: value for key, value in row.items() if key in names}
    except csv.Error as error:
        raise InputError(path, f"is no CSV table: {error}", reader.line_num) from error


def _row(manifest: Path, line: int, row: Mapping[str, str]) -> _Row:
    empty = next((name for name in _COLUMNS if not row[name].strip()), None)
    if empty:
        raise InputError(manifest, f"{empty!r} is empty", line)
    path = manifest.parent / row["path"].strip()
    if path.suffix.lower() not in formats.READERS:
        raise InputError(manifest, f"{path}: no reader for this kind of file", line)
    try:
        language = standard_tag(row["language"].strip())
    except UnknownNameError as error:
        raise InputError(manifest, str(error), line) from error
    metadata = row.get("metadata", "").strip()
    return _Row(
        row["document"].strip(), language, path, manifest.parent / metadata if metadata else None
    )
