"""A returned table laid out in the texts: which sentences each of its rows holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parallel_statement.errors import InputError
from parallel_statement.feedback.finding import NOTHING, Found, claims, find
from parallel_statement.feedback.passages import Passages
from parallel_statement.formats.returned import Returned
from parallel_statement.model import Bead, LanguageTag, Lock, ParallelText, Range, Status

Ranges = tuple[Range, ...]
"""Of one row, in the order of the languages; a gap is always the same empty range."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A table and the text that it is of."""

    table: Returned
    text: ParallelText
    languages: tuple[LanguageTag, ...]
    """Of the text; those that the table has."""
    passages: Mapping[LanguageTag, Passages]
    columns: Mapping[LanguageTag, Found]
    shared: Mapping[int, set[int]]
    """Rows that have a sentence in common with others, and these others."""
    beads: Mapping[Ranges, Bead]
    """Those of all versions as they are now, seen in these languages."""
    statuses: Mapping[Ranges, Status]
    """Of these beads, and of those of the pair, if the table has two languages."""

    def ranges(self, number: int) -> Ranges | None:
        """Return what the row *number* holds; None if that is not clear."""
        found = [self.columns[tag].ranges[number] for tag in self.languages]
        settled = tuple(extent for extent in found if extent is not None)
        return settled if len(settled) == len(found) and number not in self.shared else None

    def lock(self, ranges: Ranges, *, together: bool = True, note: str = "") -> Lock:
        """Return the lock that *ranges* make, or the forbid of those that hold something."""
        segments = {
            tag: tuple(s.id for s in self.text.version(tag).sentences[extent.start : extent.stop])
            for tag, extent in zip(self.languages, ranges, strict=True)
            if together or extent.size
        }
        return Lock("sentence", segments, together, note=note)


def lay_out(table: Returned, text: ParallelText) -> Layout:
    """Return *table* laid out in *text*.

    Raises:
        InputError: it is of another text, or has less than two of its languages.
    """
    if table.document and table.document != text.id:
        raise InputError(table.name, f"is of the text {table.document}, not of {text.id}")
    spoken = {tag for row in table.rows for tag in row.cells}
    languages = tuple(tag for tag in text.languages if tag in spoken)
    if len(languages) < 2:
        known = ", ".join(text.languages)
        raise InputError(table.name, f"has not two of the languages of {text.id}: {known}")
    passages = {tag: Passages(text.version(tag)) for tag in languages}
    columns = {tag: find(passages[tag], tag, table.rows) for tag in languages}
    beads = {_ranges(bead.ranges[tag] for tag in languages): bead for bead in text.sentences.beads}
    statuses = {ranges: bead.status for ranges, bead in beads.items()}
    if len(languages) == 2:
        for part in text.pair(*languages):
            statuses[_ranges((part.source, part.target))] = part.status
    return Layout(table, text, languages, passages, columns, claims(columns), beads, statuses)


def _ranges(found: Iterable[Range]) -> Ranges:
    return tuple(extent if extent.size else NOTHING for extent in found)
