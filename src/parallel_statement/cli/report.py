"""What the command says of its results: for a person (tables) and for a program (JSON)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from parallel_statement.cli.console import emit_rich, table
from parallel_statement.cli.moved import move_record, moved_notes

if TYPE_CHECKING:
    from rich.console import RenderableType

    from parallel_statement.model import (
        Bead,
        CheckedText,
        Finding,
        LanguageTag,
        Level,
        Paragraph,
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
    for language, span in _places(finding):
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


def print_beads(text: ParallelText, level: Level, beads: Sequence[Bead]) -> None:
    """Print *beads* as a table, a column a language."""
    from rich.text import Text

    from parallel_statement import languages
    from parallel_statement.cli.prose import Prose
    from parallel_statement.formats.places import BeadNames

    names = BeadNames(text)
    rows: list[list[RenderableType]] = []
    for bead in beads:
        sides = [(version, _segments(version, level, bead)) for version in text.versions]
        style = "yellow" if bead.doubtful else ""
        cells: list[RenderableType] = [
            names.name(level, bead),
            f"{bead.kind}\n{bead.id.removeprefix(f'{text.id}.')}",
            "locked" if bead.status == "locked" else Text(f"{bead.posterior:.2f}", style),
        ]
        for version, segments in sides:
            joiner = languages.get(version.language).joiner
            said = joiner.join(version.text(segment) for segment in segments)
            cells.append(Prose(said) if said else Text("-", "dim"))
        rows.append(cells)
    title = text.metadata.title
    emit_rich(text.id if title in ("", text.id) else f"{text.id}: {title}", "")
    emit_rich(table(("at", "bead", "sure", *text.languages), rows, spaced=True))


def summary_record(checked: CheckedText) -> dict[str, object]:
    """Return what *checked* is and holds, for a program."""
    text = checked.text
    return {
        "document": text.id,
        "title": text.metadata.title,
        "languages": list(text.languages),
        "paragraphs": {v.language: len(v.paragraphs) for v in text.versions},
        "sentences": {v.language: len(v.sentences) for v in text.versions},
        "beads": {
            "paragraph": len(text.paragraphs.beads),
            "sentence": len(text.sentences.beads),
            "doubtful": sum(bead.doubtful for bead in text.sentences.beads),
        },
        "notices": list(text.notices),
        "moves": [move_record(text, move) for move in text.moves],
        "findings": [finding_record(checked, finding) for finding in checked.findings],
    }


def finding_record(checked: CheckedText, finding: Finding) -> dict[str, object]:
    """Return *finding* with its places, for a program."""
    from parallel_statement.formats.json import waiver_record
    from parallel_statement.formats.places import place_name

    places = []
    for language, span in _places(finding):
        version = checked.text.version(language)
        paragraph = _paragraph(version, span)
        places.append(
            {
                "language": language,
                "file": version.document.source.name,
                "place": place_name(version, span),
                "paragraph": paragraph.id if paragraph else None,
                "start": span.start,
                "end": span.end,
                "text": version.document.view(span).text,
            }
        )
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity,
        "bead": finding.bead,
        "languages": list(finding.languages),
        "expected": finding.expected,
        "found": finding.found,
        "reason": finding.reason,
        "places": places,
        "words": finding.words(checked.text),
        "waiver": waiver_record(finding.waiver),
    }


def bead_record(text: ParallelText, level: Level, bead: Bead) -> dict[str, object]:
    """Return *bead* with the segments of every language, for a program."""
    return {
        "id": bead.id,
        "kind": bead.kind,
        "posterior": round(bead.posterior, 4),
        "status": bead.status,
        "segments": {
            version.language: [
                {"id": segment.id, "text": version.text(segment)}
                for segment in _segments(version, level, bead)
            ]
            for version in text.versions
        },
    }


def version_record(version: Version) -> dict[str, object]:
    """Return *version* with its paragraphs and sentences, for a program."""
    return {
        "id": version.id,
        "language": version.language,
        "paragraphs": [
            {
                "id": paragraph.id,
                "kind": paragraph.kind,
                "number": paragraph.number,
                "start": paragraph.span.start,
                "end": paragraph.span.end,
                "sentences": [
                    {
                        "id": sentence.id,
                        "start": sentence.span.start,
                        "end": sentence.span.end,
                        "text": version.text(sentence),
                    }
                    for sentence in paragraph.sentences
                ],
            }
            for paragraph in version.paragraphs
        ],
    }


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


def _segments(version: Version, level: Level, bead: Bead) -> tuple[Segment, ...]:
    segments = bead.ranges[version.language]
    return version.segments(level)[segments.start : segments.stop]


def _places(finding: Finding) -> list[tuple[LanguageTag, Span]]:
    return [(language, span) for language, spans in finding.spans.items() for span in spans]


def _paragraph(version: Version, span: Span) -> Paragraph | None:
    """Return the paragraph in which *span* begins."""
    begun = [p for p in version.paragraphs if p.span.start <= span.start]
    return begun[-1] if begun else None


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
    said = version.document.view(span).text
    return f"“{said}”" if len(said) <= 80 else f"“{said[:79]}…”"
