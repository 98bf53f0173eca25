"""The corrections of one document, open for a change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from parallel_statement.cli import job, place
from parallel_statement.errors import ParallelStatementError, UnknownNameError

if TYPE_CHECKING:
    from parallel_statement.model import LanguageTag, Lock, Version
    from parallel_statement.workspace import (
        BorderRecord,
        Change,
        Corrections,
        Entry,
        LockRecord,
        Resolution,
    )


@dataclass(frozen=True)
class Desk:
    """One document with what was decided of it, open for a change."""

    entry: Entry
    path: Path
    corrections: Corrections
    versions: tuple[Version, ...]
    resolution: Resolution
    records: tuple[LockRecord, ...]
    """With the ids that their segments have now; the stale ones last."""
    places: tuple[str, ...] = ()

    @property
    def stale(self) -> tuple[LockRecord, ...]:
        """The records that are not applied."""
        return self.records[len(self.resolution.applied) :]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why each of the records is stale; empty if it is not."""
        applied = [""] * len(self.resolution.applied)
        return (*applied, *(reason for _, reason in self.resolution.stale))

    def languages(self, option: str | None) -> list[LanguageTag] | None:
        """Return the languages that *option* names, as in ``en,ja``."""
        from parallel_statement.workspace import standard_tag

        if option is None:
            return None
        known = [version.language for version in self.versions]
        chosen = [standard_tag(tag.strip()) for tag in option.split(",") if tag.strip()]
        for tag in chosen:
            if tag not in known:
                raise UnknownNameError("language of the text", tag, known)
        if len(set(chosen)) < 2:
            raise ParallelStatementError("--languages: name two or more, as in en,ja")
        return chosen

    def decision(self, *, together: bool) -> Lock:
        """Return the lock or forbid that the places name."""
        from parallel_statement.model import Lock

        level, sides = place.read_sides(self.places, self.versions)
        filled = sum(1 for side in sides.values() if side)
        if together and (len(sides) < 2 or not filled):
            raise ParallelStatementError(
                "name the segments of two languages or more: en:p3.s1 ja:p3.s1, or ja:- if that "
                "version has nothing there"
            )
        if not together and filled < max(len(sides), 2):
            raise ParallelStatementError(
                "name the segments that are not to correspond: en:p3.s1 ja:p3.s2"
            )
        return Lock(level, sides, together)

    def add(
        self, wanted: Iterable[Lock], by: str, note: str, date: str | None, action: str = ""
    ) -> list[LockRecord]:
        """Add what is *wanted*, locks or forbids, all or nothing; return what is new.

        The *action* is the word for it, if it is neither "lock" nor "forbid".
        """
        from parallel_statement.locking import Decisions, content, describe
        from parallel_statement.workspace import Change, Finder, records_of

        when = job.encoding_date(date) or ""
        decided = Decisions(self.versions, self.resolution.locks)
        known = {content(each) for each in self.resolution.locks}
        new = []
        for each in wanted:
            rival = decided.opponent(each)
            if rival is not None:
                raise ParallelStatementError(
                    f"{describe(each)} contradicts what is {_verb(rival)} already: "
                    f"{describe(rival)}; take that back first: "
                    f"align unlock {self.path.parent} {describe(rival)}"
                )
            if content(each) not in known:
                known.add(content(each))
                decided.add(each)
                new.append(each)
        added = records_of(new, Finder(self.versions))
        if added:
            word = action or ("lock" if added[0].together else "forbid")
            self.save(Change(word, added, by=by, note=note, date=when))
        return list(added)

    def with_borders(self, borders: Sequence[BorderRecord]) -> Desk:
        """Return the document as it would be with more *borders* of sentences."""
        from parallel_statement.workspace import apply_borders, refreshed, resolve_corrections

        versions = apply_borders(self.versions, borders)
        resolution = resolve_corrections(self.corrections, versions, self.path)
        records = refreshed(resolution, versions)
        return replace(self, versions=versions, resolution=resolution, records=records)

    def inside(self, beads: Sequence[Lock]) -> list[LockRecord]:
        """Return the locks all of whose segments lie in the *beads*."""
        bounds = {
            (each.level, tag, identifier)
            for each in beads
            for tag, ids in each.segments.items()
            for identifier in ids
        }
        return [
            record
            for record in self.records
            if record.together
            and all(
                (record.level, tag, segment.id) in bounds
                for tag, side in record.segments.items()
                for segment in side
            )
        ]

    def naming(self) -> list[LockRecord]:
        """Return the locks and forbids that name all the segments that the places name."""
        level, sides = place.read_sides(self.places, self.versions)
        return [
            record
            for record in self.records
            if record.level == level and all(_names(record, tag, ids) for tag, ids in sides.items())
        ]

    def decide(
        self,
        action: str,
        locks: Iterable[Lock],
        freed: Iterable[Lock],
        by: str,
        note: str,
        date: str | None,
    ) -> Corrections:
        """Write that *locks* hold from now on, and *freed* ones no longer; return what holds."""
        from parallel_statement.workspace import Finder, amendment

        change = amendment(action, locks, freed, self.records, Finder(self.versions))
        when = job.encoding_date(date) or ""
        return self.save(replace(change, by=by, note=note, date=when))

    def save(self, change: Change) -> Corrections:
        """Write *change*; return what holds then."""
        from parallel_statement.workspace import append

        return append(self.path, change, self.corrections)


def open_one(
    arguments: Sequence[str] | None,
    document: str | None,
    encodings: Sequence[str],
    files: Sequence[str] = (),
) -> Desk:
    """Return the document that *arguments* speak of, or *files* make, with its locks."""
    folder, places = place.divide(arguments or ())
    named = document or place.document_of(places)
    workspace = job.find_texts(folder, files, [named] if named else ())
    if len(workspace.entries) > 1:
        known = ", ".join(entry.id for entry in workspace.entries)
        raise ParallelStatementError(f"several documents: say which with --document: {known}")
    (entry,) = workspace.entries
    return of(entry, job.segment(entry, workspace, encodings), tuple(places))


def of(entry: Entry, versions: tuple[Version, ...], places: tuple[str, ...] = ()) -> Desk:
    """Return what was decided of *entry*, to be changed at *places*."""
    from parallel_statement.workspace import (
        Corrections,
        read_corrections,
        refreshed,
        resolve_corrections,
    )

    path = entry.corrections or Path()
    corrections = read_corrections(path) if entry.corrections else Corrections()
    resolution = resolve_corrections(corrections, versions, path)
    records = refreshed(resolution, versions)
    return Desk(entry, path, corrections, versions, resolution, records, places)


def _names(record: LockRecord, language: LanguageTag, ids: Sequence[str]) -> bool:
    """Return whether *record* names all of *ids*, or (without any) says that nothing is there."""
    from parallel_statement.locking import local

    side = record.segments.get(language)
    if side is None or (side and not ids):
        return False
    return {local(identifier) for identifier in ids} <= {local(segment.id) for segment in side}


def _verb(lock: Lock) -> str:
    return "locked" if lock.together else "forbidden"
