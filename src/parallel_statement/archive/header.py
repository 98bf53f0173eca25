"""The headers of our own TEI as metadata: each fact from the element that it is written in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from parallel_statement.archive.versions import ReadVersion
from parallel_statement.formats.tei.markup import TEI
from parallel_statement.formats.tei.publication import NAME, NOT_STATED
from parallel_statement.formats.xml import LANGUAGE, text_of
from parallel_statement.model import Metadata, Provenance, VersionMetadata

_FILE = "fileDesc"
_UNTITLED = f"(title {NOT_STATED})"


class Header:
    """Finds what a header says."""

    def __init__(self, root: etree._Element) -> None:
        self._header = root.find(f"{{{TEI}}}teiHeader")

    def nodes(self, path: str) -> list[etree._Element]:
        """Return the elements at *path*, which is of names of TEI."""
        if self._header is None:
            return []
        steps = (re.sub(r"^(\w+)", rf"{{{TEI}}}\1", step) for step in path.split("/"))
        return self._header.findall("/".join(steps))

    def words(self, path: str) -> list[str]:
        """Return what the elements at *path* say, each with something to say once."""
        found = [text_of(node) for node in self.nodes(path)]
        return [said for said in found if said.strip() and said != NOT_STATED]

    def first(self, path: str) -> str:
        """Return what the first element at *path* says."""
        return next(iter(self.words(path)), "")

    def licence(self, of: str) -> tuple[str, str]:
        """Return the terms *of* the wording or the encoding, and their address."""
        for node in self.nodes(f"{_FILE}/publicationStmt/availability/licence"):
            said = text_of(node)
            if said.startswith(f"{of}: "):
                words, link = said.removeprefix(f"{of}: "), node.get("target", "")
                return ("" if words == link else words), link
        return "", ""


def metadata_in(corpus: etree._Element, read: Sequence[ReadVersion]) -> Metadata:
    """Return what the headers of the *corpus* and of its texts say of the document."""
    header = Header(corpus)
    licence, link = header.licence("Encoding")
    title = header.first(f"{_FILE}/titleStmt/title[@type='main']")
    numbers = [
        *header.words(f"{_FILE}/publicationStmt/idno[@type='URI']"),
        *header.words(f"{_FILE}/publicationStmt/idno[@type='identifier']"),
    ]
    versions = {each.version.language: _of_version(each) for each in read}
    return Metadata(
        "" if title.endswith(_UNTITLED) else title,
        header.first("profileDesc/creation/date"),
        header.first("profileDesc/creation/placeName"),
        tuple(header.words(f"{_FILE}/titleStmt/author/orgName")),
        tuple(header.words("profileDesc/textClass/keywords/term")),
        header.first(f"{_FILE}/publicationStmt/publisher"),
        licence,
        link,
        next(iter(numbers), ""),
        {tag: own for tag, own in versions.items() if own is not None},
    )


def _of_version(read: ReadVersion) -> VersionMetadata | None:
    """Return what the header of a text says of it, if that is more than its first heading."""
    header = Header(read.text.root)
    titles = header.nodes(f"{_FILE}/titleStmt/title[@type='main']")
    own = [node for node in titles if node.get(LANGUAGE) == read.version.language]
    title = text_of(own[0]) if own else ""
    source = f"{_FILE}/sourceDesc/bibl"
    people = [
        *header.words(f"{source}/respStmt/name"),
        *(
            text_of(node)
            for node in header.nodes(f"{_FILE}/titleStmt/respStmt/name")
            if node.get("type") != "software"
        ),
    ]
    licence, link = header.licence("Wording")
    found = VersionMetadata(
        title,
        header.first(f"{source}/note[@type='status']"),
        header.first(f"{source}/note[@type='source']"),
        header.first(f"{source}/ref") or header.first(f"{source}/note[@type='address']"),
        header.first(f"{source}/publisher"),
        next(iter(people), ""),
        licence,
        link,
    )
    heads = [p for p in read.version.paragraphs if p.kind == "head"]
    known = read.version.text(heads[0]).strip() if heads else ""
    return None if found == VersionMetadata(known) else found


def provenance_in(corpus: etree._Element) -> Provenance | None:
    """Return what the *corpus* says of how it came about; None if this program did not write it."""
    header = Header(corpus)
    said = header.first(f"encodingDesc/appInfo/application[@ident='{NAME}']/desc")
    facts = dict(part.split(": ", 1) for part in said.split("; ") if ": " in part)
    if not facts:
        return None
    named = {key: facts.pop(key, "") for key in ("version", "encoder", "weights")}
    return Provenance(named["version"], named["encoder"], named["weights"], facts)


def notices_in(corpus: etree._Element) -> tuple[str, ...]:
    """Return the notices of a *corpus*."""
    return tuple(Header(corpus).words(f"{_FILE}/notesStmt/note"))


def date_in(corpus: etree._Element) -> str | None:
    """Return the date of the encoding, if one is stated."""
    return Header(corpus).first(f"{_FILE}/publicationStmt/date") or None
