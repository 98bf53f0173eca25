"""Lists of units as versions: what the benchmarks give to `align`."""

from __future__ import annotations

from collections.abc import Sequence

from parallel_statement.model import (
    Block,
    Document,
    Layout,
    Paragraph,
    Sentence,
    Source,
    Span,
    Version,
)
from parallel_statement.segmentation import segment


def of_paragraphs(name: str, language: str, units: Sequence[str]) -> Version:
    """Return the version whose paragraphs are *units*, cut into sentences."""
    text, spans, layout = _join(units)
    blocks = tuple(Block("p", span) for span in spans)
    source = Source(name, "utf-8", "0" * 64)
    return segment(Document(name, language, text, blocks, (), layout, source))


def of_sentences(
    name: str, language: str, units: Sequence[str], starts: Sequence[int] = (0,)
) -> Version:
    """Return the version whose sentences are *units*; a paragraph begins at each of *starts*."""
    text, spans, layout = _join(units)
    paragraphs = []
    for number, (start, stop) in enumerate(
        zip(starts, [*starts[1:], len(units)], strict=True), start=1
    ):
        id_ = f"{name}-{language}.p{number}"
        sentences = tuple(
            Sentence(f"{id_}.s{k}", span) for k, span in enumerate(spans[start:stop], start=1)
        )
        if sentences:
            whole = Span(sentences[0].span.start, sentences[-1].span.end)
            paragraphs.append(Paragraph(id_, "p", whole, sentences))
    blocks = tuple(Block("p", paragraph.span) for paragraph in paragraphs)
    source = Source(name, "utf-8", "0" * 64)
    document = Document(name, language, text, blocks, (), layout, source)
    return Version(document, tuple(paragraphs))


def sentences(text: str, language: str) -> list[str]:
    """Return the sentences of the paragraph *text*, its label (if any) before the first one."""
    version = of_paragraphs("text", language, [text])
    readings = []
    for paragraph in version.paragraphs:
        spans = [sentence.span for sentence in paragraph.sentences]
        if paragraph.label and spans:
            spans[0] = spans[0]._replace(start=paragraph.label.start)
        readings += [version.document.view(span).text for span in spans]
    return readings


def _join(units: Sequence[str]) -> tuple[str, list[Span], tuple[Layout, ...]]:
    spans, position = [], 0
    for unit in units:
        spans.append(Span(position, position + len(unit)))
        position += len(unit) + 1
    breaks = (Layout(Span(s.end, s.end + 1), "white space", " ") for s in spans[:-1])
    return "\n".join(units), spans, tuple(breaks)
