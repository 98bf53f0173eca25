"""The findings of the checks, as annotations of the texts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from lxml import etree

from parallel_statement.formats.tei.markup import element, id_part, iso_date, version_file
from parallel_statement.formats.tei.nesting import locate
from parallel_statement.formats.tei.publication import NOT_STATED
from parallel_statement.model import (
    Bead,
    CheckedText,
    Finding,
    LanguageTag,
    Level,
    ParallelText,
    Segment,
    Sentence,
    Span,
    Version,
    Waiver,
)

_LEVELS: tuple[Level, Level] = ("sentence", "paragraph")


def finding_id(document: str, finding: Finding) -> str:
    """Return the id of the annotation of *finding*."""
    own = finding.id.startswith(f"{document}.")
    return finding.id if own else f"{document}.an.{finding.id}"


def rule_id(document: str, rule: str) -> str:
    """Return the id of the category of the check *rule*."""
    return f"{document}.rule.{id_part(rule)}"


def waived_id(document: str) -> str:
    """Return the id of the category of findings that a person accepts."""
    return f"{document}.fst.waived"


def findings(checked: CheckedText) -> etree._Element:
    """Return the ``listAnnotation`` of the findings."""
    index_of_text = _Index(checked.text)
    return element(
        "listAnnotation", None, *(annotation(f, index_of_text) for f in checked.findings)
    )


def annotation(finding: Finding, text: _Index) -> etree._Element:
    """Return the ``annotation`` of *finding*: where, which rule, what was expected and found."""
    document = text.id
    identifier = finding_id(document, finding)
    wholes, exact = text.targets(finding)
    categories = [rule_id(document, finding.rule), f"{document}.sev.{finding.severity}"]
    if finding.waiver:
        categories.append(waived_id(document))
    return element(
        "annotation",
        {
            "xml:id": identifier,
            "motivation": "assessing",
            "target": " ".join(dict.fromkeys(wholes)),
            "ana": " ".join(f"#{category}" for category in categories),
            "resp": f"#{document}.resp.auto",
            "corresp": text.bead(finding),
        },
        _waived_by(f"{identifier}.resp", finding.waiver) if finding.waiver else None,
        *(element("ptr", {"type": "place", "target": p}) for p in dict.fromkeys(exact)),
        element("note", {"type": "reason", "xml:lang": "en"}, finding.reason),
        _note("expected", finding.expected),
        _note("found", finding.found),
        _note("languages", " ".join(finding.languages)),
        element("note", {"type": "waiver", "resp": f"#{identifier}.resp"}, finding.waiver.reason)
        if finding.waiver
        else None,
    )


def _waived_by(identifier: str, waiver: Waiver) -> etree._Element:
    """Return who accepts a finding, and when."""
    return element(
        "respStmt",
        {"xml:id": identifier},
        element("resp", {"when": iso_date(waiver.date)}, "accepts the finding"),
        element("name", None, waiver.by or NOT_STATED),
    )


def _note(kind: str, text: str) -> etree._Element | None:
    return element("note", {"type": kind}, text) if text else None


class _Index:
    """Finds the elements that a finding is about."""

    def __init__(self, text: ParallelText) -> None:
        self.id = text.id
        self._versions = text.versions
        self._units: dict[tuple[LanguageTag, Level], tuple[Segment, ...]] = {
            (version.language, level): version.segments(level)
            for version in text.versions
            for level in _LEVELS
        }
        self._beads: dict[str, tuple[Level, Bead]] = {
            bead.id: (level, bead) for level in _LEVELS for bead in text.alignment(level).beads
        }

    def bead(self, finding: Finding) -> str | None:
        """Return a pointer to the link or span of the finding's bead, if one is written."""
        known = finding.bead in self._beads and len(self._versions) > 1
        return f"#{finding.bead}" if known else None

    def targets(self, finding: Finding) -> tuple[list[str], list[str]]:
        """Return pointers to whole elements, and to the exact places inside them."""
        wholes: list[str] = []
        exact: list[str] = []
        for version in self._versions:
            for span in finding.spans.get(version.language, ()):
                for unit in self._touched(version, span):
                    wholes.append(self._pointer(version, unit.id))
                    exact.extend(self._exact(version, unit, span))
        return wholes or list(self._around(finding)), exact

    def _pointer(self, version: Version, fragment: str) -> str:
        return f"{version_file(self.id, version.language)}#{fragment}"

    def _touched(self, version: Version, span: Span) -> Sequence[Segment]:
        """Return the sentences that *span* touches or, outside them, the paragraph."""
        for level in _LEVELS:
            units = self._units[version.language, level]
            first = bisect_right(units, span.start, key=lambda unit: unit.span.end)
            last = bisect_left(units, span.end, key=lambda unit: unit.span.start)
            if first < last:
                return units[first:last]
        return ()

    def _exact(self, version: Version, unit: Segment, span: Span) -> list[str]:
        """Return a pointer to the characters of *span* in a sentence, unless they are all of it.

        The scheme is that of the TEI Guidelines, section 16.2.4: element, offset, length.
        """
        if not isinstance(unit, Sentence):
            return []
        view = version.document.view(unit.span)
        start, end = locate(view.offsets, span)
        if start >= end or end - start == len(view.text):
            return []
        return [self._pointer(version, f"string-range({unit.id},{start},{end - start})")]

    def _around(self, finding: Finding) -> Iterable[str]:
        """Return the units of the finding's bead or, if it is not known, all bodies."""
        if finding.bead not in self._beads:
            return [self._pointer(version, f"{version.id}.body") for version in self._versions]
        level, bead = self._beads[finding.bead]
        return [
            self._pointer(version, self._units[version.language, level][number].id)
            for version in self._versions
            for number in bead.ranges[version.language].indices
        ]
