"""TMX 1.4b: a translation memory, one unit for each sentence bead over all languages.

Unit and segments keep their ids and the posterior as ``prop`` elements. A language with a gap has
no variant. Characters that XML does not allow become U+FFFD.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from parallel_statement.__about__ import __version__
from parallel_statement.formats.cells import Column, columns
from parallel_statement.formats.controls import allowed
from parallel_statement.formats.xml import LANGUAGE, serialize
from parallel_statement.model import Bead, CheckedText, LanguageTag

VERSION = "1.4"
TOOL = "parallel-statement"
_HERE = "HERE"


def write(checked: CheckedText) -> dict[str, bytes]:
    """Return one TMX file that holds the sentence beads of *checked*."""
    root = etree.Element("tmx", version=VERSION)
    _add_header(root, checked)
    body = etree.SubElement(root, "body")
    languages = columns(checked.text)
    for bead in checked.text.sentences.beads:
        _add_unit(body, languages, bead)
    return {f"{checked.text.id}.tmx": serialize(root)}


def _add_header(root: etree._Element, checked: CheckedText) -> None:
    text = checked.text
    attributes = _common(text.languages[0])
    stamp = _timestamp(checked.date)
    if stamp:
        attributes["creationdate"] = stamp
    header = etree.SubElement(root, "header", attributes)
    for notice in text.notices:
        etree.SubElement(header, "note").text = allowed(notice)
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


def _common(language: LanguageTag) -> dict[str, str]:
    return {
        "creationtool": TOOL,
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": TOOL,
        "adminlang": "en",
        "srclang": language,
        "datatype": "plaintext",
    }


def _add_unit(body: etree._Element, languages: Sequence[Column], bead: Bead) -> None:
    unit = etree.SubElement(body, "tu", tuid=bead.id)
    _add_property(unit, "x-posterior", f"{bead.posterior:.4f}")
    _add_property(unit, "x-status", bead.status)
    for column in languages:
        extent = bead.ranges[column.language]
        if extent.size:
            variant = etree.SubElement(unit, "tuv", {LANGUAGE: column.language})
            _add_property(variant, "x-segments", column.segments(extent))
            etree.SubElement(variant, "seg").text = allowed(column.text(extent))


def _add_property(parent: etree._Element, name: str, value: str) -> None:
    if value:
        etree.SubElement(parent, "prop", type=name).text = allowed(value)


def _timestamp(date: str | None) -> str | None:
    """Return midnight of *date* as TMX writes it; None where it is not a whole date."""
    try:
        return f"{datetime.date.fromisoformat(date or ''):%Y%m%d}T000000Z"
    except ValueError:
        return None


def joined(files: Iterable[bytes], language: LanguageTag) -> Iterator[bytes]:
    """Yield one TMX file with the units of all *files*, which `write` made.

    Args:
        files: One after another; no more than one is held.
        language: That the file says it was translated from.
    """
    root = etree.Element("tmx", version=VERSION)
    etree.SubElement(root, "header", _common(language))
    etree.SubElement(root, "body").text = _HERE
    before, after = serialize(root).split(_HERE.encode())
    yield before + b"\n"
    for data in files:
        yield data[data.index(b"<body>") + 7 : data.rindex(b"</body>")].rstrip(b" ")
    yield b" " + after
