"""The glossary in the header of our own TEI, and the terms that stand in its texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import cast, get_args

from lxml import etree

from parallel_statement.archive.versions import ReadVersion
from parallel_statement.formats.tei.markup import TEI
from parallel_statement.formats.xml import ID, LANGUAGE, text_of
from parallel_statement.model import (
    Concept,
    Designation,
    DesignationStatus,
    Glossary,
    LanguageTag,
    Mention,
    Span,
)
from parallel_statement.names import is_ncname

ENCODED = "encoded"
"""How a term was found that is not written as in the glossary: an element says so."""

_CATEGORY, _DESCRIPTION = f"{{{TEI}}}category", f"{{{TEI}}}catDesc"
_TERM, _DESC = f"{{{TEI}}}term", f"{{{TEI}}}desc"
_NAME = re.compile(r"Glossary(?: \((?P<name>.*)\))?: one category")
_STATUSES = get_args(DesignationStatus)


def glossary_in(header: etree._Element, document: str) -> Glossary | None:
    """Return the glossary in *header*, that of the corpus of *document*, if there is one."""
    for taxonomy in header.iter(f"{{{TEI}}}taxonomy"):
        if taxonomy.get(ID) == f"{document}.glossary":
            named = _NAME.match(taxonomy.findtext(_DESC) or "")
            concepts = {
                name: Concept(name, tuple(_designations(category)))
                for category in taxonomy.iterchildren(_CATEGORY)
                if is_ncname(name := concept_of(category.get(ID, ""), document))
            }
            return Glossary(tuple(concepts.values()), (named and named["name"]) or "")
    return None


def concept_of(identity: str, document: str) -> str:
    """Return the concept whose category has the id *identity*; empty if it is none."""
    prefix = f"{document}.c."
    return identity.removeprefix(prefix) if identity.startswith(prefix) else ""


def _designations(category: etree._Element) -> Iterator[Designation]:
    for description in category.iterchildren(_DESCRIPTION):
        tag = description.get(LANGUAGE)
        for term in description.iterchildren(_TERM) if tag else ():
            words, status = text_of(term), term.get("type", "preferred")
            if tag and words and status in _STATUSES:
                yield Designation(tag, words, cast("DesignationStatus", status))


def mentions_in(read: ReadVersion, glossary: Glossary | None, document: str) -> tuple[Mention, ...]:
    """Return the terms in *read* that point to a concept, in the order of the text."""
    concepts = {concept.id: concept for concept in glossary.concepts} if glossary else {}
    parts = {f"#{node.get(ID)}": (node, span) for node, span in read.terms if node.get(ID)}
    found = []
    for node, span in read.terms:
        concept = concepts.get(concept_of(node.get("ref", "").partition("#")[2], document))
        if concept is None or node.get("prev") in parts:
            continue
        whole = Span(span.start, _end(node, span, parts))
        sentence = next(iter(_sentences_at(read, whole)), None)
        if sentence is not None:
            status = cast("DesignationStatus", node.get("type", "preferred"))
            words = read.version.document.content(whole)
            designation = _meant(concept, read.version.language, status, words)
            rule = "exact" if designation.text == words else ENCODED
            found.append(Mention(concept.id, designation, sentence, whole, rule))
    return tuple(sorted(found, key=lambda mention: mention.span))


def _end(node: etree._Element, span: Span, parts: Mapping[str, tuple[etree._Element, Span]]) -> int:
    """Return where a term ends that begins with *node* and may have further parts."""
    seen = {id(node)}
    end = span.end
    while (following := parts.get(node.get("next", ""))) is not None:
        node = following[0]
        if id(node) in seen:
            break
        seen.add(id(node))
        end = max(end, following[1].end)
    return end


def _sentences_at(read: ReadVersion, span: Span) -> Iterator[str]:
    for sentence in read.version.sentences:
        if sentence.span.start <= span.start < span.end <= sentence.span.end:
            yield sentence.id


def _meant(
    concept: Concept, tag: LanguageTag, status: DesignationStatus, words: str
) -> Designation:
    """Return the designation of *concept* that *words* are most likely a form of."""
    known = [each for each in concept.terms(tag) if each.status == status]
    exact = [each for each in known if each.text == words]
    near = [each for each in known if _folded(each.text) == _folded(words)]
    return next(iter([*exact, *near, *known]), Designation(tag, words, status))


def _folded(words: str) -> str:
    return unicodedata.normalize("NFKC", words).casefold()
