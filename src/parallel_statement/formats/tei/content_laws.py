"""What must hold inside files that this program wrote, beside ids, pointers and the alignment.

1. ``extent`` counts what is there;
2. ``s/@n`` counts the sentences of a block, and no two paragraphs have one number;
3. a text has one language, and its header names it;
4. a probability lies between 0 and 1, and a SHA-256 has its 64 digits;
5. a pointer leads to an element of the right kind: a term to a concept, ``ana`` to a category,
   ``resp`` and ``who`` to a statement of responsibility, the parts of one term to each other;
6. the status of a term is the one that the glossary gives it;
7. a link that a person fixed has a person who is responsible, another one has none;
8. the exact places of a finding lie in the elements that it is about, and its languages are there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from urllib.parse import unquote

from lxml import etree

from parallel_statement.formats.tei.markup import TEI
from parallel_statement.formats.tei.profile import File, Violation
from parallel_statement.formats.tei.publication import NAME
from parallel_statement.formats.xml import ID, LANGUAGE

Nodes = Mapping[tuple[str, str], etree._Element]
"""Elements by the name of their file and their id."""

_SHA = re.compile(r"[0-9a-f]{64}|")
_STRING_RANGE = re.compile(r"string-range\(([^,()]+),")
_POINT = "point to one, or take the attribute away"
_STATUS = "correct type, or the glossary in the corpus header"
_TAGS = "write tags of langUsage"
_RIGHT: Mapping[str, str] = {
    "ana": "category",
    "resp": "respStmt",
    "who": "respStmt",
    "domains": "body",
}
"""Attribute: what it may point to."""


def content_violations(files: Iterable[File], nodes: Nodes) -> Iterator[Violation]:
    """Yield where those of *files* break a law that this program wrote; *nodes* are in them."""
    for file in files:
        if file.root.find(f".//{_t('application')}[@ident='{NAME}']") is None:
            continue
        for root in (file.root, *file.root.iterchildren(_t("TEI"))):
            if root.tag == _t("TEI"):
                yield from _text(file, root)
        yield from _values(file)
        yield from _kinds(file, nodes)
        yield from _responsible(file)
        yield from _findings(file)


@cache
def _t(name: str) -> str:
    return f"{{{TEI}}}{name}"


# --- a text ------------------------------------------------------------------------------


def _text(file: File, root: etree._Element) -> Iterator[Violation]:
    """Laws 1 to 3."""
    text = root.find(_t("text"))
    if text is None:
        return
    counts = {"paragraphs": _count(text, "p"), "sentences": _count(text, "s")}
    for measure in root.iterfind(f".//{_t('extent')}/{_t('measure')}"):
        there = counts.get(measure.get("unit", ""))
        if there is not None and measure.get("quantity") != str(there):
            unit, stated = measure.get("unit"), measure.get("quantity")
            yield file.fault(
                measure, f"counts {stated} {unit}, but there are {there}", f"write {there}"
            )
    yield from _numbers(file, text)
    stated = root.get(LANGUAGE)
    named = [each.get("ident") for each in root.iterfind(f".//{_t('langUsage')}/{_t('language')}")]
    if text.get(LANGUAGE) != stated or named != [stated]:
        said = f"{stated}, the text {text.get(LANGUAGE)}, langUsage {' '.join(map(str, named))}"
        yield file.fault(root, f"languages disagree: the file says {said}", "make them one")


def _count(text: etree._Element, name: str) -> int:
    return sum(1 for _ in text.iter(_t(name)))


def _numbers(file: File, text: etree._Element) -> Iterator[Violation]:
    """Law 2."""
    seen: set[str | None] = {None}
    for block in text.iter(_t("p"), _t("head"), _t("dateline")):
        number = block.get("n") if block.tag == _t("p") else None
        if number in seen and number is not None:
            yield file.fault(block, f"a second paragraph has the number {number!r}", "number anew")
        seen.add(number)
        for place, sentence in enumerate(block.iterchildren(_t("s")), start=1):
            if sentence.get("n") != str(place):
                stated = sentence.get("n")
                yield file.fault(
                    sentence, f"n is {stated!r}, but this is sentence {place}", "number anew"
                )


# --- values and pointers -----------------------------------------------------------------


def _values(file: File) -> Iterator[Violation]:
    """Law 4."""
    for node in file.root.iter(_t("link"), _t("span")):
        stated = node.get("cert")
        if stated is not None and not _is_probability(stated):
            yield file.fault(node, f"cert is {stated}, no probability", "write 0 to 1")
    for node in file.root.iter(_t("idno")):
        if node.get("type") == "SHA-256" and not _SHA.fullmatch(node.text or ""):
            yield file.fault(node, "is no SHA-256", "write the 64 digits that sha256sum prints")


def _is_probability(text: str) -> bool:
    try:
        return 0 <= float(text) <= 1
    except ValueError:
        return False


def _kinds(file: File, nodes: Nodes) -> Iterator[Violation]:
    """Laws 5 and 6."""
    for name, wanted in _RIGHT.items():
        for pointers, pointing in file.pointing[name].items():
            found = _targets(file, pointers, nodes)
            others = [each for each in found if etree.QName(each).localname != wanted]
            if others:
                said = ", ".join(map(_named, others))
                message = f"{name} points to {said}, which is no {wanted}"
                yield from (file.fault(node, message, _POINT) for node in pointing)
    for name, back in (("next", "prev"), ("prev", "next")):
        for node in chain.from_iterable(file.pointing[name].values()):
            if node.tag in (_t("term"), _t("hi")):
                yield from _parts(file, node, name, back, nodes)
    for pointers, pointing in file.pointing["ref"].items():
        yield from _terms(file, pointing, tuple(_targets(file, pointers, nodes)))


def _parts(
    file: File, node: etree._Element, name: str, back: str, nodes: Nodes
) -> Iterator[Violation]:
    for target in _targets(file, node.get(name, ""), nodes):
        if list(_targets(file, target.get(back, ""), nodes)) != [node]:
            message = f"{name} leads to {_named(target)}, which does not lead back"
            yield file.fault(node, message, f"give that one {back}")


def _terms(
    file: File, pointing: Iterable[etree._Element], concepts: Sequence[etree._Element]
) -> Iterator[Violation]:
    """Yield what is wrong with those of the elements *pointing* to *concepts* that are terms."""
    alike: dict[str, list[etree._Element]] = defaultdict(list)
    for node in pointing:
        if node.tag == _t("term"):
            alike[node.get("type", "preferred")].append(node)
    for status, terms in alike.items():
        for message, advice in _term_faults(status, concepts):
            yield from (file.fault(term, message, advice) for term in terms)


def _term_faults(status: str, concepts: Sequence[etree._Element]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a term of *status* that points to *concepts*, and what to do."""
    for concept in concepts:
        if concept.tag != _t("category"):
            yield f"ref points to {_named(concept)}, which is no concept", _POINT
            return
        if status not in {each.get("type") for each in concept.iter(_t("term"))}:
            yield f"is called {status}, but its concept has no such term", _STATUS


