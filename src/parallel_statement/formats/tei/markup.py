"""Elements, pointers and bytes: what every part of a TEI file is made of."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import cast
from xml.sax.saxutils import quoteattr

from lxml import etree

from parallel_statement.formats.controls import NOT_IN_XML, allowed
from parallel_statement.formats.xml import ID, LANGUAGE

TEI = "http://www.tei-c.org/ns/1.0"
XINCLUDE = "http://www.w3.org/2001/XInclude"

SCHEMA_URL = "https://vault.tei-c.org/P5/4.3.0/xml/tei/custom/schema/relaxng/tei_all.rng"
PROLOG = f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-model href="{SCHEMA_URL}" type="application/xml"\
 schematypens="http://relaxng.org/ns/structure/1.0"?>
""".encode()
"""How every file begins."""

POINTERS = ("target", "corresp", "ref", "ana", "resp", "domains", "who", "next", "prev")
"""Attributes whose values must lead somewhere; ``facs`` points to images, which are not ours."""

_STRUCTURAL = """
    teiCorpus TEI teiHeader fileDesc titleStmt respStmt editionStmt extent publicationStmt
    availability seriesStmt notesStmt sourceDesc bibl encodingDesc editorialDecl tagsDecl refsDecl
    citeStructure classDecl taxonomy category appInfo application profileDesc langUsage textClass
    keywords revisionDesc text body div standOff linkGrp spanGrp listAnnotation annotation
"""
STRUCTURAL = frozenset(_STRUCTURAL.split())
"""Elements without text of their own: only inside these are lines broken and indented."""

_FILE_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9-])?")
_URL = re.compile(r"(?:https?|ftp)://[A-Za-z0-9.-]+(?::\d+)?(?:[/?#]\S*)?|(?:urn|doi|hdl|info):\S+")
_URL_UNSAFE = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~:/?#@!$&'()*+,;=%-]")
_PLAIN = re.compile(r"[\w.:/# -]*")
"""A value that XML writes as it is."""
_YEAR_OR_MONTH = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")

_NAMESPACES = cast("dict[str, str]", {None: TEI})
_EXPANDED = {"xml:id": ID, "xml:lang": LANGUAGE}
Child = str | etree._Element


def element(
    name: str, attributes: Mapping[str, str | None] | None = None, *children: Child | None
) -> etree._Element:
    """Return the TEI element *name*; attributes and children that are None are left out.

    A character that XML 1.0 does not allow becomes U+FFFD here; `characters` keeps it.
    """
    node = etree.Element(f"{{{TEI}}}{name}", _values(attributes or {}), nsmap=_NAMESPACES)
    for child in children:
        append(node, child)
    return node


def grow(parent: etree._Element, name: str, attributes: Mapping[str, str | None]) -> etree._Element:
    """Return a new TEI element at the end of *parent*; quicker than to append one."""
    return etree.SubElement(parent, f"{{{TEI}}}{name}", _values(attributes))


def grow_all(parent: etree._Element, name: str, rows: Iterable[Mapping[str, str]]) -> None:
    """Append an empty TEI element with the attributes of each of *rows*.

    They are written as text and parsed at once, in half the time that `grow` takes for them.
    """
    elements = [
        f"<{name}{''.join([f' {key}={_quoted(row[key])}' for key in row])}/>" for row in rows
    ]
    text = f'<{name} xmlns="{TEI}">{"".join(elements)}</{name}>'
    parent.extend(etree.fromstring(text, etree.XMLParser(collect_ids=False, huge_tree=True)))


def _quoted(value: str) -> str:
    """Return *value* as it stands in a file, in quotation marks."""
    return f'"{value}"' if _PLAIN.fullmatch(value) else quoteattr(allowed(value))


def _values(attributes: Mapping[str, str | None]) -> dict[str, str]:
    return {
        _EXPANDED.get(key, key): value if value.isprintable() else allowed(value)
        for key, value in attributes.items()
        if value is not None
    }


def append(parent: etree._Element, child: Child | None) -> None:
    """Add text or an element at the end of *parent*."""
    if isinstance(child, str):
        if child:
            _append_text(parent, allowed(child))
    elif child is not None:
        parent.append(child)


