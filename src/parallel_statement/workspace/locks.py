"""The locks file of a document: ``texts/<stem>.locks.json``.

Every segment stands there with its id and its words, so that a lock is found again when the
text around it has changed. A lock whose words are gone is stale: it is kept in the file and
reported, and not applied.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, cast

from parallel_statement.errors import InputError, UnknownNameError
from parallel_statement.formats.record import read_json
from parallel_statement.languages import standard_tag
from parallel_statement.model import LanguageTag, Level, Lock, Occurrence
from parallel_statement.workspace.metadata import is_date
from parallel_statement.workspace.results import write_files

SUFFIX = ".locks.json"
FORMAT = "parallel-statement-locks/1"
_KEYS = {"level", "kind", "segments", "occurrences", "by", "note", "date"}


class Quoted(NamedTuple):
    """A segment as a locks file names it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class LockRecord:
    """A lock as it stands in the file."""

    level: Level
    segments: Mapping[LanguageTag, tuple[Quoted, ...]]
    together: bool = True
    occurrences: Mapping[LanguageTag, Occurrence] = field(default_factory=dict)
    """Of the languages in which the same words stand more than once."""
    by: str = ""
    note: str = ""
    date: str = ""

    @property
    def lock(self) -> Lock:
        """The lock with the ids that the file has."""
        segments = {tag: tuple(s.id for s in side) for tag, side in self.segments.items()}
        return Lock(self.level, segments, self.together, self.by, self.note, self.date)


def kind(record: LockRecord) -> str:
    """Return what *record* is called, in the file and in messages: lock or forbid."""
    return "lock" if record.together else "forbid"


# --- the file ----------------------------------------------------------------------------


def read_records(path: Path) -> tuple[LockRecord, ...]:
    """Return the locks in the file *path*; none if it is not there.

    Raises:
        InputError: the file cannot be read, or does not say what locks say.
    """
    try:
        content = read_json(path, "a file of locks")
    except FileNotFoundError:
        return ()
    return _Reader(path).read(content)


def write_records(path: Path, records: Iterable[LockRecord]) -> None:
    """Write *records* to the file *path*, in one step.

    Raises:
        OutputError: the folder cannot be written.
    """
    content = {"format": FORMAT, "locks": [_plain(record) for record in records]}
    data = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    write_files(path.parent, {path.name: data.encode()})


def _plain(record: LockRecord) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "level": record.level,
        "kind": kind(record),
        "segments": {
            tag: [segment._asdict() for segment in side] for tag, side in record.segments.items()
        },
    }
    if record.occurrences:
        plain["occurrences"] = {
            tag: f"{number} of {many}" for tag, (number, many) in record.occurrences.items()
        }
    said = {"by": record.by, "note": record.note, "date": record.date}
    return plain | {key: words for key, words in said.items() if words}


class _Reader:
    """One reading of one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.where = ""

    def read(self, content: object) -> tuple[LockRecord, ...]:
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            self._fail(f'is no file of locks: it must be an object with "format": "{FORMAT}"')
        locks = content.get("locks")
        if not isinstance(locks, list):
            self._fail('"locks" must be a list')
        records = []
        for number, lock in enumerate(locks, start=1):
            self.where = f"lock {number}: "
            records.append(self._record(lock))
        return tuple(records)

    def _record(self, lock: object) -> LockRecord:
        if not isinstance(lock, dict):
            self._fail("must be an object")
        unknown = next((key for key in lock if key not in _KEYS), None)
        if unknown is not None:
            self._fail(f"unknown key {unknown!r}; known keys: {', '.join(sorted(_KEYS))}")
        if lock.get("level") not in ("paragraph", "sentence"):
            self._fail('"level" must be "paragraph" or "sentence"')
        if lock.get("kind") not in ("lock", "forbid"):
            self._fail('"kind" must be "lock" or "forbid"')
        segments = self._segments(lock.get("segments"))
        filled = sum(1 for side in segments.values() if side)
        together = lock["kind"] == "lock"
        if len(segments) < 2 or filled < (1 if together else 2):
            self._fail("names too little: two languages are needed, with segments in them")
        words = {key: self._words(lock.get(key, ""), key) for key in ("by", "note", "date")}
        if words["date"] and not is_date(words["date"]):
            self._fail(f'"date": {words["date"]!r} is not a date; write it as 2026-01-16')
        return LockRecord(
            cast("Level", lock["level"]),
            segments,
            together,
            self._occurrences(lock.get("occurrences", {}), segments),
            **words,
        )

    def _segments(self, value: object) -> dict[LanguageTag, tuple[Quoted, ...]]:
        if not isinstance(value, dict):
            self._fail('"segments" must be an object with a list for each language')
        segments: dict[LanguageTag, tuple[Quoted, ...]] = {}
        for tag, side in value.items():
            try:
                language = standard_tag(tag)
            except UnknownNameError as error:
                self._fail(str(error))
            if language in segments or not isinstance(side, list):
                self._fail(f'"segments": {tag!r} must be one list')
            segments[language] = tuple(self._quoted(segment) for segment in side)
        return segments

    def _quoted(self, value: object) -> Quoted:
        if not isinstance(value, dict) or set(value) != {"id", "text"}:
            self._fail('a segment must be an object with "id" and "text"')
        return Quoted(self._words(value["id"], "id"), self._words(value["text"], "text"))

    def _occurrences(
        self, value: object, segments: Mapping[LanguageTag, object]
    ) -> dict[LanguageTag, Occurrence]:
        if not isinstance(value, dict):
            self._fail('"occurrences" must be an object')
        occurrences = {}
        for tag, words in value.items():
            occurrence = read_occurrence(self._words(words, "occurrences"))
            if tag not in segments or occurrence is None:
                self._fail('"occurrences": write as in {"en": "2 of 3"}, for languages of the lock')
            occurrences[tag] = occurrence
        return occurrences

    def _words(self, value: object, key: str) -> str:
        if not isinstance(value, str) or any("\ud800" <= c <= "\udfff" for c in value):
            self._fail(f"{key!r} must be text")
        return value

    def _fail(self, message: str) -> NoReturn:
        raise InputError(self.path, self.where + message)


def read_occurrence(words: str) -> Occurrence | None:
    """Return what *words* such as "2 of 3" say; None if they say no such thing."""
    number, _, count = words.partition(" of ")
    if not (_is_number(number) and _is_number(count)):
        return None
    return Occurrence(int(number), int(count))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
