"""What a person decided of a document: ``texts/<stem>.corrections.jsonl``.

The file only grows. Its first line names the format; every other one is a change: what was done,
by whom and when, which decisions that adds and which it takes back. To undo a change is a change
too. So nothing is ever lost, a diff shows what somebody did, and what two people did can be
merged line by line.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from parallel_statement.errors import InputError
from parallel_statement.formats.files import read_bytes
from parallel_statement.formats.record import Record
from parallel_statement.workspace.borders import BorderRecord, plain_border, read_border
from parallel_statement.workspace.locks import LockRecord, plain_lock, read_lock
from parallel_statement.workspace.metadata import is_date
from parallel_statement.workspace.results import write_files

SUFFIX = ".corrections.jsonl"
FORMAT = "parallel-statement-corrections/1"
UNDO, REDO = "undo", "redo"
_KEYS = {"id", "action", "of", "add", "remove", "by", "date", "note"}
_ID_DIGITS = 8
_PATIENCE = 10
"""Seconds that a change waits for another program's."""

Decision = LockRecord | BorderRecord


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the file: what a person did at once."""

    action: str
    """In a word, as in ``lock`` or ``merge``; ``undo`` and ``redo`` are about the change `of`."""
    add: tuple[Decision, ...] = ()
    remove: tuple[str, ...] = ()
    """Ids of the decisions that it takes back."""
    of: str = ""
    by: str = ""
    date: str = ""
    note: str = ""
    id: str = ""
    """Given when it is written."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """All changes of a document, in the order in which they were made."""

    changes: tuple[Change, ...] = ()

    @property
    def in_force(self) -> tuple[Change, ...]:
        """The changes that are not undone."""
        undone = set(_undone(self.changes))
        return tuple(c for c in self.changes if not c.of and c.id not in undone)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What holds now: decided, and neither taken back nor undone."""
        held: dict[str, Decision] = {}
        for change in self.in_force:
            for identifier in change.remove:
                held.pop(identifier, None)
            held |= {decision.id: decision for decision in change.add}
        return tuple(held.values())

    @property
    def locks(self) -> tuple[LockRecord, ...]:
        """The locks and forbids that hold now."""
        return tuple(each for each in self.decisions if isinstance(each, LockRecord))

    @property
    def borders(self) -> tuple[BorderRecord, ...]:
        """The sentence borders that hold now."""
        return tuple(each for each in self.decisions if isinstance(each, BorderRecord))

    @property
    def undoable(self) -> Change | None:
        """The change that an undo takes back: the last one in force."""
        return self.in_force[-1] if self.in_force else None

    @property
    def redoable(self) -> Change | None:
        """The change that a redo brings back: the last one undone, if nothing was done since."""
        last = max((n for n, c in enumerate(self.changes, start=1) if not c.of), default=0)
        undone = _undone(self.changes[last:])
        return next((c for c in self.changes if undone and c.id == undone[-1]), None)


def _undone(changes: Iterable[Change]) -> list[str]:
    """Return the ids of what *changes* undo and do not redo, in that order."""
    undone: dict[str, None] = {}
    for change in changes:
        if change.action == UNDO:
            undone[change.of] = None
        elif change.action == REDO:
            undone.pop(change.of, None)
    return list(undone)


def read_corrections(path: Path) -> Corrections:
    """Return the corrections in the file *path*; none if it is not there.

    Raises:
        InputError: the file cannot be read, or does not say what corrections say.
    """
    if not path.exists():
        return Corrections()
    try:
        lines = read_bytes(path).decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise InputError(path, "is not UTF-8 text; save the file as UTF-8") from error
    records = list(_records(path, lines))
    if not records or records[0].content.get("format") != FORMAT:
        raise InputError(
            path, f'is no file of corrections: its first line must be {{"format": "{FORMAT}"}}', 1
        )
    changes: dict[str, Change] = {}
    for record in records[1:]:
        change = _read(record, changes)
        if changes.setdefault(change.id, change) != change:
            record.fail(f"a second change has the id {change.id!r}")
    return Corrections(tuple(changes.values()))


