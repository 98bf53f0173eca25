"""The package as DataCite describes it (schema 4.5), for whoever gives it a DOI."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from parallel_statement.formats.xml import LANGUAGE, serialize
from parallel_statement.model import CheckedText, VersionMetadata
from parallel_statement.packaging.prose import description

NAME = "datacite.xml"
_KERNEL = "http://datacite.org/schema/kernel-4"
_SCHEMA = f"{_KERNEL} https://schema.datacite.org/meta/kernel-4.5/metadata.xsd"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(?P<doi>10\.\d{4,9}/\S+)")
TO_BE_ASSIGNED = ":tba"
"""What DataCite calls a value that will be given later (its documentation, appendix 3)."""


def datacite(checked: CheckedText, files: Mapping[str, bytes]) -> bytes:
    """Return the record of a package that holds *files*."""
    metadata = checked.text.metadata
    root = etree.Element(
        f"{{{_KERNEL}}}resource",
        {f"{{{_INSTANCE}}}schemaLocation": _SCHEMA},
        {None: _KERNEL, "xsi": _INSTANCE},  # type: ignore[dict-item]
    )
    found = _DOI.fullmatch(metadata.identifier)
    _add(root, "identifier", found["doi"] if found else TO_BE_ASSIGNED, identifierType="DOI")
    creators = _add(root, "creators")
    for name in metadata.issuers:
        creator = _add(creators, "creator")
        _add(creator, "creatorName", name, nameType="Organizational")
    _titles(_add(root, "titles"), checked)
    _add(root, "publisher", metadata.publisher)
    _add(root, "publicationYear", (checked.date or "")[:4])
    _add(root, "resourceType", "Parallel text", resourceTypeGeneral="Dataset")
    _subjects(root, checked)
    _contributors(root, checked)
    _dates(_add(root, "dates"), checked)
    if not found:
        numbers = _add(root, "alternateIdentifiers")
        name = metadata.identifier or checked.text.id
        _add(numbers, "alternateIdentifier", name, alternateIdentifierType="local")
    _add(_add(root, "sizes"), "size", f"{sum(map(len, files.values()))} bytes")
    _add(_add(root, "formats"), "format", "application/tei+xml")
    rights = _add(root, "rightsList")
    for words, address in dict.fromkeys(_rights(checked)):
        _add(rights, "rights", words, rightsURI=address or None)
    descriptions = _add(root, "descriptions")
    abstract = {LANGUAGE: "en", "descriptionType": "Abstract"}
    _add(descriptions, "description", description(checked), **abstract)
    return serialize(root)


def _add(
    parent: etree._Element, name: str, text: str | None = None, **attributes: str | None
) -> etree._Element:
    known = {key: value for key, value in attributes.items() if value is not None}
    child = etree.SubElement(parent, f"{{{_KERNEL}}}{name}", known)
    child.text = text
    return child


def _titles(titles: etree._Element, checked: CheckedText) -> None:
    metadata = checked.text.metadata
    _add(titles, "title", metadata.title)
    for tag in checked.text.languages:
        own = metadata.versions.get(tag)
        if own is not None and own.title and own.title != metadata.title:
            language = {LANGUAGE: tag, "titleType": "TranslatedTitle"}
            _add(titles, "title", own.title, **language)


def _subjects(root: etree._Element, checked: CheckedText) -> None:
    if checked.text.metadata.keywords:
        subjects = _add(root, "subjects")
        for keyword in checked.text.metadata.keywords:
            _add(subjects, "subject", keyword)


def _contributors(root: etree._Element, checked: CheckedText) -> None:
    versions = checked.text.metadata.versions
    names = dict.fromkeys(own.responsible for own in versions.values() if own.responsible)
    if names:
        contributors = _add(root, "contributors")
        for name in names:
            contributor = _add(contributors, "contributor", contributorType="Other")
            _add(contributor, "contributorName", name)


def _dates(dates: etree._Element, checked: CheckedText) -> None:
    if checked.text.metadata.date:
        said = {"dateType": "Created", "dateInformation": "of the document"}
        _add(dates, "date", checked.text.metadata.date, **said)
    _add(dates, "date", checked.date, dateType="Issued", dateInformation="of the encoding")


def _rights(checked: CheckedText) -> Iterator[tuple[str, str]]:
    metadata = checked.text.metadata
    yield metadata.licence, metadata.licence_url
    for tag in checked.text.languages:
        own = metadata.versions.get(tag, VersionMetadata(""))
        yield own.licence, own.licence_url
