"""The kinds of archive that a package can be made for, and what each wants to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parallel_statement.errors import UnknownNameError


@dataclass(frozen=True, slots=True)
class Archive:
    """A kind of archive: what must be known, and what form a package has."""

    name: str
    """As a person calls it."""
    document: tuple[str, ...]
    """What the metadata of the document must say."""
    version: tuple[str, ...]
    """What the metadata of each version must say."""
    largest: int | None = None
    """Bytes that a TEI file may have."""
    bag: bool = False
    """Whether the package is a bag (RFC 8493), with a record for DataCite in it."""


_DOCUMENT = ("title", "issuers", "publisher", "licence")
_VERSION = ("status", "source", "licence")

ARCHIVES: Mapping[str, Archive] = {
    "clarin": Archive(
        "a CLARIN repository",
        (*_DOCUMENT, "licence_url", "keywords"),
        (*_VERSION, "responsible"),
    ),
    "ota": Archive(
        "the Oxford Text Archive",
        (*_DOCUMENT, "date"),
        ("title", *_VERSION, "publisher", "responsible"),
    ),
    "tapas": Archive("TAPAS", _DOCUMENT, ("title", *_VERSION), largest=10_000_000),
    "generic": Archive("an archive", _DOCUMENT, _VERSION, bag=True),
}
"""Name on the command line: the archive."""


def archive_named(name: str) -> Archive:
    """Return the archive called *name*.

    Raises:
        UnknownNameError: there is none; the message names those that there are.
    """
    if name not in ARCHIVES:
        raise UnknownNameError("archive", name, ARCHIVES)
    return ARCHIVES[name]
