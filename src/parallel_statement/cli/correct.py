"""Commands that keep what a person decides: ``align lock``, ``forbid``, ``unlock``, ``locks``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parallel_statement.cli import desk, job, place
from parallel_statement.cli.console import emit, emit_json, emit_rich, table
from parallel_statement.cli.options import (
    DocumentOption,
    EncoderOption,
    EncodingOption,
    JsonOption,
    OneDocumentOption,
    OutOption,
    TextsArgument,
    WeightsOption,
)
from parallel_statement.errors import ParallelStatementError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from parallel_statement.model import LanguageTag, Lock, ParallelText
    from parallel_statement.workspace import LockRecord

PlacesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[TEXTS] PLACE...",
        help="A bead's id as `align show` and the page have it, or segments: en:p3.s1+p3.s2 "
        "ja:p3.s1 it:- (nothing there); paragraphs: en:p3 ja:p3+p4.",
    ),
]
SegmentsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[TEXTS] SEGMENTS...", help="As in en:p3.s1 ja:p3.s2, or en:p3 ja:p4."),
]
ByOption = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decided it.")]
NoteOption = Annotated[str, typer.Option("--note", metavar="WORDS", help="Why.")]
WhenOption = Annotated[str | None, typer.Option("--date", metavar="DATE", help="When.")]

_SHOWN = 10
"""Most locks that are named one by one."""
_QUOTED = 60


def lock(
    places: PlacesArgument = None,
    all_: Annotated[bool, typer.Option("--all", help="Every bead as it is.")] = False,
    languages: Annotated[
        str | None,
        typer.Option("--languages", metavar="TAGS", help="Only these versions', as in en,ja."),
    ] = None,
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
    """Fix beads as they are, or say which segments make up one bead."""
    if bool(place.divide(places or ())[1]) == all_:
        raise ParallelStatementError("name the beads or segments to lock, or give --all")
    file = desk.open_one(places, document, encoding or ())
    beads = [word for word in file.places if place.is_bead(word)]
    if beads and len(beads) < len(file.places):
        raise ParallelStatementError("name beads, or the segments of one bead, not both")
    chosen = file.languages(languages)
    if all_ or beads:
        text = job.present(
            file.entry, file.versions, file.resolution, out, encoder, weights, quiet=json
        )
        wanted = _as_they_are(text, beads, chosen)
    else:
        wanted = [file.decision(together=True)]
    added = file.add(wanted, by, note, date)
    _tell(file, "locked", added, json)
    return 0


def forbid(
    segments: SegmentsArgument = None,
    document: OneDocumentOption = None,
    by: ByOption = "",
    note: NoteOption = "",
    date: WhenOption = None,
    encoding: EncodingOption = None,
    json: JsonOption = False,
) -> int:
    """Say which segments never correspond to each other."""
    file = desk.open_one(segments, document, encoding or ())
    added = file.add([file.decision(together=False)], by, note, date)
    _tell(file, "forbidden", added, json)
    return 0


def unlock(
    places: PlacesArgument = None,
    all_: Annotated[bool, typer.Option("--all", help="All of the document.")] = False,
    stale: Annotated[bool, typer.Option("--stale", help="All that are stale.")] = False,
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
    """Take back the locks of a bead, or the locks and forbids that name the segments."""
    from parallel_statement.workspace import Change

    if bool(place.divide(places or ())[1]) + all_ + stale != 1:
        raise ParallelStatementError("name the places to unlock, or give --all or --stale")
    file = desk.open_one(places, document, encoding or ())
    beads = [word for word in file.places if place.is_bead(word)]
    borders: list[str] = []
    if beads:
        text = job.present(
            file.entry, file.versions, file.resolution, out, encoder, weights, quiet=json
        )
        gone = file.inside([each for word in beads for each in place.locks_at(text, word)])
    elif file.places:
        gone = file.naming()
    else:
        gone = list(file.records if all_ else file.stale)
        borders = [] if all_ else [border.id for border, _ in file.resolution.stale_borders]
    if not gone and not borders:
        where = " ".join(file.places) or str(file.path)
        raise ParallelStatementError(f"{where}: nothing to unlock; `align locks` lists all locks")
    when = job.encoding_date(date) or ""
    identifiers = (*(record.id for record in gone), *borders)
    file.save(Change("unlock", remove=identifiers, by=by, date=when, note=note))
    _tell(file, "unlocked", gone, json)
    return 0


def locks(
    texts: TextsArgument = None,
    document: DocumentOption = None,
    encoding: EncodingOption = None,
    json: JsonOption = False,
) -> int:
    """List the locks and forbids, and which of them are stale."""
    workspace = job.find_texts(texts, (), document or ())
    files = [
        desk.of(entry, job.segment(entry, workspace, encoding or ())) for entry in workspace.entries
    ]
    if json:
        emit_json({"documents": list(map(_listing, files))})
        return 0
    for file in files:
        if file.records:
            _print_table(file)
        else:
            emit(f"{file.entry.id}: no locks.\n")
    return 0


def _as_they_are(
    text: ParallelText, beads: Sequence[str], languages: Sequence[LanguageTag] | None
) -> list[Lock]:
    """Return the locks of the *beads* as they are; of all beads if none is named."""
    from parallel_statement.locking import Keeper

    if beads:
        return [each for word in beads for each in place.locks_at(text, word, languages)]
    return list(Keeper(text).all_locks(languages))


def _tell(file: desk.Desk, done: str, records: Sequence[LockRecord], json: bool) -> None:
    """Say what was done, and what to do next."""
    from parallel_statement.locking import describe
    from parallel_statement.workspace import read_corrections

    if json:
        emit_json(
            {
                "document": file.entry.id,
                "file": file.path.as_posix(),
                done: [_record(record) for record in records],
            }
        )
        return
    if not records:
        emit(f"{file.entry.id}: all of this was {done} already.\n")
        return
    for record in records[:_SHOWN]:
        emit(f"{done}: {describe(record.lock)}\n")
    if len(records) > _SHOWN:
        emit(f"... {len(records)} in all\n")
    left = len(read_corrections(file.path).locks)
    held = f"{left} lock{'s' * (left != 1)} in force" if left else "no lock in force"
    emit(f"{file.path.as_posix()}: {held}\n")
    emit(f"next: align run {file.path.parent.as_posix()}\n")


def _record(record: LockRecord, reason: str = "") -> dict[str, object]:
    """Return *record* for a program, with the *reason* why it is stale."""
    from parallel_statement.workspace.locks import kind

    return {
        "level": record.level,
        "kind": kind(record),
        "segments": {
            tag: [segment._asdict() for segment in side] for tag, side in record.segments.items()
        },
        "by": record.by,
        "note": record.note,
        "date": record.date,
        "stale": reason or None,
    }


def _listing(file: desk.Desk) -> dict[str, object]:
    """Return the locks of *file* for a program."""
    return {
        "document": file.entry.id,
        "file": file.path.as_posix(),
        "locks": list(map(_record, file.records, file.reasons)),
    }


def _print_table(file: desk.Desk) -> None:
    """Print the locks of *file*, a column a language."""
    from parallel_statement.cli.prose import Prose
    from parallel_statement.locking import local
    from parallel_statement.workspace.locks import kind

    languages = list(dict.fromkeys(tag for record in file.records for tag in record.segments))
    order = [v.language for v in file.versions]
    languages.sort(key=lambda tag: order.index(tag) if tag in order else len(order))
    rows: list[list[RenderableType]] = []
    for record, reason in zip(file.records, file.reasons, strict=True):
        said = (record.by, record.date, record.note, f"STALE: {reason}" if reason else "")
        cells: list[RenderableType] = [kind(record)]
        for tag in languages:
            side = record.segments.get(tag)
            quoted = (f"{local(segment.id)}: {_short(segment.text)}" for segment in side or ())
            cells.append(Prose("any" if side is None else "\n".join(quoted) or "-"))
        rows.append([*cells, Prose("; ".join(filter(None, said)))])
    emit_rich(f"{file.entry.id}: {file.path.as_posix()}", "")
    emit_rich(table(("what", *languages, "remarks"), rows, spaced=True))


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"
