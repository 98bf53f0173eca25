"""TEI files parsed without risk and held against the schema."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import Any, NoReturn, cast
from urllib.parse import unquote

from lxml import etree

from parallel_statement.formats.files import MOST_BYTES
from parallel_statement.formats.tei.markup import (
    POINTERS,
    PROLOG,
    TEI,
    XINCLUDE,
    element,
    paragraph,
)
from parallel_statement.formats.tei.thinning import thinned, thinned_text
from parallel_statement.formats.xml import ID

MOST_TAGS = 4_000_000
"""What is read of a file at most, so that nobody can fill the memory."""
_BOUNDS = ("elements nest too deeply, or one has more than 10 million characters", "divide it")

SCHEMA = "parallel-statement.rng"
_NO_DTD = "remove the DOCTYPE, and entities with it"
SCHEMA_ADVICE = "the TEI Guidelines say what may stand there"
_OUTSIDE_ADVICE = (
    "TEI may have this element, but the profile has not: docs/tei.md lists those that it has"
)
_UNEXPECTED = re.compile(r"Did not expect element (\S+) there")
_INCLUDE = f"{{{XINCLUDE}}}include"
_RELAX_NG = "http://relaxng.org/ns/structure/1.0"
_CORPUS = f"{{{TEI}}}teiCorpus"
_TEXT = f"{{{TEI}}}TEI"


@dataclass(frozen=True, slots=True)
class Violation:
    """A place where a file breaks the schema or a law."""

    file: str
    line: int | None
    message: str
    advice: str = ""
    """What to do about it."""
    unreadable: bool = False
    """Whether the file could not be looked at at all."""

    def __str__(self) -> str:
        """Return ``file:line: message; advice``."""
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {'; '.join(filter(None, [self.message, self.advice]))}"


@dataclass(frozen=True)
class File:
    """A parsed file."""

    name: str
    root: etree._Element
    part: str = ""
    """Of a text inside a corpus file: its id."""

    @property
    def key(self) -> str:
        """What tells this text from others: the file's name, or that and the text's id."""
        return f"{self.name}#{self.part}" if self.part else self.name

    def fault(self, node: etree._Element, message: str, advice: str) -> Violation:
        """Return the violation at *node*."""
        return Violation(self.name, cast("int | None", node.sourceline), message, advice)

    @cached_property
    def identified(self) -> Sequence[tuple[str, etree._Element]]:
        """The elements that have an id, in order, each with its id."""
        elements = self.root.iter(etree.Element)
        return [(identity, node) for node in elements if (identity := node.get(ID)) is not None]

    @cached_property
    def pointing(self) -> Mapping[str, Mapping[str, Sequence[etree._Element]]]:
        """The values of each of the `POINTERS`, with the elements that have them, in order.

        One walk for all laws, and a value that many elements have is looked at once.
        """
        found: dict[str, dict[str, list[etree._Element]]] = {name: {} for name in POINTERS}
        for node in self.root.iter(etree.Element):
            for name in node.keys():  # noqa: SIM118 (an element is no mapping)
                if name in found:
                    found[name].setdefault(node.get(name, ""), []).append(node)
        return found

    @cached_property
    def places(self) -> Mapping[str, tuple[str, str]]:
        """The name of a file and the id in it that a pointer here means, whatever the pointer."""
        return _Places(self.name)

    @property
    def includes(self) -> tuple[etree._Element, ...]:
        """The XInclude elements at the top of a corpus file."""
        return tuple(self.root.iterchildren(_INCLUDE))


class _Places(dict[str, tuple[str, str]]):
    """Of the pointers in one file: the file and the id that each means."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def __missing__(self, pointer: str) -> tuple[str, str]:
        reference, _, fragment = pointer.partition("#")
        identity = unquote(fragment) if "%" in fragment else fragment
        place = self[pointer] = resolve(self._base, reference), identity
        return place


class _OutsideError(Exception):
    """A file asks for another one while it is parsed."""


class _Refusal(etree.Resolver):
    """Refuses every external DTD and entity."""

    def resolve(self, system_url: str, *_: Any) -> NoReturn:
        """Raise: nothing outside a file is part of it."""
        raise _OutsideError(system_url)


