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

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

LanguageTag = str
"""A BCP 47 tag, such as ``en``, ``ja`` or ``pt-BR``."""

BlockKind = Literal["head", "dateline", "p"]
MarkKind = Literal["superscript", "subscript", "emphasis", "strong", "pb"]
Level = Literal["paragraph", "sentence"]
Status = Literal["automatic", "locked"]
Severity = Literal["info", "warning", "error"]
DesignationStatus = Literal["preferred", "admitted", "deprecated", "superseded"]
DesignationType = Literal[
    "", "full form", "acronym", "abbreviation", "short form", "variant", "phrase"
]
Gender = Literal["", "masculine", "feminine", "neuter", "other"]

DOUBTFUL = 0.8
"""Posterior below which a person should look at a bead."""
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")


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


# --- documents ---------------------------------------------------------------------------


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
    offsets: tuple[int, ...]
    """Source offset of every character of `text`, and of its end: ``len(text) + 1`` numbers."""
    ends: tuple[int, ...]
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
        parts = tuple(self._parts(span))
        if parts == ((span, None),):  # as nearly all sentences are: a third quicker
            there = tuple(range(span.start, span.end + 1))
            return View(self.text[span.start : span.end], there, there[1:])
        pieces: list[str] = []
        offsets: list[int] = []
        ends: list[int] = []
        for (start, end), replacement in parts:
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
        first = self._first_layout(span)
        if first == len(self.layout) or self.layout[first].span.start >= span.end:
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

    def _first_layout(self, span: Span) -> int:
        """Return the number of the first layout that ends behind the start of *span*."""
        return bisect_right(self.layout, span.start, key=lambda layout: layout.span.end)


# --- segments ----------------------------------------------------------------------------


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


# --- alignment ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bead:
    """The segments, in every language, that render the same content; an empty range is a gap."""

    id: str
    ranges: Mapping[LanguageTag, Range]
    posterior: float
    """Probability that the bead is right, given the texts."""
    status: Status = "automatic"

    @property
    def kind(self) -> str:
        """Sizes in the order of the versions, such as ``1-1-2``."""
        return "-".join(str(r.size) for r in self.ranges.values())

    @property
    def doubtful(self) -> bool:
        """Whether a person should look at the bead."""
        return self.posterior < DOUBTFUL

    @property
    def gaps(self) -> tuple[LanguageTag, ...]:
        """The languages that have nothing here."""
        return tuple(language for language, r in self.ranges.items() if not r.size)


@dataclass(frozen=True, slots=True)
class PairBead:
    """The finest bead of two versions, inside one n-way bead."""

    id: str
    source: Range
    target: Range
    posterior: float
    status: Status = "automatic"

    @property
    def kind(self) -> str:
        """Sizes of both sides, such as ``2-1``."""
        return f"{self.source.size}-{self.target.size}"


@dataclass(frozen=True, slots=True)
class Alignment:
    """The beads of one level; they partition every version, in order."""

    level: Level
    beads: tuple[Bead, ...]
    pairs: Mapping[tuple[LanguageTag, LanguageTag], tuple[PairBead, ...]]


@dataclass(frozen=True, slots=True)
class Move:
    """A passage that probably stands at several places: proposed, and applied nowhere.

    In the beads it is a gap at each place: no bead holds sentences of two of them.
    """

    id: str
    places: tuple[Mapping[LanguageTag, Range], ...]
    """The sentences of the versions that have it there; two places or more, no version at two."""
    posterior: float
    """Probability that it is one passage."""

    @property
    def ranges(self) -> Mapping[LanguageTag, Range]:
        """Its sentences in every version that has it."""
        return {language: r for place in self.places for language, r in place.items()}


