"""What the command says of its results for a person: tables and lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from parallel_statement.cli.console import emit_rich, table
from parallel_statement.cli.moved import moved_notes
from parallel_statement.cli.records import places_of, segments_of

if TYPE_CHECKING:
    from rich.console import RenderableType

    from parallel_statement.model import (
        Bead,
        CheckedText,
        Finding,
        Level,
        ParallelText,
        Segment,
        Severity,
        Span,
        Version,
    )

FailOn = Literal["warning", "error", "never"]

_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}


def exit_code(results: Iterable[CheckedText], fail_on: FailOn) -> int:
    """Return 1 if a finding that nobody waived is at least as severe as *fail_on*, else 0."""
    from parallel_statement.model import SEVERITIES

    if fail_on == "never":
        return 0
    floor = SEVERITIES.index(fail_on)
    found = (finding for checked in results for finding in checked.findings if not finding.waiver)
    return int(any(SEVERITIES.index(finding.severity) >= floor for finding in found))


def print_summary(results: Sequence[CheckedText]) -> None:
    """Print a line for every document, and what a reader must know of it."""
    columns = ("document", "languages", "paragraphs", "sentences", "beads", "doubtful", "findings")
    emit_rich(table(columns, (_summary(checked) for checked in results)))
    notices = [
        f"note: {text.id}: {notice}"
        for text in (checked.text for checked in results)
        for notice in (*text.notices, *moved_notes(text))
    ]
    if notices:
        emit_rich("", *notices)


def print_findings(results: Sequence[CheckedText], *, least: Severity = "info") -> None:
    """Print the findings of each text, gravest first: how bad, which rule, where, why, its id.

    Those below *least*, and those that a person waived, are only counted.
    """
    from parallel_statement.model import SEVERITIES

    floor = SEVERITIES.index(least)
    lesser = 0
    for checked in results:
        listed = [f for f in checked.findings if f.waiver is None]
        shown = [f for f in listed if SEVERITIES.index(f.severity) >= floor]
        lesser += len(listed) - len(shown)
        if shown and len(results) > 1:
            emit_rich("", f"{checked.text.id}: {count_findings(shown)}")
        for finding in sorted(shown, key=lambda f: -SEVERITIES.index(f.severity)):
            emit_rich("", *_finding_lines(checked, finding))
    waived = sum(1 for checked in results for finding in checked.findings if finding.waiver)
    if lesser:
        emit_rich("", f"{lesser} lesser remark{'s' * (lesser > 1)}: `align check` lists all.")
    if waived:
        emit_rich("", f"{waived} waived: `align waivers` says why.")


def _finding_lines(checked: CheckedText, finding: Finding) -> list[RenderableType]:
    from rich.text import Text

    head = Text()
    head.append(finding.severity, _STYLES[finding.severity])
    head.append(f"  {finding.rule}  {', '.join(finding.languages)}", "bold")
    lines: list[RenderableType] = [head]
    for language, span in places_of(finding):
        version = checked.text.version(language)
        where = _where(checked.text, version, span)
        lines.append(f"  {where}: {_quote(version, span)}")
    return [*lines, f"  {finding.reason}", Text(f"  id {finding.id}", "dim")]


def count_findings(findings: Iterable[Finding]) -> str:
    """Return how many *findings* there are of each severity, the waived ones apart."""
    from parallel_statement.model import SEVERITIES

    counts = Counter("waived" if found.waiver else found.severity for found in findings)
    said = [
        f"{counts[severity]} {severity}{'s' * (counts[severity] > 1 and severity != 'info')}"
        for severity in reversed(SEVERITIES)
        if counts[severity]
    ]
    return (
        ", ".join([*said, *([f"{counts['waived']} waived"] if counts["waived"] else [])]) or "none"
    )


def print_beads(
    text: ParallelText,
    level: Level,
    beads: Sequence[Bead],
    words: Callable[[Version, Segment], str] | None = None,
) -> None:
    """Print *beads* as a table, a column a language; *words* are those of a segment."""
    from rich.text import Text

    from parallel_statement import languages
    from parallel_statement.cli.prose import Prose
    from parallel_statement.formats.places import BeadNames
    from parallel_statement.locking import fixed_pairs
    from parallel_statement.model import Version

    names, fixed = BeadNames(text), fixed_pairs(text.alignment(level))
    read = words or Version.text
    rows: list[list[RenderableType]] = []
    for bead in beads:
        sides = [(version, segments_of(version, level, bead)) for version in text.versions]
        style = "yellow" if bead.doubtful else ""
        cells: list[RenderableType] = [
            names.name(level, bead),
            f"{bead.kind}\n{bead.id.removeprefix(f'{text.id}.')}",
            Text(
                "\n".join((_sure(bead), *(f"{a}-{b} locked" for a, b in fixed.get(bead.id, ())))),
                style,
            ),
        ]
        for version, segments in sides:
            joiner = languages.get(version.language).joiner
            said = joiner.join(read(version, segment) for segment in segments)
            cells.append(Prose(said) if said else Text("-", "dim"))
        rows.append(cells)
    title = text.metadata.title
    emit_rich(text.id if title in ("", text.id) else f"{text.id}: {title}", "")
    emit_rich(table(("at", "bead", "sure", *text.languages), rows, spaced=True))


def _sure(bead: Bead) -> str:
    return "locked" if bead.status == "locked" else f"{bead.posterior:.2f}"


def _summary(checked: CheckedText) -> tuple[str, ...]:
    text = checked.text
    return (
        text.id,
        " ".join(text.languages),
        " ".join(str(len(version.paragraphs)) for version in text.versions),
        " ".join(str(len(version.sentences)) for version in text.versions),
        str(len(text.sentences.beads)),
        str(sum(bead.doubtful for bead in text.sentences.beads)),
        count_findings(checked.findings),
    )


def _where(text: ParallelText, version: Version, span: Span) -> str:
    from parallel_statement.formats import WITH_LINES
    from parallel_statement.formats.places import place_name

    name = version.document.source.name
    alike = [other for other in text.versions if other.document.source.name == name]
    if PurePath(name).suffix.lower() in WITH_LINES:
        name = f"{name}:{_line(version, span)}"
    whose = f"{version.language}: " if len(alike) > 1 else ""
    return f"{whose}{name}, {place_name(version, span)}"


def _line(version: Version, span: Span) -> int:
    """Return the line on which *span* begins, as editors count."""
    before = version.document.text[: span.start]
    return before.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1


def _quote(version: Version, span: Span) -> str:
    said = version.document.content(span)
    return f"“{said}”" if len(said) <= 80 else f"“{said[:79]}…”"