def parse(name: str, data: bytes) -> File | Violation:
    """Return the file, or why it is not read: no entity, DTD or network is ever used."""
    if len(data) > MOST_BYTES or data.count(b"<") > MOST_TAGS:
        limits = f"{MOST_BYTES >> 20} MiB and {MOST_TAGS:,} tags"
        return Violation(name, None, "is too large", f"divide it: {limits} are read", True)
    # An id that occurs twice is for the laws to report, hence collect_ids=False; but that makes
    # libxml2 load an external DTD whatever load_dtd says, hence the resolver. Its limits against
    # entity bombs are lifted only for a file like ours (UTF-8, and no DTD): a record is one long
    # text.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        collect_ids=False,
        huge_tree=data.startswith(PROLOG) and b"<!DOCTYPE" not in data,
    )
    parser.resolvers.add(_Refusal())
    try:
        root = etree.fromstring(data, parser)
    except _OutsideError as error:
        return Violation(name, None, f"asks for {error} as a DTD", _NO_DTD, True)
    except etree.XMLSyntaxError as error:
        bounds = "XML_PARSE_HUGE" in (error.msg or "")
        reason, advice = _BOUNDS if bounds else (error.msg, "mend it in an XML editor")
        message = f"cannot be read as XML: {reason}"
        return Violation(name, error.lineno, message, advice, True)
    information: Any = root.getroottree().docinfo
    if information.doctype:
        return Violation(name, None, "has a document type declaration", _NO_DTD, True)
    return File(name, root)


@lru_cache(maxsize=1024)
def resolve(base: str, reference: str) -> str:
    """Return the name of the file that *reference* in the file *base* means."""
    if not reference:
        return base
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(reference)))


def schema_violations(file: File) -> Iterator[Violation]:
    """Yield what in *file* is not valid against the profile.

    An included file is validated by itself; here a minimal one stands in its place, which is the
    same, since the schema cannot look from one text into another.
    """
    root, schema = file.root, _schema()
    ids = {identity for identity, _ in file.identified}
    distinct = len(ids) == len(file.identified)  # or the schema may see it, in the whole only
    if distinct and _thinly_valid(root, schema):
        return
    if file.includes:
        root = deepcopy(root)
        _put_stand_ins(root, _INCLUDE)
    if schema.validate(root):
        return
    for error in schema.error_log:
        yield Violation(file.name, error.line, error.message, _advice(error.message))


def _advice(message: str) -> str:
    """Return what to do about a *message* of the schema."""
    found = _UNEXPECTED.search(message)
    return SCHEMA_ADVICE if found is None or found[1] in _elements() else _OUTSIDE_ADVICE


def _thinly_valid(root: etree._Element, schema: etree.RelaxNG) -> bool:
    """Return whether *root*, a text or a corpus, is valid: in less time, part by part, thinned."""
    if root.tag == _TEXT:
        return bool(schema.validate(thinned_text(root)))
    if root.tag != _CORPUS:
        return False
    copy = thinned(root, _TEXT)
    _put_stand_ins(copy, _TEXT, _INCLUDE)
    texts = map(thinned_text, root.iterchildren(_TEXT))
    return schema.validate(copy) and all(map(schema.validate, texts))


def _put_stand_ins(corpus: etree._Element, *names: str) -> None:
    """Put a minimal text in the place of every child of *corpus* with one of the *names*."""
    for child in list(corpus.iterchildren(*names)):
        header = element(
            "teiHeader",
            None,
            element(
                "fileDesc",
                None,
                element("titleStmt", None, element("title")),
                element("publicationStmt", None, paragraph("")),
                element("sourceDesc", None, paragraph("")),
            ),
        )
        text = element("text", None, element("body", None, paragraph("")))
        corpus.replace(child, element("TEI", None, header, text))


@cache
def _schema() -> etree.RelaxNG:
    return etree.RelaxNG(_grammar())


@cache
def _elements() -> frozenset[str | None]:
    """Return the names of the profile's elements."""
    return frozenset(node.get("name") for node in _grammar().iter(f"{{{_RELAX_NG}}}element"))


@cache
def _grammar() -> etree._Element:
    schema = resources.files("parallel_statement.formats").joinpath("schemas", SCHEMA)
    return etree.fromstring(schema.read_bytes())