def append_characters(parent: etree._Element, text: str) -> None:
    """Add *text* at the end of *parent*, with what XML forbids as `characters` keeps it."""
    if text.isprintable():
        if text:
            _append_text(parent, text)
    else:
        for piece in characters(text):
            append(parent, piece)


def _append_text(parent: etree._Element, text: str) -> None:
    for last in parent.iterchildren(reversed=True):  # len(parent) would count them all
        last.tail = (last.tail or "") + text
        return
    parent.text = (parent.text or "") + text


def characters(text: str) -> list[Child]:
    """Return *text* in pieces, each character that XML forbids as ``<g n="U+0007">�</g>``.

    So nothing is lost: the code point stands in the attribute, and the text keeps its length.
    """
    if text.isprintable():
        return [text] if text else []
    pieces: list[Child] = []
    position = 0
    for match in NOT_IN_XML.finditer(text):
        if match.start() > position:
            pieces.append(text[position : match.start()])
        pieces.append(element("g", {"n": f"U+{ord(match[0]):04X}"}, "�"))
        position = match.end()
    if position < len(text):
        pieces.append(text[position:])
    return pieces


def paragraph(text: str) -> etree._Element:
    """Return a paragraph of plain prose for the header."""
    return element("p", None, text)


# --- values of attributes ----------------------------------------------------------------


def iso_date(text: str) -> str | None:
    """Return *text* if it may stand in ``@when``: a day, a month or a year of the calendar."""
    if _YEAR_OR_MONTH.fullmatch(text) and not text.startswith("0000"):
        return text
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day.isoformat() if day.isoformat() == text else None


def url(text: str) -> str | None:
    """Return *text* as an address that may stand in ``@target``, or None if it is none."""
    if not _URL.fullmatch(text):
        return None
    return _URL_UNSAFE.sub(
        lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace")), text
    )


def probability(value: float) -> str:
    """Return *value* for ``@cert``: between 0 and 1, at most four decimals."""
    return f"{min(max(value, 0.0), 1.0):.4f}".rstrip("0").rstrip(".")


def id_part(text: str) -> str:
    """Return *text* as a part of an id: what an NCName does not allow becomes a hyphen."""
    return re.sub(r"[^\w.-]", "-", text, flags=re.ASCII) or "-"


# --- files -------------------------------------------------------------------------------


def corpus_file(document: str) -> str:
    """Return the name of the corpus file of *document*: letters, digits, hyphen and period.

    An id with other characters gets them replaced, and a hash, so that names stay different.
    """
    if _FILE_NAME.fullmatch(document):
        return f"{document}.xml"
    plain = re.sub(r"[^A-Za-z0-9.-]+", "-", document).strip("-.") or "document"
    mark = hashlib.sha256(document.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{plain}-{mark}.xml"


def version_file(document: str, language: str) -> str:
    """Return the name of the file of one language."""
    return f"{corpus_file(document).removesuffix('.xml')}-{language}.xml"


def serialize(root: etree._Element) -> bytes:
    """Return the file of *root*: UTF-8, lines broken between structural elements only."""
    _indent(root, 0)
    return PROLOG + bytes(etree.tostring(root, encoding="UTF-8")) + b"\n"


def is_version_file(document: str, name: str, data: bytes) -> bool:
    """Return whether *name* and the first lines of *data* are those of a version of *document*.

    They are compared with what `serialize` writes, so that nothing else is taken for it.
    """
    stem = corpus_file(document).removesuffix(".xml")
    language = name.removeprefix(f"{stem}-").removesuffix(".xml")
    first = f'<TEI xmlns="{TEI}" xml:id="{document}-{language}" xml:lang="{language}">\n'
    return name == version_file(document, language) and data.startswith(PROLOG + first.encode())


def _indent(node: etree._Element, depth: int) -> None:
    if not len(node) or etree.QName(node).localname not in STRUCTURAL:
        return
    node.text = "\n" + " " * (depth + 1)
    for child in node:
        child.tail = node.text
        _indent(child, depth + 1)
    node[-1].tail = "\n" + " " * depth
