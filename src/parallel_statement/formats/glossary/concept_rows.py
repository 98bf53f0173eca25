"""One row for each concept: a column a language, and further ones for its other terms.

``en`` is the preferred term. ``en:admitted``, ``en:deprecated`` and ``en:superseded`` hold the
other terms, parted by ``|``; ``en:acronym`` and the other types hold admitted terms of that type.
``en:gender``, ``en:note`` ... say more of the preferred term.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from parallel_statement.errors import InputError, UnknownNameError
from parallel_statement.formats.glossary.entries import (
    Contents,
    Entry,
    clean,
    clean_lines,
)
from parallel_statement.formats.glossary.rows import Column, Header, Row, Table
from parallel_statement.languages import standard_tag
from parallel_statement.model import (
    Concept,
    Definition,
    Designation,
    DesignationStatus,
    DesignationType,
    Gender,
    Glossary,
    LanguageTag,
)

TYPES: tuple[DesignationType, ...] = tuple(filter(None, get_args(DesignationType)))
GENDERS: tuple[Gender, ...] = tuple(filter(None, get_args(Gender)))
YES = "yes"

DETAILS: Mapping[str, str] = {
    "type": "type",
    "gender": "gender",
    "case": "case_sensitive",
    "usage": "usage",
    "context": "context",
    "context source": "context_source",
    "source": "source",
    "note": "note",
}
"""Column and what it says of a term."""
CHOICES: Mapping[str, tuple[str, ...]] = {"type": TYPES, "gender": GENDERS, "case": (YES,)}
DEFINITION, DEFINITION_SOURCE = "definition", "definition source"
_FACTS = ("pos", "domain", "source", "note", DEFINITION, DEFINITION_SOURCE)
_OTHERS: Mapping[str, tuple[DesignationStatus, DesignationType]] = {
    "admitted": ("admitted", ""),
    **{kind: ("admitted", kind) for kind in TYPES},
    "deprecated": ("deprecated", ""),
    "superseded": ("superseded", ""),
}
"""Columns of terms that are not preferred, in the order in which they stand."""
_RESTS = (*_OTHERS, *DETAILS, DEFINITION, DEFINITION_SOURCE)
"""What may stand after the colon of a column's name."""


@dataclass(frozen=True, slots=True)
class _Language:
    """The columns of one language, by what stands after its colon; "" is the preferred term."""

    tag: LanguageTag
    columns: Mapping[str, str]


def detail(name: str, cell: str) -> Any:
    """Return what the *cell* of the column *name* says of a term.

    Raises:
        ValueError: it is none of the column's choices; the message says so.
    """
    value = clean_lines(cell) if name == "note" else clean(cell)
    choices = CHOICES.get(name)
    if choices and value not in choices:
        raise ValueError(f"{value!r} is no {name}; it is one of: {', '.join(choices)}")
    return value == YES if name == "case" else value


def shown(term: Designation, name: str) -> str:
    """Return the cell of the column *name* for *term*."""
    value = getattr(term, DETAILS[name])
    return value if isinstance(value, str) else YES if value else ""


# --- reading -----------------------------------------------------------------------------


def parse(header: Header, rows: Iterable[Row]) -> Contents:
    """Return the concepts of *rows*.

    Raises:
        InputError: the header has a column that is unknown, or lacks one.
    """
    languages = _languages(header)
    entries: list[Entry] = []
    faults: list[InputError] = []
    for row in rows:
        try:
            entries.append(Entry(_concept(header, languages, row), row[0]))
        except InputError as fault:
            faults.append(fault)
        except ValueError as fault:
            faults.append(header.error(str(fault), row[0]))
    return Contents(tuple(entries), tuple(faults))


def _languages(header: Header) -> tuple[_Language, ...]:
    found: dict[LanguageTag, dict[str, str]] = {}
    for name in header.names:
        if name == "id" or name in _FACTS:
            continue
        language, colon, rest = name.partition(":")
        if colon and rest not in _RESTS:
            raise _unknown(header, name)
        try:
            tag = standard_tag(language)
        except UnknownNameError as error:
            raise _unknown(header, name) from error
        columns = found.setdefault(tag, {})
        if rest in columns:
            both = f"{columns[rest]!r} and {name!r}"
            raise header.error(f"the columns {both} are for the same terms; put them in one")
        columns[rest] = name
    if not found:
        raise header.error("has no column of a language, such as 'en' or 'ja'")
    for tag, columns in found.items():
        if "" not in columns:
            first = next(iter(columns.values()))
            raise header.error(f"has a column {first!r} but none called {tag!r}")
    return tuple(_Language(tag, columns) for tag, columns in found.items())


