"""Commands that write files: ``align run`` (the main job) and ``align export``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parallel_statement.cli import job, report
from parallel_statement.cli.console import emit_json, emit_rich
from parallel_statement.cli.options import (
    DateOption,
    DocumentOption,
    EncoderOption,
    EncodingOption,
    FailOnOption,
    FileOption,
    GlossaryOption,
    JsonOption,
    OutOption,
    QuietOption,
    TextsArgument,
    WithoutOption,
)
from parallel_statement.errors import OutputError

if TYPE_CHECKING:
    from parallel_statement.model import CheckedText
    from parallel_statement.workspace import Workspace


def run(
    texts: TextsArgument = None,
    file: FileOption = None,
    document: DocumentOption = None,
    out: OutOption = Path("out"),
    format: Annotated[  # noqa: A002 - the name of the option
        str, typer.Option("--format", help="Formats, with commas between.", metavar="NAMES")
    ] = "tei,html,xlsx",
    glossary: GlossaryOption = None,
    without: WithoutOption = None,
    encoder: EncoderOption = "use",
    encoding: EncodingOption = None,
    fail_on: FailOnOption = "error",
    date: DateOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> int:
    """Align, check and encode every text."""
    names = _format_names(format)
    workspace = job.find_texts(texts, file or (), document or ())
    _keep_apart(workspace, out)
    results = job.process(
        workspace,
        encoder=encoder,
        glossary=glossary,
        date=job.encoding_date(date),
        encodings=encoding or (),
        without=without or (),
        quiet=quiet or json,
    )
    paths, removed = _save(results, workspace, out, names)
    if json:
        records = [
            report.summary_record(checked)
            | {
                "files": _under(paths, out / checked.text.id),
                "removed": _under(removed, out / checked.text.id),
            }
            for checked in results
        ]
        emit_json({"documents": records})
    elif not quiet:
        report.print_summary(results)
        report.print_findings(results, least="warning")
        emit_rich("", "written:", *(f"  {path.as_posix()}" for path in paths))
        if removed:
            shown = (f"  {path.as_posix()}" for path in removed)
            emit_rich("", "removed, of versions that are gone:", *shown)
    return report.exit_code(results, fail_on)


def export(
    format: Annotated[  # noqa: A002 - the name of the option
        str, typer.Option("--format", help="Formats, with commas between.", metavar="NAMES")
    ],
    texts: TextsArgument = None,
    file: FileOption = None,
    out: OutOption = Path("out"),
    document: DocumentOption = None,
    glossary: GlossaryOption = None,
    without: WithoutOption = None,
    encoder: EncoderOption = "use",
    encoding: EncodingOption = None,
    date: DateOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> int:
    """Write aligned texts in other formats."""
    names = _format_names(format)
    workspace = job.find_texts(texts, file or (), document or ())
    _keep_apart(workspace, out)
    results = job.process(
        workspace,
        encoder=encoder,
        glossary=glossary,
        date=job.encoding_date(date),
        encodings=encoding or (),
        without=without or (),
        quiet=quiet or json,
    )
    paths, removed = _save(results, workspace, out, names)
    if json:
        emit_json(
            {
                "files": [path.as_posix() for path in paths],
                "removed": [path.as_posix() for path in removed],
            }
        )
    elif not quiet:
        emit_rich(*(path.as_posix() for path in paths))
    return 0


def _format_names(option: str) -> tuple[str, ...]:
    """Return the names in *option*, each once, all of them known."""
    from parallel_statement.errors import UnknownNameError
    from parallel_statement.formats import WRITERS

    names = tuple(dict.fromkeys(name.strip() for name in option.split(",") if name.strip()))
    for name in names or (option,):
        if name not in WRITERS:
            raise UnknownNameError("format", name, WRITERS)
    return names


def _keep_apart(workspace: Workspace, out: Path) -> None:
    """Raise an error if what is written to *out* would be taken for texts in the next run."""
    if workspace.folder and out.resolve().is_relative_to(workspace.folder.resolve()):
        raise OutputError(f"{out}: lies inside the texts; choose another folder with --out")


def _save(
    results: tuple[CheckedText, ...], workspace: Workspace, out: Path, names: tuple[str, ...]
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Write every document into a folder of its own in *out*, all of them or none.

    Return the paths of what was written, and of files of an earlier run that were removed.
    """
    from parallel_statement.workspace import remove_outdated, render, write_files

    files = {checked.text.id: render(checked, names) for checked in results}
    sources = {path.resolve() for entry in workspace.entries for path in entry.files.values()}
    for target in (out / name / file for name, made in files.items() for file in made):
        if target.resolve() in sources:
            raise OutputError(f"{target}: is one of the texts; choose another folder with --out")
    paths = write_files(
        out, {f"{name}/{file}": data for name, made in files.items() for file, data in made.items()}
    )
    removed = (remove_outdated(name, out / name, made) for name, made in files.items())
    return paths, tuple(path for some in removed for path in some)


def _under(paths: tuple[Path, ...], folder: Path) -> list[str]:
    return [path.as_posix() for path in paths if path.is_relative_to(folder)]
