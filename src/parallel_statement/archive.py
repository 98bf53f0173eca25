"""TEI files as results: ours as the objects that were written, others' as versions and links."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from os import PathLike
from typing import TYPE_CHECKING

from parallel_statement import languages
from parallel_statement.__about__ import __version__
from parallel_statement.errors import InputError
from parallel_statement.model import (
    Alignment,
    Bead,
    CheckedText,
    Document,
    LanguageTag,
    Level,
    PairBead,
    Paragraph,
    ParallelText,
    Provenance,
    Range,
    Segment,
    Sentence,
    Source,
    Span,
    Status,
    Version,
)
from parallel_statement.names import ncname
from parallel_statement.segmentation import segment

if TYPE_CHECKING:
    from parallel_statement.formats.tei.beads import Unit
    from parallel_statement.formats.tei.foreign import Address, Pointing
    from parallel_statement.formats.tei.sources import TeiSet, TeiText
    from parallel_statement.formats.tei.transcription import Transcript

__all__ = ["read_tei", "read_tei_versions"]

LEVELS: tuple[Level, Level] = ("paragraph", "sentence")
_SENTENCES = frozenset({"s", "seg", "w", "phr", "cl"})
"""Elements that are a sentence or a part of one, even where they fill their paragraph."""


def read_tei(path: str | PathLike[str]) -> CheckedText:
    """Return the aligned text in the TEI file or folder *path*.

    What we wrote, and nobody changed since, comes back equal in every field. Of other TEI the
    texts, their marked sentences and their links (``link``, or ``corresp`` where there is none)
    are read; what they leave open is said in the notices.

    Args:
        path: A corpus file, with the texts in it or beside it; a file with several texts; or a
            folder of such files.

    Raises:
        InputError: a file is missing, unsafe or no TEI, or nothing in it is aligned.
    """
    from parallel_statement.formats.tei.restoring import restore
    from parallel_statement.formats.tei.sources import open_set

    files = open_set(path)
    own = restore(files)
    return own if own is not None else CheckedText(_foreign(files))


def read_tei_versions(path: str | PathLike[str]) -> tuple[Version, ...]:
    """Return the texts in the TEI file or folder *path*, cut as they say, one a language.

    Raises:
        InputError: a file is missing, unsafe or no TEI, or does not say its language.
    """
    from parallel_statement.formats.tei.sources import open_set

    return tuple(each.version for each in _read_versions(open_set(path)))


# --- versions ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Read:
    """A version, and where the ids of its file stand in it."""

    version: Version
    text: TeiText
    places: Mapping[str, tuple[str, Span]]
    """By id: name of the element, and its place."""


def _read_versions(files: TeiSet) -> list[_Read]:
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
            found.append(_Read(own, text, places | sentences))
            continue
        transcript = transcribe(elements, languages.get(tag))
        document = _document(transcript, text, tag, identifier)
        found.append(_Read(_version(document, transcript), text, transcript.places))
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


# --- alignment ---------------------------------------------------------------------------


def _foreign(files: TeiSet) -> ParallelText:
    from parallel_statement.formats.tei.foreign import metadata_of, pointings

    read = _read_versions(files)
    if len(read) < 2:
        raise InputError(
            files.path, "holds a text in one language only; give the corpus file or the folder"
        )
    found = list(pointings(files))
    index = _Index(read)
    links = [link for each in found for link in index.links(each)]
    if not links:
        raise InputError(
            files.path,
            "holds several texts but no link between them; read_tei_versions gives the texts, "
            "which `align` then aligns",
        )
    versions = tuple(each.version for each in read)
    identifier = versions[0].document.id
    notices = [
        "the texts and their links were read from TEI that another program wrote, or that was "
        "changed; its terms, findings and moved passages were not"
    ]
    if index.lost:
        notices.append(f"{index.lost} of their pointers lead to nothing that was read")
    return ParallelText(
        identifier,
        versions,
        _alignment(identifier, "paragraph", versions, links),
        _alignment(identifier, "sentence", versions, links),
        Provenance(__version__, "", ""),
        metadata_of(files, {each.version.language: each.text for each in read}),
        tuple(notices),
    )


@dataclass(frozen=True, slots=True)
class _Link:
    """Segments that correspond, on both levels."""

    units: Mapping[Level, tuple[Unit, ...]]
    level: Level
    """The one on which it was stated."""
    pointing: Pointing


class _Index:
    """Finds the segments that an id means."""

    def __init__(self, read: Sequence[_Read]) -> None:
        self.lost = 0
        """Pointers that lead to nothing."""
        self._segments: dict[tuple[LanguageTag, Level], tuple[Segment, ...]] = {
            (each.version.language, level): each.version.segments(level)
            for each in read
            for level in LEVELS
        }
        self._places: dict[Address, tuple[LanguageTag, str, Span]] = {
            (each.text.file.name, identity): (each.version.language, name, span)
            for each in read
            for identity, (name, span) in each.places.items()
        }

    def links(self, pointing: Pointing) -> Iterator[_Link]:
        """Yield *pointing* as a link of segments, if its targets are in two texts at least."""
        known = [self._places.get(address) for address in pointing.targets]
        self.lost += known.count(None)
        places = [place for place in known if place is not None]
        units = {level: tuple(self._units(places, level)) for level in LEVELS}
        if len({tag for tag, _ in units["paragraph"]}) > 1:
            fine = all(name in _SENTENCES for _, name, _ in places)
            yield _Link(units, "sentence" if fine else "paragraph", pointing)

    def _units(
        self, places: Iterable[tuple[LanguageTag, str, Span]], level: Level
    ) -> Iterator[Unit]:
        """Yield the segments that *places* touch."""
        for tag, _, span in places:
            segments = self._segments[tag, level]
            first = bisect_right(segments, span.start, key=lambda each: each.span.end)
            last = bisect_left(segments, span.end, key=lambda each: each.span.start)
            yield from ((tag, k) for k in range(first, last))


def _alignment(
    document: str, level: Level, versions: Sequence[Version], links: Sequence[_Link]
) -> Alignment:
    """Return the beads of *level* that *links* make."""
    from parallel_statement.formats.tei.beads import divide

    usable = _usable(level, links)
    tags = tuple(version.language for version in versions)
    sizes = {v.language: len(v.segments(level)) for v in versions}
    namer = _Namer(f"{document}.al.{level[0]}", level, versions, usable)
    beads = tuple(
        Bead(namer.name(ranges), ranges, *namer.judged(ranges))
        for ranges in divide(sizes, [link.units[level] for link in usable])
    )
    pairs = {
        (one, other): tuple(
            PairBead(
                namer.name(ranges, f"{one}-{other}."),
                ranges[one],
                ranges[other],
                *namer.judged(ranges),
            )
            for ranges in divide(
                {one: sizes[one], other: sizes[other]}, _between(one, other, level, usable)
            )
        )
        for one, other in combinations(tags, 2)
    }
    return Alignment(level, beads, pairs)


def _usable(level: Level, links: Sequence[_Link]) -> list[_Link]:
    """Return the links that say something of *level*.

    A link of sentences links their paragraphs; one of paragraphs links their sentences all
    together, if none of these is linked itself.
    """
    if level == "paragraph":
        return list(links)
    fine = [link for link in links if link.level == "sentence"]
    linked = {unit for link in fine for unit in link.units["sentence"]}
    coarse = [
        link
        for link in links
        if link.level == "paragraph" and linked.isdisjoint(link.units["sentence"])
    ]
    return fine + coarse


def _between(
    one: LanguageTag, other: LanguageTag, level: Level, links: Sequence[_Link]
) -> list[list[Unit]]:
    """Return the links of two texts; if there are some of these two only, those alone."""
    own: list[list[Unit]] = []
    wider: list[list[Unit]] = []
    for link in links:
        tags = {tag for tag, _ in link.units[level]}
        if {one, other} <= tags:
            units = [unit for unit in link.units[level] if unit[0] in (one, other)]
            (wider if len(tags) > 2 else own).append(units)
    return own or wider


class _Namer:
    """Names beads as the aligner does, and judges them by the links that they come from."""

    def __init__(
        self, prefix: str, level: Level, versions: Sequence[Version], links: Sequence[_Link]
    ) -> None:
        self._prefix = prefix
        self._segments = {v.language: v.segments(level) for v in versions}
        self._said = {frozenset(link.units[level]): link.pointing for link in links}

    def name(self, ranges: Mapping[LanguageTag, Range], pair: str = "") -> str:
        """Return the id of the bead of *ranges*."""
        from parallel_statement.alignment.naming import name

        tag = next(tag for tag, units in ranges.items() if units.size)
        segment = self._segments[tag][ranges[tag].start]
        return f"{self._prefix}.{pair}{name(tag, segment, tuple(ranges))}"

    def judged(self, ranges: Mapping[LanguageTag, Range]) -> tuple[float, Status]:
        """Return how sure the bead of *ranges* is; a link that does not say so is certain."""
        units = frozenset((tag, k) for tag, each in ranges.items() for k in each.indices)
        pointing = self._said.get(units)
        if pointing is None:
            return 1.0, "automatic"
        try:
            stated = float(pointing.cert or 1)
        except ValueError:  # TEI allows words such as "high", too
            stated = 1.0
        certain = stated if 0 <= stated <= 1 else 1.0
        return certain, "locked" if pointing.by_hand else "automatic"
