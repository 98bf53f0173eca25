"""Glossaries: one row a concept, a column a language, in CSV or XLSX.

::

    id,en,en:admitted,en:deprecated,ja,it,pos,domain,note
    rule-of-law,rule of law,,rule by law,法の支配,Stato di diritto,noun,law,

A language's own column holds the preferred term; the other terms stand in its ``:admitted``,
``:deprecated`` and ``:superseded`` columns, parted by ``|``.
"""

from __future__ import annotations

import csv
import io
import logging
import lzma
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from parallel_statement.errors import InputError, UnknownNameError
from parallel_statement.languages import standard_tag
from parallel_statement.model import Concept, Designation, DesignationStatus, Glossary, LanguageTag
from parallel_statement.names import is_ncname

_STATUSES: Mapping[str, DesignationStatus] = {
    "": "preferred",
    "admitted": "admitted",
    "deprecated": "deprecated",
    "superseded": "superseded",
}
_FACTS = ("pos", "domain", "note")
_DELIMITERS = ",;\t"
_LARGEST_WORKBOOK = 200 * 2**20
"""Bytes that an XLSX file may unpack to."""

_MOST_COLUMNS = 300
_MOST_ROWS = 100_000
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    SyntaxError,  # what XML parsers raise
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    TypeError,
    ValueError,
)
"""What openpyxl raises for a damaged workbook."""

_logger = logging.getLogger(__name__)

Row = tuple[int, Sequence[str]]
"""Line number in the file, and cells."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where in a row things stand."""

    id: int
    terms: Mapping[tuple[LanguageTag, DesignationStatus], int]
    facts: Mapping[str, int]
    count: int


