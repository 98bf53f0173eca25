"""Commands that keep what a person accepts: ``align waive``, ``unwaive``, ``waivers``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from parallel_statement.cli import job
from parallel_statement.cli.console import emit, emit_json, emit_rich, table
from parallel_statement.cli.correct import ByOption, WhenOption
from parallel_statement.cli.options import (
    DocumentOption,
    EncoderOption,
    EncodingOption,
    GlossaryOption,
    JsonOption,
    OneDocumentOption,
    OutOption,
    TextsArgument,
    WeightsOption,
)
from parallel_statement.errors import ParallelStatementError, UnknownNameError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from parallel_statement.checks.waivers import Waived
    from parallel_statement.model import CheckedText, Waiver
    from parallel_statement.workspace import Entry, Workspace

FindingsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[TEXTS] FINDING...",
        help="A finding's id as `align check` and the page have it, or a part of it that no other "
        "has.",
    ),
]

_SHOWN = 6
"""Most ids that a message names."""


class Means(NamedTuple):
    """How the findings of a text are come by."""

    glossary: Path | None
    out: Path
    encoder: str
    weights: Path | None
    encodings: Sequence[str]
    quiet: bool


@dataclass(frozen=True)
class Docket:
    """One document with its findings and waivers."""

    entry: Entry
    path: Path
    """Of the waivers file."""
    checked: CheckedText
    waived: Waived

    def save(self, waivers: Iterable[Waiver]) -> None:
        """Write *waivers* in the order of the text, the stale ones last."""
        from parallel_statement.checks.waivers import apply_waivers
        from parallel_statement.workspace import write_waivers

        held = apply_waivers(self.checked.findings, waivers, self.checked.text)
        write_waivers(self.path, held.waivers)


def waive(
    findings: FindingsArgument = None,
    because: Annotated[str, typer.Option("--because", metavar="WORDS", help="Why; needed.")] = "",
    document: OneDocumentOption = None,
    by: ByOption = "",
    date: WhenOption = None,
    glossary: GlossaryOption = None,
    out: OutOption = Path("out"),
    encoder: EncoderOption = "use",
    weights: WeightsOption = None,
    encoding: EncodingOption = None,
    json: JsonOption = False,
) -> int:
    """Accept findings: they are still shown, with the reason, but count no more."""
    from parallel_statement.checks.waivers import waive as waiver_of

    if not because.strip():
        raise ParallelStatementError('say why: align waive FINDING --because "..."')
    when = job.encoding_date(date) or "" if date else ""
    folder, names = _divide(findings)
    means = Means(glossary, out, encoder, weights, encoding or (), json)
    docket = _open_one(folder, document, means)
    ids = [finding.id for finding in docket.checked.findings]
    chosen = dict.fromkeys(_identify(name, ids, "finding") for name in names)
    new = [waiver_of(docket.checked, each, because.strip(), by=by, date=when) for each in chosen]
    docket.save([*(w for w in docket.waived.waivers if w.finding not in chosen), *new])
    _tell(docket, "waived", new, json)
    return 0


def unwaive(
    findings: FindingsArgument = None,
    all_: Annotated[bool, typer.Option("--all", help="All of the document.")] = False,
    stale: Annotated[bool, typer.Option("--stale", help="All that are stale.")] = False,
    document: OneDocumentOption = None,
    glossary: GlossaryOption = None,
    out: OutOption = Path("out"),
    encoder: EncoderOption = "use",
    weights: WeightsOption = None,
    encoding: EncodingOption = None,
    json: JsonOption = False,
) -> int:
    """Take waivers back: their findings count again."""
    folder, names = _divide(findings, needed=not (all_ or stale))
    if bool(names) + all_ + stale != 1:
        raise ParallelStatementError("name the findings, or give --all or --stale")
    means = Means(glossary, out, encoder, weights, encoding or (), json)
    docket = _open_one(folder, document, means)
    waivers = docket.waived.waivers
    if stale:
        gone = [each.waiver for each in docket.waived.stale]
    else:
        ids = [waiver.finding for waiver in waivers]
        chosen = ids if all_ else [_identify(name, ids, "waived finding") for name in names]
        gone = [waiver for waiver in waivers if waiver.finding in chosen]
    if not gone:
        raise ParallelStatementError(f"{docket.path}: nothing to take back; see `align waivers`")
    docket.save(waiver for waiver in waivers if waiver not in gone)
    _tell(docket, "no longer waived", gone, json)
    return 0


def waivers(
    texts: TextsArgument = None,
    document: DocumentOption = None,
    glossary: GlossaryOption = None,
    out: OutOption = Path("out"),
    encoder: EncoderOption = "use",
    weights: WeightsOption = None,
    encoding: EncodingOption = None,
    json: JsonOption = False,
) -> int:
    """List the findings that are waived and why, and the waivers that are stale."""
    workspace = job.find_texts(texts, (), document or ())
    means = Means(glossary, out, encoder, weights, encoding or (), json)
    records = []
    for entry in workspace.entries:
        listed: list[tuple[Waiver, str]] = []
        if job.read_waivers(entry):  # a text without any need not be aligned
            waived = _open(workspace, entry, means).waived
            listed = [*((waiver, "") for waiver in waived.held), *waived.stale]
        records.append(
            {
                "document": entry.id,
                "file": (entry.waivers or Path()).as_posix(),
                "waivers": [_record(waiver, reason) for waiver, reason in listed],
            }
        )
        if not json:
            _print_table(entry, listed)
    if json:
        emit_json({"documents": records})
    return 0


def _divide(words: Sequence[str] | None, *, needed: bool = True) -> tuple[Path | None, list[str]]:
    """Return the folder of texts that *words* may begin with, and the findings."""
    names = list(words or ())
    folder = Path(names.pop(0)) if names and Path(names[0]).is_dir() else None
    if needed and not names:
        raise ParallelStatementError("name the findings by their ids; `align check` shows them")
    return folder, names


def _open_one(folder: Path | None, document: str | None, means: Means) -> Docket:
    """Return the one document that is meant, with its findings and waivers."""
    workspace = job.find_texts(folder, (), [document] if document else ())
    if len(workspace.entries) > 1:
        known = ", ".join(entry.id for entry in workspace.entries)
        raise ParallelStatementError(f"several documents: say which with --document: {known}")
    (entry,) = workspace.entries
    return _open(workspace, entry, means)


def _open(workspace: Workspace, entry: Entry, means: Means) -> Docket:
    """Return *entry* with its findings, in the alignment that a person sees."""
    from parallel_statement.checks.waivers import apply_waivers
    from parallel_statement.workspace import check

    terms = workspace.read_glossary(means.glossary)
    versions = job.segment(entry, workspace, means.encodings)
    locks = job.read_locks(entry, versions)
    accepted = job.read_waivers(entry)
    text = job.present(
        entry, versions, locks, means.out, means.encoder, means.weights, quiet=means.quiet
    )
    checked = check(text, terms)
    waived = apply_waivers(checked.findings, accepted, text)
    return Docket(entry, entry.waivers or Path(), checked, waived)


def _identify(name: str, ids: Sequence[str], kind: str) -> str:
    """Return the one of *ids* that is, or holds, *name*.

    Raises:
        UnknownNameError: there is none.
        ParallelStatementError: there are several.
    """
    found = [name] if name in ids else [each for each in ids if name in each]
    if len(found) == 1:
        return found[0]
    shown = ", ".join((found or list(ids))[:_SHOWN]) + (
        " ..." if len(found or ids) > _SHOWN else ""
    )
    if found:
        raise ParallelStatementError(f"{name} stands in {len(found)} ids: {shown}; write more")
    raise UnknownNameError(kind, name, [shown] if shown else ["none"])


def _tell(docket: Docket, done: str, waivers: Sequence[Waiver], json: bool) -> None:
    """Say what was done."""
    if json:
        record = {"document": docket.entry.id, "file": docket.path.as_posix()}
        emit_json(record | {done: [_record(waiver) for waiver in waivers]})
        return
    for waiver in waivers:
        emit(f"{done}: {waiver.finding}\n")
    left = len(job.read_waivers(docket.entry))
    held = f"holds {left} waiver{'s' * (left != 1)}" if left else "removed, no waiver is left"
    emit(f"{docket.path.as_posix()}: {held}\n")


def _record(waiver: Waiver, stale: str = "") -> dict[str, object]:
    """Return *waiver* for a program, with the reason why it is *stale*."""
    return {
        "finding": waiver.finding,
        "rule": waiver.rule,
        "languages": list(waiver.languages),
        "words": {tag: list(words) for tag, words in waiver.words.items()},
        "reason": waiver.reason,
        "by": waiver.by,
        "date": waiver.date,
        "stale": stale or None,
    }


def _print_table(entry: Entry, listed: Sequence[tuple[Waiver, str]]) -> None:
    """Print the waivers of *entry*, each with the reason why it is stale, if it is."""
    from parallel_statement.cli.prose import Prose

    if not listed:
        emit(f"{entry.id}: no waivers.\n")
        return
    rows: list[list[RenderableType]] = []
    for waiver, stale in listed:
        words = (f"{tag}: {' … '.join(said)}" for tag, said in waiver.words.items())
        signed = ", ".join(filter(None, (waiver.by, waiver.date)))
        because = f"{waiver.reason} ({signed})" if signed else waiver.reason
        remark = f"{because}\nSTALE: {stale}" if stale else because
        rows.append([Prose(waiver.finding), Prose("\n".join(words)), Prose(remark)])
    path = (entry.waivers or Path()).as_posix()
    emit_rich(f"{entry.id}: {path}", "", table(("finding", "words", "because"), rows, spaced=True))
