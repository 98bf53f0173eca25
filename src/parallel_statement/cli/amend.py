"""Commands that put beads right: ``align merge``, ``align split`` and ``align move``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parallel_statement.cli import desk, job, place
from parallel_statement.cli.console import emit, emit_json
from parallel_statement.cli.correct import ByOption, NoteOption, WhenOption
from parallel_statement.cli.options import (
    EncoderOption,
    EncodingOption,
    JsonOption,
    OneDocumentOption,
    OutOption,
    WeightsOption,
)
from parallel_statement.errors import ParallelStatementError

if TYPE_CHECKING:
    from parallel_statement.correction import Corrected
    from parallel_statement.correction.operations import Direction
    from parallel_statement.model import ParallelText

BeadArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[TEXTS] BEAD", help="Its id, as `align show` and the page have it."),
]
SplitArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[TEXTS] BEAD SEGMENTS...",
        help="The bead's id, and which of its sentences the first part has: en:p3.s1 ja:p3.s1.",
    ),
]
SentenceArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[TEXTS] SENTENCE", help="As in en:p3.s1.")
]


def merge(
    bead: BeadArgument = None,
    previous: Annotated[
        bool, typer.Option("--previous", help="With the bead before it, not the one after it.")
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
    """Make one bead of a bead and the next."""
    from parallel_statement import correction

    file = desk.open_one(bead, document, encoding or ())
    (name,) = _places(file, 1, "the bead, as in al.s.p6.s1")
    direction: Direction = "previous" if previous else "next"
    text = job.present(
        file.entry, file.versions, file.resolution, out, encoder, weights, quiet=json
    )
    _keep(
        file, "merge", text, lambda t: correction.merge(t, name, direction), (by, note, date), json
    )
    return 0


def split(
    places: SplitArgument = None,
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
    """Make two beads of one; say which sentences the first has, the second has the others."""
    from parallel_statement import correction

    file = desk.open_one(places, document, encoding or ())
    name, *segments = _places(file, 2, "the bead and the sentences of its first part")
    text = job.present(
        file.entry, file.versions, file.resolution, out, encoder, weights, quiet=json
    )
    kept = _first_part(text, name, segments)
    _keep(file, "split", text, lambda t: correction.split(t, name, kept), (by, note, date), json)
    return 0


def move(
    sentence: SentenceArgument = None,
    to: Annotated[
        str, typer.Option("--to", metavar="WHERE", help="previous, next or alone.")
    ] = "next",
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
    """Put a sentence into the previous or the next bead, or leave it without counterpart."""
    from parallel_statement import correction

    if to not in ("previous", "next", "alone"):
        raise ParallelStatementError(f"--to {to}: previous, next or alone")
    file = desk.open_one(sentence, document, encoding or ())
    _places(file, 1, "the sentence, as in en:p3.s1")
    level, sides = place.read_sides(file.places, file.versions)
    names = [identifier for side in sides.values() for identifier in side]
    if level != "sentence" or len(names) != 1:
        raise ParallelStatementError(f"{file.places[0]}: name one sentence, as in en:p3.s1")
    text = job.present(
        file.entry, file.versions, file.resolution, out, encoder, weights, quiet=json
    )

    def operation(text: ParallelText) -> Corrected:
        if to == "alone":
            return correction.leave_alone(text, names[0])
        return correction.move(text, names[0], "next" if to == "next" else "previous")

    _keep(file, "move", text, operation, (by, note, date), json)
    return 0


def _places(file: desk.Desk, least: int, wanted: str) -> tuple[str, ...]:
    if len(file.places) < least or (least == 1 and len(file.places) > 1):
        raise ParallelStatementError(f"name {wanted}")
    return file.places


def _first_part(text: ParallelText, name: str, segments: list[str]) -> dict[str, int]:
    """Return how many sentences of each version the first part of a bead has."""
    from parallel_statement.locking import FoundBead, find_bead

    found = find_bead(text, name)
    _, sides = place.read_sides(segments, text.versions)
    kept = {}
    for tag, ids in sides.items():
        own = [s.id for s in text.version(tag).sentences]
        inside = found.bead.ranges[tag] if isinstance(found, FoundBead) else None
        if inside is None or list(ids) != own[inside.start : inside.start + len(ids)]:
            raise ParallelStatementError(
                f"{' '.join(segments)}: name the first sentences of {name}, as it has them"
            )
        kept[tag] = len(ids)
    return kept


def _keep(
    file: desk.Desk,
    action: str,
    text: ParallelText,
    operation: Callable[[ParallelText], Corrected],
    said: tuple[str, str, str | None],
    json: bool,
) -> None:
    """Do the *operation*, write what it decides to the file, and say so."""
    from dataclasses import replace

    from parallel_statement.locking import describe

    done = operation(replace(text, locks=file.resolution.locks))
    file.decide(action, done.locks, done.freed, *said)
    if json:
        emit_json(
            {
                "document": file.entry.id,
                "file": file.path.as_posix(),
                "locked": [lock.segments for lock in done.locks],
                "unlocked": [lock.segments for lock in done.freed],
            }
        )
        return
    for lock in done.freed:
        emit(f"unlocked: {describe(lock)}\n")
    for lock in done.locks:
        emit(f"locked: {describe(lock)}\n")
    emit(f"next: align run {file.path.parent.as_posix()}\n")
