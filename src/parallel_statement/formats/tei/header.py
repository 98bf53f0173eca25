"""The headers: what the metadata says, and nothing that it does not say.

What TEI demands and nobody stated is written as "not stated"; the rest is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree

from parallel_statement import languages
from parallel_statement.formats.tei.decisions import Deciders
from parallel_statement.formats.tei.declarations import declarations
from parallel_statement.formats.tei.markup import (
    Child,
    corpus_file,
    element,
    iso_date,
    paragraph,
)
from parallel_statement.formats.tei.publication import (
    NAME,
    NOT_STATED,
    authors,
    corpus_publication,
    dated,
    is_translation,
    responsibility,
    series,
    source_description,
    statement,
    title_of,
    version_publication,
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

_TEI_VERSION = re.compile(r"\d+[a-z]*\d*(?:\.\d+[a-z]*\d*){0,3}")


def corpus_header(checked: CheckedText) -> etree._Element:
    """Return the header of the corpus file."""
    text = checked.text
    metadata = text.metadata
    names = _listed([_language_name(tag) for tag in text.languages])
    title = metadata.title or title_of(text.versions[0], metadata)
    sizes = {"texts": len(text.versions)}
    file_description = element(
        "fileDesc",
        None,
        element(
            "titleStmt",
            None,
            element("title", {"type": "main"}, title or f"{text.id} (title {NOT_STATED})"),
            element("title", {"type": "sub", "xml:lang": "en"}, f"Text in {names}"),
            *authors(metadata),
            *_responsibilities(checked),
        ),
        _edition(text.provenance),
        _extent(sizes),
        corpus_publication(checked),
        _notices(text.notices),
        element("sourceDesc", None, paragraph("The header of each text describes its source.")),
    )
    encoding = element(
        "encodingDesc",
        None,
        *declarations(),
        taxonomies(checked),
        _applications(text.id, text.provenance),
    )
    profile = _profile(metadata, text.languages)
    changes = Deciders(checked.text).changes()
    return _header(file_description, encoding, profile, _revision(checked, "", changes))


def version_header(checked: CheckedText, version: Version) -> etree._Element:
    """Return the header of the file of *version*."""
    metadata = checked.text.metadata
    own = metadata.versions.get(version.language, VersionMetadata(title=""))
    tag = version.language
    title = title_of(version, metadata) or metadata.title
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
                {"type": "main", "xml:lang": tag if title_of(version, metadata) else None},
                title or f"{version.id} (title {NOT_STATED})",
            ),
            element("title", {"type": "sub", "xml:lang": "en"}, f"{_language_name(tag)} version"),
            *authors(metadata),
            statement(responsibility(own), own.responsible),
            statement("segmentation and encoding", NAME, application=f"{version.id}.app"),
        ),
        _edition(checked.text.provenance),
        _extent(sizes),
        version_publication(checked, version.id, own),
        series(checked),
        _omissions(version),
        source_description(version, metadata, own),
    )
    return _header(
        file_description,
        element(
            "encodingDesc",
            None,
            *declarations(),
            _applications(version.id, checked.text.provenance),
        ),
        _profile(metadata, [tag], of_original=is_translation(own)),
        _revision(checked, corpus_file(checked.text.id)),
    )


def _header(*parts: etree._Element | None) -> etree._Element:
    return element("teiHeader", {"xml:lang": "en"}, *parts)


def _language_name(tag: LanguageTag) -> str:
    return languages.get(tag).name


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


# --- fileDesc ----------------------------------------------------------------------------


def _responsibilities(checked: CheckedText) -> list[etree._Element | None]:
    document = checked.text.id
    return [
        element(
            "respStmt",
            {"xml:id": f"{document}.resp.auto"},
            element("resp", None, "segmentation, alignment, checks and encoding"),
            element("name", {"type": "software", "ref": f"#{document}.app"}, NAME),
        ),
        *Deciders(checked.text).statements(),
    ]


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


def _notices(notices: Sequence[str]) -> etree._Element | None:
    if not notices:
        return None
    return element("notesStmt", None, *(element("note", None, notice) for notice in notices))


def _omissions(version: Version) -> etree._Element | None:
    """Return the note on what the file holds and the text does not."""
    if not version.document.omissions:
        return None
    words = f"Left out: {', '.join(version.document.omissions)}."
    return element("notesStmt", None, element("note", {"type": "omissions"}, words))


# --- encodingDesc, profileDesc, revisionDesc ---------------------------------------------


def _applications(bearer: str, provenance: Provenance) -> etree._Element:
    """Return the ``appInfo`` in the header of *bearer*, a corpus or a text."""
    number = _TEI_VERSION.match(provenance.version)
    facts = {
        "version": provenance.version,
        "encoder": provenance.encoder,
        "weights": provenance.weights,
        **dict(sorted(provenance.settings.items())),
    }
    application = element(
        "application",
        {
            "xml:id": f"{bearer}.app",
            "ident": NAME,
            "version": number[0] if number else "0",
        },
        element("label", None, NAME),
        element(
            "desc", None, "; ".join(f"{key}: {value}" for key, value in facts.items() if value)
        ),
    )
    return element("appInfo", None, application)


def _profile(
    metadata: Metadata, tags: Sequence[LanguageTag], *, of_original: bool = False
) -> etree._Element:
    """Return the ``profileDesc``; with *of_original*, date and place are those of the original."""
    place = element("placeName", None, metadata.place) if metadata.place else None
    origin: list[Child | None] = [dated(metadata.date), place]
    if all(part is not None for part in origin):
        origin.insert(1, ", ")
    if of_original:
        origin.insert(0, "Original: ")
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


def _revision(
    checked: CheckedText, file: str, decided: Iterable[etree._Element] = ()
) -> etree._Element | None:
    changes = list(decided)
    if checked.date:
        who = f"{file}#{checked.text.id}.resp.auto"
        attributes = {"when": iso_date(checked.date), "who": who}
        changes.append(element("change", attributes, "Encoding generated."))
    return element("revisionDesc", None, *changes) if changes else None
