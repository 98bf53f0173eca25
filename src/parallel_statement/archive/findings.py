"""The findings in our own TEI, with what a person wrote of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import unquote

from lxml import etree

from parallel_statement.archive.places import Places
from parallel_statement.formats.tei.foreign import Address, addresses
from parallel_statement.formats.tei.markup import TEI
from parallel_statement.formats.tei.publication import NOT_STATED
from parallel_statement.formats.tei.sources import TeiText
from parallel_statement.formats.xml import ID, text_of
from parallel_statement.model import (
    SEVERITIES,
    Finding,
    LanguageTag,
    ParallelText,
    Span,
    Waiver,
)
from parallel_statement.names import is_ncname

_STRING_RANGE = re.compile(r"string-range\(([^,()]+),(\d+),(\d+)\)")


def findings_in(corpus: TeiText, text: ParallelText, places: Places) -> Iterator[Finding]:
    """Yield the findings that the annotations in *corpus* make of *text*, each id once."""
    seen: set[str] = set()
    for node in corpus.root.iter(f"{{{TEI}}}annotation"):
        finding = _finding(node, corpus, text, places)
        if finding is not None and is_ncname(finding.id) and finding.id not in seen:
            seen.add(finding.id)
            waiver = _waiver(node, finding, text)
            yield replace(finding, waiver=waiver) if waiver else finding


def _finding(
    node: etree._Element, corpus: TeiText, text: ParallelText, places: Places
) -> Finding | None:
    """Return the finding of one annotation; None if it names no rule or no severity of ours."""
    categories = [each.partition("#")[2] for each in node.get("ana", "").split()]
    rules = _behind(categories, f"{text.id}.rule.")
    severities = [each for each in _behind(categories, f"{text.id}.sev.") if each in SEVERITIES]
    if not (rules and severities):
        return None
    tags = [tag for tag in _note(node, "languages").split() if tag in text.languages]
    return Finding(
        node.get(ID, "").removeprefix(f"{text.id}.an."),
        rules[0],
        severities[0],
        node.get("corresp", "").partition("#")[2],
        _spans(node, corpus, text, places),
        tuple(tags),
        _note(node, "expected"),
        _note(node, "found"),
        _note(node, "reason"),
    )


def _behind(names: Sequence[str], prefix: str) -> list[str]:
    return [name.removeprefix(prefix) for name in names if name.startswith(prefix)]


def _note(node: etree._Element, kind: str) -> str:
    """Return the words of the note of one *kind*."""
    for note in node.iterchildren(f"{{{TEI}}}note"):
        if note.get("type") == kind:
            return text_of(note)
    return ""


def _spans(
    node: etree._Element, corpus: TeiText, text: ParallelText, places: Places
) -> Mapping[LanguageTag, tuple[Span, ...]]:
    """Return the places of an annotation: exact ones, and targets without one as a whole."""
    exact: list[tuple[Address, tuple[LanguageTag, Span]]] = []
    for pointer in node.iterchildren(f"{{{TEI}}}ptr"):
        for path, fragment in addresses(corpus.file, pointer.get("target", "")):
            found = _STRING_RANGE.fullmatch(unquote(fragment))
            if found:
                address = path, found[1]
                start = int(found[2])
                stretch = places.stretch(address, start, start + int(found[3]))
                exact += [(address, stretch)] if stretch else []
    closer = {address for address, _ in exact}
    stretches = [stretch for _, stretch in exact]
    for address in addresses(corpus.file, node.get("target", "")):
        place = places.find(address)
        if place is not None and address not in closer:
            stretches.append((place.language, place.span))
    return {
        tag: tuple(sorted(span for own, span in stretches if own == tag))
        for tag in text.languages
        if any(own == tag for own, _ in stretches)
    }


def _waiver(node: etree._Element, finding: Finding, text: ParallelText) -> Waiver | None:
    """Return who accepts *finding* and why, if somebody does."""
    if not any(each.endswith(f"{text.id}.fst.waived") for each in node.get("ana", "").split()):
        return None
    statement = node.find(f"{{{TEI}}}respStmt")
    by, date = "", ""
    if statement is not None:
        by = statement.findtext(f"{{{TEI}}}name") or ""
        said = statement.find(f"{{{TEI}}}resp")
        date = "" if said is None else said.get("when", "")
    return Waiver(
        finding.id,
        finding.rule,
        finding.languages,
        finding.words(text),
        _note(node, "waiver"),
        "" if by == NOT_STATED else by,
        date,
    )
