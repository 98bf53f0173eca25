"""XLIFF 2.1 (OASIS, 2018) of a draft: matches as translation candidates, terms as a glossary.

The best match of a sentence stands in its target: ``translated`` where it is the same sentence,
``initial`` where a translator must adapt it. All matches are there as candidates with their quality
(module of translation candidates), and the terms of each sentence with theirs (glossary module).
"""

from __future__ import annotations

from typing import cast

from lxml import etree

from parallel_statement.formats.controls import allowed
from parallel_statement.formats.xliff import CORE, EXTENSION, VERSION, say
from parallel_statement.formats.xml import SPACE, serialize
from parallel_statement.memory import EXACT, Recollection
from parallel_statement.model import LanguageTag
from parallel_statement.pretranslation.draft import Draft, Row, Term

MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
_WHOLE = "m1"
"""Id of the mark around a sentence, to which its candidates point."""


def write(draft: Draft) -> dict[str, bytes]:
    """Return one XLIFF file for each language to translate into."""
    document = draft.version.document
    return {
        f"{document.id}.{document.language}-{target}{EXTENSION}": _file(draft, target)
        for target in draft.targets
    }


def _file(draft: Draft, target: LanguageTag) -> bytes:
    document = draft.version.document
    root = etree.Element(
        f"{{{CORE}}}xliff",
        {"version": VERSION, "srcLang": document.language, "trgLang": target, SPACE: "preserve"},
        nsmap=cast("dict[str, str]", {None: CORE, "mtc": MATCHES, "gls": GLOSSARY}),
    )
    file = etree.SubElement(root, f"{{{CORE}}}file", id=document.id)
    file.set("original", document.source.name)
    said: list[tuple[etree._Element, str]] = []
    for row in draft.rows:
        _add_unit(file, draft, row, target, said)
    etree.indent(root, " ")
    for element, words in said:  # what stands in them is not to be indented
        element.text = None
        for child in element:
            child.tail = None
        say(element[0] if len(element) else element, words)
    return serialize(root, indented=False)


def _add_unit(
    file: etree._Element,
    draft: Draft,
    row: Row,
    target: LanguageTag,
    said: list[tuple[etree._Element, str]],
) -> None:
    unit = etree.SubElement(file, f"{{{CORE}}}unit", id=row.sentence.id)
    matches = [match for match in row.matches if target in match.targets]
    if matches:
        candidates = etree.SubElement(unit, f"{{{MATCHES}}}matches")
        for number, match in enumerate(matches, start=1):
            _add_candidate(candidates, match, target, number, said)
    terms = [term for term in row.terms if term.targets[target]]
    if terms:
        entries = etree.SubElement(unit, f"{{{GLOSSARY}}}glossary")
        for term in {(term.concept, term.text): term for term in terms}.values():
            _add_term(entries, term, target)
    best = matches[0] if matches else None
    done = best is not None and best.score == EXACT
    segment = etree.SubElement(
        unit, f"{{{CORE}}}segment", state="translated" if done else "initial"
    )
    source = etree.SubElement(segment, f"{{{CORE}}}source")
    if matches:
        etree.SubElement(source, f"{{{CORE}}}mrk", id=_WHOLE, type="mtc:match")
    said.append((source, draft.version.text(row.sentence)))
    if best:
        said.append((etree.SubElement(segment, f"{{{CORE}}}target"), best.targets[target]))


def _add_candidate(
    candidates: etree._Element,
    match: Recollection,
    target: LanguageTag,
    number: int,
    said: list[tuple[etree._Element, str]],
) -> None:
    known = {"ref": f"#{_WHOLE}", "id": f"c{number}", "type": "tm"}
    known |= {"similarity": f"{match.score}.0", "matchQuality": f"{match.score}.0"}
    origin = " ".join(filter(None, (match.title or match.document, match.date, match.bead)))
    candidate = etree.SubElement(candidates, f"{{{MATCHES}}}match", known)
    candidate.set("origin", allowed(origin))
    for name, words in (("source", match.source), ("target", match.targets[target])):
        said.append((etree.SubElement(candidate, f"{{{CORE}}}{name}"), words))


def _add_term(entries: etree._Element, term: Term, target: LanguageTag) -> None:
    entry = etree.SubElement(entries, f"{{{GLOSSARY}}}glossEntry")
    etree.SubElement(entry, f"{{{GLOSSARY}}}term").text = allowed(term.text)
    for words in term.targets[target]:
        etree.SubElement(entry, f"{{{GLOSSARY}}}translation").text = allowed(words)
