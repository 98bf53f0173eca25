"""UTX, the tab-separated glossary format of the Asia-Pacific Association for Machine Translation.

Two languages are written as in UTX 1.11 (columns ``src`` and ``tgt``), more as in UTX 1.20 (a
column ``term:en`` a language); both are read. The first row of a concept has its preferred terms;
each further one has one other term, and beside it the preferred ones of the other languages::

    #UTX 1.11; en/ja; bidirectional
    #src            tgt                 src:pos  tgt:pos  term status   concept ID
    supply chain    サプライチェーン    noun     noun     approved      supply-chain
    supply chain    供給網              noun     noun     provisional   supply-chain

So the status of a row is that of the terms in it that no approved row of its concept has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from parallel_statement.errors import InputError, OutputError
from parallel_statement.formats.glossary.decoding import decode
from parallel_statement.formats.glossary.entries import (
    Contents,
    Entry,
    Names,
    clean,
    counted,
    language_tag,
)
from parallel_statement.model import Concept, Designation, DesignationStatus, Glossary, LanguageTag

_STATUSES: Mapping[str, DesignationStatus] = {
    "approved": "preferred",
    "provisional": "admitted",
    "non-standard": "superseded",
    "forbidden": "deprecated",
}
_WORDS = {status: word for word, status in _STATUSES.items()}
_PARTS_OF_SPEECH = {"properNoun": "proper noun"}
_WRITTEN_PARTS = {"proper noun": "properNoun"}
_LANGUAGES = re.compile(r"[A-Za-z0-9-]+(?:/[A-Za-z0-9-]+)+")
_FIELDS = ("term", "pos", "comment")
_SIDES = ("src", "tgt")
_STATUS, _ID = "term status", "concept id"

Column = tuple[str, LanguageTag]
"""What a column holds, and of which language."""


@dataclass(slots=True)
class _Rows:
    """The rows of one concept."""

    line: int
    rows: list[tuple[str, tuple[Designation, ...]]] = field(default_factory=list)
    """Status as it is written, and terms."""
    comments: dict[str, None] = field(default_factory=dict)


# --- reading -----------------------------------------------------------------------------


def read(path: Path, data: bytes) -> Contents:
    """Return the contents of the UTX file in *data*.

    Raises:
        InputError: it is no UTX, or has no line with the names of its columns.
    """
    lines = decode(path, data).splitlines()
    if not lines or not lines[0].startswith("#UTX"):
        raise InputError(path, "is no UTX: its first line does not begin with #UTX", 1)
    columns = _columns(path, lines)
    concepts: dict[str, _Rows] = {}
    faults: list[InputError] = []
    dropped: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell if cell != "-" else "" for cell in map(clean, line.split("\t"))]
        try:
            said = _said(columns, cells)
        except ValueError as fault:
            faults.append(InputError(path, str(fault), number))
            continue
        rows = concepts.setdefault(said.pop((_ID, ""), "") or f"\t{number}", _Rows(number))
        rows.rows.append((said.pop((_STATUS, ""), ""), _terms(said)))
        if comment := said.pop(("comment", ""), ""):
            rows.comments[comment] = None
        dropped += [what for what, language in said if what not in _FIELDS or not language]
    names = Names()
    entries = (Entry(_concept(names, given, rows), rows.line) for given, rows in concepts.items())
    return Contents(tuple(entries), tuple(faults), (*names.notices, *counted("left out", dropped)))


def _columns(path: Path, lines: Sequence[str]) -> tuple[Column, ...]:
    """Return what the columns hold, as the last line of the header has it."""
    for number, line in enumerate(lines):
        if not line.startswith("#"):
            break
        names = [name.strip() for name in line.lstrip("#").split("\t")]
        if names[0] in _SIDES or names[0].startswith("term:"):
            sides = dict(zip(_SIDES, _sides(lines[:number], names), strict=False))
            found = [_column(name, sides) for name in names]
            tags = {tag: language_tag(path, tag, number + 1) for _, tag in found if tag}
            return tuple((what, tags.get(tag, "")) for what, tag in found)
    raise InputError(path, "has no line with the names of its columns: #src, tgt, src:pos ...", 1)


def _sides(header: Sequence[str], names: Sequence[str]) -> Sequence[str]:
    """Return the languages of the source and the target."""
    for property_ in ";".join(header).split(";"):
        if found := _LANGUAGES.fullmatch(property_.rpartition(":")[2].strip()):
            return found[0].split("/")
    return [name.removeprefix("term:") for name in names if name.startswith("term:")]


def _column(name: str, sides: Mapping[str, str]) -> Column:
    """Return what the column *name* holds, its language as it is written."""
    if name in _SIDES:
        return "term", sides.get(name, name)
    first, _, second = name.partition(":")
    if first in _FIELDS and second:
        return first, second
    if second in _FIELDS:
        return second, sides.get(first, first)
    return (name.lower() if name.lower() in (_STATUS, _ID) else name), ""


def _said(columns: Sequence[Column], cells: Sequence[str]) -> dict[Column, str]:
    """Return the cells of a row that hold something.

    Raises:
        ValueError: it has too many cells, no term, or a status that UTX does not know.
    """
    if len(cells) > len(columns):
        message = f"this row has {len(cells)} cells, the header has {len(columns)}"
        raise ValueError(f"{message}; cells are parted by one tab")
    said = {column: cell for column, cell in zip(columns, cells, strict=False) if cell}
    status = said.get((_STATUS, ""), "")
    if status and status not in _STATUSES:
        raise ValueError(f"{status!r} is no term status; it is one of: {', '.join(_STATUSES)}")
    if not any(what == "term" for what, _ in said):
        raise ValueError("this row has no term")
    return said


def _terms(said: Mapping[Column, str]) -> tuple[Designation, ...]:
    def described(language: LanguageTag, text: str) -> Designation:
        pos = said.get(("pos", language)) or said.get(("pos", ""), "")
        pos = _PARTS_OF_SPEECH.get(pos, pos)
        note = said.get(("comment", language), "")
        return Designation(language, text, part_of_speech=pos, note=note)

    return tuple(
        described(language, text) for (what, language), text in said.items() if what == "term"
    )


def _concept(names: Names, given: str, rows: _Rows) -> Concept:
    known: dict[tuple[LanguageTag, str], Designation] = {}
    served: set[LanguageTag] = set()
    for status, terms in sorted(rows.rows, key=lambda row: row[0] not in ("approved", "")):
        for term in terms:
            if (term.language, term.text) in known:
                continue
            meant = _STATUSES.get(status, "admitted" if term.language in served else "preferred")
            known[term.language, term.text] = replace(term, status=meant)
            served.add(term.language)
    terms = tuple(known.values())
    name = names.of(given if not given.startswith("\t") else "", terms[0].text)
    return Concept(name, terms, note="\n".join(rows.comments))


# --- writing -----------------------------------------------------------------------------


def write(glossary: Glossary) -> bytes:
    """Return *glossary* as UTX: terms, statuses, parts of speech and notes.

    Raises:
        OutputError: a row would begin with ``#``, which makes it a comment.
    """
    tags = glossary.languages
    header = ["#UTX 1.11" if len(tags) == 2 else "#UTX 1.20", "/".join(tags), "bidirectional"]
    columns: list[Column] = [(what, tag) for what in _FIELDS for tag in tags]
    names = [_name(column, tags) for column in columns]
    lines = ["; ".join(header), "#" + "\t".join((*names, _STATUS, "comment", "concept ID"))]
    for concept in glossary.concepts:
        rows = ["\t".join(cell or "-" for cell in row) for row in _rows(concept, columns)]
        if any(row.startswith("#") for row in rows):
            message = "UTX cannot hold a term that begins with # in the first language"
            raise OutputError(f"concept {concept.id}: {message}")
        lines += rows
    return ("\n".join(lines) + "\n").encode()


def _name(column: Column, tags: Sequence[LanguageTag]) -> str:
    what, tag = column
    if len(tags) != 2:
        return f"{what}:{tag}"
    side = _SIDES[tags.index(tag)]
    return side if what == "term" else f"{side}:{what}"


def _rows(concept: Concept, columns: Sequence[Column]) -> Iterator[Sequence[str]]:
    preferred = {term.language: term for term in concept.designations if term.status == "preferred"}
    others = [term for term in concept.designations if term.status != "preferred"]
    note = " ".join(concept.note.split("\n"))
    for term in (None, *others):
        beside = preferred | ({term.language: term} if term else {})
        status = _WORDS[term.status if term else "preferred"]
        cells = (_cell(beside[tag], what) if tag in beside else "" for what, tag in columns)
        yield (*cells, status, note, concept.id)


def _cell(term: Designation, what: str) -> str:
    if what == "term":
        return term.text
    if what == "pos":
        return _WRITTEN_PARTS.get(term.part_of_speech, term.part_of_speech)
    return " ".join(term.note.split("\n"))