def _unknown(header: Header, name: str) -> InputError:
    """Return the error of a column that no glossary has."""
    known = f"id, {', '.join(_FACTS)}, a language tag such as en, or en:{', en:'.join(_RESTS)}"
    return header.error(f"unknown column {name!r}; a column is {known}")


def _concept(header: Header, languages: Sequence[_Language], row: Row) -> Concept:
    cells = header.cells(row)
    pos = clean(cells.get("pos"))
    terms = (term for language in languages for term in _terms(language, cells, pos))
    definitions = [
        Definition(clean(cells.get(DEFINITION)), "", clean(cells.get(DEFINITION_SOURCE)))
    ]
    for language in languages:
        columns = language.columns
        text = clean(cells.get(columns.get(DEFINITION, "")))
        source = clean(cells.get(columns.get(DEFINITION_SOURCE, "")))
        definitions.append(Definition(text, language.tag, source))
    return Concept(
        clean(cells.get("id")),
        tuple(terms),
        tuple(each for each in definitions if each.text or each.source),
        domain=clean(cells.get("domain")),
        source=clean(cells.get("source")),
        note=clean_lines(cells.get("note")),
    )


def _definition(language: _Language, cells: Mapping[str, str]) -> Definition:
    text, source = (
        clean(cells.get(language.columns.get(rest, ""))) for rest in (DEFINITION, DEFINITION_SOURCE)
    )
    return Definition(text, language.tag, source)


def _terms(language: _Language, cells: Mapping[str, str], pos: str) -> Iterator[Designation]:
    preferred = clean(cells.get(language.columns[""]))
    if "|" in preferred:
        message = f"the column '{language.tag}' holds one preferred term; put others in"
        raise ValueError(f"{message} '{language.tag}:admitted'")
    details = {
        DETAILS[rest]: detail(rest, cells[column])
        for rest, column in language.columns.items()
        if rest in DETAILS and column in cells
    }
    if preferred:
        yield Designation(language.tag, preferred, part_of_speech=pos, **details)
    elif details:
        raise ValueError(f"the column '{language.tag}' is empty, but others speak of its term")
    for rest, (status, kind) in _OTHERS.items():
        column = language.columns.get(rest)
        for term in cells.get(column, "").split("|") if column else ():
            if clean(term):
                yield Designation(language.tag, clean(term), status, kind, pos)


# --- writing -----------------------------------------------------------------------------


def fits(glossary: Glossary) -> bool:
    """Return whether rows of concepts hold all of *glossary*."""
    return all(map(_fits, glossary.concepts))


def _fits(concept: Concept) -> bool:
    if len({each.part_of_speech for each in concept.designations}) > 1:
        return False
    if len({each.language for each in concept.definitions}) < len(concept.definitions):
        return False
    order = list(_OTHERS.values())
    places: dict[LanguageTag, list[int]] = {}
    for term in concept.designations:
        if "|" in term.text:
            return False
        if term.status == "preferred":
            continue
        plain = Designation(
            term.language, term.text, term.status, term.type, part_of_speech=term.part_of_speech
        )
        if term != plain or (term.status, term.type) not in order:
            return False
        places.setdefault(term.language, []).append(order.index((term.status, term.type)))
    return all(each == sorted(each) for each in places.values())


def lay_out(glossary: Glossary) -> Table:
    """Return *glossary* with a row for each concept; columns that nothing is in are left out."""
    rows = tuple(_row(concept) for concept in glossary.concepts)
    used = {name for row in rows for name in row}
    columns = [Column("id", 24)]
    defined = (each.language for concept in glossary.concepts for each in concept.definitions)
    for tag in dict.fromkeys((*glossary.languages, *filter(None, defined))):
        columns.append(Column(tag, 32))
        for rest in _RESTS:
            column = Column(f"{tag}:{rest}", 28, CHOICES.get(rest, ()))
            if column.name in used:
                columns.append(column)
    columns += [Column(name, 28) for name in _FACTS if name in used]
    return Table(tuple(columns), rows)


def _row(concept: Concept) -> Mapping[str, str]:
    row = {
        "id": concept.id,
        "pos": concept.part_of_speech,
        "domain": concept.domain,
        "source": concept.source,
        "note": concept.note,
    }
    names = {place: rest for rest, place in _OTHERS.items()}
    for term in concept.designations:
        if term.status == "preferred":
            row[term.language] = term.text
            row |= {f"{term.language}:{name}": shown(term, name) for name in DETAILS}
            continue
        column = f"{term.language}:{names[term.status, term.type]}"
        row[column] = f"{row[column]}|{term.text}" if row.get(column) else term.text
    for definition in concept.definitions:
        prefix = f"{definition.language}:" if definition.language else ""
        row[f"{prefix}{DEFINITION}"] = definition.text
        row[f"{prefix}{DEFINITION_SOURCE}"] = definition.source
    return {name: cell for name, cell in row.items() if cell}
