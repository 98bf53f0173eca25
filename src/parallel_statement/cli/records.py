"""What the command says of its results for a program: records that become JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parallel_statement.cli.moved import move_record

if TYPE_CHECKING:
    from parallel_statement.model import (
        Bead,
        CheckedText,
        Finding,
        LanguageTag,
        Level,
        Paragraph,
        ParallelText,
        Segment,
        Span,
        Version,
    )


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
    for language, span in places_of(finding):
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
                "text": version.document.content(span),
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
                for segment in segments_of(version, level, bead)
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


def segments_of(version: Version, level: Level, bead: Bead) -> tuple[Segment, ...]:
    """Return the segments that *bead*, which is one of *level*, has in *version*."""
    segments = bead.ranges[version.language]
    return version.segments(level)[segments.start : segments.stop]


def places_of(finding: Finding) -> list[tuple[LanguageTag, Span]]:
    """Return the places of *finding* one by one."""
    return [(language, span) for language, spans in finding.spans.items() for span in spans]


def _paragraph(version: Version, span: Span) -> Paragraph | None:
    """Return the paragraph in which *span* begins."""
    begun = [p for p in version.paragraphs if p.span.start <= span.start]
    return begun[-1] if begun else None
