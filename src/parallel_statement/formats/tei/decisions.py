"""What people decided of the alignment: who they are, and which of them answers for a link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from lxml import etree

from parallel_statement.formats.tei.markup import element, iso_date
from parallel_statement.formats.tei.publication import NOT_STATED
from parallel_statement.locking import describe
from parallel_statement.model import LanguageTag, Level, Lock, ParallelText

UNKNOWN = "man"
"""Last part of the id of those of whom nobody said who they are."""


class Deciders:
    """The people who fixed or forbade something in one text."""

    def __init__(self, text: ParallelText) -> None:
        """Take what was decided of *text*."""
        self._document = text.id
        self._locks = text.locks
        names = dict.fromkeys(lock.by for lock in text.locks if lock.by)
        self._ids = {name: f"{UNKNOWN}{number}" for number, name in enumerate(names, start=1)}
        self._by_segment: dict[tuple[Level, str], list[Lock]] = {}
        for lock in text.locks:
            for ids in lock.segments.values() if lock.together else ():
                for identifier in ids:
                    self._by_segment.setdefault((lock.level, identifier), []).append(lock)
        unnamed = any(not lock.by for lock in text.locks)
        if unnamed or any(not self._locks_of(*bead) for bead in _locked(text)):
            self._ids = {"": UNKNOWN, **self._ids}

    def statements(self) -> Iterator[etree._Element]:
        """Yield a ``respStmt`` for each of them, and one for those who are not named."""
        for name, identifier in self._ids.items():
            yield element(
                "respStmt",
                {"xml:id": f"{self._document}.resp.{identifier}"},
                element("resp", None, "alignment fixed by hand"),
                element("name", None, name or NOT_STATED),
            )

    def answer_for(self, level: Level, bead: Mapping[LanguageTag, Iterable[str]]) -> str:
        """Return pointers to those who fixed a *bead*, given the ids of its segments."""
        named = dict.fromkeys(self._ids[lock.by] for lock in self._locks_of(level, bead))
        known = [identifier for identifier in self._ids.values() if identifier in named]
        return " ".join(self._pointer(identifier) for identifier in known or [UNKNOWN])

    def _locks_of(self, level: Level, bead: Mapping[LanguageTag, Iterable[str]]) -> list[Lock]:
        return [
            lock
            for ids in bead.values()
            for identifier in ids
            for lock in self._by_segment.get((level, identifier), ())
            if len(bead.keys() & lock.segments.keys()) > 1
        ]

    def changes(self) -> Iterator[etree._Element]:
        """Yield a ``change`` for all that one person decided on one day with one note."""

        def said(lock: Lock) -> tuple[str, str, str]:
            return lock.date, lock.by, lock.note

        for (date, by, note), locks in groupby(sorted(self._locks, key=said), key=said):
            fixed: list[str] = []
            apart: list[str] = []
            for lock in locks:
                (fixed if lock.together else apart).append(describe(lock))
            words = [f"Fixed by hand: {'; '.join(fixed)}."] if fixed else []
            words += [f"Kept apart by hand: {'; '.join(apart)}."] if apart else []
            attributes = {"when": iso_date(date), "who": self._pointer(self._ids[by])}
            yield element("change", attributes, " ".join([*words, *filter(None, [note])]))

    def _pointer(self, identifier: str) -> str:
        return f"#{self._document}.resp.{identifier}"


def _locked(text: ParallelText) -> Iterator[tuple[Level, dict[LanguageTag, list[str]]]]:
    """Yield the locked beads of *text*, as the ids of their segments."""
    for alignment in (text.paragraphs, text.sentences):
        level = alignment.level
        ids = {v.language: [s.id for s in v.segments(level)] for v in text.versions}
        for bead in alignment.beads:
            if bead.status == "locked":
                yield level, {tag: ids[tag][slice(*r)] for tag, r in bead.ranges.items()}
        for (one, other), beads in alignment.pairs.items():
            for pair in beads:
                if pair.status == "locked":
                    sides = {one: ids[one][slice(*pair.source)]}
                    yield level, sides | {other: ids[other][slice(*pair.target)]}
