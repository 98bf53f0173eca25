"""Places in the texts of TEI files: what an id, or a stretch of an element's characters, means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from parallel_statement.archive.versions import ReadVersion
from parallel_statement.model import LanguageTag, Span

if TYPE_CHECKING:
    from parallel_statement.formats.tei.foreign import Address


class Place(NamedTuple):
    """Where an element stands."""

    language: LanguageTag
    element: str
    """Its name."""
    span: Span


class Places:
    """Finds places by address: the name of a file and an id in it."""

    def __init__(self, read: Sequence[ReadVersion]) -> None:
        self._versions = {
            (each.text.file.name, identity): each for each in read for identity in each.places
        }

    def find(self, address: Address) -> Place | None:
        """Return where the element with this *address* stands, if it was read."""
        found = self._versions.get(address)
        if found is None:
            return None
        return Place(found.version.language, *found.places[address[1]])

    def stretch(self, address: Address, start: int, end: int) -> tuple[LanguageTag, Span] | None:
        """Return the place of the characters from *start* to *end* of an element, if they are."""
        found = self._versions.get(address)
        span = found.stretch(address[1], start, end) if found else None
        return None if found is None or span is None else (found.version.language, span)
