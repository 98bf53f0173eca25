"""The headers: what the metadata says, and nothing that it does not say.

What TEI demands and nobody stated is written as "not stated"; the rest is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from parallel_statement import languages
from parallel_statement.formats.tei.declarations import declarations
from parallel_statement.formats.tei.markup import (
    Child,
    corpus_file,
    element,
    iso_date,
    paragraph,
    url,
)
from parallel_statement.formats.tei.taxonomy import taxonomies
from parallel_statement.model import (
    CheckedText,
    LanguageTag,
    Metadata,
    Provenance,
    Version,
    VersionMetadata,
)

NAME = "parallel-statement"
NOT_STATED = "not stated"
_TEI_VERSION = re.compile(r"\d+[a-z]*\d*(?:\.\d+[a-z]*\d*){0,3}")


def corpus_header(checked: CheckedText) -> etree._Element:
    """Return the header of the corpus file."""
    text = checked.text
    metadata = text.metadata
    names = _listed([_language_name(tag) for tag in text.languages])
    title = metadata.title or _title(text.versions[0], metadata)
    sizes = {"texts": len(text.versions)}
    file_description = element(
        "fileDesc",
        None,
        element(
            "titleStmt",
            None,
            element("title", {"type": "main"}, title or f"{text.id} (title {NOT_STATED})"),
            element("title", {"type": "sub", "xml:lang": "en"}, f"Text in {names}"),
            *_authors(metadata),
            *_responsibilities(checked),
        ),
        _edition(text.provenance),
        _extent(sizes),
        _publication(checked, []),
        _notices(text.notices),
        element("sourceDesc", None, paragraph("The header of each text describes its source.")),
    )
    encoding = element(
        "encodingDesc",
        None,
        *declarations(),
        taxonomies(checked),
        element("appInfo", None, _application(text.id, text.provenance)),
    )
    profile = _profile(metadata, text.languages)
    return _header(file_description, encoding, profile, _revision(checked, ""))


def version_header(checked: CheckedText, version: Version) -> etree._Element:
    """Return the header of the file of *version*."""
    metadata = checked.text.metadata
    own = metadata.versions.get(version.language, VersionMetadata(title=""))
    tag = version.language
    title = _title(version, metadata) or metadata.title
    sizes = {
        "paragraphs": sum(1 for p in version.paragraphs if p.kind == "p"),
        "sentences": len(version.sentences),
    }
    file_description = element(
        "fileDesc",
        None,
        element(
            "titleStmt",
            None,
            element(
                "title",
                {"type": "main", "xml:lang": tag if _title(version, metadata) else None},
                title or f"{version.id} (title {NOT_STATED})",
            ),
            element("title", {"type": "sub", "xml:lang": "en"}, f"{_language_name(tag)} version"),
            *_authors(metadata),
            _statement("this version", own.responsible),
            _statement("segmentation and encoding", NAME, software=True),
        ),
        _edition(checked.text.provenance),
        _extent(sizes),
        _publication(checked, [("Wording", own.licence, own.licence_url)]),
        element("sourceDesc", None, _source(version, metadata, own)),
    )
    return _header(
        file_description,
        element("encodingDesc", None, *declarations()),
        _profile(metadata, [tag]),
        _revision(checked, corpus_file(checked.text.id)),
    )


def _header(*parts: etree._Element | None) -> etree._Element:
    return element("teiHeader", {"xml:lang": "en"}, *parts)


def _language_name(tag: LanguageTag) -> str:
    return languages.get(tag).name


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _title(version: Version, metadata: Metadata) -> str:
    """Return the title of *version* in its own language: as stated, or its first heading."""
    stated = metadata.versions.get(version.language)
    if stated is not None and stated.title:
        return stated.title
    heads = [p for p in version.paragraphs if p.kind == "head"]
    return version.text(heads[0]).strip() if heads else ""


# --- fileDesc ----------------------------------------------------------------------------


def _authors(metadata: Metadata) -> list[etree._Element]:
    return [element("author", None, element("orgName", None, name)) for name in metadata.issuers]


def _responsibilities(checked: CheckedText) -> list[etree._Element | None]:
    document = checked.text.id
    alignments = (checked.text.paragraphs, checked.text.sentences)
    statuses = {bead.status for a in alignments for bead in a.beads}
    statuses |= {bead.status for a in alignments for beads in a.pairs.values() for bead in beads}
    return [
        element(
            "respStmt",
            {"xml:id": f"{document}.resp.auto"},
            element("resp", None, "segmentation, alignment, checks and encoding"),
            element("name", {"type": "software", "ref": f"#{document}.app"}, NAME),
        ),
        element(
            "respStmt",
            {"xml:id": f"{document}.resp.man"},
            element("resp", None, "alignment fixed by hand"),
            element("name", None, NOT_STATED),
        )
        if "locked" in statuses
        else None,
    ]


def _statement(what: str, who: str, *, software: bool = False) -> etree._Element | None:
    if not who:
        return None
    name = element("name", {"type": "software" if software else None}, who)
    return element("respStmt", None, element("resp", None, what), name)


def _edition(provenance: Provenance) -> etree._Element:
    words = f"Encoding generated by {NAME} {provenance.version}".strip()
    return element("editionStmt", None, element("edition", None, words))


def _extent(sizes: dict[str, int]) -> etree._Element:
    return element(
        "extent",
        None,
        *(
            element("measure", {"unit": unit, "quantity": str(size)}, f"{size} {unit}")
            for unit, size in sizes.items()
        ),
    )


def _publication(checked: CheckedText, licences: Iterable[tuple[str, str, str]]) -> etree._Element:
    metadata = checked.text.metadata
    link = url(metadata.identifier)
    stated = [
        _licence(*licence)
        for licence in (*licences, ("Encoding", metadata.licence, metadata.licence_url))
        if any(licence[1:])
    ]
    return element(
        "publicationStmt",
        None,
        element("publisher", None, metadata.publisher or NOT_STATED),
        _date(checked.date or ""),
        element("idno", {"type": "URI" if link else None}, metadata.identifier)
        if metadata.identifier
        else None,
        element("availability", None, *stated)
        if stated
        else element("availability", {"status": "unknown"}, paragraph(f"Licence {NOT_STATED}.")),
    )


def _licence(what: str, words: str, link: str) -> etree._Element:
    target = url(link)
    said = words if target and words else " ".join(filter(None, [words, link]))
    return element("licence", {"target": target}, f"{what}: {said}")


def _date(text: str) -> etree._Element | None:
    return element("date", {"when": iso_date(text)}, text) if text else None


def _notices(notices: Sequence[str]) -> etree._Element | None:
    if not notices:
        return None
    return element("notesStmt", None, *(element("note", None, notice) for notice in notices))


def _source(version: Version, metadata: Metadata, own: VersionMetadata) -> etree._Element:
    """Return the description of the file that was read, with its fingerprint."""
    source = version.document.source
    link = url(own.source_url)
    title = _title(version, metadata)
    notes = {
        "status": own.status,
        "source": own.source,
        "address": "" if link else own.source_url,
        "encoding": f"Read as {source.encoding}." if source.encoding else "",
    }
    return element(
        "bibl",
        None,
        element("title", {"xml:lang": version.language}, title) if title else None,
        *_authors(metadata),
        element("publisher", None, own.publisher) if own.publisher else None,
        _date(metadata.date),
        element("idno", {"type": "file"}, source.name),
        element("idno", {"type": "SHA-256"}, source.sha256),
        element("ref", {"target": link}, own.source_url) if link else None,
        *(element("note", {"type": kind}, words) for kind, words in notes.items() if words),
    )


# --- encodingDesc, profileDesc, revisionDesc ---------------------------------------------


def _application(document: str, provenance: Provenance) -> etree._Element:
    number = _TEI_VERSION.match(provenance.version)
    facts = {
        "version": provenance.version,
        "encoder": provenance.encoder,
        "weights": provenance.weights,
        **dict(sorted(provenance.settings.items())),
    }
    return element(
        "application",
        {
            "xml:id": f"{document}.app",
            "ident": NAME,
            "version": number[0] if number else "0",
        },
        element("label", None, NAME),
        element(
            "desc", None, "; ".join(f"{key}: {value}" for key, value in facts.items() if value)
        ),
    )


def _profile(metadata: Metadata, tags: Sequence[LanguageTag]) -> etree._Element:
    place = element("placeName", None, metadata.place) if metadata.place else None
    origin: list[Child | None] = [_date(metadata.date), place]
    if all(part is not None for part in origin):
        origin.insert(1, ", ")
    keywords = [element("term", None, keyword) for keyword in metadata.keywords]
    return element(
        "profileDesc",
        None,
        element("creation", None, *origin) if metadata.date or metadata.place else None,
        element(
            "langUsage",
            None,
            *(element("language", {"ident": tag}, _language_name(tag)) for tag in tags),
        ),
        element("textClass", None, element("keywords", None, *keywords)) if keywords else None,
    )


def _revision(checked: CheckedText, file: str) -> etree._Element | None:
    if not checked.date:
        return None
    who = f"{file}#{checked.text.id}.resp.auto"
    attributes = {"when": iso_date(checked.date), "who": who}
    return element("revisionDesc", None, element("change", attributes, "Encoding generated."))
