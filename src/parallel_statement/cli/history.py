"""Commands that take back what a person did, and do it again: ``align undo``, ``align redo``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parallel_statement.cli import desk, job
from parallel_statement.cli.console import emit, emit_json
from parallel_statement.cli.correct import ByOption, NoteOption, WhenOption
from parallel_statement.cli.options import (
    EncodingOption,
    JsonOption,
    OneDocumentOption,
    TextsArgument,
)
from parallel_statement.errors import ParallelStatementError

if TYPE_CHECKING:
    from parallel_statement.workspace import Change


def undo(
    texts: TextsArgument = None,
    document: OneDocumentOption = None,
    by: ByOption = "",
    note: NoteOption = "",
    date: WhenOption = None,
    encoding: EncodingOption = None,
    json: JsonOption = False,
) -> int:
    """Take back the last correction; again, the one before it."""
    file = desk.open_one([str(texts)] if texts else [], document, encoding or ())
    _turn(file, "undo", file.corrections.undoable, (by, note, date), json=json)
    return 0


def redo(
    texts: TextsArgument = None,
    document: OneDocumentOption = None,
    by: ByOption = "",
    note: NoteOption = "",
    date: WhenOption = None,
    encoding: EncodingOption = None,
    json: JsonOption = False,
) -> int:
    """Bring back the correction that was undone last."""
    file = desk.open_one([str(texts)] if texts else [], document, encoding or ())
    _turn(file, "redo", file.corrections.redoable, (by, note, date), json=json)
    return 0


def _turn(
    file: desk.Desk,
    action: str,
    change: Change | None,
    said: tuple[str, str, str | None],
    *,
    json: bool,
) -> None:
    """Write that *change* is undone or redone, and say so."""
    from parallel_statement.workspace import Change

    if change is None:
        raise ParallelStatementError(f"{file.path}: nothing to {action}")
    by, note, date = said
    when = job.encoding_date(date) or ""
    file.save(Change(action, of=change.id, by=by, note=note, date=when))
    if json:
        emit_json(
            {
                "document": file.entry.id,
                "file": file.path.as_posix(),
                action: {"id": change.id, "action": change.action, "by": change.by},
            }
        )
        return
    done = "undone" if action == "undo" else "done again"
    who = f", by {change.by}" if change.by else ""
    emit(f"{done}: {change.action}{_what(change)}{who}\n")
    emit(f"next: align run {file.path.parent.as_posix()}\n")


def _what(change: Change) -> str:
    """Return what *change* was about, in short."""
    from parallel_statement.locking import describe
    from parallel_statement.workspace import LockRecord

    if not change.add:
        return ""
    first = change.add[0]
    named = (
        describe(first.lock)
        if isinstance(first, LockRecord)
        else f"{first.language} “{first.before} | {first.after}”"
    )
    more = len(change.add) - 1
    return f" {named}" + (f" and {more} more" if more else "")
