"""OPUS: a cesAlign file for each two languages, and the documents that it points to.

The sentences have our own ids in the documents and so in the links, with the posterior as
``certainty``. A language that has nothing leaves its side of ``xtargets`` empty.
"""

from __future__ import annotations

from itertools import combinations

from lxml import etree

from parallel_statement.formats.bare import Naming, write_bare
from parallel_statement.formats.cells import Column, columns
from parallel_statement.formats.xml import serialize
from parallel_statement.model import CheckedText, ParallelText, Version

FOLDER = "cesalign"
_DOCTYPE = '<!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">'


def write(checked: CheckedText) -> dict[str, bytes]:
    """Return the documents, one a language, and the links, one file for each two languages."""
    text = checked.text
    languages = columns(text)
    files = {
        f"{FOLDER}/{_document(text, column)}": write_bare(version, _own(version), keep_ids=False)
        for version, column in zip(text.versions, languages, strict=True)
    }
    for source, target in combinations(languages, 2):
        name = f"{FOLDER}/{text.id}.{source.language}-{target.language}.xml"
        files[name] = _links(text, source, target)
    return files


def _document(text: ParallelText, column: Column) -> str:
    return f"{column.language}/{text.id}.xml"


def _own(version: Version) -> Naming:
    """Return what gives the paragraphs and sentences of *version* their own ids."""

    def name(paragraph: int, sentence: int) -> str:
        found = version.paragraphs[paragraph - 1]
        return found.sentences[sentence - 1].id if sentence else found.id

    return name


def _links(text: ParallelText, source: Column, target: Column) -> bytes:
    root = etree.Element("cesAlign", version="1.0")
    documents = {"fromDoc": _document(text, source), "toDoc": _document(text, target)}
    group = etree.SubElement(root, "linkGrp", {"targType": "s"} | documents)
    for bead in text.pair(source.language, target.language):
        targets = f"{source.segments(bead.source)};{target.segments(bead.target)}"
        certainty = f"{bead.posterior:.4f}"
        etree.SubElement(group, "link", id=bead.id, xtargets=targets, certainty=certainty)
    return serialize(root, _DOCTYPE)
