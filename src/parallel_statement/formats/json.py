"""JSON: the whole result as one document, for programs; docs/formats.md describes every key."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from parallel_statement.formats.cells import rounded
from parallel_statement.formats.controls import utf8
from parallel_statement.model import (
    Alignment,
    Bead,
    CheckedText,
    Finding,
    Lock,
    Mention,
    Move,
    PairBead,
    Paragraph,
    ParallelText,
    Range,
    Sentence,
    Span,
    Version,
    Waiver,
)

FORMAT = "parallel-statement/1"
"""Name and version of the schema; a change that breaks readers raises the number."""


def write(checked: CheckedText) -> dict[str, bytes]:
    """Return one JSON file that holds *checked*."""
    data = json.dumps(_document(checked), ensure_ascii=False, indent=1)
    return {f"{checked.text.id}.json": utf8(data + "\n")}


def _document(checked: CheckedText) -> dict[str, Any]:
    text = checked.text
    return {
        "format": FORMAT,
        "id": text.id,
        "date": checked.date,
        "languages": list(text.languages),
        "metadata": asdict(text.metadata),
        "provenance": asdict(text.provenance),
        "notices": list(text.notices),
        "versions": [_version(version) for version in text.versions],
        "paragraphs": _alignment(text, text.paragraphs),
        "sentences": _alignment(text, text.sentences),
        "moves": [_move(text, move) for move in text.moves],
        "locks": [_lock(lock) for lock in text.locks],
        "mentions": {
            language: [mention_record(text.version(language), mention) for mention in mentions]
            for language, mentions in checked.mentions.items()
        },
        "findings": [_finding(text, finding) for finding in checked.findings],
    }


def _version(version: Version) -> dict[str, Any]:
    document = version.document
    return {
        "id": version.id,
        "language": version.language,
        "source": asdict(document.source),
        "omissions": list(document.omissions),
        "text": document.text,
        "blocks": [
            {"kind": block.kind, "number": block.number, **_bounds(block.span)}
            for block in document.blocks
        ],
        "layout": [
            {**_bounds(part.span), "reason": part.reason, "replacement": part.replacement}
            for part in document.layout
        ],
        "paragraphs": [_paragraph(version, paragraph) for paragraph in version.paragraphs],
        "marks": [
            {"kind": mark.kind, **_bounds(mark.span), "attributes": dict(mark.attributes)}
            for mark in document.marks
        ],
    }


def _paragraph(version: Version, paragraph: Paragraph) -> dict[str, Any]:
    label = paragraph.label
    return {
        "id": paragraph.id,
        "kind": paragraph.kind,
        "label": None if label is None else version.document.content(label),
        "label_span": None if label is None else _bounds(label),
        "number": paragraph.number,
        "text": version.text(paragraph),
        **_bounds(paragraph.span),
        "sentences": [_sentence(version, sentence) for sentence in paragraph.sentences],
    }


def _sentence(version: Version, sentence: Sentence) -> dict[str, Any]:
    return {"id": sentence.id, "text": version.text(sentence), **_bounds(sentence.span)}


def _alignment(text: ParallelText, alignment: Alignment) -> dict[str, Any]:
    ids = {
        version.language: [segment.id for segment in version.segments(alignment.level)]
        for version in text.versions
    }
    return {
        "beads": [
            {
                **_bead(bead),
                "segments": {
                    language: _pick(ids[language], extent)
                    for language, extent in bead.ranges.items()
                },
            }
            for bead in alignment.beads
        ],
        "pairs": [
            {
                "source": source,
                "target": target,
                "beads": [
                    {
                        **_bead(bead),
                        "source": _pick(ids[source], bead.source),
                        "target": _pick(ids[target], bead.target),
                    }
                    for bead in beads
                ],
            }
            for (source, target), beads in alignment.pairs.items()
        ],
    }


def _bead(bead: Bead | PairBead) -> dict[str, Any]:
    return {
        "id": bead.id,
        "kind": bead.kind,
        "posterior": rounded(bead.posterior),
        "status": bead.status,
    }


def _move(text: ParallelText, move: Move) -> dict[str, Any]:
    return {
        "id": move.id,
        "posterior": rounded(move.posterior),
        "places": [
            {
                language: [s.id for s in text.version(language).sentences[slice(*extent)]]
                for language, extent in place.items()
            }
            for place in move.places
        ],
    }


def _lock(lock: Lock) -> dict[str, Any]:
    return {
        "level": lock.level,
        "kind": "lock" if lock.together else "forbid",
        "segments": {language: list(ids) for language, ids in lock.segments.items()},
        "by": lock.by,
        "note": lock.note,
        "date": lock.date,
    }


def _pick(ids: Sequence[str], extent: Range) -> list[str]:
    return list(ids[extent.start : extent.stop])


def mention_record(version: Version, mention: Mention) -> dict[str, Any]:
    """Return *mention* with its place in *version*, for a program."""
    return {
        "concept": mention.concept,
        "term": mention.designation.text,
        "status": mention.designation.status,
        "sentence": mention.sentence,
        "text": version.document.content(mention.span),
        **_bounds(mention.span),
        "rule": mention.rule,
        "path": mention.path,
    }


def _finding(text: ParallelText, finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity,
        "bead": finding.bead,
        "languages": list(finding.languages),
        "expected": finding.expected,
        "found": finding.found,
        "reason": finding.reason,
        "spans": {
            language: [
                {"text": text.version(language).document.content(span), **_bounds(span)}
                for span in spans
            ]
            for language, spans in finding.spans.items()
        },
        "words": finding.words(text),
        "waiver": waiver_record(finding.waiver),
    }


def waiver_record(waiver: Waiver | None) -> dict[str, str] | None:
    """Return why, by whom and when a finding was waived, for a program."""
    if waiver is None:
        return None
    return {"reason": waiver.reason, "by": waiver.by, "date": waiver.date}


def _bounds(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}
