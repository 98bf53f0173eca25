"""The command ``align terms``: glossary entries that the texts suggest, in all their languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parallel_statement.cli import archived, job, saving
from parallel_statement.cli.console import ProgressBar, emit, emit_json, emit_rich, table
from parallel_statement.cli.options import (
    DocumentOption,
    EncoderOption,
    EncodingOption,
    FileOption,
    GlossaryOption,
    JsonOption,
    TextsOrResultArgument,
    WeightsOption,
)
from parallel_statement.errors import OutputError, ParallelStatementError

if TYPE_CHECKING:
    from parallel_statement.model import Glossary, ParallelText
    from parallel_statement.terminology.extraction.proposals import Proposal


def terms(
    texts: TextsOrResultArgument = None,
    file: FileOption = None,
    document: DocumentOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Glossary to write; its name says the format."),
    ] = None,
    most: Annotated[
        int, typer.Option("--most", metavar="NUMBER", min=1, help="How many, the likeliest.")
    ] = 150,
    glossary: GlossaryOption = None,
    encoder: EncoderOption = "use",
    weights: WeightsOption = None,
    encoding: EncodingOption = None,
    json: JsonOption = False,
) -> int:
    """Propose glossary entries; what the glossary has already is left out."""
    from parallel_statement import encoders
    from parallel_statement.terminology.extraction.proposals import propose_terms

    if json and out:
        raise ParallelStatementError("--json and --out: take one of them")
    if archived.is_result(texts) and texts is not None:
        _refuse(out, archived.sources(texts), glossary)
        results = archived.read(
            texts, files=file or (), documents=document or (), glossary=glossary
        )
    else:
        workspace = job.find_texts(texts, file or (), document or ())
        _refuse(out, saving.texts_of(workspace), glossary or workspace.glossary)
        results = job.process(
            workspace,
            encoder=encoder,
            weights=weights,
            glossary=glossary,
            encodings=encoding or (),
            quiet=json,
        )
    aligned = [checked.text for checked in results]
    known = results[0].glossary
    with ProgressBar(json) as bar:
        bar.label("terms")
        found = propose_terms(aligned, known, encoders.load(encoder), bar.update)[:most]
    if json:
        emit_json({"terms": [_record(each) for each in found]})
    elif not found:
        emit("no terms to propose\n")
    elif out is None:
        _print(aligned, found)
    else:
        _write(aligned, found, out, known)
    return 0


def _refuse(out: Path | None, texts: Iterable[Path], glossary: Path | None) -> None:
    """Raise an error if proposals cannot or must not be written to *out*."""
    from parallel_statement.formats.glossary import format_of

    if out is None:
        return
    format_of(out)
    saving.refuse([out], texts)
    if glossary and out.resolve() == glossary.resolve():
        raise OutputError(
            f"{out}: is the glossary itself; name another file, and join both with "
            "`align glossary merge`"
        )


def _print(texts: Sequence[ParallelText], found: Sequence[Proposal]) -> None:
    languages = list(dict.fromkeys(tag for text in texts for tag in text.languages))
    rows = [
        [
            str(number),
            *(_said(each, tag) for tag in languages),
            str(len(each.evidence)),
            f"{each.score:.2f}",
        ]
        for number, each in enumerate(found, start=1)
    ]
    emit_rich(table(("", *languages, "times", "score"), rows))


def _said(proposal: Proposal, language: str) -> str:
    short = proposal.short_forms.get(language)
    return f"{proposal.terms.get(language, '-')}{f' ({short})' if short else ''}"


def _write(
    texts: Sequence[ParallelText], found: Sequence[Proposal], out: Path, known: Glossary | None
) -> None:
    from parallel_statement.formats.glossary import render_glossary
    from parallel_statement.terminology.extraction.entries import to_glossary
    from parallel_statement.workspace import write_files

    proposed = to_glossary(found, texts, known)
    write_files(out.parent, {out.name: render_glossary(proposed, out)})
    emit(f"{len(found)} concept{'s' * (len(found) > 1)} proposed, written to {out.as_posix()}\n")


def _record(proposal: Proposal) -> dict[str, object]:
    return {
        "terms": dict(proposal.terms),
        "short_forms": dict(proposal.short_forms),
        "score": proposal.score,
        "evidence": [
            {
                "document": each.text,
                "bead": each.bead,
                "spans": {
                    tag: {"start": span.start, "end": span.end} for tag, span in each.spans.items()
                },
            }
            for each in proposal.evidence
        ],
    }