def append(path: Path, change: Change, known: Corrections) -> Corrections:
    """Write *change* behind what the file *path* holds, in one step; return what it then holds.

    Args:
        path: The file; made if it is not there.
        change: What to add; its id, and those of its decisions, are given here.
        known: What the file is thought to hold.

    Raises:
        InputError: the file holds something else: another program has changed it meanwhile.
        OutputError: the file cannot be written.
    """
    with _alone(path):
        new, before = _identified(change, known), _render(known)
        as_written = path.exists() and read_bytes(path) == before  # quicker than to parse
        if not as_written and read_corrections(path) != known:
            raise InputError(
                path, "was changed by another program meanwhile; look at it, and try again"
            )
        write_files(path.parent, {path.name: before + _line(_plain(new))})
    return Corrections((*known.changes, new))


def _render(corrections: Corrections) -> bytes:
    """Return the file that holds *corrections*."""
    lines = [{"format": FORMAT}, *map(_plain, corrections.changes)]
    return b"".join(map(_line, lines))


def _line(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode() + b"\n"


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other programs of this user from changing *path* meanwhile.

    Users may share the folder of the locks, and none can open another's.
    """
    from filelock import FileLock, Timeout

    meant = os.fsencode(Path.home()) + b"\n" + os.fsencode(path.resolve())
    name = hashlib.sha256(meant).hexdigest()[:16]
    place = Path(tempfile.gettempdir(), f"parallel-statement-{name}.lock")
    try:
        with FileLock(place, timeout=_PATIENCE):
            yield
    except Timeout as error:
        raise InputError(path, "another program is changing it; try again") from error


# --- lines -------------------------------------------------------------------------------


def _records(path: Path, lines: Sequence[str]) -> Iterator[Record]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield Record(path, "", json.loads(line), line=number)
        except RecursionError as error:
            raise InputError(path, "is nested too deeply", number) from error
        except ValueError as error:
            raise InputError(
                path, f"the line is not valid JSON ({error}); take it out or mend it", number
            ) from error


def _read(record: Record, earlier: dict[str, Change]) -> Change:
    record.refuse_others(_KEYS)
    said = {key: record.optional(key) or "" for key in ("of", "by", "date", "note")}
    if said["date"] and not is_date(said["date"]):
        record.fail(f'"date": {said["date"]!r} is not a date; write it as 2026-01-16')
    change = Change(
        record.text("action"),
        tuple(map(_decision, record.records("add"))) if "add" in record.content else (),
        record.texts("remove") if "remove" in record.content else (),
        id=record.text("id"),
        **said,
    )
    if bool(change.of) != (change.action in (UNDO, REDO)):
        record.fail(f'"of" belongs to {UNDO} and {REDO}, and to these only')
    if change.of and (change.of not in earlier or earlier[change.of].of):
        record.fail(f"{change.action} of {change.of!r}: there is no such change before it")
    return _signed(change)


def _decision(record: Record) -> Decision:
    return read_border(record) if "language" in record.content else read_lock(record)


def _plain(change: Change) -> dict[str, Any]:
    plain: dict[str, Any] = {"id": change.id} if change.id else {}
    plain["action"] = change.action
    plain |= {key: words for key in ("of", "by", "date", "note") if (words := getattr(change, key))}
    if change.add:
        plain["add"] = [
            plain_border(each) if isinstance(each, BorderRecord) else plain_lock(each)
            for each in change.add
        ]
    if change.remove:
        plain["remove"] = list(change.remove)
    return plain


def _identified(change: Change, known: Corrections) -> Change:
    """Return *change* with an id made of its content and of how often that was said before."""
    content = _plain(replace(change, id=""))
    same = sum(_plain(replace(each, id="")) == content for each in known.changes)
    words = json.dumps([content, same], ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(words.encode()).hexdigest()
    return _signed(replace(change, id=f"c{digest[:_ID_DIGITS]}"))


def _signed(change: Change) -> Change:
    """Return *change* with decisions that say who took them, when and why, and have ids."""
    several = len(change.add) > 1
    return replace(
        change,
        add=tuple(
            replace(
                decision,
                id=f"{change.id}.{number}" if several else change.id,
                by=change.by,
                note=change.note,
                date=change.date,
            )
            for number, decision in enumerate(change.add, start=1)
        ),
    )
