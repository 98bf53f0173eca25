"""Findings as a sheet of a workbook, of one text or of many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from parallel_statement.formats.cells import columns
from parallel_statement.formats.places import BeadNames
from parallel_statement.formats.workbook import add_header, add_row, new_book, pack, shade
from parallel_statement.model import (
    SEVERITIES,
    CheckedText,
    Finding,
    LanguageTag,
    Level,
    ParallelText,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FIRST = {"Severity": 10, "Rule": 24, "Paragraph": 11, "Language": 11}
_MIDDLE = {"Reason": 60, "Expected": 30, "Found": 30}
_LAST = {"Waived because": 40, "Waived by": 20, "Bead": 16, "Id": 24}
"""Headings of the columns, and their widths."""
_WAIVED = "FFEEEEEE"


def write_findings(results: Sequence[CheckedText]) -> bytes:
    """Return a workbook with one sheet: the findings in all *results*.

    Raises:
        OutputError: a finding has more text than a cell can hold.
    """
    book = new_book("Findings")
    fill(book.create_sheet("Findings"), results, named=True)
    return pack(book, next((checked.date for checked in results if checked.date), None))


def fill(sheet: Worksheet, results: Sequence[CheckedText], *, named: bool = False) -> None:
    """Write the findings in *results* on *sheet*, gravest first; those that are waived last.

    Args:
        sheet: An empty sheet.
        results: Checked texts.
        named: Whether the first column names the text.
    """
    headings = {c.language: c.heading for checked in results for c in columns(checked.text)}
    words = dict.fromkeys(headings.values(), 40)
    widths = ({"Document": 16} if named else {}) | _FIRST | _MIDDLE | words | _LAST
    add_header(sheet, list(widths), list(widths.values()))
    number = 1
    for checked in results:
        places = _bead_names(checked.text)
        for finding in sorted(checked.findings, key=_order):
            number += 1
            row = (
                *((checked.text.id,) if named else ()),
                *_first(finding, places.get(finding.bead, "")),
                *_words(checked, finding, headings),
                *_last(finding),
            )
            add_row(sheet, number, row)
            if finding.waiver:
                shade(sheet, number, range(1, len(row) + 1), _WAIVED)
    sheet.auto_filter.ref = sheet.dimensions


def _order(finding: Finding) -> tuple[bool, int]:
    return finding.waiver is not None, -SEVERITIES.index(finding.severity)


def _first(finding: Finding, place: str) -> tuple[str, ...]:
    at_fault = ", ".join(finding.languages)
    said = (finding.reason, finding.expected, finding.found)
    return (finding.severity, finding.rule, place, at_fault, *said)


def _words(
    checked: CheckedText, finding: Finding, languages: Mapping[LanguageTag, str]
) -> Iterator[str]:
    """Yield the words that prove *finding*, for every one of *languages*."""
    for language in languages:
        spans = finding.spans.get(language, ())
        document = checked.text.version(language).document if spans else None
        yield " … ".join(document.content(span) for span in spans) if document else ""


def _last(finding: Finding) -> tuple[str, ...]:
    waiver = finding.waiver
    signed = ", ".join(filter(None, (waiver.by, waiver.date))) if waiver else ""
    return (waiver.reason if waiver else "", signed, finding.bead, finding.id)


def _bead_names(text: ParallelText) -> dict[str, str]:
    """Return the names of all places that a finding can be about, by bead id."""
    names = BeadNames(text)
    levels: tuple[Level, Level] = ("paragraph", "sentence")
    return {
        bead.id: names.name(level, bead) for level in levels for bead in text.alignment(level).beads
    }
