"""Texts: documents with blocks, marks and layout as offsets, and versions cut into segments."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal, NamedTuple

LanguageTag = str
"""A BCP 47 tag, such as ``en``, ``ja`` or ``pt-BR``."""

BlockKind = Literal["head", "dateline", "p"]
MarkKind = Literal["superscript", "subscript", "emphasis", "strong", "pb"]
Level = Literal["paragraph", "sentence"]


class Span(NamedTuple):
    """Half-open interval of characters of a version's text."""

    start: int
    end: int


class Range(NamedTuple):
    """Half-open interval of segments (paragraphs or sentences) of a version."""

    start: int
    stop: int

    @property
    def size(self) -> int:
        """Number of segments; 0 is a gap."""
        return self.stop - self.start

    @property
    def indices(self) -> range:
        """The segment numbers in the interval."""
        return range(self.start, self.stop)


class Occurrence(NamedTuple):
    """Which of several equal things is meant."""

    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document's text came from."""

    name: str
    """Path relative to the texts folder, with forward slashes (never an absolute path)."""
    encoding: str
    sha256: str
    """Of the file's bytes, in hexadecimal."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like unit, as the source's own markup shows it."""

    kind: BlockKind
    span: Span
    number: str | None = None
    """An automatic number (HTML ``<ol>``, Word numbering) that has no characters in the text."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Inline markup, or a page break (whose span holds the break's own characters, if any)."""

    kind: MarkKind
    span: Span
    attributes: Mapping[str, str] = field(default_factory=dict)
    """For a page break, ``n``: the number of the page that begins there."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Characters of the text that are no content; *replacement* stands for them in a view."""

    span: Span
    reason: str
    """What they are: white space, line wrap, page break, page number, running head, markup,
    list marker, escape, navigation, ... (the readers' documentation has them all)."""
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A stretch of text with its layout taken out, and the way back to the source."""

    text: str
    offsets: Sequence[int]
    """Source offset of every character of `text`, and of its end: ``len(text) + 1`` numbers."""
    ends: Sequence[int]
    """Source offset at which every character ends; one that stands for layout (an entity, a
    line wrap) ends where the layout does."""

    def span(self, start: int, end: int) -> Span:
        """Return the source span of ``text[start:end]``."""
        if start >= end:
            return Span(self.offsets[start], self.offsets[start])
        return Span(self.offsets[start], self.ends[end - 1])


@dataclass(frozen=True, slots=True)
class Document:
    """One language's text, exactly as decoded, with blocks, marks and layout as offsets.

    `blocks`, `marks` and `layout` are sorted by start; blocks do not overlap, nor do layouts.
    Every character lies in a block or in a layout span (or both: layout inside a block).
    """

    id: str
    """Name of the document, the same in every language; a valid NCName."""
    language: LanguageTag
    text: str
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...]
    layout: tuple[Layout, ...]
    source: Source
    omissions: tuple[str, ...] = ()
    """What the file holds and the text does not, in plain words: "2 footnotes", "deleted text"."""

    def view(self, span: Span) -> View:
        """Return the content of *span*: layout removed or replaced, offsets kept."""
        if self._is_bare(span):  # as nearly all sentences are: a third quicker
            there = range(span.start, span.end + 1)
            return View(self.text[span.start : span.end], there, there[1:])
        pieces: list[str] = []
        offsets: list[int] = []
        ends: list[int] = []
        for (start, end), replacement in self._parts(span):
            if replacement is None:
                pieces.append(self.text[start:end])
                offsets.extend(range(start, end))
                ends.extend(range(start + 1, end + 1))
            else:
                pieces.append(replacement)
                offsets.extend([start] * len(replacement))
                ends.extend([end] * len(replacement))
        offsets.append(span.end)
        return View("".join(pieces), tuple(offsets), tuple(ends))

    def content(self, span: Span) -> str:
        """Return the text of the view of *span*."""
        if self._is_bare(span):
            return self.text[span.start : span.end]
        return "".join(
            self.text[start:end] if replacement is None else replacement
            for (start, end), replacement in self._parts(span)
        )

    def _parts(self, span: Span) -> Iterator[tuple[Span, str | None]]:
        """Yield the characters of *span* in order, and its layouts with what replaces them."""
        position = span.start
        for number in range(self._first_layout(span), len(self.layout)):
            layout = self.layout[number]
            start, end = layout.span
            if start >= span.end:
                break
            if start > position:
                yield Span(position, start), None
            if start >= span.start and end <= span.end:
                yield layout.span, layout.replacement
            position = max(position, end)
        if position < span.end:
            yield Span(position, span.end), None

    def _is_bare(self, span: Span) -> bool:
        """Return whether there is no layout in *span*."""
        first = self._first_layout(span)
        return first == len(self.layout) or self.layout[first].span.start >= span.end

    def _first_layout(self, span: Span) -> int:
        """Return the number of the first layout that ends behind the start of *span*."""
        return bisect_right(self.layout, span.start, key=attrgetter("span.end"))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; its id (``js2026-en.p3.s1``) is the one that TEI uses."""

    id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block cut into sentences; the label ("1.", "第三条") lies outside them."""

    id: str
    kind: BlockKind
    span: Span
    sentences: tuple[Sentence, ...]
    label: Span | None = None
    number: str | None = None
    """The label's value ("12"), or the block's automatic number."""


Segment = Paragraph | Sentence


@dataclass(frozen=True, slots=True)
class Version:
    """A document cut into paragraphs and sentences."""

    document: Document
    paragraphs: tuple[Paragraph, ...]

    @property
    def language(self) -> LanguageTag:
        """The language of the document."""
        return self.document.language

    @property
    def id(self) -> str:
        """Identifier of this version: document and language (``js2026-en``)."""
        return f"{self.document.id}-{self.document.language}"

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return tuple(s for paragraph in self.paragraphs for s in paragraph.sentences)

    def segments(self, level: Level) -> tuple[Segment, ...]:
        """Return the paragraphs or the sentences."""
        return self.paragraphs if level == "paragraph" else self.sentences

    def text(self, segment: Segment) -> str:
        """Return what *segment* says: its characters without layout."""
        return self.document.content(segment.span)

    def sentences_at(self, places: Iterable[Span]) -> tuple[Span, ...]:
        """Return the sentences that *places* touch, and the places that touch none."""
        sentences = self.sentences
        found: list[Span] = []
        for place in places:
            first = bisect_right(sentences, place.start, key=lambda s: s.span.end)
            last = bisect_left(sentences, place.end, key=lambda s: s.span.start)
            found.extend([s.span for s in sentences[first:last]] or [place])
        return tuple(dict.fromkeys(found))
