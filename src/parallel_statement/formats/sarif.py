"""SARIF 2.1.0 (OASIS, 2020): findings for the programs that show those of compilers and linters.

Places are given by line and column in files that are text themselves, and as characters of these
files; both count Unicode code points (``columnKind``, section 3.14.17 of the standard). A file of
another kind, such as DOCX, has no lines: there the name of the paragraph and the words must do.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple
from urllib.parse import quote

from parallel_statement import languages
from parallel_statement.__about__ import __version__
from parallel_statement.formats import WITH_LINES
from parallel_statement.formats.places import place_name
from parallel_statement.model import CheckedText, Finding, Severity, Span, Version

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
ROOT = "%SRCROOT%"
"""Name of the folder from which the addresses of files count."""

_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_NEWLINES = ("\r\n", "\n", "\r")
_NEWLINE = re.compile("|".join(_NEWLINES))


class Rule(NamedTuple):
    """What a check claims, and how bad it usually is if the claim does not hold."""

    severity: Severity
    claim: str


def write_findings(
    results: Sequence[CheckedText], rules: Mapping[str, Rule], folder: str = ""
) -> bytes:
    """Return a SARIF file of the findings in all *results*.

    Args:
        results: Checked texts.
        rules: All checks by name.
        folder: Where the texts lie, seen from the folder that the reader opens; with slashes.
    """
    numbers = {name: number for number, name in enumerate(rules)}
    found: list[dict[str, Any]] = []
    for checked in results:
        places = _Places(checked, folder)
        found.extend(_result(finding, checked, places, numbers) for finding in checked.findings)
    run = {
        "tool": {"driver": _driver(rules)},
        "originalUriBaseIds": {
            ROOT: {"description": {"text": "The folder from which the addresses of texts count."}}
        },
        "newlineSequences": list(_NEWLINES),
        "columnKind": "unicodeCodePoints",
        "results": found,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return (json.dumps(log, ensure_ascii=False, indent=1) + "\n").encode()


def _driver(rules: Mapping[str, Rule]) -> dict[str, Any]:
    return {
        "name": "parallel-statement",
        "version": __version__,
        "rules": [
            {
                "id": name,
                "shortDescription": {"text": f"{rule.claim[:1].upper()}{rule.claim[1:]}."},
                "help": {"text": f"Section “{name}” of docs/checks.md describes this check."},
                "defaultConfiguration": {"level": _LEVELS[rule.severity]},
            }
            for name, rule in rules.items()
        ],
    }


def _result(
    finding: Finding, checked: CheckedText, places: _Places, numbers: Mapping[str, int]
) -> dict[str, Any]:
    at_fault = [tag for tag in finding.languages if finding.spans.get(tag)]
    ordered = dict.fromkeys([*at_fault, *finding.spans])  # the place at fault is the location
    spans = [(tag, span) for tag in ordered for span in finding.spans[tag]]
    waiver = finding.waiver
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": _message(finding.reason),
        "locations": [places.location(*spans[0])] if spans else [],
        "relatedLocations": [
            {"id": number, **places.location(tag, span), "message": places.quotation(tag, span)}
            for number, (tag, span) in enumerate(spans[1:], start=1)
        ],
        "partialFingerprints": {"finding/v1": finding.id},
        "suppressions": [],
        "properties": {
            "document": checked.text.id,
            "bead": finding.bead,
            "languages": list(finding.languages),
            "expected": finding.expected,
            "found": finding.found,
        },
    }
    if finding.rule in numbers:
        result["ruleIndex"] = numbers[finding.rule]
    if waiver is not None:
        signed = {"by": waiver.by, "date": waiver.date}
        result["suppressions"] = [
            {
                "kind": "external",
                "status": "accepted",
                "justification": waiver.reason,
                "properties": {key: value for key, value in signed.items() if value},
            }
        ]
    return result


def _message(text: str) -> dict[str, str]:
    """Return *text* as a message, in which braces would be placeholders (section 3.11.5)."""
    return {"text": text.replace("{", "{{").replace("}", "}}")}


class _Places:
    """The places in the versions of one text."""

    def __init__(self, checked: CheckedText, folder: str) -> None:
        self._folder = PurePath(folder)
        self._versions = {version.language: version for version in checked.text.versions}
        self._starts = {tag: _line_starts(version) for tag, version in self._versions.items()}

    def location(self, language: str, span: Span) -> dict[str, Any]:
        """Return the file and the paragraph that hold *span*, and where it stands in the file."""
        version = self._versions[language]
        name = (self._folder / version.document.source.name).as_posix()
        physical: dict[str, Any] = {"artifactLocation": {"uri": quote(name), "uriBaseId": ROOT}}
        if self._starts[language]:
            physical["region"] = self._region(version, span)
        return {
            "physicalLocation": physical,
            "logicalLocations": [{"name": place_name(version, span), "kind": "paragraph"}],
        }

    def quotation(self, language: str, span: Span) -> dict[str, str]:
        """Return what *span* says, as a message."""
        said = self._versions[language].document.content(span)
        return _message(f"{languages.get(language).name}: “{said}”")

    def _region(self, version: Version, span: Span) -> dict[str, Any]:
        mark = self._starts[version.language][0]  # a byte order mark counts for nothing
        start, end = max(span.start, mark), max(span.end, mark)
        start_line, start_column = self._line(version, start)
        end_line, end_column = start_line, start_column
        if end > start:
            end_line, last = self._line(version, end - 1)
            end_column = last + 1
        return {
            "startLine": start_line,
            "startColumn": start_column,
            "endLine": end_line,
            "endColumn": end_column,
            "charOffset": start - mark,
            "charLength": end - start,
            "snippet": {"text": version.document.text[start:end]},
        }

    def _line(self, version: Version, offset: int) -> tuple[int, int]:
        starts = self._starts[version.language]
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1


def _line_starts(version: Version) -> list[int]:
    """Return where the lines of the file begin; nothing if its text is not the file itself."""
    document = version.document
    if PurePath(document.source.name).suffix.lower() not in WITH_LINES:
        return []
    first = int(document.text.startswith("\ufeff"))
    return [first, *(newline.end() for newline in _NEWLINE.finditer(document.text))]
