"""Reading TBX of every kind: version 3 in DCA and DCT style, version 2 (MARTIF), TBX-Min.

A data category is the ``type`` of an element (DCA) or the element's own name (DCT); so both are
read in one way. What has no place in a `Concept` becomes a line of a note ("geographicalUsage:
Canada") and is told in a notice; only who changed an entry, and when, is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from parallel_statement.errors import InputError
from parallel_statement.formats.glossary.categories import (
    GENDERS_READ,
    PARTS_OF_SPEECH_READ,
    STATUSES_READ,
    TYPES_READ,
)
from parallel_statement.formats.glossary.entries import (
    Contents,
    Entry,
    Names,
    clean,
    counted,
    language_tag,
)
from parallel_statement.formats.xml import (
    LANGUAGE,
    line,
    local_name,
    parse,
    text_of,
    xpath,
)
from parallel_statement.model import (
    Concept,
    Definition,
    Designation,
    DesignationStatus,
)

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
LABELS = ("usageNote: ", "caseSensitive: ", "partOfSpeech: ", "note: ")
"""What a note of ours begins with if it is no plain note."""

_ROOTS = ("tbx", "martif", "TBX")
_ENTRIES = ("conceptEntry", "termEntry")
_LANGUAGES = ("langSec", "langSet", "langGroup")
_TERMS = ("termSec", "tig", "ntig", "termGroup")
_GROUPS = ("termGrp", "descripGrp", "adminGrp", "termNoteGrp", "noteGrp", "noteValue")
_CORE = ("descrip", "admin", "termNote", "ref", "xref", "transac", "descripNote", "adminNote")
_HISTORY = ("transacGrp", "transac", "date", "transacNote")


@dataclass(slots=True)
class _Facts:
    """What is said at one level of an entry."""

    values: dict[str, str] = field(default_factory=dict)
    """Data category and value."""
    definitions: list[Definition] = field(default_factory=list)
    contexts: list[tuple[str, str]] = field(default_factory=list)
    """Sentence and source."""
    notes: list[str] = field(default_factory=list)


def read(path: Path, data: bytes) -> Contents:
    """Return the contents of the TBX file in *data*.

    Raises:
        InputError: it is no TBX.
    """
    root = parse(path, data)
    if local_name(root) not in _ROOTS:
        message = f"is no TBX: its first element is <{local_name(root)}>, not <tbx> or <martif>"
        raise InputError(path, message, line(root))
    return _Reader(path).contents(root)


class _Reader:
    """Reads one file; remembers what it had to put elsewhere."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._names = Names()
        self._kept: list[str] = []
        self._dropped: list[str] = []
        self._tags: dict[str, str] = {}

    def contents(self, root: etree._Element) -> Contents:
        """Return all entries below *root*."""
        entries: list[Entry] = []
        faults: list[InputError] = []
        for element in root.iter("{*}conceptEntry", "{*}termEntry"):
            try:
                entries.append(Entry(self._concept(element), line(element)))
            except InputError as fault:
                faults.append(fault)
        notices = (
            *self._names.notices,
            *counted("kept as notes", self._kept),
            *counted("left out", self._dropped),
        )
        return Contents(tuple(entries), tuple(faults), notices)

    def _concept(self, element: etree._Element) -> Concept:
        facts = self._facts(element)
        terms: list[Designation] = []
        for section in element:
            if local_name(section) not in _LANGUAGES:
                continue
            language = self._language(section)
            below = self._facts(section)
            facts.definitions += [replace(each, language=language) for each in below.definitions]
            facts.notes += below.notes
            self._put_aside(below, facts)
            terms += self._terms(section, language)
        domain = facts.values.pop("subjectField", "")
        source = facts.values.pop("source", "")
        self._put_aside(facts, facts)
        first = terms[0].text if terms else ""
        return Concept(
            self._names.of(clean(element.get("id")), first),
            tuple(terms),
            tuple(facts.definitions),
            domain=domain,
            source=source,
            note="\n".join(_plain(note) for note in facts.notes),
        )

    def _language(self, section: etree._Element) -> str:
        written = section.get(LANGUAGE) or section.get("code") or ""
        if written not in self._tags:
            try:
                self._tags[written] = language_tag(self._path, written, line(section))
            except InputError as error:
                message = f"{xpath(section)}: {error.message}"
                raise InputError(self._path, message, error.line) from error
        return self._tags[written]

    def _terms(self, section: etree._Element, language: str) -> Iterator[Designation]:
        """Yield the terms of a language; of those without a status the first is preferred."""
        terms = [
            self._term(element, language) for element in section if local_name(element) in _TERMS
        ]
        chosen = any(stated and term.status == "preferred" for term, stated in terms)
        for term, stated in terms:
            if stated or not chosen:
                chosen = chosen or not stated
                yield term
            else:
                yield replace(term, status="admitted")

    def _term(self, element: etree._Element, language: str) -> tuple[Designation, bool]:
        """Return a term, and whether its status was stated."""
        facts = self._facts(element)
        values = facts.values
        status = self._status(facts)
        written = values.pop("termType", "")
        kind = TYPES_READ.get(written, "")
        if written and not kind:
            self._keep(facts, "termType", written)
        written = values.pop("grammaticalGender", "")
        gender = GENDERS_READ.get(written, "")
        if written and not gender:
            self._keep(facts, "grammaticalGender", written)
        pos = values.pop("partOfSpeech", "")
        context, context_source = facts.contexts[0] if facts.contexts else ("", "")
        for further, _ in facts.contexts[1:]:
            self._keep(facts, "context", further)
        text = values.pop("term", "")
        usage = values.pop("usageNote", "") or _labelled(facts, "usageNote")
        pos = _labelled(facts, "partOfSpeech") or PARTS_OF_SPEECH_READ.get(pos, pos)
        sensitive = bool(_labelled(facts, "caseSensitive"))
        source = values.pop("source", "")
        facts.notes += [f"definition: {each.text}" for each in facts.definitions]
        self._put_aside(facts, facts)
        term = Designation(
            language,
            text,
            status or "preferred",
            type=kind,
            part_of_speech=pos,
            gender=gender,
            case_sensitive=sensitive,
            usage=usage,
            context=context,
            context_source=context_source,
            source=source,
            note="\n".join(map(_plain, facts.notes)),
        )
        return term, status is not None

    def _status(self, facts: _Facts) -> DesignationStatus | None:
        for category in ("administrativeStatus", "termStatus", "normativeAuthorization"):
            written = facts.values.pop(category, "")
            status = STATUSES_READ.get(written.removesuffix("-admn-sts").lower())
            if status:
                return status
            if written:
                self._keep(facts, category, written)
        return None

    def _facts(self, element: etree._Element) -> _Facts:
        """Return what is said in *element*, but not in the sections inside it."""
        facts = _Facts()
        self._collect(element, facts)
        return facts

    def _collect(self, element: etree._Element, facts: _Facts) -> None:
        for child in element:
            name = local_name(child)
            if name in _LANGUAGES or name in _TERMS:
                continue
            if name in _HISTORY:
                self._dropped.append(name)
            elif name == "descripGrp":
                self._describe(child, facts)
            elif name in _GROUPS and len(child):
                self._collect(child, facts)
            else:
                self._say(child, facts)

    def _describe(self, group: etree._Element, facts: _Facts) -> None:
        """Add a definition or context with its source, or else each thing in *group*."""
        inside = _Facts()
        self._collect(group, inside)
        source = inside.values.pop("source", "")
        facts.definitions += [replace(each, source=source) for each in inside.definitions]
        facts.contexts += [(text, source) for text, _ in inside.contexts]
        facts.notes += inside.notes
        if source and not (inside.definitions or inside.contexts):
            self._keep(facts, "source", source)
        for category, value in inside.values.items():
            self._set(facts, category, value)

    def _say(self, element: etree._Element, facts: _Facts) -> None:
        name = local_name(element)
        category = element.get("type", name) if name in _CORE else name
        text = clean(text_of(element))
        if not text:
            return
        if category == "definition":
            facts.definitions.append(Definition(text, self._definition_language(element)))
        elif category == "context":
            facts.contexts.append((text, ""))
        elif category in ("note", "noteValue"):
            facts.notes.append(text)
        else:
            self._set(facts, category, text)

    def _definition_language(self, element: etree._Element) -> str:
        written = element.get(LANGUAGE)
        return language_tag(self._path, written, line(element)) if written else ""

    def _set(self, facts: _Facts, category: str, value: str) -> None:
        if facts.values.setdefault(category, value) != value:
            self._keep(facts, category, value)

    def _keep(self, facts: _Facts, category: str, value: str) -> None:
        """Keep what has no place as a line of the note."""
        self._kept.append(category)
        facts.notes.append(f"{category}: {value}")

    def _put_aside(self, said: _Facts, facts: _Facts) -> None:
        for category, value in said.values.items():
            self._keep(facts, category, value)
        said.values.clear()


def _labelled(facts: _Facts, category: str) -> str:
    """Return what a note of ours says of *category*, and take it out of the notes."""
    for number, note in enumerate(facts.notes):
        if note.startswith(f"{category}: "):
            del facts.notes[number]
            return note.partition(": ")[2]
    return ""


def _plain(note: str) -> str:
    return note.removeprefix("note: ")
