r"""The central types: frozen values that every other room reads and none rewrites.

A version's text is stored once, exactly as decoded. Everything else points into it::

    text      *January 16, 2026*\n\n1. They met.\n\n---\n\n
    layout    ^                ^^^^                ^^^^^^^     markup, white space, page break
    block      ^---------------^    ^----------^
    label                           ^^
    sentence   ^--------------^        ^-------^

`Span` counts characters of one version's text; `Range` counts segments of one version.
"""

from __future__ import annotations

from parallel_statement.model.alignments import (
    DOUBTFUL,
    Alignment,
    Bead,
    Lock,
    Metadata,
    Move,
    PairBead,
    ParallelText,
    Provenance,
    Status,
    VersionMetadata,
)
from parallel_statement.model.documents import (
    Block,
    BlockKind,
    Document,
    LanguageTag,
    Layout,
    Level,
    Mark,
    MarkKind,
    Occurrence,
    Paragraph,
    Range,
    Segment,
    Sentence,
    Source,
    Span,
    Version,
    View,
)
from parallel_statement.model.findings import (
    SEVERITIES,
    CheckedText,
    Finding,
    Severity,
    Waiver,
)
from parallel_statement.model.terms import (
    Concept,
    Definition,
    Designation,
    DesignationStatus,
    DesignationType,
    Gender,
    Glossary,
    Mention,
)

__all__ = [
    "DOUBTFUL",
    "SEVERITIES",
    "Alignment",
    "Bead",
    "Block",
    "BlockKind",
    "CheckedText",
    "Concept",
    "Definition",
    "Designation",
    "DesignationStatus",
    "DesignationType",
    "Document",
    "Finding",
    "Gender",
    "Glossary",
    "LanguageTag",
    "Layout",
    "Level",
    "Lock",
    "Mark",
    "MarkKind",
    "Mention",
    "Metadata",
    "Move",
    "Occurrence",
    "PairBead",
    "Paragraph",
    "ParallelText",
    "Provenance",
    "Range",
    "Segment",
    "Sentence",
    "Severity",
    "Source",
    "Span",
    "Status",
    "Version",
    "VersionMetadata",
    "View",
    "Waiver",
]
