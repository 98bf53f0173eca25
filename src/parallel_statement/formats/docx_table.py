"""DOCX: a table for translators and revisers, a row for each sentence bead.

The last column holds the bead's id and the segments' ids; `formats.returned` reads the table
again after a person has worked on it. Written without a template: the parts of ECMA-376 that a
table needs, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from parallel_statement.formats.cells import columns
from parallel_statement.formats.container import pack_parts
from parallel_statement.formats.controls import allowed
from parallel_statement.formats.direction import direction
from parallel_statement.formats.rows import Row, rows
from parallel_statement.formats.xml import SPACE
from parallel_statement.model import CheckedText

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PLACE, STATUS, IDS = "Paragraph", "Status", "Ids"
"""Headings of the columns beside those of the languages."""

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_XML = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_DOUBTFUL, _GAP, _HEADER = "FFF2CC", "EEEEEE", "DDE3EA"
_TEXT_WIDTH = 15_000
"""Of an A4 page on its side, in twentieths of a point."""
_NARROW = {PLACE: 1_000, STATUS: 1_100, IDS: 2_000}
_BREAK = re.compile("(\r\n|[\t\n\r])")

_CONTENT_TYPES = f"""<Types xmlns="{_PACKAGE}/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>\
<Override PartName="/word/document.xml" ContentType="{_MAIN_TYPE}"/>\
<Override PartName="/word/styles.xml" ContentType="{_STYLES_TYPE}"/>\
<Override PartName="/docProps/core.xml" ContentType="{_CORE_TYPE}"/></Types>"""
_RELATIONS = f"""<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>\
<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" \
Target="docProps/core.xml"/></Relationships>"""
_DOCUMENT_RELATIONS = f"""<Relationships xmlns="{_PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>"""
_STYLES = f"""<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr>\
<w:sz w:val="20"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>\
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>\
<w:pPr><w:spacing w:after="120"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>\
</w:styles>"""


def write(checked: CheckedText) -> dict[str, bytes]:
    """Return one DOCX file: title, notices, and a table of the sentence beads."""
    parts = {
        "[Content_Types].xml": _XML + _CONTENT_TYPES.encode(),
        "_rels/.rels": _XML + _RELATIONS.encode(),
        "docProps/core.xml": _properties(checked),
        "word/document.xml": _serialize(_document(checked)),
        "word/styles.xml": _XML + _STYLES.encode(),
        "word/_rels/document.xml.rels": _XML + _DOCUMENT_RELATIONS.encode(),
    }
    return {f"{checked.text.id}.docx": pack_parts(parts)}


def _serialize(root: etree._Element) -> bytes:
    return _XML + etree.tostring(root, encoding="UTF-8", xml_declaration=False)


def _properties(checked: CheckedText) -> bytes:
    terms = "http://purl.org/dc/elements/1.1/"
    core = f"{_PACKAGE}/metadata/core-properties"
    root = etree.Element(f"{{{core}}}coreProperties", nsmap={"cp": core, "dc": terms})
    title = etree.SubElement(root, f"{{{terms}}}title")
    title.text = allowed(checked.text.metadata.title)
    etree.SubElement(root, f"{{{terms}}}creator").text = "parallel-statement"
    return _serialize(root)


def _document(checked: CheckedText) -> etree._Element:
    text = checked.text
    root = etree.Element(_w("document"), nsmap={"w": WORD})
    body = _add(root, "body")
    title = _add(body, "p")
    _add(_add(title, "pPr"), "pStyle", val="Title")
    _say(title, text.metadata.title or text.id)
    for notice in text.notices:
        _say(_add(body, "p"), notice)
    languages = {column.heading: column.language for column in columns(text)}
    width = (_TEXT_WIDTH - sum(_NARROW.values())) // len(languages)
    headings = [PLACE, *languages, STATUS, IDS]
    widths = [_NARROW.get(heading, width) for heading in headings]
    table = _add_table(body, widths)
    header = _add_row(table, header=True)
    for heading, size in zip(headings, widths, strict=True):
        _add_cell(header, size, heading, shade=_HEADER, bold=True)
    for row in rows(text):
        _fill(_add_row(table), row, widths)
    _add(body, "p")  # Word needs a paragraph after a table
    section = _add(body, "sectPr")
    _add(section, "pgSz", w="16838", h="11906", orient="landscape")
    _add(section, "pgMar", top="900", right="900", bottom="900", left="900", header="450",
         footer="450", gutter="0")  # fmt: skip
    return root


def _add_table(body: etree._Element, widths: Sequence[int]) -> etree._Element:
    table = _add(body, "tbl")
    properties = _add(table, "tblPr")
    _add(properties, "tblW", w=str(sum(widths)), type="dxa")
    borders = _add(properties, "tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _add(borders, side, val="single", sz="4", space="0", color="BBBBBB")
    _add(properties, "tblLayout", type="fixed")
    grid = _add(table, "tblGrid")
    for width in widths:
        _add(grid, "gridCol", w=str(width))
    return table


def _add_row(table: etree._Element, *, header: bool = False) -> etree._Element:
    row = _add(table, "tr")
    properties = _add(row, "trPr")
    _add(properties, "cantSplit")
    if header:
        _add(properties, "tblHeader")
    return row


def _fill(element: etree._Element, row: Row, widths: Sequence[int]) -> None:
    doubtful = _DOUBTFUL if row.bead.doubtful else ""
    place, *texts, status, ids = widths
    _add_cell(element, place, row.place if row.begins else "", shade=doubtful)
    for (column, extent), width in zip(row.cells, texts, strict=True):
        shade = doubtful if extent.size else _GAP
        _add_cell(element, width, column.text(extent), column.language, shade=shade)
    _add_cell(element, status, row.bead.status, shade=doubtful)
    _add_cell(element, ids, f"{row.bead.id}\n{row.segments}", shade=doubtful, size="12")


def _add_cell(
    row: etree._Element,
    width: int,
    text: str,
    language: str = "",
    *,
    shade: str = "",
    bold: bool = False,
    size: str = "",
) -> None:
    cell = _add(row, "tc")
    properties = _add(cell, "tcPr")
    _add(properties, "tcW", w=str(width), type="dxa")
    if shade:
        _add(properties, "shd", val="clear", color="auto", fill=shade)
    _say(_add(cell, "p"), text, language, bold=bold, size=size)


def _say(
    paragraph: etree._Element,
    text: str,
    language: str = "",
    *,
    bold: bool = False,
    size: str = "",
) -> None:
    """Write *text* into *paragraph*; a tab and a line break are elements of their own."""
    if not text:
        return
    leftward = bool(language) and direction(language) == "rtl"
    if leftward:
        _add(_add(paragraph, "pPr"), "bidi")
    run = _add(paragraph, "r")
    properties = _add(run, "rPr")
    if bold:
        _add(properties, "b")
    if size:
        _add(properties, "sz", val=size)
    if leftward:
        _add(properties, "rtl")
    if language:
        _add(properties, "lang", val=language, eastAsia=language, bidi=language)
    for part in _BREAK.split(allowed(text)):
        if _BREAK.fullmatch(part):
            _add(run, "tab" if part == "\t" else "br")
        elif part:
            words = _add(run, "t")
            words.set(SPACE, "preserve")
            words.text = part


def _w(name: str) -> str:
    return f"{{{WORD}}}{name}"


def _add(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, _w(name), {_w(key): v for key, v in attributes.items()})
