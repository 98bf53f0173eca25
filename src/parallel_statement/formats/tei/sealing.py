"""Records that stand in the header of a TEI file, sealed so that a later change is seen.

``xenoData`` holds the record and the SHA-256 of the elements around it and of the record. A file
that a person has changed no longer has that sum: then its elements are what counts, and the record
is not read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from lxml import etree

from parallel_statement.formats.tei.markup import TEI, XINCLUDE, element
from parallel_statement.formats.tei.record import NotARecordError, dump, load
from parallel_statement.formats.xml import text_of
from parallel_statement.model import CheckedText, LanguageTag, Version

FORMAT = "parallel-statement-tei/1"
"""Name and version of the records; a change that breaks readers raises the number."""
TYPE = "record"
"""``xenoData/@type`` of a record."""

_HEAD = re.compile(
    rf'\s*{{"format":"{re.escape(FORMAT)}","sha256":"(?P<seal>[0-9a-f]{{64}})",(?="content":)'
)
_BETWEEN = re.compile(rb">\s+<")
_HEADER = f"{{{TEI}}}teiHeader"
_RECORD = f"{_HEADER}/{{{TEI}}}xenoData[@type='{TYPE}']"
_MEMBERS = (f"{{{TEI}}}TEI", f"{{{XINCLUDE}}}include")


@dataclass(frozen=True, slots=True)
class CorpusRecord:
    """What a corpus file keeps: everything but the versions, which keep themselves."""

    checked: CheckedText
    """Without versions."""
    seals: Mapping[LanguageTag, str]
    """Those of the versions, in order: another version of the same name is not taken for it."""


def seal(root: etree._Element, value: Version | CorpusRecord) -> str:
    """Put *value* into the header of *root*, and return the seal."""
    content = f'"content":{dump(value)}}}'
    mark = checksum(root, content)
    words = f'{{"format":"{FORMAT}","sha256":"{mark}",{content}'
    record = element("xenoData", {"type": TYPE}, words)
    header = root.find(_HEADER)
    if header is None:
        raise ValueError("a TEI file without a header")
    revision = header.find(f"{{{TEI}}}revisionDesc")
    header.insert(len(header) if revision is None else header.index(revision), record)
    return mark


def corpus_record(checked: CheckedText, seals: Mapping[LanguageTag, str]) -> CorpusRecord:
    """Return the record of the corpus file of *checked*."""
    return CorpusRecord(replace(checked, text=replace(checked.text, versions=())), seals)


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it was found in a file."""

    seal: str
    intact: bool
    """Whether the elements are still those for which it was written."""
    words: str
    """JSON of all of it."""

    def content(self) -> Any:
        """Return what it holds.

        Raises:
            NotARecordError: it is no JSON.
        """
        try:
            return json.loads(self.words)["content"]
        except (ValueError, RecursionError, LookupError, TypeError) as error:
            raise NotARecordError("the record in xenoData is not JSON") from error


def find_record(root: etree._Element) -> Record | None:
    """Return the record in the header of *root*, a ``TEI`` or ``teiCorpus``, if there is one.

    Raises:
        NotARecordError: it is damaged, or of a later version of this program.
    """
    node = root.find(_RECORD)
    if node is None:
        return None
    words = text_of(node)
    head = _HEAD.match(words)
    if head is None:
        raise NotARecordError(f"the record in xenoData does not begin as one of {FORMAT}")
    try:
        mark = checksum(root, words[head.end() :])
    except etree.C14NError:  # Canonical XML has no form for a namespace that is no absolute URI
        mark = ""
    return Record(head["seal"], head["seal"] == mark, words)


def version_of(record: Record) -> Version:
    """Return the version that *record* holds."""
    return load(Version, record.content())


def corpus_of(record: Record) -> CorpusRecord:
    """Return the corpus that *record* holds."""
    return load(CorpusRecord, record.content())


def checksum(root: etree._Element, content: str) -> str:
    """Return the SHA-256 of *root* and of *content*.

    It is that of Canonical XML 1.0 without white space between two tags.

    Records and the texts of a corpus are left out: they have sums of their own.
    """
    canonical = etree.tostring(_bare(root), method="c14n")
    return sha256(_BETWEEN.sub(b"><", canonical) + content.encode()).hexdigest()


def _bare(root: etree._Element) -> etree._Element:
    """Return *root* without records and texts; a copy, unless it has none."""
    if root.tail is None and root.find(_RECORD) is None and not list(root.iterchildren(*_MEMBERS)):
        return root
    copy = deepcopy(root)
    copy.tail = None
    for node in [*copy.iterchildren(*_MEMBERS), *copy.findall(_RECORD)]:
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
    return copy
