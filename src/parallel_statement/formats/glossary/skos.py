"""SKOS (W3C Recommendation of 2009) as RDF/XML, with SKOS-XL where a label says more.

``prefLabel`` is the preferred term, ``altLabel`` an admitted one, ``hiddenLabel`` one that must not
be used. What SKOS has no property for is a literal of the label (SKOS-XL) that is called as its
data category in TBX.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from lxml import etree

from parallel_statement.errors import InputError
from parallel_statement.formats.controls import allowed
from parallel_statement.formats.glossary.categories import (
    GENDERS_READ,
    STATUSES,
    STATUSES_READ,
    TYPES,
    TYPES_READ,
)
from parallel_statement.formats.glossary.entries import (
    Contents,
    Entry,
    Names,
    clean,
    clean_lines,
    counted,
    language_tag,
)
from parallel_statement.formats.glossary.rdf import RDF, Literal, Resource, Triple, triples
from parallel_statement.formats.xml import LANGUAGE, parse, serialize
from parallel_statement.model import (
    Concept,
    Definition,
    Designation,
    DesignationStatus,
    Glossary,
)

SKOS = "http://www.w3.org/2004/02/skos/core#"
XL = "http://www.w3.org/2008/05/skos-xl#"
DCT = "http://purl.org/dc/terms/"
TBX = "http://www.tbxinfo.net/ns/basic#"
_NAMESPACES = {"rdf": RDF, "skos": SKOS, "skosxl": XL, "dcterms": DCT, "tbx": TBX}

_LABELS: Mapping[str, DesignationStatus] = {
    "prefLabel": "preferred",
    "altLabel": "admitted",
    "hiddenLabel": "deprecated",
}
_WRITTEN: Mapping[DesignationStatus, str] = {
    "preferred": "prefLabel",
    "admitted": "altLabel",
    "deprecated": "hiddenLabel",
    "superseded": "hiddenLabel",
}
_NOTES = ("note", "scopeNote", "editorialNote", "historyNote", "changeNote", "example")
_STRUCTURE = (f"{RDF}type", f"{SKOS}inScheme", f"{SKOS}topConceptOf")

Facts = Mapping[str, Sequence[Triple]]
"""What is stated of one thing, by predicate."""


# --- reading -----------------------------------------------------------------------------


def read(path: Path, data: bytes) -> Contents:
    """Return the contents of the RDF/XML file in *data*.

    Raises:
        InputError: it is no RDF/XML, or has no concept of SKOS.
    """
    stated: dict[Resource, dict[str, list[Triple]]] = {}
    for triple in triples(parse(path, data)):
        stated.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple)
    concept = Resource(f"{SKOS}Concept")
    chosen = [
        subject
        for subject, facts in stated.items()
        if any(triple.object == concept for triple in facts.get(f"{RDF}type", ()))
    ]
    if not chosen:
        raise InputError(path, "has no skos:Concept; SKOS is read as RDF/XML")
    reader = _Reader(path, stated)
    entries: list[Entry] = []
    faults: list[InputError] = []
    for subject in chosen:
        place = next(iter(stated[subject].values()))[0].line
        try:
            entries.append(Entry(reader.concept(subject), place))
        except InputError as fault:
            faults.append(fault)
    return Contents(tuple(entries), tuple(faults), reader.notices)


class _Reader:
    def __init__(self, path: Path, stated: Mapping[Resource, Facts]) -> None:
        self._path = path
        self._stated = stated
        self._names = Names()
        self._dropped: list[str] = []

    @property
    def notices(self) -> tuple[str, ...]:
        """What was changed or left out so far."""
        return (*self._names.notices, *counted("left out", self._dropped))

    def concept(self, subject: Resource) -> Concept:
        """Return the concept *subject*."""
        facts = dict(self._stated[subject])
        terms = {(term.language, term.text): term for term in self._labels(facts)}
        for term in self._extended(facts):
            terms[term.language, term.text] = term
        definitions = tuple(self._definitions(facts.pop(f"{SKOS}definition", ())))
        notes = [text for name in _NOTES for text in _texts(facts.pop(f"{SKOS}{name}", ()))]
        domain = next(iter(_texts(facts.pop(f"{DCT}subject", ()))), "")
        source = next(iter(_texts(facts.pop(f"{DCT}source", ()))), "")
        self._dropped += [_short(name) for name in facts if name not in _STRUCTURE]
        given = subject.address if not subject.address.startswith("_:") else ""
        given = given.rstrip("/#").replace("#", "/").rpartition("/")[2]
        first = next(iter(terms.values())).text if terms else ""
        return Concept(
            self._names.of(given, first),
            tuple(terms.values()),
            definitions,
            domain=clean(domain),
            source=clean(source),
            note="\n".join(filter(None, map(clean_lines, notes))),
        )

    def _labels(self, facts: dict[str, Sequence[Triple]]) -> Iterator[Designation]:
        for name, status in _LABELS.items():
            for triple in facts.pop(f"{SKOS}{name}", ()):
                if isinstance(triple.object, Literal):
                    yield self._term(triple, triple.object, status)

    def _extended(self, facts: dict[str, Sequence[Triple]]) -> Iterator[Designation]:
        for name, status in _LABELS.items():
            for triple in facts.pop(f"{XL}{name}", ()):
                label = self._stated.get(cast("Resource", triple.object), {})
                for form in label.get(f"{XL}literalForm", ()):
                    if isinstance(form.object, Literal):
                        yield self._detailed(self._term(form, form.object, status), label)

    def _term(self, triple: Triple, label: Literal, status: DesignationStatus) -> Designation:
        text = clean(label.text)
        if not label.language:
            message = f"the label {text!r} has no language (xml:lang)"
            raise InputError(self._path, message, triple.line)
        language = language_tag(self._path, label.language, triple.line)
        return Designation(language, text, status)

    def _detailed(self, term: Designation, label: Facts) -> Designation:
        """Return *term* with what its SKOS-XL label says."""

        def said(predicate: str) -> str:
            return clean(next(iter(_texts(label.get(predicate, ()))), ""))

        status = said(f"{TBX}administrativeStatus").removesuffix("-admn-sts").lower()
        return replace(
            term,
            status=STATUSES_READ.get(status, term.status),
            type=TYPES_READ.get(said(f"{TBX}termType"), ""),
            part_of_speech=said(f"{TBX}partOfSpeech"),
            gender=GENDERS_READ.get(said(f"{TBX}grammaticalGender"), ""),
            case_sensitive=said(f"{TBX}caseSensitive") == "true",
            usage=said(f"{TBX}usageNote"),
            context=said(f"{TBX}context"),
            context_source=said(f"{TBX}contextSource"),
            source=said(f"{DCT}source"),
            note="\n".join(map(clean_lines, _texts(label.get(f"{SKOS}note", ())))),
        )

    def _definitions(self, found: Sequence[Triple]) -> Iterator[Definition]:
        for triple in found:
            value, source = triple.object, ""
            if isinstance(value, Resource):  # a note with facts of its own
                inside = self._stated.get(value, {})
                source = clean(next(iter(_texts(inside.get(f"{DCT}source", ()))), ""))
                values = [each.object for each in inside.get(f"{RDF}value", ())]
                value = values[0] if values else value
            if isinstance(value, Literal):
                tag = value.language
                language = language_tag(self._path, tag, triple.line) if tag else ""
                yield Definition(clean(value.text), language, source)


def _texts(found: Sequence[Triple]) -> Iterator[str]:
    """Yield the texts, and the addresses of things."""
    for triple in found:
        value = triple.object
        yield value.text if isinstance(value, Literal) else value.address


def _short(predicate: str) -> str:
    """Return a predicate as it is usually written: ``skos:broader``."""
    for prefix, namespace in _NAMESPACES.items():
        if predicate.startswith(namespace):
            return f"{prefix}:{predicate.removeprefix(namespace)}"
    return predicate


# --- writing -----------------------------------------------------------------------------


def write(glossary: Glossary) -> bytes:
    """Return *glossary* as a concept scheme in RDF/XML."""
    root = etree.Element(f"{{{RDF}}}RDF", nsmap=_NAMESPACES)
    scheme = _add(root, f"{SKOS}ConceptScheme")
    scheme.set(f"{{{RDF}}}about", "")
    if glossary.name:
        _add(scheme, f"{DCT}title", glossary.name)
    for concept in glossary.concepts:
        _add_concept(root, concept)
    return serialize(root)


def _add(
    parent: etree._Element, address: str, text: str = "", language: str = ""
) -> etree._Element:
    cut = max(address.rfind("#"), address.rfind("/")) + 1
    node = etree.SubElement(parent, f"{{{address[:cut]}}}{address[cut:]}")
    if language:
        node.set(LANGUAGE, language)
    if text:
        node.text = allowed(text)
    return node


def _add_concept(root: etree._Element, concept: Concept) -> None:
    node = _add(root, f"{SKOS}Concept")
    node.set(f"{{{RDF}}}about", f"#{concept.id}")
    _add(node, f"{SKOS}inScheme").set(f"{{{RDF}}}resource", "")
    for term in concept.designations:
        _add(node, f"{SKOS}{_WRITTEN[term.status]}", term.text, term.language)
    for term in concept.designations:
        plain = Designation(term.language, term.text, term.status)
        if term != plain or term.status == "superseded":
            _add_label(_add(node, f"{XL}{_WRITTEN[term.status]}"), term)
    for definition in concept.definitions:
        _add_definition(_add(node, f"{SKOS}definition"), definition)
    for predicate, text in (
        (f"{DCT}subject", concept.domain),
        (f"{DCT}source", concept.source),
        (f"{SKOS}note", concept.note),
    ):
        if text:
            _add(node, predicate, text)


def _add_definition(node: etree._Element, definition: Definition) -> None:
    if definition.source:
        node.set(f"{{{RDF}}}parseType", "Resource")
        _add(node, f"{RDF}value", definition.text, definition.language)
        _add(node, f"{DCT}source", definition.source)
        return
    node.text = allowed(definition.text)
    if definition.language:
        node.set(LANGUAGE, definition.language)


def _add_label(node: etree._Element, term: Designation) -> None:
    label = _add(node, f"{XL}Label")
    _add(label, f"{XL}literalForm", term.text, term.language)
    details = {
        f"{TBX}administrativeStatus": STATUSES[term.status],
        f"{TBX}termType": TYPES[term.type] if term.type else "",
        f"{TBX}partOfSpeech": term.part_of_speech,
        f"{TBX}grammaticalGender": term.gender,
        f"{TBX}caseSensitive": "true" if term.case_sensitive else "",
        f"{TBX}usageNote": term.usage,
        f"{TBX}context": term.context,
        f"{TBX}contextSource": term.context_source,
        f"{DCT}source": term.source,
        f"{SKOS}note": term.note,
    }
    for predicate, text in details.items():
        if text:
            _add(label, predicate, text)
