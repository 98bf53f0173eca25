"""One row for each term: all that is known of it, and in the concept's first row of the concept.

A row without a term may hold a further definition. Rows of one concept have its id; they need not
stand together, so that a table may be sorted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from parallel_statement.errors import InputError
from parallel_statement.formats.glossary.concept_rows import (
    CHOICES,
    DEFINITION,
    DEFINITION_SOURCE,
    DETAILS,
    detail,
    shown,
)
from parallel_statement.formats.glossary.entries import (
    Contents,
    Entry,
    clean,
    clean_lines,
    language_tag,
)
from parallel_statement.formats.glossary.rows import Column, Header, Row, Table
from parallel_statement.model import Concept, Definition, Designation, DesignationStatus, Glossary
from parallel_statement.terminology.glossary import STATUSES

_CONCEPT: Mapping[str, str] = {
    "domain": "domain",
    "concept source": "source",
    "concept note": "note",
}
"""Column and field of the concept."""
_WIDTHS = {"term": 36, "status": 12, "language": 10, "note": 40, "context": 40, "definition": 50}
_ALWAYS = ("id", "language", "term", "status", "type", "pos", "note")
_COLUMNS = (
    *("id", "language", "term", "status", "type", "pos"),
    *(name for name in DETAILS if name != "type"),
    *(DEFINITION, DEFINITION_SOURCE, *_CONCEPT),
)


@dataclass(slots=True)
class _Gathered:
    """What the rows of one concept have said so far."""

    line: int
    terms: list[Designation] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)


# --- reading -----------------------------------------------------------------------------


def parse(header: Header, rows: Iterable[Row]) -> Contents:
    """Return the concepts of *rows*, in the order of their first rows.

    Raises:
        InputError: the header has a column that is unknown.
    """
    for name in header.names:
        if name not in _COLUMNS:
            listed = ", ".join(_COLUMNS)
            raise header.error(f"unknown column {name!r}; with a row a term, it is one of {listed}")
    concepts: dict[str, _Gathered] = {}
    faults: list[InputError] = []
    tags: dict[str, str] = {"": ""}
    for row in rows:
        try:
            cells = header.cells(row)
            written = cells.get("language", "")
            if written not in tags:
                tags[written] = language_tag(header.path, written, row[0])
            gathered = concepts.setdefault(clean(cells.get("id")), _Gathered(row[0]))
            _take(gathered, tags[written], cells)
        except InputError as fault:
            faults.append(fault)
        except ValueError as fault:
            faults.append(header.error(str(fault), row[0]))
    return Contents(tuple(_entries(concepts)), tuple(faults))


def _take(gathered: _Gathered, language: str, cells: Mapping[str, str]) -> None:
    """Add what a row says.

    Raises:
        ValueError: it says nothing, or not what an earlier row says.
    """
    text = clean(cells.get("term"))
    definition = Definition(
        clean(cells.get(DEFINITION)), language, clean(cells.get(DEFINITION_SOURCE))
    )
    if text:
        gathered.terms.append(_term(language, text, cells))
    elif cells.keys() & {"status", "pos", *DETAILS}:
        raise ValueError("this row has no term, but says something of one")
    if definition.text or definition.source:
        gathered.definitions.append(definition)
    for column, name in _CONCEPT.items():
        value = clean_lines(cells.get(column)) if name == "note" else clean(cells.get(column))
        if value and gathered.facts.setdefault(name, value) != value:
            first = f"another than line {gathered.line}"
            raise ValueError(f"this row has {first} for the same concept in the column {column!r}")
    if not cells.keys() - {"id", "language"}:
        raise ValueError("this row has neither a term nor a definition")


def _term(language: str, text: str, cells: Mapping[str, str]) -> Designation:
    if not language:
        raise ValueError(f"the term {text!r} has no language")
    details = {DETAILS[name]: detail(name, cells[name]) for name in DETAILS if name in cells}
    pos = clean(cells.get("pos"))
    return Designation(language, text, _status(cells), part_of_speech=pos, **details)


def _status(cells: Mapping[str, str]) -> DesignationStatus:
    value = clean(cells.get("status")) or "preferred"
    for status in STATUSES:
        if value == status:
            return status
    raise ValueError(f"{value!r} is no status; it is one of: {', '.join(STATUSES)}")


def _entries(concepts: Mapping[str, _Gathered]) -> Iterator[Entry]:
    for name, gathered in concepts.items():
        concept = Concept(
            name, tuple(gathered.terms), tuple(gathered.definitions), **gathered.facts
        )
        yield Entry(concept, gathered.line)


# --- writing -----------------------------------------------------------------------------


def lay_out(glossary: Glossary) -> Table:
    """Return *glossary* with a row for each term; columns that nothing is in are left out."""
    rows = tuple(row for concept in glossary.concepts for row in _rows(concept))
    used = {name for row in rows for name in row}
    choices = {"status": STATUSES, **CHOICES}
    columns = (
        Column(name, _WIDTHS.get(name, 20), choices.get(name, ()))
        for name in _COLUMNS
        if name in used or name in _ALWAYS
    )
    return Table(tuple(columns), rows)


def _rows(concept: Concept) -> Iterator[Mapping[str, str]]:
    definitions: dict[str, list[Definition]] = {}
    for definition in concept.definitions:
        definitions.setdefault(definition.language, []).append(definition)
    facts = {name: getattr(concept, field) for name, field in _CONCEPT.items()}
    for term in concept.designations:
        row = {
            "id": concept.id,
            "language": term.language,
            "term": term.text,
            "status": term.status,
            "pos": term.part_of_speech,
            **{name: shown(term, name) for name in DETAILS},
            **facts,
        }
        if definitions.get(term.language):
            row |= _defined(definitions[term.language].pop(0))
        yield {name: cell for name, cell in row.items() if cell}
        facts = {}
    for definition in (each for further in definitions.values() for each in further):
        row = {"id": concept.id, "language": definition.language, **_defined(definition)}
        yield {name: cell for name, cell in row.items() if cell}


def _defined(definition: Definition) -> Mapping[str, str]:
    return {DEFINITION: definition.text, DEFINITION_SOURCE: definition.source}
