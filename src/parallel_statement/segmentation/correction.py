"""Sentence borders as a person wants them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Set
from dataclasses import replace
from itertools import pairwise

from parallel_statement.model import Document, Paragraph, Sentence, Span, Version


def corrected(version: Version, breaks: Set[int], joins: Set[int]) -> Version:
    """Return *version* with other sentence borders; the ids of sentences are numbered anew.

    Args:
        version: The text.
        breaks: Source offsets at which a sentence is to begin.
        joins: Source offsets at which none is to begin; borders of paragraphs stay.
    """
    if not breaks and not joins:
        return version
    paragraphs = (
        _paragraph(version.document, paragraph, breaks, joins) for paragraph in version.paragraphs
    )
    return replace(version, paragraphs=tuple(paragraphs))


def _paragraph(
    document: Document, paragraph: Paragraph, breaks: Set[int], joins: Set[int]
) -> Paragraph:
    spans: list[Span] = []
    for sentence in paragraph.sentences:
        if spans and sentence.span.start in joins:
            spans[-1] = Span(spans[-1].start, sentence.span.end)
        else:
            spans.append(sentence.span)
    cut = [part for span in spans for part in _parts(document, span, breaks)]
    if cut == [sentence.span for sentence in paragraph.sentences]:
        return paragraph
    sentences = (Sentence(f"{paragraph.id}.s{n}", span) for n, span in enumerate(cut, start=1))
    return replace(paragraph, sentences=tuple(sentences))


def _parts(document: Document, span: Span, breaks: Set[int]) -> list[Span]:
    """Return *span* cut at *breaks*, white space between the parts left out."""
    inside = sorted(place for place in breaks if span.start < place < span.end)
    if not inside:
        return [span]
    view = document.view(span)
    places = [0, *(bisect_left(view.offsets, place) for place in inside), len(view.text)]
    parts = []
    for start, end in pairwise(places):
        text = view.text[start:end]
        parts.append(view.span(start + len(text) - len(text.lstrip()), start + len(text.rstrip())))
    return parts
