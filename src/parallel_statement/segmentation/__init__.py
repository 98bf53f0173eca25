"""Cut a document into paragraphs and sentences: labels off, quotations kept whole.

::

    block      １　両首脳は会談した。　その後、「協力する。」と述べた。
    label      ^
    sentence       ^-------^  ^------------------^
"""

from __future__ import annotations

from collections import Counter

from parallel_statement import languages
from parallel_statement.languages.base import Language
from parallel_statement.model import (
    Block,
    BlockKind,
    Document,
    Paragraph,
    Sentence,
    Span,
    Version,
    View,
)
from parallel_statement.segmentation.boundaries import cut
from parallel_statement.segmentation.labels import find_label
from parallel_statement.segmentation.roles import block_kinds

__all__ = ["segment"]


def segment(document: Document) -> Version:
    """Return *document* cut into paragraphs and sentences.

    Raises:
        UnknownNameError: the document's language is not a valid tag.
    """
    language = languages.get(document.language)
    views = [document.view(block.span) for block in document.blocks]
    filled = [i for i, view in enumerate(views) if view.text.strip()]
    blocks = [document.blocks[i] for i in filled]
    views = [views[i] for i in filled]
    kinds = block_kinds([b.kind for b in blocks], [v.text for v in views], language)
    counts: Counter[str] = Counter()
    superscripts = [mark.span for mark in document.marks if mark.kind == "superscript"]
    paragraphs: list[Paragraph] = []
    for block, view, kind in zip(blocks, views, kinds, strict=True):
        counts[kind] += 1
        number = str(counts[kind]) if kind == "p" or counts[kind] > 1 else ""
        identifier = f"{document.id}-{document.language}.{kind}{number}"
        text = _with_raised_digits(view, superscripts)
        paragraphs.append(_paragraph(block, view, text, kind, identifier, language))
    return Version(document, tuple(paragraphs))


def _paragraph(
    block: Block,
    view: View,
    text: str,
    kind: BlockKind,
    identifier: str,
    language: Language,
) -> Paragraph:
    """Return the paragraph of one block; *text* is that of its *view*, or reads like it."""
    begin = len(text) - len(text.lstrip())
    label = find_label(text, begin, head=kind == "head") if kind != "dateline" else None
    alone = label is not None and not text[label.end :].strip()
    body = label.end if label and not alone else 0
    return Paragraph(
        id=identifier,
        kind=kind,
        span=block.span,
        sentences=tuple(
            Sentence(f"{identifier}.s{n}", view.span(body + start, body + end))
            for n, (start, end) in enumerate(cut(text[body:], language.rules), start=1)
        ),
        label=view.span(label.start, label.end) if label and not alone else None,
        number=label.number if label else block.number,
    )


def _with_raised_digits(view: View, superscripts: list[Span]) -> str:
    """Return the text of *view* with raised digits as ¹, so that they read as notes."""
    if not superscripts:
        return view.text
    first, last = view.offsets[0], view.offsets[-1]
    raised = {
        offset
        for span in superscripts
        if first <= span.start < last
        for offset in range(span.start, span.end)
    }
    return "".join(
        "¹" if offset in raised and character.isdecimal() else character
        for character, offset in zip(view.text, view.offsets, strict=False)
    )
