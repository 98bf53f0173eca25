"""The sentences of a version as the page shows them: partners, terms, findings, page breaks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from parallel_statement.formats.page.runs import Annotation, Layer, Milestone, Node, weave
from parallel_statement.model import (
    CheckedText,
    LanguageTag,
    MarkKind,
    ParallelText,
    Sentence,
    Span,
    Version,
)

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
    """Their severities; "waived" for those that a person accepts."""


def pair_partners(text: ParallelText) -> dict[str, tuple[str, ...]]:
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


def annotate(version: Version, checked: CheckedText) -> list[Annotation]:
    """Return findings, terms and inline markup of *version*."""
    language = version.language
    findings = [
        Annotation("finding", span, finding.id, "waived" if finding.waiver else finding.severity)
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


def view_sentences(
    version: Version,
    checked: CheckedText,
    annotations: Iterable[Annotation],
    partners: Mapping[str, tuple[str, ...]],
) -> tuple[SentenceView, ...]:
    """Return the sentences of *version* with their share of *annotations* and page breaks."""
    sentences = version.sentences
    notes = deal([sentence.span for sentence in sentences], annotations)
    inside, before = _milestones(version, checked)
    views = []
    for index, sentence in enumerate(sentences):
        whole = [a for a in notes[index] if a.layer == "finding" and _covers(a.span, sentence)]
        parts = [a for a in notes[index] if a not in whole]
        last = index == len(sentences) - 1
        views.append(
            SentenceView(
                sentence.id,
                partners.get(sentence.id, ()),
                weave(version.document.view(sentence.span), parts, inside[index]),
                tuple(before[index]),
                tuple(before[index + 1]) if last else (),
                tuple(dict.fromkeys(a.key for a in whole)),
                tuple(dict.fromkeys(a.note for a in whole)),
            )
        )
    return tuple(views)


def _milestones(
    version: Version, checked: CheckedText
) -> tuple[Mapping[int, list[Milestone]], Mapping[int, list[Milestone]]]:
    """Return page breaks and empty findings, by the sentence inside or before which they stand."""
    sentences = version.sentences
    starts = [sentence.span.start for sentence in sentences]
    inside: dict[int, list[Milestone]] = defaultdict(list)
    before: dict[int, list[Milestone]] = defaultdict(list)
    for finding in checked.findings:
        for span in finding.spans.get(version.language, ()):
            if span.start == span.end:
                here = max(0, bisect_right(starts, span.start) - 1)
                inside[here].append(Milestone("point", span.start, finding.id))
    for mark in version.document.marks:
        if mark.kind == "pb":
            following = bisect_left(starts, mark.span.start)
            stop = Milestone("pb", mark.span.start, mark.attributes.get("n", ""))
            if following and mark.span.start < sentences[following - 1].span.end:
                inside[following - 1].append(stop)
            else:
                before[following].append(stop)
    return inside, before


def deal(
    spans: Sequence[Span], annotations: Iterable[Annotation]
) -> Mapping[int, list[Annotation]]:
    """Return, for the number of every one of *spans* (in order), the annotations that touch it."""
    ends = [span.end for span in spans]
    dealt: dict[int, list[Annotation]] = defaultdict(list)
    for annotation in annotations:
        index = bisect_right(ends, annotation.span.start)
        while index < len(spans) and spans[index].start < annotation.span.end:
            dealt[index].append(annotation)
            index += 1
    return dealt


def _covers(span: Span, sentence: Sentence) -> bool:
    """Whether *span* holds the whole of *sentence*."""
    return span.start <= sentence.span.start and span.end >= sentence.span.end
