"""RDF/XML (W3C Recommendation of 2014) as triples: as much of it as thesauri are written in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urljoin

from lxml import etree

from parallel_statement.formats.xml import LANGUAGE, XML, line, text_of

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_BASE = f"{{{XML}}}base"
_SYNTAX = (
    *(
        f"{{{RDF}}}{name}"
        for name in ("about", "ID", "nodeID", "resource", "parseType", "datatype")
    ),
    LANGUAGE,
    _BASE,
)
"""Attributes that state nothing."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A thing with an address, or (with an address of its own making) without one."""

    address: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, and its language if that is said."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Triple:
    """A statement, and the line where it is made."""

    subject: Resource
    predicate: str
    object: Resource | Literal
    line: int | None


def triples(root: etree._Element) -> Iterator[Triple]:
    """Yield what is stated in the RDF/XML document of *root*."""
    nodes = root if root.tag == f"{{{RDF}}}RDF" else (root,)
    reader = _Reader()
    for node in nodes:
        yield from reader.node(node, _inherited(root, "", _BASE), _inherited(root, "", LANGUAGE))


def _inherited(element: etree._Element, value: str, attribute: str) -> str:
    return str(element.get(attribute, value))


@lru_cache(maxsize=1 << 10)
def _address(tag: str) -> str:
    """Return the address that a name of an element or attribute stands for."""
    return tag[1:].replace("}", "", 1)


class _Reader:
    """Walks over node elements and property elements (section 2 of the Recommendation)."""

    def __init__(self) -> None:
        self._blank = 0

    def node(self, node: etree._Element, base: str, language: str) -> Iterator[Triple]:
        """Yield the statements of a node element."""
        base, language = _inherited(node, base, _BASE), _inherited(node, language, LANGUAGE)
        subject = self._subject(node, base)
        if node.tag != f"{{{RDF}}}Description":
            kind = Resource(_address(str(node.tag)))
            yield Triple(subject, f"{RDF}type", kind, line(node))
        yield from self._attributes(node, subject, base, language)
        for child in node:
            yield from self._property(child, subject, base, language)

    def _subject(self, node: etree._Element, base: str) -> Resource:
        if (about := node.get(f"{{{RDF}}}about")) is not None:
            return Resource(urljoin(base, str(about)) or base)
        if (name := node.get(f"{{{RDF}}}ID")) is not None:
            return Resource(urljoin(base, f"#{name}"))
        if (name := node.get(f"{{{RDF}}}nodeID")) is not None:
            return Resource(f"_:{name}")
        self._blank += 1
        return Resource(f"_: {self._blank}")

    def _attributes(
        self, node: etree._Element, subject: Resource, base: str, language: str
    ) -> Iterator[Triple]:
        for key, written in node.attrib.items():
            name, value = str(key), str(written)
            if name == f"{{{RDF}}}type":
                kind = Resource(urljoin(base, value))
                yield Triple(subject, f"{RDF}type", kind, line(node))
            elif name.startswith("{") and name not in _SYNTAX:
                yield Triple(subject, _address(name), Literal(value, language), line(node))

    def _property(
        self, element: etree._Element, subject: Resource, base: str, language: str
    ) -> Iterator[Triple]:
        base, language = _inherited(element, base, _BASE), _inherited(element, language, LANGUAGE)
        predicate, place = _address(str(element.tag)), line(element)
        resource = element.get(f"{{{RDF}}}resource")
        parse_type = element.get(f"{{{RDF}}}parseType")
        if resource is not None:
            yield Triple(subject, predicate, Resource(urljoin(base, str(resource)) or base), place)
        elif element.get(f"{{{RDF}}}nodeID") is not None:
            yield Triple(subject, predicate, self._subject(element, base), place)
        elif parse_type == "Resource":
            self._blank += 1
            blank = Resource(f"_: {self._blank}")
            yield Triple(subject, predicate, blank, place)
            for child in element:
                yield from self._property(child, blank, base, language)
        elif parse_type == "Literal" or not len(element):
            yield Triple(subject, predicate, Literal(text_of(element), language), place)
        else:
            for child in element:
                inner = list(self.node(child, base, language))
                target = inner[0].subject if inner else self._subject(child, base)
                yield Triple(subject, predicate, target, place)
                yield from inner
