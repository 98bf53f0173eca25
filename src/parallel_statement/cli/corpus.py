"""``align corpus``: many documents at once, unattended, to be resumed at any time."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parallel_statement.cli import job, saving
from parallel_statement.cli.console import Journal, ProgressBar, emit, emit_json, emit_rich, table
from parallel_statement.cli.options import (
    DateOption,
    EncoderOption,
    EncodingOption,
    GlossaryOption,
    JsonOption,
    QuietOption,
    WeightsOption,
    WithoutOption,
)
from parallel_statement.errors import OutputError, ParallelStatementError

if TYPE_CHECKING:
    from parallel_statement.corpus import Fault, Outcome, Settings
    from parallel_statement.corpus.status import Status
    from parallel_statement.workspace import Entry

_FORMATS = "tei,json,tmx,jsonl"
_SHOWN = 10
"""Most problems that are named one by one."""
_STOPPED = 130
_PAGE_EVERY = 2.0
"""Seconds between two versions of the status page."""


def corpus(
    texts: Annotated[
        Path | None,
        typer.Argument(
            metavar="TEXTS",
            help="Folder with <language>/.../<text>.*, at any depth, or a manifest (CSV: document, "
            "language, path, metadata); default: texts.",
        ),
    ] = None,
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where to write.")] = Path(
        "out"
    ),
    format: Annotated[  # noqa: A002 - the name of the option
        str, typer.Option("--format", help="Formats, with commas between.", metavar="NAMES")
    ] = _FORMATS,
    glossary: GlossaryOption = None,
    without: WithoutOption = None,
    encoder: EncoderOption = "use",
    weights: WeightsOption = None,
    encoding: EncodingOption = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", min=1, help="Processes; default: one for a core."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler", metavar="ADDRESS", help="Work on the Dask cluster of this scheduler."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done.")
    ] = False,
    date: DateOption = None,
    quiet: QuietOption = False,
    json: JsonOption = False,
) -> int:
    """Align, check and encode a whole archive; run it again to go on, or after changes."""
    from parallel_statement.corpus import Settings, find_documents, put_together, read_manifest

    source = texts or job.TEXTS
    if source.is_dir() and out.resolve().is_relative_to(source.resolve()):
        raise OutputError(f"{out}: lies inside the texts; choose another folder with --out")
    if scheduler and workers:
        raise ParallelStatementError(
            "--workers is for this machine, and --scheduler for a cluster that has its workers; "
            "give one of them"
        )
    checks = tuple(without or ())
    job.refuse_unknown_checks(checks)
    found = read_manifest(source) if source.is_file() else find_documents(source)
    entries, faults = found
    settings = Settings(
        out=out,
        formats=saving.format_names(format),
        encoder=encoder,
        weights=weights,
        glossary=glossary or _own_glossary(source),
        date=job.encoding_date(date),
        without=checks,
        encodings=job.encodings_of(encoding or (), [tag for e in entries for tag in e.files]),
    )
    if dry_run:
        _tell_plan(entries, faults, settings, json=json)
        return 0
    outcomes: list[Outcome] = []
    try:
        for outcome in _worked(entries, settings, workers, scheduler, quiet=quiet or json):
            outcomes.append(outcome)
    except KeyboardInterrupt:
        emit(f"stopped: {len(outcomes)} of {len(entries)} documents done; run it again to go on\n")
        return _STOPPED
    except OutputError as error:
        raise OutputError(f"{error}; what is done stays done: run it again to go on") from error
    paths = put_together(outcomes, faults, settings, source.resolve().stem)
    _tell(outcomes, faults, paths, json=json, quiet=quiet)
    return 1 if faults or any(outcome.error for outcome in outcomes) else 0


def _worked(
    entries: Sequence[Entry],
    settings: Settings,
    workers: int | None,
    scheduler: str | None,
    *,
    quiet: bool,
) -> Iterator[Outcome]:
    """Yield the outcomes, those that need no work first; show how far it is."""
    from parallel_statement.corpus import connected, finished_before, work_locally
    from parallel_statement.corpus.status import Status

    done, open_ = finished_before(entries, settings)
    yield from done
    settings.out.mkdir(parents=True, exist_ok=True)
    with Journal(settings.out / "corpus.log") as journal, ExitStack() as stack:
        journal.write(f"{len(entries)} documents, {len(done)} done before, {len(open_)} to do")
        if scheduler:
            cluster = stack.enter_context(connected(scheduler))
            journal.write(f"dashboard: {cluster.dashboard}")
            outcomes, dashboard = cluster.work(open_, settings), cluster.dashboard
        else:
            outcomes, dashboard = work_locally(open_, settings, workers), ""
        start = Status(len(open_), 0, len(done), 0, 0.0, dashboard=dashboard)
        yield from _watched(outcomes, start, journal, settings.out, quiet=quiet)


def _watched(
    outcomes: Iterable[Outcome], status: Status, journal: Journal, out: Path, *, quiet: bool
) -> Iterator[Outcome]:
    """Yield *outcomes*, and tell how far they are: on the terminal, in a log, on a page."""
    from parallel_statement.corpus import status as statuses
    from parallel_statement.workspace import write_files

    start, shown = time.monotonic(), 0.0
    try:
        with ProgressBar(quiet) as bar:
            bar.label("documents")
            for number, outcome in enumerate(outcomes, start=1):
                now = time.monotonic()
                status = replace(
                    status,
                    done=number,
                    sentences=status.sentences + sum(outcome.counts.get("sentences", ())),
                    seconds=now - start,
                    problems=[*status.problems, *_problem(outcome)],
                )
                said = f"{outcome.document} {outcome.error or 'done'}"
                journal.write(f"{number}/{status.total} {said} ({status.pace})")
                bar.label(f"{outcome.document} ({status.pace})")
                bar.update(number, status.total)
                if now - shown > _PAGE_EVERY:
                    write_files(out, {statuses.NAME: statuses.page(status)})
                    shown = now
                yield outcome
    finally:
        (out / statuses.NAME).unlink(missing_ok=True)


def _problem(outcome: Outcome) -> list[tuple[str, str]]:
    return [(outcome.document, outcome.error)] if outcome.error else []


def _own_glossary(source: Path) -> Path | None:
    """Return the glossary in the folder of texts, if there is one."""
    from parallel_statement.workspace import own_glossary

    return own_glossary(source if source.is_dir() else source.parent)


def _tell_plan(
    entries: Sequence[Entry], faults: Sequence[Fault], settings: Settings, *, json: bool
) -> None:
    from parallel_statement.corpus import finished_before

    done, open_ = finished_before(entries, settings)
    problems = {outcome.document: outcome.error for outcome in done if outcome.error}
    if json:
        emit_json(
            {
                "to do": [entry.id for entry in open_],
                "done": [outcome.document for outcome in done if not outcome.error],
                "problems": [fault._asdict() for fault in faults]
                + [{"document": d, "path": "", "message": m} for d, m in problems.items()],
            }
        )
        return
    emit(
        f"{len(entries) + len(faults)} documents: {len(open_)} to do, "
        f"{len(done) - len(problems)} done before, {len(faults) + len(problems)} with problems\n"
    )
    _name([*((f.document, f.message) for f in faults), *problems.items()])


def _tell(
    outcomes: Sequence[Outcome],
    faults: Sequence[Fault],
    paths: Sequence[Path],
    *,
    json: bool,
    quiet: bool,
) -> None:
    """Say what came of it, in sum."""
    made = [outcome for outcome in outcomes if not outcome.error]
    problems = [*((f.document, f.message) for f in faults)]
    problems += [each for outcome in outcomes for each in _problem(outcome)]
    beads, doubtful = (sum(o.counts[name] for o in made) for name in ("beads", "doubtful"))
    found = {
        severity: sum(o.counts["findings"][severity] for o in made)
        for severity in ("error", "warning", "info")
    }
    if json:
        emit_json(
            {
                "documents": len(made),
                "beads": beads,
                "doubtful": doubtful,
                "findings": found,
                "problems": [{"document": name, "message": words} for name, words in problems],
                "files": [path.as_posix() for path in paths],
            }
        )
        return
    if quiet:
        return
    counts = (len(made), beads, doubtful, *found.values(), len(problems))
    columns = ("documents", "beads", "doubtful", "errors", "warnings", "infos", "problems")
    emit_rich(table(columns, [[str(count) for count in counts]]), "")
    _name(problems)
    emit_rich("written:", *(f"  {path.as_posix()}" for path in paths))


def _name(problems: Sequence[tuple[str, str]]) -> None:
    for document, message in problems[:_SHOWN]:
        emit(f"problem: {document}: {message}\n")
    if len(problems) > _SHOWN:
        emit(f"... {len(problems)} in all; errors.jsonl in the output has them\n")