def _targets(file: File, pointers: str, nodes: Nodes) -> Iterator[etree._Element]:
    """Yield the elements that *pointers* lead to; those that lead nowhere are another law's."""
    for pointer in pointers.split():
        node = nodes.get(file.places[pointer])
        if node is not None:
            yield node


def _named(node: etree._Element) -> str:
    return f"{etree.QName(node).localname} {node.get(ID, '')}".strip()


# --- the standOff ------------------------------------------------------------------------


def _responsible(file: File) -> Iterator[Violation]:
    """Law 7."""
    for node in file.root.iter(_t("link"), _t("span")):
        fault = _disagreement(node.get("ana", ""), node.get("resp", ""))
        if fault is not None:
            yield file.fault(node, fault, "change one of them")


@lru_cache(maxsize=1024)
def _disagreement(ana: str, resp: str) -> str | None:
    """Return why a link may not have both; tens of thousands of links have the same two."""
    by_hand = ana.endswith(".st.man")
    program = any(each.endswith(".resp.auto") for each in resp.split())
    if by_hand != program:
        return None
    who = "the program" if program else "a person"
    how = "fixed by a person" if by_hand else "automatic"
    return f"ana says {how}, but resp names {who}"


def _findings(file: File) -> Iterator[Violation]:
    """Law 8."""
    languages = {node.get("ident") for node in file.root.iter(_t("language"))}
    for finding in file.root.iter(_t("annotation")):
        about = set(finding.get("target", "").split())
        for place in finding.iterchildren(_t("ptr")):
            path, _, fragment = place.get("target", "").partition("#")
            found = _STRING_RANGE.match(unquote(fragment))
            if found and f"{path}#{found[1]}" not in about:
                yield file.fault(
                    place, f"lies in {found[1]}, no target of the annotation", "add it"
                )
        for note in finding.iterchildren(_t("note")):
            unknown = set((note.text or "").split()) - languages
            if note.get("type") == "languages" and unknown:
                yield file.fault(
                    note, f"names {' '.join(sorted(unknown))}, no language here", _TAGS
                )
