"""A checked text laid out for the page: sections, rows and cells.

A section is an n-way paragraph bead, a row an n-way sentence bead, a cell what one version says
there. Partners therefore stand at the same height, and a gap is an empty cell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from parallel_statement.formats.page.runs import Annotation, Layer, Milestone, Node, weave
from parallel_statement.model import (
    Bead,
    BlockKind,
    CheckedText,
    Finding,
    LanguageTag,
    MarkKind,
    Paragraph,
    ParallelText,
    Sentence,
    Span,
    Version,
)

DOUBTFUL = 0.8
"""A bead with a posterior below this is shown as doubtful."""

_HANGING = 4
"""Characters of the longest label that hangs in the margin."""

_LAYERS: Mapping[MarkKind, Layer] = {
    "superscript": "superscript",
    "subscript": "subscript",
    "emphasis": "emphasis",
    "strong": "strong",
}


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence as the page shows it."""

    id: str
    partners: tuple[str, ...]
    """Ids of the sentences in the same pair beads, in every other language."""
    nodes: tuple[Node, ...]
    breaks: tuple[Milestone, ...] = ()
    """Page breaks that stand before the sentence."""
    after: tuple[Milestone, ...] = ()
    """Page breaks after the last sentence of the version."""
    keys: tuple[str, ...] = ()
    """Findings that concern the sentence as a whole."""
    notes: tuple[str, ...] = ()
    """Their severities."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """The sentences of one paragraph that stand in one cell."""

    kind: BlockKind
    sentences: tuple[SentenceView, ...]
    id: str = ""
    """The paragraph's id where it begins, else empty."""
    label: tuple[Node, ...] = ()
    number: str = ""
    """An automatic number, which has no characters in the text."""
    long: bool = False
    """Whether the label is too long to hang in the margin."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one version says in a row; without fragments it is a gap."""

    language: LanguageTag
    fragments: tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence bead, or (without bead) paragraphs that hold no sentence."""

    cells: tuple[Cell, ...]
    bead: Bead | None = None
    number: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether the bead may well be wrong."""
        return self.bead is not None and self.bead.posterior < DOUBTFUL


