"""EPUB 3.2: the versions side by side, a row for each sentence bead, for reading devices.

Every row has the bead's id, every sentence its own. On a narrow screen the columns of a row stand
one below the other.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from typing import cast

from lxml import etree

from parallel_statement.formats.cells import Column, columns
from parallel_statement.formats.container import pack_parts
from parallel_statement.formats.controls import allowed
from parallel_statement.formats.rows import Row, rows
from parallel_statement.formats.xml import LANGUAGE, serialize
from parallel_statement.model import CheckedText, ParallelText, Range

_TYPE = "application/epub+zip"
_XHTML = "http://www.w3.org/1999/xhtml"
_OPS = "http://www.idpf.org/2007/ops"
_OPF = "http://www.idpf.org/2007/opf"
_TERMS = "http://purl.org/dc/elements/1.1/"
_CONTAINER = b"""<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" \
media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_STYLE = b"""table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { vertical-align: top; text-align: start; padding: .3em .5em; }
tbody tr { border-top: 1px solid #bbb; }
.place { width: 4em; font-weight: normal; }
.doubtful { background-color: #fff2cc; color: #000; }
@media (max-width: 40em) {
  table, thead, tbody, tr, th, td { display: block; width: auto; }
  thead { display: none; }
}
"""
_EPOCH = "1980-01-01"


def write(checked: CheckedText) -> dict[str, bytes]:
    """Return one EPUB file."""
    found = list(rows(checked.text))
    parts = {
        "mimetype": _TYPE.encode(),
        "META-INF/container.xml": _CONTAINER,
        "EPUB/nav.xhtml": _navigation(checked.text, found),
        "EPUB/style.css": _STYLE,
        "EPUB/text.xhtml": _text(checked.text, found),
    }
    parts["EPUB/package.opf"] = _package(checked, parts["EPUB/text.xhtml"])
    return {f"{checked.text.id}.epub": pack_parts(parts, stored={"mimetype"})}


def _title(text: ParallelText) -> str:
    return allowed(text.metadata.title).strip() or text.id


# --- the package -------------------------------------------------------------------------


def _package(checked: CheckedText, content: bytes) -> bytes:
    text = checked.text
    root = etree.Element(
        f"{{{_OPF}}}package",
        {"version": "3.0", "unique-identifier": "id", LANGUAGE: "en"},
        nsmap=cast("dict[str, str]", {None: _OPF, "dc": _TERMS}),
    )
    metadata = etree.SubElement(root, f"{{{_OPF}}}metadata")
    for name, value in _described(text, content):
        if said := allowed(value).strip():
            element = etree.SubElement(metadata, f"{{{_TERMS}}}{name}")
            element.text = said
            if name == "identifier" and "id" not in {each.get("id") for each in metadata}:
                element.set("id", "id")
    modified = etree.SubElement(metadata, f"{{{_OPF}}}meta", property="dcterms:modified")
    modified.text = f"{_day(checked.date)}T00:00:00Z"
    manifest = etree.SubElement(root, f"{{{_OPF}}}manifest")
    for name, kind, more in (
        ("nav.xhtml", "application/xhtml+xml", {"properties": "nav"}),
        ("style.css", "text/css", {}),
        ("text.xhtml", "application/xhtml+xml", {}),
    ):
        item = {"id": name.partition(".")[0], "href": name, "media-type": kind}
        etree.SubElement(manifest, f"{{{_OPF}}}item", item | more)
    spine = etree.SubElement(root, f"{{{_OPF}}}spine")
    etree.SubElement(spine, f"{{{_OPF}}}itemref", idref="text")
    return serialize(root)


def _described(text: ParallelText, content: bytes) -> Iterable[tuple[str, str]]:
    """Yield the elements of Dublin Core that say what the book is."""
    known = text.metadata
    yield "identifier", known.identifier or f"urn:sha256:{hashlib.sha256(content).hexdigest()}"
    yield "title", _title(text)
    for language in text.languages:
        yield "language", language
    for issuer in known.issuers:
        yield "creator", issuer
    yield "publisher", known.publisher
    yield "date", known.date
    yield "rights", " ".join(filter(None, (known.licence, known.licence_url)))
    for language in text.languages:
        own = known.versions.get(language)
        if own is not None and own.licence:
            yield "rights", f"{language}: {own.licence} {own.licence_url}"


def _day(date: str | None) -> str:
    """Return *date* if it is a whole one; else the earliest that our zip files name."""
    try:
        return datetime.date.fromisoformat(date or "").isoformat()
    except ValueError:
        return _EPOCH


# --- pages -------------------------------------------------------------------------------


def _page(text: ParallelText) -> tuple[etree._Element, etree._Element]:
    """Return the root of a page, and its body."""
    namespaces = cast("dict[str, str]", {None: _XHTML, "epub": _OPS})
    root = etree.Element(_h("html"), {LANGUAGE: "en"}, nsmap=namespaces)
    head = etree.SubElement(root, _h("head"))
    etree.SubElement(head, _h("title")).text = _title(text)
    etree.SubElement(head, _h("link"), rel="stylesheet", type="text/css", href="style.css")
    return root, etree.SubElement(root, _h("body"))


def _navigation(text: ParallelText, found: Sequence[Row]) -> bytes:
    root, body = _page(text)
    nav = etree.SubElement(body, _h("nav"), {f"{{{_OPS}}}type": "toc", "id": "toc"})
    etree.SubElement(nav, _h("h1")).text = _title(text)
    places = etree.SubElement(nav, _h("ol"))
    for row in found:
        if row.begins:
            item = etree.SubElement(places, _h("li"))
            link = etree.SubElement(item, _h("a"), href=f"text.xhtml#{row.bead.id}")
            link.text = allowed(row.place)
    return serialize(root)


def _text(text: ParallelText, found: Sequence[Row]) -> bytes:
    root, body = _page(text)
    etree.SubElement(body, _h("h1")).text = _title(text)
    for notice in text.notices:
        etree.SubElement(body, _h("p")).text = allowed(notice)
    table = etree.SubElement(body, _h("table"))
    header = etree.SubElement(etree.SubElement(table, _h("thead")), _h("tr"))
    etree.SubElement(header, _h("th"), {"class": "place", "scope": "col"}).text = "Paragraph"
    for column in columns(text):
        etree.SubElement(header, _h("th"), scope="col").text = column.heading
    rest = etree.SubElement(table, _h("tbody"))
    for row in found:
        _add_row(rest, row)
    return serialize(root, indented=False)


def _add_row(parent: etree._Element, row: Row) -> None:
    element = etree.SubElement(parent, _h("tr"), id=row.bead.id)
    element.tail = "\n"
    if row.bead.doubtful:
        element.set("class", "doubtful")
    place = etree.SubElement(element, _h("th"), {"class": "place", "scope": "row"})
    place.text = allowed(row.place) if row.begins else ""
    for column, extent in row.cells:
        cell = etree.SubElement(element, _h("td"), {LANGUAGE: column.language, "dir": "auto"})
        _add_sentences(cell, column, extent)


def _add_sentences(cell: etree._Element, column: Column, extent: Range) -> None:
    for number in extent.indices:
        sentence = etree.SubElement(cell, _h("span"), id=column.ids[number])
        sentence.text = allowed(column.texts[number])
        if number + 1 < extent.stop:
            sentence.tail = column.joiner


def _h(name: str) -> str:
    return f"{{{_XHTML}}}{name}"
