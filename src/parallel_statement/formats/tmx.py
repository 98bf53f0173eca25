"""TMX 1.4b: a translation memory, one unit for each sentence bead over all languages.

Unit and segments keep their ids and the posterior as ``prop`` elements. A language with a gap has
no variant. Characters that XML does not allow become U+FFFD.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from parallel_statement.__about__ import __version__
from parallel_statement.formats.cells import Column, columns
from parallel_statement.model import Bead, CheckedText

if TYPE_CHECKING:
    from lxml.etree import _Element

VERSION = "1.4"
TOOL = "parallel-statement"

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(checked: CheckedText) -> dict[str, bytes]:
    """Return one TMX file that holds the sentence beads of *checked*."""
    from lxml import etree

    root = etree.Element("tmx", version=VERSION)
    _add_header(root, checked)
    body = etree.SubElement(root, "body")
    languages = columns(checked.text)
    for bead in checked.text.sentences.beads:
        _add_unit(body, languages, bead)
    etree.indent(root, space=" ")
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return {f"{checked.text.id}.tmx": data + b"\n"}


def _add_header(root: _Element, checked: CheckedText) -> None:
    from lxml import etree

    text = checked.text
    attributes = {
        "creationtool": TOOL,
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": TOOL,
        "adminlang": "en",
        "srclang": text.languages[0],
        "datatype": "plaintext",
    }
    stamp = _timestamp(checked.date)
    if stamp:
        attributes["creationdate"] = stamp
    header = etree.SubElement(root, "header", attributes)
    for notice in text.notices:
        etree.SubElement(header, "note").text = _legal(notice)
    _add_property(header, "x-document", text.id)
    _add_property(header, "x-title", text.metadata.title)
    _add_property(header, "x-licence", text.metadata.licence)
    _add_property(header, "x-licence-url", text.metadata.licence_url)
    for language in text.languages:
        known = text.metadata.versions.get(language)
        if known is not None:
            _add_property(header, f"x-status-{language}", known.status)
            _add_property(header, f"x-licence-{language}", known.licence)
            _add_property(header, f"x-licence-url-{language}", known.licence_url)
    _add_property(header, "x-encoder", text.provenance.encoder)
    _add_property(header, "x-weights", text.provenance.weights)


def _add_unit(body: _Element, languages: Sequence[Column], bead: Bead) -> None:
    from lxml import etree

    unit = etree.SubElement(body, "tu", tuid=bead.id)
    _add_property(unit, "x-posterior", f"{bead.posterior:.4f}")
    _add_property(unit, "x-status", bead.status)
    for column in languages:
        extent = bead.ranges[column.language]
        if extent.size:
            variant = etree.SubElement(unit, "tuv", {_XML_LANG: column.language})
            _add_property(variant, "x-segments", column.segments(extent))
            etree.SubElement(variant, "seg").text = _legal(column.text(extent))


def _add_property(parent: _Element, name: str, value: str) -> None:
    from lxml import etree

    if value:
        etree.SubElement(parent, "prop", type=name).text = _legal(value)


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)


def _timestamp(date: str | None) -> str | None:
    """Return midnight of *date* as TMX writes it; None where it is not a whole date."""
    try:
        return f"{datetime.date.fromisoformat(date or ''):%Y%m%d}T000000Z"
    except ValueError:
        return None