def read_glossary(path: str | PathLike[str]) -> Glossary:
    """Return the glossary in the CSV or XLSX file *path*.

    Raises:
        InputError: the file cannot be read or does not hold a glossary; says which line.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror})") from error
    rows = _workbook_rows(path, data) if path.suffix.lower() == ".xlsx" else _text_rows(path, data)
    if not rows:
        raise InputError(path, "is empty; a glossary begins with a header row: id,en,ja,...")
    columns = _columns(path, *rows[0])
    concepts = _concepts(path, columns, rows[1:])
    _warn_of_homonyms(path, concepts)
    return Glossary(concepts, path.name)


def _text_rows(path: Path, data: bytes) -> list[Row]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            path, "is not UTF-8; save the glossary as 'CSV UTF-8' and try again", line
        ) from error
    if "\0" in text:
        raise InputError(path, "is not a text file; a glossary is a CSV or XLSX file")
    header = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(path, f"is no well-formed CSV ({error})", line) from error
    return rows


def _workbook_rows(path: Path, data: bytes) -> list[Row]:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_WORKBOOK:
                raise InputError(path, "unpacks to more than 200 MB; a glossary is smaller")
        workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = workbook.worksheets[0]
        if (sheet.max_column or 0) > _MOST_COLUMNS or (sheet.max_row or 0) > _MOST_ROWS:
            raise _too_large(path)
        table: list[tuple[int, list[str]]] = []
        for line, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = ["" if cell is None else str(cell) for cell in row]
            if not any(cell.strip() for cell in cells):
                continue
            if line > _MOST_ROWS or _filled(cells) > _MOST_COLUMNS:
                raise _too_large(path)
            table.append((line, cells))
        workbook.close()
    except _DAMAGE as error:
        raise InputError(path, "is no XLSX workbook, or a damaged one") from error
    width = max((_filled(cells) for _, cells in table), default=0)
    return [(line, (cells + [""] * width)[:width]) for line, cells in table]


def _too_large(path: Path) -> InputError:
    return InputError(
        path,
        f"has cells beyond column {_MOST_COLUMNS} or row {_MOST_ROWS}; a glossary has none there: "
        "delete them",
    )


def _filled(cells: Sequence[str]) -> int:
    """Return how many *cells* there are up to the last that is not empty."""
    return max((number for number, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def _columns(path: Path, line: int, header: Sequence[str]) -> _Columns:
    names = [name.strip() for name in header]
    while names and not names[-1]:
        names.pop()
    for name in names:
        if names.count(name) > 1:
            raise InputError(path, f"two columns are called {name!r}", line)
    if "id" not in names:
        raise InputError(path, "has no column 'id'; the header should begin: id,en,ja,...", line)
    terms: dict[tuple[LanguageTag, DesignationStatus], int] = {}
    for position, name in enumerate(names):
        if name == "id" or name in _FACTS:
            continue
        column = _term_column(path, line, name)
        if column in terms:
            message = f"the columns {names[terms[column]]!r} and {name!r} are for the same terms"
            raise InputError(path, f"{message}; put them in one", line)
        terms[column] = position
    if not terms:
        raise InputError(path, "has no column of a language, such as 'en' or 'ja'", line)
    for language, status in terms:
        if (language, "preferred") not in terms:
            message = f"has a column '{language}:{status}' but none called '{language}'"
            raise InputError(path, message, line)
    facts = {name: names.index(name) for name in _FACTS if name in names}
    return _Columns(names.index("id"), terms, facts, len(names))


def _term_column(path: Path, line: int, name: str) -> tuple[LanguageTag, DesignationStatus]:
    language, _, status = name.partition(":")
    known = f"id, {', '.join(_FACTS)}, a language tag, or one with :admitted or :deprecated"
    if status not in _STATUSES or name.endswith(":"):
        raise InputError(path, f"unknown column {name!r}; a column is {known}", line)
    try:
        language = standard_tag(language)
    except UnknownNameError as error:
        raise InputError(path, f"unknown column {name!r}; a column is {known}", line) from error
    return language, _STATUSES[status]


def _concepts(path: Path, columns: _Columns, rows: Iterable[Row]) -> tuple[Concept, ...]:
    lines: dict[str, int] = {}
    concepts: list[Concept] = []
    for line, cells in rows:
        concept = _concept(path, columns, line, cells)
        if concept.id in lines:
            message = f"the id {concept.id!r} is already taken by line {lines[concept.id]}"
            raise InputError(path, message, line)
        lines[concept.id] = line
        concepts.append(concept)
    return tuple(concepts)


def _concept(path: Path, columns: _Columns, line: int, cells: Sequence[str]) -> Concept:
    values = [unicodedata.normalize("NFC", cell.strip()) for cell in cells]
    while len(values) > columns.count and not values[-1]:
        values.pop()
    if len(values) != columns.count:
        message = f"has {len(values)} cells, the header has {columns.count}"
        hint = "put a term that contains the delimiter in double quotes"
        raise InputError(path, f"this row {message}; {hint}", line)
    name = values[columns.id]
    if not is_ncname(name):
        hint = "an id begins with a letter and has letters, digits, '-', '_' and '.' only"
        raise InputError(path, f"{name!r} cannot be an id; {hint}", line)
    facts = {fact: values[position] for fact, position in columns.facts.items()}
    designations = tuple(
        Designation(language, term, status, part_of_speech=facts.get("pos", ""))
        for (language, status), position in columns.terms.items()
        for term in _terms(path, line, language, status, values[position])
    )
    _require_preferred(path, line, designations)
    _require_once(path, line, designations)
    order = list(_STATUSES.values())
    return Concept(
        name,
        tuple(sorted(designations, key=lambda each: order.index(each.status))),
        domain=facts.get("domain", ""),
        note=facts.get("note", ""),
    )


def _terms(
    path: Path, line: int, language: LanguageTag, status: DesignationStatus, cell: str
) -> tuple[str, ...]:
    if status == "preferred" and "|" in cell:
        message = f"the column '{language}' holds one preferred term; put others in"
        raise InputError(path, f"{message} '{language}:admitted'", line)
    terms = tuple(term.strip() for term in cell.split("|") if term.strip())
    for term in terms:
        if not any(character.isalnum() for character in term):
            raise InputError(path, f"{term!r} is no term: it has no letter or digit", line)
    return terms


def _require_preferred(path: Path, line: int, designations: Sequence[Designation]) -> None:
    if not designations:
        raise InputError(path, "this row has no term in any language", line)
    preferred = {each.language for each in designations if each.status == "preferred"}
    for each in designations:
        if each.language not in preferred:
            message = f"has the {each.status} term {each.text!r} but no preferred one"
            raise InputError(path, f"the column '{each.language}' is empty: it {message}", line)


def _require_once(path: Path, line: int, designations: Iterable[Designation]) -> None:
    statuses: dict[tuple[LanguageTag, str], DesignationStatus] = {}
    for each in designations:
        if (each.language, each.text) in statuses:
            first = statuses[each.language, each.text]
            message = f"lists {each.text!r} twice for {each.language!r}, as {first} and as"
            raise InputError(path, f"this row {message} {each.status}; keep one of the two", line)
        statuses[each.language, each.text] = each.status


def _warn_of_homonyms(path: Path, concepts: Iterable[Concept]) -> None:
    owners: dict[tuple[LanguageTag, str], str] = {}
    for concept in concepts:
        for each in concept.designations:
            if each.status != "preferred":
                continue
            owner = owners.setdefault((each.language, each.text), concept.id)
            if owner != concept.id:
                _logger.warning(
                    "%s: %r (%s) is the preferred term of two concepts, %s and %s",
                    path, each.text, each.language, owner, concept.id,
                )  # fmt: skip
