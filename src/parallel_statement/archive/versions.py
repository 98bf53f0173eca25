"""The versions in TEI files: restored if they are ours, transcribed if not."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from parallel_statement import languages
from parallel_statement.formats.files import MOST_BYTES, read_bytes
from parallel_statement.formats.xml import ID
from parallel_statement.model import (
    Document,
    LanguageTag,
    Paragraph,
    Sentence,
    Source,
    Span,
    Version,
)
from parallel_statement.names import is_ncname, ncname
from parallel_statement.segmentation import segment

if TYPE_CHECKING:
    from lxml import etree

    from parallel_statement.formats.tei.sources import TeiSet, TeiText
    from parallel_statement.formats.tei.transcript import Transcript


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """A version, and where the ids of its file stand in it."""

    version: Version
    text: TeiText
    places: Mapping[str, tuple[str, Span]]
    """By id: name of the element, and its place."""
    terms: Sequence[tuple[etree._Element, Span]]
    """Each ``term``, and where it stands."""
    breaks: Sequence[int] | None
    """Where the version has a line end that is no character of its element; None if it comes from
    its record, so that an element's characters are those of a view."""

    def stretch(self, identity: str, start: int, end: int) -> Span | None:
        """Return the place of the characters from *start* to *end* of the element *identity*."""
        _, span = self.places[identity]
        if self.breaks is None:
            view = self.version.document.view(span)
            return view.span(start, end) if 0 <= start <= end <= len(view.text) else None
        first = bisect_left(self.breaks, span.start)
        last = bisect_left(self.breaks, span.end)
        for position in self.breaks[first:last]:
            start += position <= span.start + start
            end += position < span.start + end
        found = Span(span.start + start, span.start + end)
        return found if span.start <= found.start <= found.end <= span.end else None


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
            found.append(_restored(own, text))
            continue
        transcript = transcribe(elements, languages.get(tag))
        document = _document(transcript, text, tag, identifier)
        version = _with_ids(_version(document, transcript), transcript.places)
        read = ReadVersion(version, text, transcript.places, transcript.terms, transcript.breaks)
        found.append(read)
    return found


def _restored(version: Version, text: TeiText) -> ReadVersion:
    """Return *version*, of which *text* is known to say the same."""
    whole = Span(0, len(version.document.text))
    places = {f"{version.id}.body": ("body", whole)}
    places |= {p.id: (p.kind, p.span) for p in version.paragraphs}
    places |= {s.id: ("s", s.span) for s in version.sentences}
    read = ReadVersion(version, text, places, (), None)
    return replace(read, terms=tuple(_terms(read)))


def _terms(read: ReadVersion) -> Iterator[tuple[etree._Element, Span]]:
    """Yield the terms in the sentences of a restored version, each with its place."""
    from lxml import etree

    from parallel_statement.formats.tei.markup import TEI

    term = f"{{{TEI}}}term"
    for sentence in read.text.root.iter(f"{{{TEI}}}s"):
        position = 0
        starts: list[int] = []
        for event, node in etree.iterwalk(sentence, events=("start", "end")):
            if event == "start":
                starts.append(position)
                position += len(node.text or "")
                continue
            start = starts.pop()
            span = None
            if node.tag == term:
                span = read.stretch(sentence.get(ID, ""), start, position)
            if span is not None:
                yield node, span
            position += 0 if node is sentence else len(node.tail or "")


def _document_id(files: TeiSet) -> str:

    stated = None if files.corpus is None else files.corpus.root.get(ID)
    return ncname(stated or files.path.resolve().stem)


def _document(transcript: Transcript, text: TeiText, tag: LanguageTag, identifier: str) -> Document:
    from parallel_statement.formats.context import ReadContext
    from parallel_statement.formats.tei.foreign import document_of

    name = text.file.name
    context = ReadContext(text.path, languages.get(tag), tag, identifier, name)
    source = Source(name, "utf-8", sha256(read_bytes(text.path, MOST_BYTES)).hexdigest())
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


def _with_ids(version: Version, places: Mapping[str, tuple[str, Span]]) -> Version:
    """Return *version* with the ids of its elements, if these are of the form that ours have."""
    blocks = _named(places, ("p", "head", "dateline"), [p.span for p in version.paragraphs])
    inside = _named(places, ("s",), [s.span for s in version.sentences])
    sentences = iter(inside)
    paragraphs = tuple(
        replace(
            paragraph,
            id=name or paragraph.id,
            sentences=tuple(
                replace(own, id=own_name or own.id)
                for own, own_name in zip(paragraph.sentences, sentences, strict=False)
            ),
        )
        for paragraph, name in zip(version.paragraphs, blocks, strict=True)
    )
    named = replace(version, paragraphs=paragraphs)
    ids = [p.id for p in named.paragraphs] + [s.id for s in named.sentences]
    usable = all(is_ncname(each) and each.startswith(f"{version.id}.") for each in ids)
    return named if usable and len(set(ids)) == len(ids) else version


def _named(
    places: Mapping[str, tuple[str, Span]], names: Sequence[str], spans: Sequence[Span]
) -> list[str]:
    """Return for each of *spans* the id of the element that holds it and no other one."""
    found = [""] * len(spans)
    for identity, (name, place) in places.items():
        first = bisect_left(spans, place.start, key=lambda span: span.start)
        inside = first < len(spans) and spans[first].end <= place.end
        alone = first + 1 >= len(spans) or spans[first + 1].start >= place.end
        if name in names and inside and alone:
            found[first] = identity
    return found
