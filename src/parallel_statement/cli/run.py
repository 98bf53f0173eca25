"""Commands that write files: ``align run`` (the main job) and ``align export``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from parallel_statement.cli import archived, job, report, saving
from parallel_statement.cli.console import emit_json, emit_rich
from parallel_statement.cli.options import (
    FORMATS,
    DateOption,
    DocumentOption,
    EncoderOption,
    EncodingOption,
    FailOnOption,
    FileOption,
    FormatsOption,
    GlossaryOption,
    JsonOption,
    OutOption,
    QuietOption,
    SourceOption,
    TextsArgument,
    TextsOrResultArgument,
    WeightsOption,
    WithoutOption,
)


def run(
    texts: TextsArgument = None,
    file: FileOption = None,
    document: DocumentOption = None,
    out: OutOption = Path("out"),
    format: FormatsOption = FORMATS,  # noqa: A002 - the name of the option
    glossary: GlossaryOption = None,
    without: WithoutOption = None,
    encoder: EncoderOption = "use",
    weights: WeightsOption = None,
    encoding: EncodingOption = None,
    fail_on: FailOnOption = "error",
    date: DateOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> int:
    """Align, check and encode every text."""
    names = saving.format_names(format)
    workspace = job.find_texts(texts, file or (), document or ())
    saving.keep_apart(workspace, out)
    results = job.process(
        workspace,
        encoder=encoder,
        weights=weights,
        glossary=glossary,
        date=job.encoding_date(date),
        encodings=encoding or (),
        without=without or (),
        quiet=quiet or json,
    )
    paths, removed = saving.save(results, saving.texts_of(workspace), out, names)
    if json:
        records = [saving.record(checked, out, paths, removed) for checked in results]
        emit_json({"documents": records})
    elif not quiet:
        saving.tell(results, paths, removed)
        emit_rich(*(f"note: {words}" for words in saving.losses(results, names)))
    return report.exit_code(results, fail_on)


def export(
    format: FormatsOption,  # noqa: A002 - the name of the option
    texts: TextsOrResultArgument = None,
    file: FileOption = None,
    source: SourceOption = None,
    out: OutOption = Path("out"),
    document: DocumentOption = None,
    glossary: GlossaryOption = None,
    without: WithoutOption = None,
    encoder: EncoderOption = "use",
    weights: WeightsOption = None,
    encoding: EncodingOption = None,
    date: DateOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> int:
    """Write aligned texts in other formats."""
    names = saving.format_names(format)
    when = job.encoding_date(date)
    if texts is not None and archived.is_result(texts):
        sources: Iterable[Path] = archived.sources(texts)
        results = archived.read(
            texts,
            files=file or (),
            documents=document or (),
            glossary=glossary,
            without=without or (),
            date=when,
        )
    else:
        workspace = job.find_texts(texts, file or (), document or ())
        saving.keep_apart(workspace, out)
        sources = saving.texts_of(workspace)
        results = job.process(
            workspace,
            encoder=encoder,
            weights=weights,
            glossary=glossary,
            date=when,
            encodings=encoding or (),
            without=without or (),
            quiet=quiet or json,
        )
    if source is not None:
        results = saving.from_source(results, source)
    paths, removed = saving.save(results, sources, out, names)
    lost = saving.losses(results, names)
    if json:
        emit_json(
            {
                "files": [path.as_posix() for path in paths],
                "removed": [path.as_posix() for path in removed],
                "losses": lost,
            }
        )
    elif not quiet:
        emit_rich(*(path.as_posix() for path in paths))
        emit_rich(*(f"note: {words}" for words in lost))
    return 0
