"""The command ``align import``: what a person changed in an exported file, kept as locks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

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

    from parallel_statement.feedback import Cut, Feedback
    from parallel_statement.formats.returned import Returned
    from parallel_statement.model import Lock, ParallelText
    from parallel_statement.workspace import BorderRecord

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
    from parallel_statement.formats.returned import read_returned

    returned = read_returned(file)
    folder = [str(texts)] if texts is not None else []
    found = desk.open_one(folder, document or returned.document or None, encoding or ())

    def present(file: desk.Desk) -> ParallelText:
        means = (out, encoder, weights)
        return job.present(file.entry, file.versions, file.resolution, *means, quiet=json)

    review = _review(returned, found, present)
    added = 0 if dry_run else _keep(review, found, by, note, date)
    if json:
        emit_json(_record(review, found, added))
    else:
        _tell(review, found, added, dry_run=dry_run)
    return int(bool(review.made.conflicts))


class _Review(NamedTuple):
    """What a file comes to, in the texts as it would have them."""

    made: Feedback
    file: desk.Desk
    """With the sentences that are to be cut."""
    cuts: tuple[Cut, ...] = ()
    borders: tuple[BorderRecord, ...] = ()


def _review(
    returned: Returned, found: desk.Desk, present: Callable[[desk.Desk], ParallelText]
) -> _Review:
    """Return what *returned* comes to; sentences are cut only where nothing speaks against it."""
    from parallel_statement.feedback import find_cuts, judge, renamed
    from parallel_statement.workspace import border_at

    versions = {version.language: version for version in found.versions}
    cuts = find_cuts(returned, found.versions)
    while cuts:
        borders = tuple(border_at(versions[c.language], c.sentence, c.offset) for c in cuts)
        file = found.with_borders(borders)
        if len(file.stale) > len(found.stale):  # a lock is about what would be cut
            break
        table = renamed(returned, found.versions, file.versions)
        made = judge(table, present(file), file.resolution.locks)
        unclear = {conflict.place for conflict in made.conflicts}
        kept = tuple(cut for cut in cuts if unclear.isdisjoint(cut.places))
        if kept == cuts:
            return _Review(made, file, cuts, borders)
        cuts = kept
    return _Review(judge(returned, present(found), found.resolution.locks), found)


def _keep(review: _Review, found: desk.Desk, by: str, note: str, date: str | None) -> int:
    """Write what was decided, what has the same note as one change; return how much is new."""
    from parallel_statement.workspace import Change

    groups: dict[str, list[Lock]] = {}
    for each in review.made.locks:
        groups.setdefault(each.note or note, []).append(each)
    if review.borders:
        when = job.encoding_date(date) or ""
        found.save(Change("import", review.borders, by=by, note=note, date=when))
    added = len(review.borders)
    for words, group in groups.items():
        file = desk.of(found.entry, review.file.versions)
        added += len(file.add(group, by, words, date, "import"))
    return added


def _record(review: _Review, found: desk.Desk, added: int) -> dict[str, object]:
    made = review.made
    return {
        "document": found.entry.id,
        "file": made.name,
        "kept_in": found.path.as_posix(),
        "rows": made.rows,
        "added": added,
        "cuts": [asdict(each) for each in review.cuts],
        "decisions": [asdict(each) for each in made.decisions],
        "conflicts": [asdict(each) for each in made.conflicts],
        "remarks": list(made.remarks),
    }


def _tell(review: _Review, found: desk.Desk, added: int, *, dry_run: bool) -> None:
    from parallel_statement.locking import describe

    made = review.made
    for cut, border in zip(review.cuts, review.borders, strict=True):
        where = f"{' and '.join(cut.places)}: divided: {cut.language}"
        emit(f"{where} “{border.before} | {border.after}”\n")
    for each in made.decisions:
        emit(f"{each.place}: {each.reason}: {describe(each.lock)}\n")
    if made.conflicts:
        emit_rich("", "conflicts, of which nothing was applied:", "", _conflicts(made))
    for remark in made.remarks:
        emit(f"note: {remark}\n")
    decided = len(made.decisions) + len(review.cuts)
    counts = {"row": made.rows, "decision": decided, "conflict": len(made.conflicts)}
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
