"""InterText: numbered documents, one a language, and the links of each two of them.

InterText knows elements by their numbers ("12:3" is the third sentence of the twelfth
paragraph) and puts the numbers of ``toDoc`` first (InterText server, technical details). Our ids
stand beside them as ``n``.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from lxml import etree

from parallel_statement.formats.bare import sentence_names, write_bare
from parallel_statement.formats.xml import serialize
from parallel_statement.model import CheckedText, ParallelText, Range, Status, Version

FOLDER = "intertext"
_STATUS: dict[Status, str] = {"automatic": "auto", "locked": "man"}


def write(checked: CheckedText) -> dict[str, bytes]:
    """Return the documents, one a language, and the links, one file for each two languages."""
    text = checked.text
    files = {
        f"{FOLDER}/{_document(text, v)}": write_bare(v, _number, keep_ids=True)
        for v in text.versions
    }
    for source, target in combinations(text.versions, 2):
        name = f"{FOLDER}/{text.id}.{source.language}.{target.language}.xml"
        files[name] = _links(text, source, target)
    return files


def _document(text: ParallelText, version: Version) -> str:
    return f"{text.id}.{version.language}.xml"


def _number(paragraph: int, sentence: int) -> str:
    return f"{paragraph}:{sentence}" if sentence else str(paragraph)


def _links(text: ParallelText, source: Version, target: Version) -> bytes:
    from_document, to_document = _document(text, source), _document(text, target)
    root = etree.Element("linkGrp", toDoc=to_document, fromDoc=from_document)
    names = sentence_names(source, _number), sentence_names(target, _number)
    for bead in text.pair(source.language, target.language):
        targets = f"{_named(names[1], bead.target)};{_named(names[0], bead.source)}"
        etree.SubElement(root, "link", xtargets=targets, status=_STATUS[bead.status])
    return serialize(root)


def _named(names: Sequence[str], extent: Range) -> str:
    return " ".join(names[extent.start : extent.stop])
