"""XML that is not TEI: strangers' files read without risk, and ours written."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from lxml import etree

from parallel_statement.errors import InputError

MOST_TAGS = 2_000_000
"""What is read of a file at most, so that nobody can fill the memory."""

XML = "http://www.w3.org/XML/1998/namespace"
ID = f"{{{XML}}}id"
LANGUAGE = f"{{{XML}}}lang"
SPACE = f"{{{XML}}}space"


def parse(path: Path, data: bytes) -> etree._Element:
    """Return the root element of *data*; no entity, network or external DTD is ever used.

    A document type may be named (TBX of 2008 does), but declares no entities.

    Raises:
        InputError: it is not well-formed, declares entities or is too large; says the line.
    """
    if data.count(b"<") > MOST_TAGS:
        raise InputError(path, f"has more than {MOST_TAGS:,} tags; divide it")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        message = f"is no well-formed XML ({error.msg})"
        raise InputError(path, message, error.lineno) from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and cast("Any", declared).entities():
        raise InputError(path, "declares entities, which are not read; write the characters")
    return root


def serialize(root: etree._Element, doctype: str = "", *, indented: bool = True) -> bytes:
    """Return the file of *root* in UTF-8.

    Args:
        root: What to write.
        doctype: A document type declaration to write before it.
        indented: Whether each element without text of its own gets a line.
    """
    if indented:
        etree.indent(root, " ")
    declaration = b"<?xml version='1.0' encoding='UTF-8'?>\n"
    before = declaration + (f"{doctype}\n".encode() if doctype else b"")
    return before + etree.tostring(root, encoding="UTF-8", xml_declaration=False) + b"\n"


def local_name(element: etree._Element) -> str:
    """Return the name of *element* without its namespace."""
    return _without_namespace(str(element.tag))


@lru_cache(maxsize=1 << 10)
def _without_namespace(tag: str) -> str:
    return tag.rpartition("}")[2]


def text_of(element: etree._Element) -> str:
    """Return all text in *element*, that of elements inside it too."""
    if not len(element):
        return element.text or ""
    return "".join(cast("Iterator[str]", element.itertext()))


def line(element: etree._Element) -> int | None:
    """Return the line at which *element* begins in its file."""
    return cast("int | None", element.sourceline)


def xpath(element: etree._Element) -> str:
    """Return where *element* stands, by names without namespaces, from the nearest id on."""
    if (name := element.get("id")) is not None:
        return f"//{local_name(element)}[@id='{name}']"
    parent = element.getparent()
    if parent is None:
        return f"/{local_name(element)}"
    alike = [each for each in parent if each.tag == element.tag]
    number = f"[{alike.index(element) + 1}]" if len(alike) > 1 else ""
    return f"{xpath(parent)}/{local_name(element)}{number}"