@dataclass(frozen=True, slots=True)
class Section:
    """A paragraph bead with its rows."""

    bead: Bead
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether the paragraph bead may well be wrong."""
        return self.bead.posterior < DOUBTFUL


def arrange(checked: CheckedText) -> tuple[Section, ...]:
    """Return the sections of *checked* in order."""
    text = checked.text
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in checked.findings:
        findings[finding.bead].append(finding)
    partners = _partners(text)
    columns = [_Column.of(version, checked, partners) for version in text.versions]
    stops = {
        language: [bead.ranges[language].stop for bead in text.paragraphs.beads]
        for language in text.languages
    }
    rows: dict[int, list[Row]] = defaultdict(list)
    for number, bead in enumerate(text.sentences.beads, start=1):
        cells = tuple(column.cell(bead) for column in columns)
        home = _home(bead, columns, stops)
        rows[home].append(Row(cells, bead, number, tuple(findings[bead.id])))
    return tuple(
        Section(bead, (*rows[index], *_bare(bead, columns)), tuple(findings[bead.id]))
        for index, bead in enumerate(text.paragraphs.beads)
    )


@dataclass(frozen=True, slots=True)
class _Column:
    """A version with all that is to be shown on it."""

    version: Version
    views: tuple[SentenceView, ...]
    paragraphs: tuple[int, ...]
    """For every sentence, the number of its paragraph."""
    labels: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)
    """By paragraph id."""

    @classmethod
    def of(
        cls, version: Version, checked: CheckedText, partners: Mapping[str, tuple[str, ...]]
    ) -> _Column:
        """Return the column of *version*."""
        annotations = _annotations(version, checked)
        points = _points(version.language, checked.findings)
        labels = {
            paragraph.id: weave(
                version.document.view(paragraph.label),
                [a for a in annotations if _overlap(a.span, paragraph.label)],
            )
            for paragraph in version.paragraphs
            if paragraph.label is not None
        }
        return cls(
            version,
            tuple(_sentence_views(version, annotations, points, partners)),
            tuple(i for i, p in enumerate(version.paragraphs) for _ in p.sentences),
            labels,
        )

    def cell(self, bead: Bead) -> Cell:
        """Return what stands in this column in the row of *bead*."""
        by_paragraph: dict[int, list[int]] = defaultdict(list)
        for index in bead.ranges[self.version.language].indices:
            by_paragraph[self.paragraphs[index]].append(index)
        return Cell(
            self.version.language,
            tuple(self._fragment(paragraph, here) for paragraph, here in by_paragraph.items()),
        )

    def _fragment(self, index: int, sentences: Sequence[int]) -> Fragment:
        """Return *sentences* of one paragraph, with its label if they begin it."""
        paragraph = self.version.paragraphs[index]
        views = tuple(self.views[i] for i in sentences)
        if views and views[0].id != paragraph.sentences[0].id:
            return Fragment(paragraph.kind, views)
        return self.opening(paragraph, views)

    def opening(self, paragraph: Paragraph, views: tuple[SentenceView, ...] = ()) -> Fragment:
        """Return the beginning of *paragraph*."""
        label = self.labels.get(paragraph.id, ())
        number = "" if label else paragraph.number or ""
        width = paragraph.label.end - paragraph.label.start if paragraph.label else len(number)
        return Fragment(paragraph.kind, views, paragraph.id, label, number, width > _HANGING)


def _partners(text: ParallelText) -> dict[str, tuple[str, ...]]:
    """Return, for every sentence id, the ids of the sentences in the same pair beads."""
    sentences = {version.language: version.sentences for version in text.versions}
    found: dict[str, dict[LanguageTag, list[str]]] = defaultdict(lambda: defaultdict(list))
    for (one, other), beads in text.sentences.pairs.items():
        for bead in beads:
            left = [sentences[one][i].id for i in bead.source.indices]
            right = [sentences[other][i].id for i in bead.target.indices]
            for sentence in left:
                found[sentence][other].extend(right)
            for sentence in right:
                found[sentence][one].extend(left)
    return {
        sentence: tuple(partner for language in text.languages for partner in by_language[language])
        for sentence, by_language in found.items()
    }


def _annotations(version: Version, checked: CheckedText) -> list[Annotation]:
    """Return findings, terms and inline markup of *version*."""
    language = version.language
    findings = [
        Annotation("finding", span, finding.id, finding.severity)
        for finding in checked.findings
        for span in finding.spans.get(language, ())
        if span.start < span.end
    ]
    terms = [
        Annotation("term", mention.span, mention.concept, mention.designation.status)
        for mention in checked.mentions.get(language, ())
    ]
    marks = [
        Annotation(_LAYERS[mark.kind], mark.span)
        for mark in version.document.marks
        if mark.kind in _LAYERS
    ]
    return findings + terms + marks


def _points(language: LanguageTag, findings: Iterable[Finding]) -> list[Milestone]:
    """Return the empty spans of *findings* in one language."""
    return [
        Milestone("point", span.start, finding.id)
        for finding in findings
        for span in finding.spans.get(language, ())
        if span.start == span.end
    ]


def _sentence_views(
    version: Version,
    annotations: Iterable[Annotation],
    points: Iterable[Milestone],
    partners: Mapping[str, tuple[str, ...]],
) -> list[SentenceView]:
    """Return the views of the sentences of *version*, annotations and page breaks dealt out."""
    sentences = version.sentences
    notes = _deal(sentences, annotations)
    inside: dict[int, list[Milestone]] = defaultdict(list)
    before: dict[int, list[Milestone]] = defaultdict(list)
    starts = [sentence.span.start for sentence in sentences]
    for point in points:
        inside[max(0, bisect_right(starts, point.offset) - 1)].append(point)
    for mark in version.document.marks:
        if mark.kind == "pb":
            following = bisect_left(starts, mark.span.start)
            stop = Milestone("pb", mark.span.start, mark.attributes.get("n", ""))
            cut = following and mark.span.start < sentences[following - 1].span.end
            (inside[following - 1] if cut else before[following]).append(stop)
    views = []
    for index, sentence in enumerate(sentences):
        whole = [a for a in notes[index] if a.layer == "finding" and _covers(a.span, sentence)]
        views.append(
            SentenceView(
                sentence.id,
                partners.get(sentence.id, ()),
                weave(
                    version.document.view(sentence.span),
                    [a for a in notes[index] if a not in whole],
                    inside[index],
                ),
                tuple(before[index]),
                tuple(before[len(sentences)]) if index == len(sentences) - 1 else (),
                tuple(dict.fromkeys(a.key for a in whole)),
                tuple(dict.fromkeys(a.note for a in whole)),
            )
        )
    return views


def _deal(
    sentences: Sequence[Sentence], annotations: Iterable[Annotation]
) -> Mapping[int, list[Annotation]]:
    """Return, for every sentence's number, the annotations that touch it."""
    ends = [sentence.span.end for sentence in sentences]
    dealt: dict[int, list[Annotation]] = defaultdict(list)
    for annotation in annotations:
        index = bisect_right(ends, annotation.span.start)
        while index < len(sentences) and sentences[index].span.start < annotation.span.end:
            dealt[index].append(annotation)
            index += 1
    return dealt


def _covers(span: Span, sentence: Sentence) -> bool:
    """Whether *span* holds the whole of *sentence*."""
    return span.start <= sentence.span.start and span.end >= sentence.span.end


def _overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one.start < other.end and other.start < one.end


def _home(
    bead: Bead, columns: Sequence[_Column], stops: Mapping[LanguageTag, Sequence[int]]
) -> int:
    """Return the number of the paragraph bead that holds the first sentence of *bead*."""
    for column in columns:
        language = column.version.language
        sentences = bead.ranges[language]
        if sentences.size:
            return bisect_right(stops[language], column.paragraphs[sentences.start])
    return 0


def _bare(bead: Bead, columns: Sequence[_Column]) -> tuple[Row, ...]:
    """Return a row for the paragraphs of *bead* that hold no sentence, if there are any."""
    cells = []
    for column in columns:
        here = column.version.paragraphs[slice(*bead.ranges[column.version.language])]
        empty = tuple(column.opening(paragraph) for paragraph in here if not paragraph.sentences)
        cells.append(Cell(column.version.language, empty))
    return (Row(tuple(cells)),) if any(cell.fragments for cell in cells) else ()
