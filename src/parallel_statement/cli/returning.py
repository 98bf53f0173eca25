"""The command ``align import``: what a person changed in an exported file, kept as locks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parallel_statement.cli import desk, job
from parallel_statement.cli.console import emit, emit_json, emit_rich, table
from parallel_statement.cli.correct import ByOption, NoteOption, WhenOption
from parallel_statement.cli.options import (
    EncoderOption,
    EncodingOption,
    JsonOption,
    OneDocumentOption,
    OutOption,
    TextsArgument,
    WeightsOption,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

    from parallel_statement.feedback import Feedback
    from parallel_statement.formats.returned import Returned
    from parallel_statement.model import Lock

_SHOWN, _BEFORE = 80, 30
"""Characters of a cell that are shown, and those of them before the first difference."""


def import_(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="What `align export` wrote: XLSX, DOCX, TSV, TMX ..."),
    ],
    texts: TextsArgument = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and write nothing.")
    ] = False,
    document: OneDocumentOption = None,
    by: ByOption = "",
    note: NoteOption = "",
    date: WhenOption = None,
    out: OutOption = Path("out"),
    encoder: EncoderOption = "use",
    weights: WeightsOption = None,
    encoding: EncodingOption = None,
    json: JsonOption = False,
) -> int:
    """Read back what a person changed in an exported file; exit with 1 if there are conflicts.

    Rows that were joined, divided, accepted or refused become locks. Texts are never changed.
    """
    from parallel_statement.feedback import judge
    from parallel_statement.formats.returned import read_returned

    returned = read_returned(file)
    found = _open(texts, document, returned, encoding)
    text = job.present(
        found.entry, found.versions, found.resolution, out, encoder, weights, quiet=json
    )
    made = judge(returned, text, found.resolution.locks)
    added = 0 if dry_run else _keep(found, made.locks, by, note, date)
    if json:
        emit_json(_record(made, found, added))
    else:
        _tell(made, found, added, dry_run=dry_run)
    return int(bool(made.conflicts))


def _open(
    texts: Path | None, document: str | None, returned: Returned, encoding: list[str] | None
) -> desk.Desk:
    """Return the document that the file speaks of, with its locks."""
    from parallel_statement.errors import UnknownNameError

    folder = [str(texts)] if texts is not None else []
    try:
        return desk.open_one(folder, document or returned.document or None, encoding or ())
    except UnknownNameError:
        if document or not returned.document:
            raise
        return desk.open_one(folder, None, encoding or ())  # its name may have changed


def _keep(found: desk.Desk, locks: Iterable[Lock], by: str, note: str, date: str | None) -> int:
    """Write *locks*, those with the same note as one change; return how many are new."""
    groups: dict[str, list[Lock]] = {}
    for each in locks:
        groups.setdefault(each.note or note, []).append(each)
    added = 0
    for words, group in groups.items():
        added += len(found.add(group, by, words, date, "import"))
        found = desk.of(found.entry, found.versions)
    return added


def _record(made: Feedback, found: desk.Desk, added: int) -> dict[str, object]:
    return {
        "document": found.entry.id,
        "file": made.name,
        "kept_in": found.path.as_posix(),
        "rows": made.rows,
        "added": added,
        "decisions": [asdict(each) for each in made.decisions],
        "conflicts": [asdict(each) for each in made.conflicts],
        "remarks": list(made.remarks),
    }


def _tell(made: Feedback, found: desk.Desk, added: int, *, dry_run: bool) -> None:
    from parallel_statement.locking import describe

    for each in made.decisions:
        emit(f"{each.place}: {each.reason}: {describe(each.lock)}\n")
    if made.conflicts:
        emit_rich("", "conflicts, of which nothing was applied:", "", _conflicts(made))
    for remark in made.remarks:
        emit(f"note: {remark}\n")
    counts = {"row": made.rows, "decision": len(made.decisions), "conflict": len(made.conflicts)}
    counted = ", ".join(f"{number} {word}{'s' * (number != 1)}" for word, number in counts.items())
    emit(f"{made.name}: {counted}\n")
    if dry_run:
        emit("nothing was written (--dry-run)\n")
    elif added:
        emit(f"{found.path.as_posix()}: {added} added\n")
        emit(f"next: align run {found.path.parent.as_posix()}\n")


def _conflicts(made: Feedback) -> RenderableType:
    from parallel_statement.cli.prose import Prose

    rows: list[list[RenderableType]] = [
        [
            Prose(each.place),
            Prose(" ".join(filter(None, (each.language, each.problem)))),
            Prose(_short(each.said, each.known)),
            Prose(": ".join(filter(None, (each.meant, _short(each.known, each.said))))),
            Prose(each.advice),
        ]
        for each in made.conflicts
    ]
    headings = ("where", "what", "the file says", "the texts say", "what to do")
    return table(headings, rows, spaced=True)


def _short(words: str, other: str) -> str:
    """Return the stretch of *words* in which they begin to differ from the *other* ones."""
    pairs = enumerate(zip(words, other, strict=False))
    same = next((k for k, (own, foreign) in pairs if own != foreign), min(len(words), len(other)))
    start = max(min(same - _BEFORE, len(words) - _SHOWN), 0) if same > _BEFORE else 0
    shown = words[start : start + _SHOWN]
    return f"{'…' * (start > 0)}{shown}{'…' * (start + _SHOWN < len(words))}"
