"""Locks found again in texts that may have changed since.

A segment is known by its words. Where these stand more than once, the same occurrence is meant
as long as there are as many, else the one whose id it was, else the nearest to that id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from parallel_statement.errors import InputError
from parallel_statement.locking import Decisions, describe, local, rank, reading_order
from parallel_statement.model import LanguageTag, Level, Lock, Occurrence, Version
from parallel_statement.workspace.borders import StaleBorder, apply_borders, stale_borders
from parallel_statement.workspace.corrections import Corrections, read_corrections
from parallel_statement.workspace.locks import LockRecord, Quoted, kind

_LONGEST = 60
_NAMED = 5
"""Most stale locks that are named one by one."""


class Stale(NamedTuple):
    """A lock that is not applied, and why."""

    record: LockRecord
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """The locks of a file, found again in the texts as they are now."""

    name: str
    """Of the file, for messages."""
    applied: tuple[tuple[LockRecord, Lock], ...] = ()
    stale: tuple[Stale, ...] = ()
    borders: int = 0
    """Sentence borders that a person put or took away."""
    stale_borders: tuple[StaleBorder, ...] = ()

    @property
    def locks(self) -> tuple[Lock, ...]:
        """What the aligner is to obey, in the order of the text."""
        return tuple(lock for _, lock in self.applied)

    @property
    def notices(self) -> tuple[str, ...]:
        """What a reader of the result must know."""
        told = [
            f"{counted} {what}{'s' * (counted != 1)} of {self.name} applied"
            for counted, what in (
                (self.borders - len(self.stale_borders), "sentence border"),
                (len(self.applied), "lock"),
            )
            if counted
        ]
        for border, reason in self.stale_borders:
            told.append(
                f"{self.name}: a sentence border is stale and was not applied: {reason}; make it "
                f"anew where it is right, and take {border.id} back with `align unlock --stale`"
            )
        for record, reason in self.stale[:_NAMED]:
            told.append(
                f"{self.name}: the {kind(record)} {describe(record.lock)} is stale and was not "
                f"applied: {reason}; lock anew what is right, and remove it with `align unlock`"
            )
        if len(self.stale) > _NAMED:
            told.append(f"{self.name}: {len(self.stale)} locks are stale; `align locks` lists them")
        return tuple(told)


def read_locks(path: Path | str, versions: Sequence[Version]) -> Resolution:
    """Return the locks in the corrections *path*, as they are in *versions*; none without a file.

    Args:
        path: The file.
        versions: The texts, with the sentence borders that the file says (`correct`).

    Raises:
        InputError: the file cannot be read, is no file of corrections, or contradicts itself.
    """
    path = Path(path)
    return resolve_corrections(read_corrections(path), versions, path)


def correct(versions: Sequence[Version], path: Path | str) -> tuple[Version, ...]:
    """Return *versions* with the sentence borders that the corrections *path* say.

    Raises:
        InputError: the file cannot be read, or is no file of corrections.
    """
    return apply_borders(versions, read_corrections(Path(path)).borders)


def resolve_corrections(
    corrections: Corrections, versions: Sequence[Version], path: Path
) -> Resolution:
    """Return *corrections* as they are in *versions*, which have their sentence borders.

    Raises:
        InputError: two locks contradict each other.
    """
    return replace(
        resolve(corrections.locks, versions, path),
        borders=len(corrections.borders),
        stale_borders=tuple(stale_borders(versions, corrections.borders)),
    )


def records_of(
    locks: Iterable[Lock],
    finder: Finder,
    *,
    by: str = "",
    note: str = "",
    date: str = "",
) -> tuple[LockRecord, ...]:
    """Return *locks* with the words of their segments in the versions of *finder*."""
    records = []
    for lock in locks:
        segments: dict[LanguageTag, tuple[Quoted, ...]] = {}
        occurrences: dict[LanguageTag, Occurrence] = {}
        for tag, ids in lock.segments.items():
            passages = finder.passages(tag, lock.level)
            segments[tag] = passages.quote(ids)
            if ids and (found := passages.occurrence(segments[tag])).of > 1:
                occurrences[tag] = found
        records.append(LockRecord(lock.level, segments, lock.together, occurrences, by, note, date))
    return tuple(records)


def resolve(records: Iterable[LockRecord], versions: Sequence[Version], path: Path) -> Resolution:
    """Return the locks of the file *path* with the ids that their segments have now.

    Segments are found by their words. If these stand more than once, the same occurrence is
    meant as long as there are as many, else the one with the same id, else the nearest.

    Raises:
        InputError: two locks contradict each other.
    """
    found = Finder(versions)
    decided = Decisions(versions)
    applied: list[tuple[LockRecord, Lock]] = []
    stale: list[Stale] = []
    # those that are surely found come first: the others must agree with them
    for record, lock, reason, sure in sorted(
        map(found.find, records), key=lambda each: not each.sure
    ):
        if lock is None:
            stale.append(Stale(record, reason))
            continue
        rival = decided.opponent(lock)
        if rival is None:
            decided.add(lock)
            applied.append((record, lock))
        elif sure:
            raise InputError(
                path,
                f"two locks contradict each other: {describe(rival)} and {describe(lock)}; "
                f"remove one of them: align unlock {path.parent} {describe(lock)}",
            )
        else:
            stale.append(Stale(record, f"its words now stand where {describe(rival)} is locked"))
    key = reading_order(decided, versions)
    applied.sort(key=lambda pair: key(pair[1]))
    return Resolution(path.name, tuple(applied), tuple(stale))


def refreshed(resolution: Resolution, versions: Sequence[Version]) -> tuple[LockRecord, ...]:
    """Return the locks with the ids that their segments have now, the stale ones last."""
    present = {version.language for version in versions}
    anew = records_of(resolution.locks, Finder(versions))
    return (
        *(
            replace(new, by=old.by, note=old.note, date=old.date, id=old.id)
            if present.issuperset(old.segments)
            else old
            for (old, _), new in zip(resolution.applied, anew, strict=True)
        ),
        *(record for record, _ in resolution.stale),
    )


class _Found(NamedTuple):
    """A record, and the lock that it is in the texts as they are now."""

    record: LockRecord
    lock: Lock | None
    reason: str = ""
    """Why there is no lock."""
    sure: bool = True
    """Whether its words stand as often as they did."""


class Finder:
    """Finds the segments of records in the texts."""

    def __init__(self, versions: Sequence[Version]) -> None:
        """Find in *versions*; their words are laid out when they are needed first."""
        self._versions = {version.language: version for version in versions}
        self._passages: dict[tuple[LanguageTag, Level], _Passages] = {}

    def find(self, record: LockRecord) -> _Found:
        """Return the lock that *record* is now, or why there is none."""
        segments: dict[LanguageTag, tuple[str, ...]] = {}
        sure = True
        for tag, side in record.segments.items():
            if tag not in self._versions:
                continue
            passages = self.passages(tag, record.level)
            starts = passages.starts(side) if side else []
            if side and not starts:
                return _Found(record, None, passages.complaint(side))
            meant = record.occurrences.get(tag, Occurrence(1, 1))
            start = passages.choose(starts, side, meant) if side else 0
            segments[tag] = passages.ids[start : start + len(side)]
            sure = sure and (not side or meant.of == len(starts))
        filled = sum(1 for ids in segments.values() if ids)
        if len(segments) < 2 or filled < (1 if record.together else 2):
            gone = ", ".join(tag for tag in record.segments if tag not in self._versions)
            return _Found(record, None, f"there is no version in {gone} now")
        return _Found(record, replace(record.lock, segments=segments), sure=sure)

    def passages(self, language: LanguageTag, level: Level) -> _Passages:
        """Return the passages of one version."""
        key = language, level
        if key not in self._passages:
            self._passages[key] = _Passages(self._versions[language], level)
        return self._passages[key]


class _Passages:
    """The segments of one version, to be found by their words."""

    def __init__(self, version: Version, level: Level) -> None:
        segments = version.segments(level)
        self.language = version.language
        self.ids = tuple(segment.id for segment in segments)
        self.texts = tuple(version.text(segment) for segment in segments)
        self._numbers = {identifier: k for k, identifier in enumerate(self.ids)}
        self._places: dict[str, list[int]] = {}
        for place, text in enumerate(self.texts):
            self._places.setdefault(text, []).append(place)

    def quote(self, ids: Sequence[str]) -> tuple[Quoted, ...]:
        """Return the segments called *ids*, which are neighbours."""
        return tuple(
            Quoted(identifier, self.texts[self._numbers[identifier]]) for identifier in ids
        )

    def starts(self, side: Sequence[Quoted]) -> list[int]:
        """Return the places at which the words of *side* stand, one segment after another."""
        words = tuple(segment.text for segment in side)
        return [
            k for k in self._places.get(words[0], ()) if self.texts[k : k + len(words)] == words
        ]

    def occurrence(self, side: Sequence[Quoted]) -> Occurrence:
        """Return which of the equal passages *side* is, by its id."""
        starts = self.starts(side)
        number = next(n for n, k in enumerate(starts, start=1) if self.ids[k] == side[0].id)
        return Occurrence(number, len(starts))

    def choose(self, starts: Sequence[int], side: Sequence[Quoted], meant: Occurrence) -> int:
        """Return which of the *starts* is meant."""
        if meant.of == len(starts) >= meant.number > 0:
            return starts[meant.number - 1]
        names = [local(identifier) for identifier in self.ids]
        name = local(side[0].id)
        place = names.index(name) if name in names else rank(names, name)
        return min(starts, key=lambda k: (abs(k - place), k))

    def complaint(self, side: Sequence[Quoted]) -> str:
        """Return why the words of *side* are not found."""
        gone = next((s.text for s in side if s.text not in self._places), None)
        if gone is None:
            names = " and ".join(local(segment.id) for segment in side)
            return f"what was {self.language}:{names} is no longer side by side"
        shown = gone if len(gone) <= _LONGEST else f"{gone[: _LONGEST - 1]}…"
        return f"{self.language} no longer has “{shown}”"
