"""Who answers for a text, under which terms it may be used, and what file it was read from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from lxml import etree

from parallel_statement.formats import READERS
from parallel_statement.formats.tei.markup import element, iso_date, paragraph, url
from parallel_statement.model import CheckedText, Metadata, Source, Version, VersionMetadata

NAME = "parallel-statement"
NOT_STATED = "not stated"

_TRANSLATION = re.compile(r"(?<!\bnot )(?<!\bnot a )(?<!\bno )\btranslation\b", re.IGNORECASE)
_TRANSCRIPTION = re.compile(r"\btranscription\b", re.IGNORECASE)
_FORMATS = {
    "docx": "DOCX",
    "html": "HTML",
    "markdown": "Markdown",
    "pdf": "PDF",
    "plain": "plain text",
    "tei": "TEI",
}
"""Reader: the name of its format."""
_CONTAINERS = {"docx", "pdf"}
"""Readers of files that are no text in one encoding."""


def title_of(version: Version, metadata: Metadata) -> str:
    """Return the title of *version* in its own language: as stated, or its first heading."""
    stated = metadata.versions.get(version.language)
    if stated is not None and stated.title:
        return stated.title
    heads = [p for p in version.paragraphs if p.kind == "head"]
    return version.text(heads[0]).strip() if heads else ""


def authors(metadata: Metadata) -> list[etree._Element]:
    """Return an ``author`` for each issuing body."""
    return [element("author", None, element("orgName", None, name)) for name in metadata.issuers]


def dated(text: str) -> etree._Element | None:
    """Return *text* as a ``date``, or None if there is none."""
    return element("date", {"when": iso_date(text)}, text) if text else None


def statement(what: str, who: str, *, application: str = "") -> etree._Element | None:
    """Return that *who* did *what*; *application* is the id of a program, if *who* is one."""
    if not who:
        return None
    kind = {"type": "software", "ref": f"#{application}"} if application else None
    return element("respStmt", None, element("resp", None, what), element("name", kind, who))


def is_translation(own: VersionMetadata) -> bool:
    """Return whether the metadata call a version a translation, in its status."""
    return bool(_TRANSLATION.search(own.status))


def responsibility(own: VersionMetadata) -> str:
    """Return what those did who are responsible for a version, as far as the metadata tell."""
    if is_translation(own):
        return "translation"
    if _TRANSCRIPTION.search(f"{own.status} {own.responsible}"):
        return "transcription"
    return "this version"


# --- publicationStmt and seriesStmt ------------------------------------------------------


def corpus_publication(checked: CheckedText) -> etree._Element:
    """Return the ``publicationStmt`` of the corpus."""
    metadata = checked.text.metadata
    terms = [("Encoding", metadata.licence, metadata.licence_url)]
    return _publication(checked, _numbers(checked), terms)


def version_publication(
    checked: CheckedText, identifier: str, own: VersionMetadata
) -> etree._Element:
    """Return the ``publicationStmt`` of one text: its wording and its encoding have terms."""
    metadata = checked.text.metadata
    terms = [
        ("Wording", own.licence, own.licence_url),
        ("Encoding", metadata.licence, metadata.licence_url),
    ]
    return _publication(checked, [element("idno", {"type": "text"}, identifier)], terms)


def series(checked: CheckedText) -> etree._Element:
    """Return the ``seriesStmt`` of a text: the document that it belongs to."""
    title = checked.text.metadata.title or checked.text.id
    return element("seriesStmt", None, element("title", None, title), *_numbers(checked))


def _numbers(checked: CheckedText) -> list[etree._Element]:
    """Return the document's id and, if it is another, the identifier that was stated."""
    document, stated = checked.text.id, checked.text.metadata.identifier
    numbers = [element("idno", {"type": "document"}, document)]
    if stated and stated != document:
        kind = "URI" if url(stated) else "identifier"
        numbers.append(element("idno", {"type": kind}, stated))
    return numbers


def _publication(
    checked: CheckedText, numbers: Iterable[etree._Element], terms: Iterable[tuple[str, str, str]]
) -> etree._Element:
    terms = list(terms)
    unknown = not any(words or link for _, words, link in terms)
    return element(
        "publicationStmt",
        None,
        element("publisher", None, checked.text.metadata.publisher or NOT_STATED),
        dated(checked.date or ""),
        *numbers,
        element(
            "availability",
            {"status": "unknown" if unknown else None},
            *(_licence(*term) for term in terms),
        ),
    )


def _licence(what: str, words: str, link: str) -> etree._Element:
    if not words and not link:
        return paragraph(f"{what}: licence {NOT_STATED}")
    target = url(link)
    said = words if target and words else " ".join(filter(None, [words, link]))
    return element("licence", {"target": target}, f"{what}: {said}")


# --- sourceDesc --------------------------------------------------------------------------


def source_description(
    version: Version, metadata: Metadata, own: VersionMetadata
) -> etree._Element:
    """Return the ``sourceDesc``: the file that was read and, of a translation, the original.

    Issuing bodies and date are those of the statement, so they stand with the original.
    """
    source = version.document.source
    title = title_of(version, metadata)
    link = url(own.source_url)
    translated = is_translation(own)
    notes = {
        "status": own.status,
        "source": own.source,
        "address": "" if link else own.source_url,
        "reading": _reading(source),
    }
    read = element(
        "bibl",
        None,
        element("title", {"xml:lang": version.language}, title) if title else None,
        *([statement("translation", own.responsible)] if translated else authors(metadata)),
        element("publisher", None, own.publisher) if own.publisher else None,
        None if translated else dated(metadata.date),
        element("idno", {"type": "file"}, source.name),
        element("idno", {"type": "SHA-256"}, source.sha256),
        element("ref", {"target": link}, own.source_url) if link else None,
        *(element("note", {"type": kind}, words) for kind, words in notes.items() if words),
    )
    return element("sourceDesc", None, read, _original(metadata) if translated else None)


def _original(metadata: Metadata) -> etree._Element | None:
    """Return what is known of the statement that a translation renders."""
    title = element("title", None, metadata.title) if metadata.title else None
    facts = [title, *authors(metadata), dated(metadata.date)]
    if all(fact is None for fact in facts):
        return None
    return element("bibl", {"type": "original"}, *facts)


def _reading(source: Source) -> str:
    """Return from which format *source* was read and, where it is text, in which encoding."""
    reader = READERS.get(PurePosixPath(source.name).suffix.lower(), "")
    encoding = "" if reader in _CONTAINERS else source.encoding
    if not reader:
        return f"Read as {encoding}." if encoding else ""
    return f"Read from {_FORMATS[reader]}{', encoding ' if encoding else ''}{encoding}."
