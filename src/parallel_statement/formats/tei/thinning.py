"""Files without what is surely valid, so that the schema has less to look at.

libxml2 tries an optional attribute both ways, so that the six attributes of one ``link`` make 64
states, and a long text has tens of thousands of links. But a content model of TEI counts no
further than two: in a group of nothing but links that have these six attributes, with values of a
form that all their types allow, three links are valid exactly if all are.

Sentences are not counted at all: where the profile has ``s``, it has a repeated choice. So one that
holds only characters and terms, with attributes of such a form, is valid if it follows another.
"""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import islice
from typing import Any, cast

from lxml import etree

from parallel_statement.formats.tei.markup import TEI

_STANDOFF = f"{{{TEI}}}standOff"
_KEPT = 3
_ID = r"[A-Za-z_][A-Za-z0-9._-]*"
_POINTERS = rf"[A-Za-z0-9.-]*#{_ID}(?: [A-Za-z0-9.-]*#{_ID})*"
_REST = re.compile(rb"<(linkGrp|spanGrp) [^<>]*>\s*</\1>")


def _form(name: str) -> re.Pattern[bytes]:
    """Return what a link of the one form looks like in a file."""
    return re.compile(
        rf'<{name} xml:id="{_ID}" type="[0-9]+(?:-[0-9]+)*" cert="(?:0(?:\.[0-9]+)?|1)"'
        rf' ana="{_POINTERS}" resp="{_POINTERS}" target="{_POINTERS}"/>'.encode()
    )


_SENTENCE = re.compile(
    rf'(?<=</s>)\s*<s xml:id="{_ID}" n="[0-9]+"(?: corresp="{_POINTERS}")?>[^<]*+'
    rf'(?:<term(?: ref="{_POINTERS}")?(?: type="[a-zA-Z]+")?>[^<]*+</term>[^<]*+)*+</s>'.encode()
)
"""What a plain sentence behind another one looks like in a file."""

_GROUPS = {f"{{{TEI}}}linkGrp": _form("link"), f"{{{TEI}}}spanGrp": _form("span")}
"""Group: what is thinned in it."""


def thinned(corpus: etree._Element, emptied: str) -> etree._Element:
    """Return a copy of *corpus* with three links in each long group; line numbers are lost.

    Its children with the name *emptied* are copied without what is in them.
    """
    copy = _shell(corpus)
    for child in corpus:
        if child.tag == emptied:
            copy.append(_shell(child))
        elif child.tag == _STANDOFF:
            standoff = _shell(child)
            standoff.extend(_thinned_group(group) for group in child)
            copy.append(standoff)
        else:
            copy.append(deepcopy(child))
    return copy


def thinned_text(text: etree._Element) -> etree._Element:
    """Return a copy of a ``TEI`` without most of its plain sentences; line numbers are lost."""
    words = etree.tostring(text, encoding="UTF-8", with_tail=False)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, collect_ids=False, huge_tree=True
    )  # all of *text* was parsed before, so that nothing here can fail
    return etree.fromstring(_SENTENCE.sub(b"", words), parser)


def _thinned_group(group: etree._Element) -> etree._Element:
    if not _uniform(group):
        return deepcopy(group)
    copy = _shell(group)
    copy.extend(deepcopy(link) for link in islice(group, _KEPT))
    return copy


def _uniform(group: etree._Element) -> bool:
    """Return whether *group* holds nothing but links of the one form."""
    form = _GROUPS.get(str(group.tag))
    if form is None:
        return False
    rest, count = form.subn(b"", etree.tostring(group, encoding="UTF-8", with_tail=False))
    return count == len(group) and _REST.fullmatch(rest) is not None


def _shell(node: etree._Element) -> etree._Element:
    """Return a copy of *node* without its children."""
    namespaces = cast("dict[str, str]", node.nsmap)
    copy = etree.Element(node.tag, dict(cast("Any", node.attrib)), namespaces)
    copy.text, copy.tail = node.text, node.tail
    return copy