@dataclass(frozen=True, slots=True)
class Lock:
    """What a person has decided about segments: an aligner's boundary, never its suggestion."""

    level: Level
    segments: Mapping[LanguageTag, tuple[str, ...]]
    """Ids of neighbouring segments, in order. An empty tuple: this version has nothing here; a
    version that is not named is free."""
    together: bool = True
    """Whether the segments make up one bead, or no two of them may correspond."""
    by: str = ""
    """Who decided it."""
    note: str = ""
    date: str = ""
    """ISO 8601."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a result came about; travels into TEI, the page and JSON."""

    version: str
    encoder: str
    weights: str
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VersionMetadata:
    """What is known of one language's version."""

    title: str
    status: str = ""
    """Official text, unofficial working translation, ... in the words of the metadata file."""
    source: str = ""
    source_url: str = ""
    publisher: str = ""
    responsible: str = ""
    """Who translated or transcribed it."""
    licence: str = ""
    licence_url: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document, from the metadata file beside the texts."""

    title: str = ""
    date: str = ""
    """ISO 8601."""
    place: str = ""
    issuers: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    publisher: str = ""
    """Who publishes the encoding."""
    licence: str = ""
    licence_url: str = ""
    identifier: str = ""
    versions: Mapping[LanguageTag, VersionMetadata] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ParallelText:
    """The versions of one document, aligned on two levels."""

    id: str
    versions: tuple[Version, ...]
    paragraphs: Alignment
    sentences: Alignment
    provenance: Provenance
    metadata: Metadata = field(default_factory=Metadata)
    notices: tuple[str, ...] = ()
    """What the reader of a result must know: a missing version, texts that hardly match."""
    moves: tuple[Move, ...] = ()
    """Passages that may have been moved; no two share a sentence."""
    locks: tuple[Lock, ...] = ()
    """What a person had decided of the alignment, in the order of the text."""

    @property
    def languages(self) -> tuple[LanguageTag, ...]:
        """The languages in order."""
        return tuple(version.language for version in self.versions)

    def version(self, language: LanguageTag) -> Version:
        """Return the version in *language*.

        Raises:
            KeyError: there is none.
        """
        for version in self.versions:
            if version.language == language:
                return version
        raise KeyError(language)

    def alignment(self, level: Level) -> Alignment:
        """Return the alignment of one level."""
        return self.paragraphs if level == "paragraph" else self.sentences

    def pair(
        self, source: LanguageTag, target: LanguageTag, level: Level = "sentence"
    ) -> tuple[PairBead, ...]:
        """Return the finest beads of two versions, in either order of their names."""
        pairs = self.alignment(level).pairs
        if (source, target) in pairs:
            return pairs[source, target]
        return tuple(
            PairBead(bead.id, bead.target, bead.source, bead.posterior, bead.status)
            for bead in pairs[target, source]
        )


# --- terminology and findings ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Designation:
    """One term of a concept in one language, with the data categories of TBX-Basic (ISO 30042).

    An empty string stands for what is not known.
    """

    language: LanguageTag
    text: str
    status: DesignationStatus = "preferred"
    type: DesignationType = ""
    """How its form came about; "phrase" is a set phrase, "variant" a spelling."""
    part_of_speech: str = ""
    gender: Gender = ""
    case_sensitive: bool = False
    """Whether only these capitals are this term; acronyms are matched so anyway."""
    usage: str = ""
    """Where it may be used and where not: "in treaties only"."""
    context: str = ""
    """A sentence that shows it in use."""
    context_source: str = ""
    """Where the sentence was found."""
    source: str = ""
    """Where the term was found."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """What a concept is, in the words of one language."""

    text: str
    language: LanguageTag | Literal[""] = ""
    """Empty if it is not known or does not matter."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A glossary entry: one concept, its designations in any number of languages."""

    id: str
    """A valid NCName."""
    designations: tuple[Designation, ...]
    definitions: tuple[Definition, ...] = ()
    domain: str = ""
    source: str = ""
    """Where the whole entry comes from."""
    note: str = ""

    @property
    def part_of_speech(self) -> str:
        """The part of speech that all designations share; empty if they differ."""
        shared = {designation.part_of_speech for designation in self.designations}
        return shared.pop() if len(shared) == 1 else ""

    def terms(self, language: LanguageTag) -> tuple[Designation, ...]:
        """Return the designations in *language*, preferred first."""
        return tuple(d for d in self.designations if d.language == language)


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Glossary:
    """The concepts of a glossary, in the order of its file."""

    concepts: tuple[Concept, ...]
    name: str = ""

    @property
    def languages(self) -> tuple[LanguageTag, ...]:
        """The languages that have designations, in order of first use."""
        return tuple(dict.fromkeys(d.language for c in self.concepts for d in c.designations))


@dataclass(frozen=True, slots=True)
class Mention:
    """A glossary term found in a version."""

    concept: str
    """Id of the concept."""
    designation: Designation
    sentence: str
    """Id of the sentence that holds it."""
    span: Span
    """In the version's text."""
    rule: str
    """How it was matched: exact, acronym, spelling, lemma, normal form, paradigm, reading,
    beginning, stem; of several words the least sure. Encoded: an element of TEI says so."""
    path: str = ""
    """The way from its words to the term's where they differ: "critiche → critica"."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that a person accepts, and why."""

    finding: str
    """Id of the finding when this was written."""
    rule: str
    languages: tuple[LanguageTag, ...]
    """Those at fault."""
    words: Mapping[LanguageTag, tuple[str, ...]]
    """Those of `Finding.words`. A finding that has others is another finding."""
    reason: str
    by: str = ""
    date: str = ""
    """ISO 8601."""
    occurrence: Occurrence | None = None
    """Which one is meant, if several findings of the rule have these words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A possible fault in the texts, with its proof."""

    id: str
    """Stable while the finding's own place is unchanged; a valid NCName."""
    rule: str
    severity: Severity
    bead: str
    """Id of the n-way bead."""
    spans: Mapping[LanguageTag, tuple[Span, ...]]
    """The exact places: the evidence, and the place at fault (a whole sentence if something
    is missing)."""
    languages: tuple[LanguageTag, ...]
    """The language or languages at fault."""
    expected: str
    found: str
    reason: str
    """One plain sentence for a translator."""
    waiver: Waiver | None = None
    """Of a person who accepts it; it then counts no more."""

    def words(self, text: ParallelText) -> dict[LanguageTag, tuple[str, ...]]:
        """Return the words of *text* by which the finding is known again.

        In the languages at fault they are the sentences at its places, in the others the places
        themselves: what else stands there may change.
        """
        words = {}
        for language, places in self.spans.items():
            version = text.version(language)
            spans = version.sentences_at(places) if language in self.languages else places
            said = tuple(filter(None, (version.document.content(span) for span in spans)))
            if said:
                words[language] = said
        return words


@dataclass(frozen=True, slots=True)
class CheckedText:
    """All that a writer may show: an aligned text with its terms and findings."""

    text: ParallelText
    glossary: Glossary | None = None
    mentions: Mapping[LanguageTag, tuple[Mention, ...]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    date: str | None = None
    """ISO 8601 date to write as that of the encoding; none is written without it."""
