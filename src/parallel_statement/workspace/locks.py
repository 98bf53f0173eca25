"""A lock or a forbid as it stands in the file of corrections.

Every segment stands there with its id and its words, so that a lock is found again when the
text around it has changed. A lock whose words are gone is stale: it is kept in the file and
reported, and not applied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from parallel_statement.errors import UnknownNameError
from parallel_statement.formats.record import Record
from parallel_statement.languages import standard_tag
from parallel_statement.model import LanguageTag, Level, Lock, Occurrence

_KEYS = {"level", "kind", "segments", "occurrences"}


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
    id: str = ""
    """By which a later change of the file takes it back."""

    @property
    def lock(self) -> Lock:
        """The lock with the ids that the file has."""
        segments = {tag: tuple(s.id for s in side) for tag, side in self.segments.items()}
        return Lock(self.level, segments, self.together, self.by, self.note, self.date)


def kind(record: LockRecord) -> str:
    """Return what *record* is called, in the file and in messages: lock or forbid."""
    return "lock" if record.together else "forbid"


def plain_lock(record: LockRecord) -> dict[str, Any]:
    """Return *record* as the file has it, without who decided it, when and why."""
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
    return plain


def read_lock(record: Record) -> LockRecord:
    """Return the lock that *record* of the file holds.

    Raises:
        InputError: it does not say what a lock says.
    """
    lock = record.content
    record.refuse_others(_KEYS)
    if lock.get("level") not in ("paragraph", "sentence"):
        record.fail('"level" must be "paragraph" or "sentence"')
    if lock.get("kind") not in ("lock", "forbid"):
        record.fail('"kind" must be "lock" or "forbid"')
    segments = _segments(record, lock.get("segments"))
    filled = sum(1 for side in segments.values() if side)
    together = lock["kind"] == "lock"
    if len(segments) < 2 or filled < (1 if together else 2):
        record.fail("names too little: two languages are needed, with segments in them")
    return LockRecord(
        cast("Level", lock["level"]),
        segments,
        together,
        _occurrences(record, lock.get("occurrences", {}), segments),
    )


def _segments(record: Record, value: object) -> dict[LanguageTag, tuple[Quoted, ...]]:
    if not isinstance(value, dict):
        record.fail('"segments" must be an object with a list for each language')
    segments: dict[LanguageTag, tuple[Quoted, ...]] = {}
    for tag, side in value.items():
        try:
            language = standard_tag(tag)
        except UnknownNameError as error:
            record.fail(str(error))
        if language in segments or not isinstance(side, list):
            record.fail(f'"segments": {tag!r} must be one list')
        segments[language] = tuple(_quoted(record, segment) for segment in side)
    return segments


def _quoted(record: Record, value: object) -> Quoted:
    if not isinstance(value, dict) or set(value) != {"id", "text"}:
        record.fail('a segment must be an object with "id" and "text"')
    segment = Record(record.path, record.where, value, line=record.line)
    return Quoted(segment.text("id"), segment.text("text"))


def _occurrences(
    record: Record, value: object, segments: Mapping[LanguageTag, object]
) -> dict[LanguageTag, Occurrence]:
    if not isinstance(value, dict):
        record.fail('"occurrences" must be an object')
    occurrences = {}
    for tag, said in value.items():
        occurrence = read_occurrence(said) if isinstance(said, str) else None
        if tag not in segments or occurrence is None:
            record.fail('"occurrences": write as in {"en": "2 of 3"}, for languages of the lock')
        occurrences[tag] = occurrence
    return occurrences


def read_occurrence(words: str) -> Occurrence | None:
    """Return what *words* such as "2 of 3" say; None if they say no such thing."""
    number, _, count = words.partition(" of ")
    if not (_is_number(number) and _is_number(count)):
        return None
    return Occurrence(int(number), int(count))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
