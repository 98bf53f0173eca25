"""Commands that only look: ``align show`` and ``segment``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from parallel_statement.cli import archived, job, moved, records, report
from parallel_statement.cli.console import emit, emit_json
from parallel_statement.cli.options import (
    DocumentOption,
    EncoderOption,
    EncodingOption,
    FileOption,
    JsonOption,
    TextsOrResultArgument,
    WeightsOption,
)

if TYPE_CHECKING:
    from parallel_statement.model import Bead


def show(
    texts: TextsOrResultArgument = None,
    file: FileOption = None,
    document: DocumentOption = None,
    level: Annotated[
        Literal["paragraph", "sentence"], typer.Option("--level", help="paragraph or sentence.")
    ] = "sentence",
    doubtful: Annotated[
        bool,
        typer.Option("--doubtful", help="Only doubtful beads, least certain first."),
    ] = False,
    encoder: EncoderOption = "use",
    weights: WeightsOption = None,
    encoding: EncodingOption = None,
    json: JsonOption = False,
) -> int:
    """Show the versions side by side, bead by bead."""
    folder = texts
    if texts is not None and archived.is_result(texts):
        folder = None
        results = archived.read(texts, files=file or (), documents=document or ())
    else:
        results = job.process(
            job.find_texts(texts, file or (), document or ()),
            encoder=encoder,
            weights=weights,
            encodings=encoding or (),
            quiet=json,
        )
    told = []
    for text in (checked.text for checked in results):
        beads: Sequence[Bead] = text.alignment(level).beads
        if doubtful:
            beads = sorted((b for b in beads if b.doubtful), key=lambda bead: bead.posterior)
        if json:
            shown = [records.bead_record(text, level, bead) for bead in beads]
            moves = [moved.move_record(text, move) for move in text.moves]
            told.append({"document": text.id, "level": level, "beads": shown, "moves": moves})
        else:
            if beads:
                report.print_beads(text, level, beads)
            else:
                emit(f"{text.id}: no bead is doubtful.\n")
            moved.print_moves(text, folder)
    if json:
        emit_json({"documents": told})
    return 0


def segment(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A text.")],
    language: Annotated[
        str, typer.Option("--language", "-l", metavar="TAG", help="Its language: en, ja, it ...")
    ],
    encoding: Annotated[
        str | None, typer.Option("--encoding", metavar="NAME", help="Default: found out.")
    ] = None,
    json: JsonOption = False,
) -> int:
    """Print the sentences of one file, one a line."""
    from parallel_statement import formats, segmentation
    from parallel_statement.workspace import standard_tag

    document = formats.read(file, standard_tag(language), encoding=encoding)
    version = segmentation.segment(document)
    if json:
        emit_json(records.version_record(version))
        return 0
    for paragraph in version.paragraphs:
        label = document.content(paragraph.label) if paragraph.label else paragraph.number
        emit(f"{paragraph.id}{f'  [{label}]' if label else ''}\n")
        emit("".join(f"  {version.text(sentence)}\n" for sentence in paragraph.sentences))
    return 0
