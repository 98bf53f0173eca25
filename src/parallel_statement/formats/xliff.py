"""XLIFF 2.1 (OASIS, 2018): from the first language to each of the others, one file each.

Every bead of the two languages is a ``unit`` with one ``segment``, called as the bead is. What a
person fixed is ``final``; other beads are ``translated``, and ``initial`` where a side is empty.
The posterior and the ids of the sentences are in the metadata module. Characters that XML does not
allow are kept as ``cp``.
"""

from __future__ import annotations

import re
from typing import cast

from lxml import etree

from parallel_statement.formats.cells import Column, columns
from parallel_statement.formats.controls import allowed
from parallel_statement.formats.xml import SPACE, serialize
from parallel_statement.model import CheckedText, PairBead, ParallelText

CORE = "urn:oasis:names:tc:xliff:document:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
VERSION = "2.1"
EXTENSION = ".xlf"
POSTERIOR = "posterior"
SEGMENTS = "segments-"
"""Beginning of the name of the metadata that hold the ids of a language's sentences."""

_BEAD = "parallel-statement"
_CODE_POINT = re.compile("([\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff])")


def write(checked: CheckedText) -> dict[str, bytes]:
    """Return one XLIFF file for each language but the first."""
    source, *targets = columns(checked.text)
    return {
        f"{checked.text.id}.{source.language}-{target.language}{EXTENSION}": _file(
            checked.text, source, target
        )
        for target in targets
    }


def _file(text: ParallelText, source: Column, target: Column) -> bytes:
    spoken = {"srcLang": source.language, "trgLang": target.language}
    root = etree.Element(
        f"{{{CORE}}}xliff",
        {"version": VERSION} | spoken | {SPACE: "preserve"},
        nsmap=cast("dict[str, str]", {None: CORE, "mda": METADATA}),
    )
    file = etree.SubElement(root, f"{{{CORE}}}file", id=text.id)
    file.set("original", text.version(source.language).document.source.name)
    _add_metadata(file, "document", _document_metadata(text, source, target))
    if text.notices:
        notes = etree.SubElement(file, f"{{{CORE}}}notes")
        for notice in text.notices:
            etree.SubElement(notes, f"{{{CORE}}}note").text = allowed(notice)
    contents = []
    for bead in text.pair(source.language, target.language):
        segment = _add_unit(file, source, target, bead)
        sides = (source, bead.source, "source"), (target, bead.target, "target")
        for column, extent, name in sides:
            if extent.size or name == "source":
                side = etree.SubElement(segment, f"{{{CORE}}}{name}")
                contents.append((side, column.text(extent)))
    etree.indent(root, " ")
    for side, words in contents:  # what stands in them is not to be indented
        say(side, words)
    return serialize(root, indented=False)


def _document_metadata(text: ParallelText, source: Column, target: Column) -> dict[str, str]:
    found = {
        "title": text.metadata.title,
        "licence": text.metadata.licence,
        "licence-url": text.metadata.licence_url,
        "encoder": text.provenance.encoder,
        "weights": text.provenance.weights,
    }
    for column in (source, target):
        known = text.metadata.versions.get(column.language)
        if known is not None:
            found[f"status-{column.language}"] = known.status
            found[f"licence-{column.language}"] = known.licence
            found[f"licence-url-{column.language}"] = known.licence_url
    return found


def _add_unit(
    file: etree._Element, source: Column, target: Column, bead: PairBead
) -> etree._Element:
    """Add the unit of *bead*; return its segment."""
    unit = etree.SubElement(file, f"{{{CORE}}}unit", id=bead.id)
    known = {
        POSTERIOR: f"{bead.posterior:.4f}",
        SEGMENTS + source.language: source.segments(bead.source),
        SEGMENTS + target.language: target.segments(bead.target),
    }
    _add_metadata(unit, _BEAD, known)
    whole = bead.source.size and bead.target.size
    state = "final" if bead.status == "locked" else "translated" if whole else "initial"
    return etree.SubElement(unit, f"{{{CORE}}}segment", state=state)


def _add_metadata(parent: etree._Element, category: str, known: dict[str, str]) -> None:
    metadata = etree.SubElement(parent, f"{{{METADATA}}}metadata")
    group = etree.SubElement(metadata, f"{{{METADATA}}}metaGroup", category=category)
    for name, value in known.items():
        if value:
            etree.SubElement(group, f"{{{METADATA}}}meta", type=name).text = allowed(value)


def say(element: etree._Element, words: str) -> None:
    """Write *words* into *element*, code points that XML does not allow as ``cp``."""
    first, *rest = _CODE_POINT.split(words)
    element.text = allowed(first)
    for character, following in zip(rest[::2], rest[1::2], strict=True):
        point = etree.SubElement(element, f"{{{CORE}}}cp", hex=f"{ord(character):04X}")
        point.tail = allowed(following)
