"""Sentence beads as the rows of a document for people: what a table of texts shows in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parallel_statement.formats.cells import Column, columns
from parallel_statement.formats.places import BeadNames
from parallel_statement.locking import describe
from parallel_statement.model import Bead, Lock, ParallelText, Range


@dataclass(frozen=True, slots=True)
class Row:
    """One bead, and what it is called."""

    place: str
    """The name of its paragraph."""
    begins: bool
    """Whether the row before has another place."""
    bead: Bead
    columns: tuple[Column, ...]

    @property
    def cells(self) -> Iterator[tuple[Column, Range]]:
        """The versions, and their sentences in the bead."""
        return ((column, self.bead.ranges[column.language]) for column in self.columns)

    @property
    def segments(self) -> str:
        """The segments as a person names them: ``en:p3.s1+p3.s2 ja:p3.s1 it:-``."""
        return named(self.bead, self.columns)


def rows(text: ParallelText) -> Iterator[Row]:
    """Yield the rows of *text* in order."""
    languages = columns(text)
    names = BeadNames(text)
    before = None
    for bead in text.sentences.beads:
        place = names.name("sentence", bead)
        yield Row(place, place != before, bead, languages)
        before = place


def named(bead: Bead, languages: Sequence[Column]) -> str:
    """Return the segments of *bead* as a person names them: ``en:p3.s1+p3.s2 ja:- it:p3.s1``."""
    ids = {
        column.language: column.ids[extent.start : extent.stop]
        for column in languages
        for extent in [bead.ranges[column.language]]
    }
    return describe(Lock("sentence", ids))
