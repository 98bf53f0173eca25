"""The versions in TEI files: restored if they are ours, transcribed if not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from parallel_statement import languages
from parallel_statement.model import (
    Document,
    LanguageTag,
    Paragraph,
    Sentence,
    Source,
    Span,
    Version,
)
from parallel_statement.names import ncname
from parallel_statement.segmentation import segment

if TYPE_CHECKING:
    from parallel_statement.formats.tei.sources import TeiSet, TeiText
    from parallel_statement.formats.tei.transcription import Transcript


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """A version, and where the ids of its file stand in it."""

    version: Version
    text: TeiText
    places: Mapping[str, tuple[str, Span]]
    """By id: name of the element, and its place."""


def read_versions(files: TeiSet) -> list[ReadVersion]:
    """Return the versions in *files*, one a language."""
    from parallel_statement.formats.tei.foreign import texts_by_language
    from parallel_statement.formats.tei.restoring import restore_version
    from parallel_statement.formats.tei.transcription import transcribe

    identifier = _document_id(files)
    found = []
    for tag, (text, elements) in texts_by_language(files).items():
        own = restore_version(text)
        if own is not None and own.document.id == identifier:
            places = {p.id: (p.kind, p.span) for p in own.paragraphs}
            sentences = {s.id: ("s", s.span) for s in own.sentences}
            found.append(ReadVersion(own, text, places | sentences))
            continue
        transcript = transcribe(elements, languages.get(tag))
        document = _document(transcript, text, tag, identifier)
        found.append(ReadVersion(_version(document, transcript), text, transcript.places))
    return found


def _document_id(files: TeiSet) -> str:
    from parallel_statement.formats.tei.markup import XML

    stated = None if files.corpus is None else files.corpus.root.get(f"{{{XML}}}id")
    return ncname(stated or files.path.resolve().stem)


def _document(transcript: Transcript, text: TeiText, tag: LanguageTag, identifier: str) -> Document:
    from parallel_statement.formats.context import ReadContext
    from parallel_statement.formats.tei.foreign import document_of

    name = text.file.name
    context = ReadContext(text.path, languages.get(tag), tag, identifier, name)
    source = Source(name, "utf-8", sha256(text.path.read_bytes()).hexdigest())
    return document_of(transcript, context, source)


def _version(document: Document, transcript: Transcript) -> Version:
    """Return *document* cut as its markup says and, where that is silent, by our own rules."""
    cut = {paragraph.span: paragraph for paragraph in segment(document).paragraphs}
    counts: Counter[str] = Counter()
    paragraphs = []
    rows = zip(document.blocks, transcript.sentences, transcript.labels, strict=True)
    for block, sentences, marked in rows:
        ours = cut.get(block.span)
        counts[block.kind] += 1
        number = str(counts[block.kind]) if block.kind == "p" or counts[block.kind] > 1 else ""
        name = f"{document.id}-{document.language}.{block.kind}{number}"
        spans = sentences or (tuple(s.span for s in ours.sentences) if ours else ())
        label = ours.label if ours and not sentences else None
        value = ours.number if ours and not sentences else None
        if sentences and marked and marked[0].end <= sentences[0].start:
            label = marked[0] if marked[0].start < marked[0].end else None
            value = marked[1] or (ours.number if ours else None)
        paragraphs.append(
            Paragraph(
                name,
                block.kind,
                block.span,
                tuple(Sentence(f"{name}.s{k}", span) for k, span in enumerate(spans, start=1)),
                label,
                value or None,
            )
        )
    return Version(document, tuple(paragraphs))
