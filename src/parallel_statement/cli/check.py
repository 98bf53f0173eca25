"""The command ``align check``: what may be wrong in the texts, or what is new of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from parallel_statement.cli import archived, job, records, report, saving
from parallel_statement.cli.console import emit, emit_json, emit_rich
from parallel_statement.cli.options import (
    DocumentOption,
    EncoderOption,
    EncodingOption,
    FailOnOption,
    FileOption,
    GlossaryOption,
    JsonOption,
    TextsOrResultArgument,
    WeightsOption,
    WithoutOption,
)
from parallel_statement.errors import ParallelStatementError

if TYPE_CHECKING:
    from parallel_statement.checks.traces import Trace
    from parallel_statement.model import CheckedText

Format = Literal["text", "json", "sarif", "xlsx"]


@dataclass(frozen=True)
class Shown:
    """What is to be told of one text."""

    checked: CheckedText
    """Without the findings that the baseline has too."""
    hidden: int = 0
    gone: tuple[Trace, ...] = ()
    """Findings that only the baseline has."""


def check(
    texts: TextsOrResultArgument = None,
    file: FileOption = None,
    document: DocumentOption = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline",
            metavar="FILE",
            help="Only what is new against this earlier result: JSON of `align run` or `check`, or "
            "the folder of a run.",
        ),
    ] = None,
    format: Annotated[  # noqa: A002 - the name of the option
        Format, typer.Option("--format", metavar="NAME", help="text, json, sarif or xlsx.")
    ] = "text",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the findings there.")
    ] = None,
    glossary: GlossaryOption = None,
    without: WithoutOption = None,
    encoder: EncoderOption = "use",
    weights: WeightsOption = None,
    encoding: EncodingOption = None,
    fail_on: FailOnOption = "error",
    json: JsonOption = False,
) -> int:
    """List what may be wrong in the texts."""
    kind = _format(format, out, json)
    written = [out] if out else []
    if texts is not None and archived.is_result(texts):
        saving.refuse(written, archived.sources(texts))
        results = archived.read(
            texts,
            files=file or (),
            documents=document or (),
            glossary=glossary,
            without=without or (),
            checked=True,
        )
        earlier, folder = _earlier(baseline, [each.text.id for each in results]), None
    else:
        workspace = job.find_texts(texts, file or (), document or ())
        saving.refuse(written, saving.texts_of(workspace))
        earlier, folder = _earlier(baseline, [e.id for e in workspace.entries]), workspace.folder
        results = job.process(
            workspace,
            encoder=encoder,
            weights=weights,
            glossary=glossary,
            encodings=encoding or (),
            without=without or (),
            quiet=kind != "text" and out is None,
        )
    shown = [_against(earlier, checked) for checked in results]
    told = [each.checked for each in shown]
    if kind == "text":
        report.print_summary(told)
        report.print_findings(told)
    elif out is None:
        _print(kind, shown, folder)
    else:
        from parallel_statement.workspace import write_files

        (path,) = write_files(out.parent, {out.name: _file(kind, shown, folder)})
        emit_rich(f"written: {path.as_posix()}")
    if kind == "text" or out:
        emit_rich("", _total(shown, baseline))
    return report.exit_code(told, fail_on)


def _format(name: Format, out: Path | None, json: bool) -> Format:
    """Return the format that the options name together."""
    if json and name not in ("text", "json"):
        raise ParallelStatementError(f"--json and --format {name}: take one of them")
    kind: Format = "json" if json else name
    if kind == "text" and out:
        raise ParallelStatementError(f"--out {out}: say --format json, sarif or xlsx too")
    if kind == "xlsx" and out is None:
        raise ParallelStatementError("--format xlsx: say where, with --out findings.xlsx")
    return kind


def _earlier(
    baseline: Path | None, documents: Sequence[str]
) -> Mapping[str, tuple[Trace, ...]] | None:
    from parallel_statement.workspace import read_baseline

    if baseline is None:
        return None
    return read_baseline(baseline, documents)


def _against(earlier: Mapping[str, tuple[Trace, ...]] | None, checked: CheckedText) -> Shown:
    """Return what is to be told of *checked*: what is new, and what a person waived."""
    from parallel_statement.checks.traces import compare

    if earlier is None:
        return Shown(checked)
    found = compare(checked, earlier.get(checked.text.id, ()))
    known = {finding.id for finding in found.known if finding.waiver is None}
    left = tuple(finding for finding in checked.findings if finding.id not in known)
    return Shown(replace(checked, findings=left), len(known), found.gone)


def _print(kind: Format, shown: Sequence[Shown], folder: Path | None) -> None:
    if kind == "json":
        emit_json(_record(shown))
    else:
        emit(_file(kind, shown, folder).decode())


def _file(kind: Format, shown: Sequence[Shown], folder: Path | None) -> bytes:
    """Return the findings in a format for other programs."""
    import json

    from parallel_statement.checks import CHECKS
    from parallel_statement.formats import findings_sheet, sarif

    results = [each.checked for each in shown]
    if kind == "xlsx":
        return findings_sheet.write_findings(results)
    if kind == "sarif":
        rules = {name: sarif.Rule(each.severity, each.claim) for name, each in CHECKS.items()}
        return sarif.write_findings(results, rules, _seen_from_here(folder))
    return (json.dumps(_record(shown), ensure_ascii=False, indent=1) + "\n").encode()


def _seen_from_here(folder: Path | None) -> str:
    """Return the way to the texts; nothing if it would name more of this machine than that."""
    if folder is None or folder.is_absolute() or ".." in folder.parts:
        return ""
    return folder.as_posix()


def _record(shown: Sequence[Shown]) -> dict[str, object]:
    """Return what is to be told, for a program."""
    from parallel_statement.workspace.baseline import FORMAT

    return {
        "format": FORMAT,
        "documents": [
            records.summary_record(each.checked)
            | {"hidden": each.hidden, "gone": [trace.id for trace in each.gone]}
            for each in shown
        ],
    }


def _total(shown: Sequence[Shown], baseline: Path | None) -> str:
    """Return the line at the end: how much was found in all."""
    findings = [finding for each in shown for finding in each.checked.findings]
    where = "1 text" if len(shown) == 1 else f"{len(shown)} texts"
    if baseline is None:
        return f"{where}: {report.count_findings(findings)}"
    hidden, gone = sum(each.hidden for each in shown), sum(len(each.gone) for each in shown)
    return (
        f"{where}: new {report.count_findings(findings)}; {hidden} known from "
        f"{baseline.as_posix()} hidden, {gone} of it gone"
    )
