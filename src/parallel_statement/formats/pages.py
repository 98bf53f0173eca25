"""Paragraphs that a page break cut in two, and how to know them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from parallel_statement.formats.context import ReadContext
from parallel_statement.formats.joining import display_width, ends_sentence, is_in_capitals
from parallel_statement.formats.labels import label_of
from parallel_statement.model import Block, Document, Span

_PARAGRAPH_WIDTH = 60
"""Columns that a block needs to be taken for a paragraph that a page break cut."""
_NUMBERED = 5
"""Labels that a text needs to be taken for one whose paragraphs all have labels."""


def join_cut(document: Document, breaks: Sequence[Span], context: ReadContext) -> list[Block]:
    """Return the blocks, those joined that a page break cut."""
    blocks = document.blocks
    at_top = _at_top(blocks, breaks)
    numbered = _numbered(document, at_top)
    result = [blocks[0]]
    for number, block in enumerate(blocks[1:], start=1):
        inside = number in numbered
        before = blocks[number - 1]  # not the joined block: a long one would be read each time
        if number in at_top and _is_cut(document, before, block, context, inside):
            result[-1] = replace(result[-1], span=Span(result[-1].span.start, block.span.end))
        else:
            result.append(block)
    return result


def _at_top(blocks: Sequence[Block], breaks: Sequence[Span]) -> frozenset[int]:
    """Return the numbers of the blocks that have a page break just before them."""
    starts = [block.span.start for block in blocks]
    following = ((bisect_left(starts, end), start) for start, end in breaks)
    return frozenset(
        number
        for number, start in following
        if 0 < number < len(blocks) and blocks[number - 1].span.end <= start
    )


def _numbered(document: Document, at_top: frozenset[int]) -> range:
    """Return the blocks between the first and the last label, if all paragraphs have labels.

    A paragraph without one that begins a page then belongs to the one before, even if a
    sentence ended with the page.
    """
    labelled = [
        number
        for number, block in enumerate(document.blocks)
        if block.kind == "p" and label_of(document.content(block.span))
    ]
    if len(labelled) < _NUMBERED:
        return range(0)
    inside = range(labelled[0], labelled[-1])
    known = at_top.union(labelled)
    whole = all(n in known for n in inside if document.blocks[n].kind == "p")
    return inside if whole else range(0)


def _is_cut(
    document: Document, before: Block, after: Block, context: ReadContext, inside: bool
) -> bool:
    """Return whether *after*, on the next page, goes on with the paragraph *before*.

    *inside* says that both lie in a text of which all paragraphs have labels.
    """
    if before.kind != "p" or after.kind != "p" or after.number is not None:
        return False
    head = document.content(before.span).strip()
    tail = document.content(after.span).strip()
    if label_of(tail):
        return False
    if ends_sentence(head, context.language, tail):
        return inside and ends_sentence(tail, context.language)
    if tail[0].islower():
        return True
    long = display_width(head) >= _PARAGRAPH_WIDTH
    return long and head[-1] not in ":;：；" and not is_in_capitals(tail)
