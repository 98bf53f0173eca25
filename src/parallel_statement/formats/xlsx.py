"""XLSX: a workbook for review, with the aligned sentences, the findings and how it was made."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from parallel_statement.errors import OutputError
from parallel_statement.formats.cells import Column, columns, rounded
from parallel_statement.formats.places import BeadNames
from parallel_statement.model import DOUBTFUL, SEVERITIES, CheckedText, Finding, Level, ParallelText

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | float

_EPOCH = datetime.datetime(1980, 1, 1)
_LONGEST = 32_767
_FORMULA = ("=", "+", "-", "@")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_HEADER, _DOUBTFUL, _GAP = "FFDDE3EA", "FFFFF2CC", "FFEEEEEE"


def write(checked: CheckedText) -> dict[str, bytes]:
    """Return one XLSX file for review.

    Raises:
        OutputError: a bead has more text than a cell can hold.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = "parallel-statement"
    book.properties.title = _legal(checked.text.metadata.title)
    book.remove(book.worksheets[0])
    languages = columns(checked.text)
    _fill_sentences(book.create_sheet("Sentences"), checked, languages)
    _fill_findings(book.create_sheet("Findings"), checked, languages)
    _fill_about(book.create_sheet("About"), checked, languages)
    packed = BytesIO()
    book.save(packed)
    return {f"{checked.text.id}.xlsx": _repack(packed.getvalue(), checked.date)}


def _fill_sentences(sheet: Worksheet, checked: CheckedText, languages: Sequence[Column]) -> None:
    names = [column.heading for column in languages]
    headers = ["Paragraph", *names, "Confidence", "Status", "Findings", "Bead"]
    _add_header(sheet, headers, [11, *[60] * len(names), 12, 11, 40, 16])
    places = BeadNames(checked.text)
    reasons: dict[str, list[str]] = {}
    for finding in checked.findings:
        reasons.setdefault(finding.bead, []).append(f"{finding.severity}: {finding.reason}")
    for number, bead in enumerate(checked.text.sentences.beads, start=2):
        texts = [column.text(bead.ranges[column.language]) for column in languages]
        passage = reasons.pop(places.passage(bead), ())  # beside its first sentence
        found = "\n".join((*passage, *reasons.get(bead.id, ())))
        row: list[Value] = [places.name("sentence", bead), *texts]
        _add_row(sheet, number, [*row, rounded(bead.posterior), bead.status, found, bead.id])
        sheet.cell(number, len(row) + 1).number_format = "0%"
        if bead.doubtful:
            _shade(sheet, number, range(1, len(headers) + 1), _DOUBTFUL)
        gaps = [i for i, c in enumerate(languages, start=2) if not bead.ranges[c.language].size]
        _shade(sheet, number, gaps, _GAP)
    sheet.auto_filter.ref = sheet.dimensions


def _fill_findings(sheet: Worksheet, checked: CheckedText, languages: Sequence[Column]) -> None:
    names = [column.heading for column in languages]
    headers = ["Severity", "Rule", "Paragraph", "Language", "Reason", "Expected", "Found"]
    widths = [10, 24, 11, 11, 60, 30, 30]
    _add_header(sheet, [*headers, *names, "Bead", "Id"], [*widths, *[40] * len(names), 16, 24])
    places = _bead_names(checked.text)
    gravest = sorted(checked.findings, key=lambda found: -SEVERITIES.index(found.severity))
    for number, finding in enumerate(gravest, start=2):
        row = [
            finding.severity,
            finding.rule,
            places.get(finding.bead, ""),
            ", ".join(finding.languages),
            finding.reason,
            finding.expected,
            finding.found,
            *_evidence(checked, finding),
            finding.bead,
            finding.id,
        ]
        _add_row(sheet, number, row)
    sheet.auto_filter.ref = sheet.dimensions


def _bead_names(text: ParallelText) -> dict[str, str]:
    """Return the names of all places that a finding can be about, by bead id."""
    names = BeadNames(text)
    levels: tuple[Level, Level] = ("paragraph", "sentence")
    return {
        bead.id: names.name(level, bead) for level in levels for bead in text.alignment(level).beads
    }


def _evidence(checked: CheckedText, finding: Finding) -> list[str]:
    """Return the words that prove *finding*, for every language."""
    return [
        " … ".join(
            version.document.view(span).text for span in finding.spans.get(version.language, ())
        )
        for version in checked.text.versions
    ]


def _fill_about(sheet: Worksheet, checked: CheckedText, languages: Sequence[Column]) -> None:
    text = checked.text
    _add_header(sheet, ["What", "Value"], [36, 100])
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
        _add_row(sheet, number, row)


def _shade(sheet: Worksheet, row: int, numbers: Iterable[int], colour: str) -> None:
    from openpyxl.styles import PatternFill

    for number in numbers:
        sheet.cell(row, number).fill = PatternFill("solid", fgColor=colour)


def _add_header(sheet: Worksheet, headers: Sequence[str], widths: Sequence[int]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    _add_row(sheet, 1, headers)
    _shade(sheet, 1, range(1, len(headers) + 1), _HEADER)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        cell = sheet.cell(1, number)
        cell.font = Font(name=cell.font.name, size=cell.font.size, bold=True)
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _add_row(sheet: Worksheet, row: int, values: Sequence[Value]) -> None:
    """Write *values* into wrapped cells; text stays text, whatever it begins with."""
    from openpyxl.styles import Alignment

    for number, value in enumerate(values, start=1):
        cell = sheet.cell(row, number)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if not isinstance(value, str):
            cell.value = value
        elif value:
            cell.value = _cell_text(value)
            cell.data_type = "s"  # openpyxl takes "=..." for a formula and "#N/A" for an error
            if value.startswith(_FORMULA):
                cell.quotePrefix = True  # stays text when a reviewer edits it


def _cell_text(value: str) -> str:
    if len(value) > _LONGEST:
        raise OutputError(
            f"a text of {len(value)} characters ({value[:40]!r} ...) does not fit into a cell of "
            f"an XLSX file, which holds {_LONGEST}; export TSV, TMX or JSON"
        )
    return _legal(value)


def _legal(text: str) -> str:
    """Return *text* without characters that XML forbids and without escapes that Excel reads."""
    return _ESCAPE.sub("_x005F_", _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text))


def _repack(data: bytes, date: str | None) -> bytes:
    """Return the workbook with the same times in every run: *date*, or 1980-01-01."""
    try:
        time = datetime.datetime.fromisoformat(date or "")
    except ValueError:
        time = _EPOCH
    stamp = f"{time:%Y-%m-%dT00:00:00Z}".encode()
    packed = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + stamp, content)
            info = ZipInfo(name, _EPOCH.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, content)
    return packed.getvalue()
