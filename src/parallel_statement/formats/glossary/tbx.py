"""TBX, TermBase eXchange (ISO 30042:2019): written as TBX-Basic in DCA style.

Three things have no data category in TBX-Basic. They are written as notes of the term that begin
with a data category of DatCatInfo (``usageNote: in treaties only``), which is read again; a note
of the user's that happens to begin so gets ``note:`` before it. Each line of a note is a note.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from lxml import etree

from parallel_statement.formats.controls import allowed
from parallel_statement.formats.glossary.categories import (
    NEAREST_PART_OF_SPEECH,
    PARTS_OF_SPEECH,
    STATUSES,
    TYPES,
)
from parallel_statement.formats.glossary.tbx_reading import LABELS, NAMESPACE, read
from parallel_statement.formats.xml import LANGUAGE, serialize
from parallel_statement.model import Concept, Definition, Designation, Glossary

__all__ = ["read", "write"]

_NAMESPACES = cast("dict[str, str]", {None: NAMESPACE})


def write(glossary: Glossary) -> bytes:
    """Return *glossary* as TBX-Basic."""
    first = glossary.languages[0] if glossary.languages else "en"
    root = etree.Element(
        f"{{{NAMESPACE}}}tbx", {"type": "TBX-Basic", "style": "dca"}, nsmap=_NAMESPACES
    )
    root.set(LANGUAGE, first)
    description = _add(_add(root, "tbxHeader"), "fileDesc")
    if glossary.name:
        _add(_add(description, "titleStmt"), "title", glossary.name)
    _add(_add(description, "sourceDesc"), "p", "Written by parallel-statement")
    body = _add(_add(root, "text"), "body")
    for concept in glossary.concepts:
        _add_concept(body, concept)
    return serialize(root)


def _add(
    parent: etree._Element, name: str, text: str = "", kind: str = "", language: str = ""
) -> etree._Element:
    node = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    if kind:
        node.set("type", kind)
    if language:
        node.set(LANGUAGE, language)
    if text:
        node.text = allowed(text)
    return node


def _add_concept(body: etree._Element, concept: Concept) -> None:
    entry = _add(body, "conceptEntry")
    entry.set("id", concept.id)
    languages = tuple(dict.fromkeys(term.language for term in concept.designations))
    if concept.domain:
        _add(entry, "descrip", concept.domain, "subjectField")
    for definition in concept.definitions:
        if definition.language not in languages:
            _add_definition(entry, definition, definition.language)
    if concept.source:
        _add(entry, "admin", concept.source, "source")
    _add_notes(entry, concept.note)
    for language in languages:
        section = _add(entry, "langSec", language=language)
        for definition in concept.definitions:
            if definition.language == language:
                _add_definition(section, definition)
        for term in concept.terms(language):
            _add_term(section, term)


def _add_definition(parent: etree._Element, definition: Definition, language: str = "") -> None:
    group = _add(parent, "descripGrp")
    _add(group, "descrip", definition.text, "definition", language)
    if definition.source:
        _add(group, "admin", definition.source, "source")


def _add_term(section: etree._Element, term: Designation) -> None:
    entry = _add(section, "termSec")
    _add(entry, "term", term.text)
    pos = term.part_of_speech
    basic = pos if pos in PARTS_OF_SPEECH else NEAREST_PART_OF_SPEECH.get(pos, "other")
    if pos:
        _add(entry, "termNote", basic, "partOfSpeech")
    if term.gender:
        _add(entry, "termNote", term.gender, "grammaticalGender")
    if term.type:
        _add(entry, "termNote", TYPES[term.type], "termType")
    _add(entry, "termNote", STATUSES[term.status], "administrativeStatus")
    if term.context:
        group = _add(entry, "descripGrp")
        _add(group, "descrip", term.context, "context")
        if term.context_source:
            _add(group, "admin", term.context_source, "source")
    if term.source:
        _add(entry, "admin", term.source, "source")
    if pos not in ("", basic):
        _add(entry, "note", f"partOfSpeech: {pos}")
    if term.case_sensitive:
        _add(entry, "note", "caseSensitive: yes")
    if term.usage:
        _add(entry, "note", f"usageNote: {term.usage}")
    _add_notes(entry, term.note)


def _add_notes(parent: etree._Element, note: str) -> None:
    for line in _note_lines(note):
        _add(parent, "note", line)


def _note_lines(note: str) -> Iterator[str]:
    for line in note.split("\n") if note else ():
        yield f"note: {line}" if line.startswith(LABELS) else line
