"""The command ``align update``: texts that changed since the last run, aligned again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parallel_statement.cli import job, report, saving
from parallel_statement.cli.console import ProgressBar, emit_json, emit_rich, table
from parallel_statement.cli.options import (
    FORMATS,
    DateOption,
    DocumentOption,
    EncoderOption,
    EncodingOption,
    FailOnOption,
    FormatsOption,
    GlossaryOption,
    JsonOption,
    OutOption,
    QuietOption,
    TextsArgument,
    WeightsOption,
    WithoutOption,
)
from parallel_statement.errors import ParallelStatementError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from parallel_statement.model import ParallelText
    from parallel_statement.revision import BeadState, Passage, Revision
    from parallel_statement.workspace import Resolution


def update(
    texts: TextsArgument = None,
    since: Annotated[
        Path | None,
        typer.Option("--since", metavar="FILE", help="Default: the JSON of the last run in --out."),
    ] = None,
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
    """Align what changed since the last run, keep the rest, and say what changed."""
    from parallel_statement import encoders, workspace
    from parallel_statement.revision import update as revise

    names = saving.format_names(format)
    checks = tuple(without or ())
    job.refuse_unknown_checks(checks)
    when = job.encoding_date(date)
    found = job.find_texts(texts, (), document or ())
    saving.keep_apart(found, out)
    terms = found.read_glossary(glossary)
    prepared = job.prepare(found, encoding or ())
    earlier = _earlier(prepared, since, out)
    model = encoders.load(encoder)
    revisions: list[tuple[Revision, Resolution]] = []
    results = []
    with ProgressBar(quiet or json) as bar:
        for previous, (entry, versions, locks, waivers) in zip(earlier, prepared, strict=True):
            bar.label(entry.id)
            revision = revise(
                previous,
                versions,
                model,
                metadata=entry.metadata,
                progress=bar.update,
                locks=locks.locks,
                weights=weights,
            )
            text = job.with_notices(revision.text, entry, locks)
            results.append(workspace.check(text, terms, date=when, without=checks, waivers=waivers))
            revisions.append((revision, locks))
    paths, removed = saving.save(tuple(results), saving.texts_of(found), out, names)
    if json:
        records = [
            saving.record(checked, out, paths, removed) | {"changes": _record(*revision)}
            for checked, revision in zip(results, revisions, strict=True)
        ]
        emit_json({"documents": records})
    elif not quiet:
        for revision, _ in revisions:
            _print_changes(revision)
        saving.tell(results, paths, removed)
    return report.exit_code(results, fail_on)


def _earlier(prepared: Sequence[job.Prepared], since: Path | None, out: Path) -> list[ParallelText]:
    """Return the earlier results of the documents."""
    from parallel_statement.formats.result import read_result

    if since is not None and len(prepared) > 1:
        known = ", ".join(each.entry.id for each in prepared)
        raise ParallelStatementError(
            f"--since {since}: there are several documents; say which with --document: {known}"
        )
    return [read_result(since or job.last_result(each.entry, out)) for each in prepared]


def _record(revision: Revision, locks: Resolution) -> dict[str, object]:
    """Return what changed, for a program."""
    return {
        "kept": revision.kept,
        "languages": {
            "added": list(revision.languages_added),
            "removed": list(revision.languages_removed),
        },
        "segments": [
            {
                "kind": change.kind,
                "language": change.language,
                "before": change.before._asdict() if change.before else None,
                "after": change.after._asdict() if change.after else None,
            }
            for change in revision.segments
        ],
        "beads": [
            {
                "kind": change.kind,
                "before": _state(change.before),
                "after": _state(change.after),
            }
            for change in revision.beads
        ],
        "stale locks": [
            {"segments": record.lock.segments, "reason": reason} for record, reason in locks.stale
        ],
    }


def _state(state: BeadState | None) -> dict[str, object] | None:
    return {"id": state.id, "segments": state.segments} if state else None


def _print_changes(revision: Revision) -> None:
    """Print what changed as a table."""
    from parallel_statement.cli.prose import Prose

    text = revision.text
    emit_rich(
        f"{text.id}: {revision.kept} of {len(text.sentences.beads)} beads of sentences kept",
        *(f"new version: {tag}" for tag in revision.languages_added),
        *(f"version gone: {tag}" for tag in revision.languages_removed),
        "",
    )
    rows: list[list[RenderableType]] = [
        [word, Prose(before), Prose(after)] for word, before, after in _rows(revision)
    ]
    if rows:
        emit_rich(table(("what", "before", "after"), rows), "")


def _rows(revision: Revision) -> Iterator[tuple[str, str, str]]:
    """Yield what changed: the word for it, and how it was and is."""
    for change in revision.segments:
        before, after = (_said(passage) for passage in (change.before, change.after))
        yield f"{change.language} {change.kind}", before, after
    for bead in revision.beads:
        if bead.kind == "same":
            continue
        yield f"bead {bead.kind}", _named(bead.before), _named(bead.after)


def _said(passage: Passage | None) -> str:
    from parallel_statement.locking import local

    return f"{local(passage.id)}: {passage.text}" if passage else ""


def _named(state: BeadState | None) -> str:
    from parallel_statement.locking import local

    if state is None:
        return ""
    sides = (f"{tag}:{'+'.join(map(local, ids)) or '-'}" for tag, ids in state.segments.items())
    return f"{local(state.id)} = {' '.join(sides)}"
