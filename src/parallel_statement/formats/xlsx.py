"""XLSX: a workbook for review, with the aligned sentences, the findings and how it was made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from parallel_statement.formats.cells import Column, columns, rounded
from parallel_statement.formats.findings_sheet import fill
from parallel_statement.formats.places import BeadNames
from parallel_statement.formats.rows import named
from parallel_statement.formats.workbook import Value, add_header, add_row, new_book, pack, shade
from parallel_statement.model import DOUBTFUL, CheckedText

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SEGMENTS = "Segments"
"""Heading of the column that holds their ids."""

_DOUBTFUL, _GAP = "FFFFF2CC", "FFEEEEEE"


def write(checked: CheckedText) -> dict[str, bytes]:
    """Return one XLSX file for review.

    Raises:
        OutputError: a bead has more text than a cell can hold.
    """
    book = new_book(checked.text.metadata.title)
    languages = columns(checked.text)
    _fill_sentences(book.create_sheet("Sentences"), checked, languages)
    fill(book.create_sheet("Findings"), [checked])
    _fill_about(book.create_sheet("About"), checked, languages)
    return {f"{checked.text.id}.xlsx": pack(book, checked.date)}


def _fill_sentences(sheet: Worksheet, checked: CheckedText, languages: Sequence[Column]) -> None:
    names = [column.heading for column in languages]
    headers = ["Paragraph", *names, "Confidence", "Status", "Findings", "Bead", SEGMENTS]
    add_header(sheet, headers, [11, *[60] * len(names), 12, 11, 40, 16, 30])
    places = BeadNames(checked.text)
    reasons: dict[str, list[str]] = {}
    for finding in checked.findings:
        waived = " (waived)" if finding.waiver else ""
        reasons.setdefault(finding.bead, []).append(f"{finding.severity}{waived}: {finding.reason}")
    for number, bead in enumerate(checked.text.sentences.beads, start=2):
        texts = [column.text(bead.ranges[column.language]) for column in languages]
        segments = named(bead, languages)
        passage = reasons.pop(places.passage(bead), ())  # beside its first sentence
        found = "\n".join((*passage, *reasons.get(bead.id, ())))
        row: list[Value] = [places.name("sentence", bead), *texts]
        last = (bead.status, found, bead.id, segments)
        add_row(sheet, number, [*row, rounded(bead.posterior), *last])
        sheet.cell(number, len(row) + 1).number_format = "0%"
        if bead.doubtful:
            shade(sheet, number, range(1, len(headers) + 1), _DOUBTFUL)
        gaps = [i for i, c in enumerate(languages, start=2) if not bead.ranges[c.language].size]
        shade(sheet, number, gaps, _GAP)
    sheet.auto_filter.ref = sheet.dimensions


def _fill_about(sheet: Worksheet, checked: CheckedText, languages: Sequence[Column]) -> None:
    text = checked.text
    add_header(sheet, ["What", "Value"], [36, 100])
    rows = [("Document", text.id), ("Title", text.metadata.title), ("Date", text.metadata.date)]
    rows += [("Notice", notice) for notice in text.notices]
    for version, column in zip(text.versions, languages, strict=True):
        source = version.document.source
        rows.append((f"{column.heading}: file", f"{source.name} (SHA-256 {source.sha256})"))
        known = text.metadata.versions.get(version.language)
        if known is not None:
            rows.append((f"{column.heading}: title", known.title))
            rows.append((f"{column.heading}: status", known.status))
            rows.append((f"{column.heading}: licence", known.licence))
    provenance = text.provenance
    rows.append(("parallel-statement", provenance.version))
    rows.append(("Encoder", provenance.encoder))
    rows.append(("Weights of the aligner", provenance.weights))
    rows.append(("Yellow rows", f"the alignment is in doubt: confidence below {DOUBTFUL:.0%}"))
    rows.append(("Grey cells", "this language has nothing here"))
    if any(bead.status == "locked" for bead in text.sentences.beads):
        rows.append(("Status locked", "a person fixed this row"))
    for number, row in enumerate((row for row in rows if row[1]), start=2):
        add_row(sheet, number, row)
