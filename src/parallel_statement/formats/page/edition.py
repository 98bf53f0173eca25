"""A checked text laid out for the page: sections, rows and cells.

A section is an n-way paragraph bead, a row an n-way sentence bead, a cell what one version says
there. Partners therefore stand at the same height, and a gap is an empty cell.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from parallel_statement.formats.page.runs import Annotation, Node, weave
from parallel_statement.formats.page.sentences import (
    SentenceView,
    annotate,
    deal,
    pair_partners,
    view_sentences,
)
from parallel_statement.locking import fixed_pairs
from parallel_statement.model import (
    Bead,
    BlockKind,
    CheckedText,
    Finding,
    LanguageTag,
    Paragraph,
    ParallelText,
    Version,
)

_HANGING = 4
"""Characters of the longest label that hangs in the margin."""


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


class Elsewhere(NamedTuple):
    """The place of a passage that was perhaps moved."""

    sentence: str
    """Id of its first sentence there."""
    row: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What one version says in a row; without fragments it is a gap."""

    language: LanguageTag
    fragments: tuple[Fragment, ...]
    elsewhere: Elsewhere | None = None
    """Where this version probably has what the others have here."""


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence bead, or (without bead) paragraphs that hold no sentence."""

    cells: tuple[Cell, ...]
    bead: Bead | None = None
    number: int = 0
    findings: tuple[Finding, ...] = ()
    fixed: tuple[tuple[LanguageTag, LanguageTag], ...] = ()
    """The pairs of versions in which a person fixed a part of a bead that is not locked itself."""

    @property
    def flagged(self) -> bool:
        """Whether there is a finding that nobody waived."""
        return any(finding.waiver is None for finding in self.findings)

    @property
    def locked(self) -> bool:
        """Whether a person fixed the bead."""
        return self.bead is not None and self.bead.status == "locked"

    @property
    def doubtful(self) -> bool:
        """Whether the bead may well be wrong."""
        return self.bead is not None and self.bead.doubtful


@dataclass(frozen=True, slots=True)
class Section:
    """A paragraph bead with its rows."""

    bead: Bead
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def flagged(self) -> bool:
        """Whether there is a finding that nobody waived."""
        return any(finding.waiver is None for finding in self.findings)

    @property
    def doubtful(self) -> bool:
        """Whether the paragraph bead may well be wrong."""
        return self.bead.doubtful


def arrange(checked: CheckedText) -> tuple[Section, ...]:
    """Return the sections of *checked* in order."""
    text = checked.text
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in checked.findings:
        findings[finding.bead].append(finding)
    partners = pair_partners(text)
    fixed, elsewhere = fixed_pairs(text.sentences), _elsewhere(text)
    columns = [_Column.of(version, checked, partners) for version in text.versions]
    stops = {
        language: [bead.ranges[language].stop for bead in text.paragraphs.beads]
        for language in text.languages
    }
    rows: dict[int, list[Row]] = defaultdict(list)
    for number, bead in enumerate(text.sentences.beads, start=1):
        cells = tuple(
            column.cell(bead, elsewhere.get((number, column.version.language)))
            for column in columns
        )
        home = _home(bead, columns, stops)
        found = tuple(findings[bead.id])
        rows[home].append(Row(cells, bead, number, found, fixed.get(bead.id, ())))
    return tuple(
        Section(bead, (*rows[index], *_bare(bead, columns)), tuple(findings[bead.id]))
        for index, bead in enumerate(text.paragraphs.beads)
    )


def _elsewhere(text: ParallelText) -> dict[tuple[int, LanguageTag], Elsewhere]:
    """Return where a version perhaps has what a row lacks of it, by the number of the row."""
    rows = {
        (language, k): number
        for number, bead in enumerate(text.sentences.beads, start=1)
        for language, r in bead.ranges.items()
        for k in r.indices
    }
    found: dict[tuple[int, LanguageTag], Elsewhere] = {}
    for move in text.moves:
        for place in move.places:
            here = {rows[language, k] for language, r in place.items() for k in r.indices}
            for language in move.ranges.keys() - place.keys():
                first = move.ranges[language].start
                sentence = text.version(language).sentences[first].id
                place_there = Elsewhere(sentence, rows[language, first])
                found.update({(number, language): place_there for number in here})
    return found


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
        annotations = annotate(version, checked)
        return cls(
            version,
            view_sentences(version, checked, annotations, partners),
            tuple(i for i, p in enumerate(version.paragraphs) for _ in p.sentences),
            _labels(version, annotations),
        )

    def cell(self, bead: Bead, elsewhere: Elsewhere | None = None) -> Cell:
        """Return what stands in this column in the row of *bead*, or perhaps *elsewhere*."""
        by_paragraph: dict[int, list[int]] = defaultdict(list)
        for index in bead.ranges[self.version.language].indices:
            by_paragraph[self.paragraphs[index]].append(index)
        return Cell(
            self.version.language,
            tuple(self._fragment(paragraph, here) for paragraph, here in by_paragraph.items()),
            elsewhere,
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


def _labels(version: Version, annotations: Sequence[Annotation]) -> dict[str, tuple[Node, ...]]:
    """Return the labels of *version* by paragraph id."""
    labels = [(p.id, p.label) for p in version.paragraphs if p.label is not None]
    notes = deal([span for _, span in labels], annotations)
    return {
        paragraph: weave(version.document.view(span), notes[index])
        for index, (paragraph, span) in enumerate(labels)
    }


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
