r"""From what a reader found to a `Document` that accounts for every character.

A reader says what the markup of its format says (an `Outline`). The rest is the same for all:
white space around blocks, wrapped lines, and blocks that a page break cut in two.

    text      ...is strongly\n\n---\n\ninterrelated. In...
    outline   -------------^       ^^^ break  ^-----------    two blocks
    document  -----------------------------------------       one block
    layout                 ^^^^^^^^^^^ page break, read as " "
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from parallel_statement.errors import InputError
from parallel_statement.formats.context import ReadContext
from parallel_statement.formats.controls import CONTROLS, NEWLINES, without_controls
from parallel_statement.formats.joining import joiner_between
from parallel_statement.formats.omissions import in_words
from parallel_statement.formats.pages import join_cut
from parallel_statement.model import Block, Document, Layout, Mark, Source, Span

_WRAP = re.compile(rf"(?<![^\S{NEWLINES}])[^\S{NEWLINES}]*[{NEWLINES}]\s*")
_SPACES = frozenset({"white space", "line wrap", "page break"})
_OPEN = frozenset({"line wrap", "page break"})
"""Reasons whose replacement depends on what stands before and after."""
_LEFT_OUT = {
    "deleted text": "passage of deleted text",
    "hidden text": "passage of hidden text",
    "note reference": "note reference",
}
"""Reasons for leaving out what somebody may look for, and what that is called."""


@dataclass(slots=True)
class Outline:
    """What a reader found in a text; filled by one reader, finished by `finish`."""

    text: str
    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    layout: list[Layout] = field(default_factory=list)
    breaks: list[Span] = field(default_factory=list)
    """Page breaks, in order; the span of the break's own characters."""
    first_page: int = 2
    """Number of the page that begins at the first break."""
    joins: bool = True
    """Whether a page break may have cut a block in two: not where paragraphs are marked."""
    omitted: Counter[str] = field(default_factory=Counter)
    """What the file holds and the text does not, and how often (see `omissions`)."""

    def omit(self, start: int, end: int, reason: str, replacement: str = "") -> None:
        """Record ``text[start:end]`` as layout."""
        if start < end:
            self.layout.append(Layout(Span(start, end), reason, replacement))


def finish(outline: Outline, context: ReadContext, source: Source) -> Document:
    """Return the document that *outline* describes.

    Characters that the reader left out of its blocks become blocks of their own, so that
    none is lost, whatever the reader misunderstood.

    Raises:
        InputError: there is no content.
    """
    text = outline.text
    controls = [Layout(Span(*m.span()), "control character") for m in CONTROLS.finditer(text)]
    pages = [Layout(span, "page break") for span in outline.breaks]
    layout = _disjoint([*pages, *outline.layout, *controls])
    omissions = in_words(outline.omitted + _left_out(layout))
    blocks = _trimmed(text, _disjoint_blocks(outline.blocks), layout)
    blocks = sorted([*blocks, *_forgotten(text, blocks, layout)], key=lambda b: b.span)
    if not blocks:
        raise InputError(context.path, "holds no text: it is empty or only white space")
    layout = _disjoint([*layout, *_space_between(text, blocks, layout)])
    rough = Document(context.id, context.tag, text, tuple(blocks), (), tuple(layout), source)
    joined = join_cut(rough, outline.breaks, context) if outline.joins else blocks
    return replace(
        rough,
        blocks=tuple(joined),
        marks=tuple(_marks(outline, joined, layout)),
        layout=tuple(_within(text, joined, layout, context.language.joiner)),
        omissions=omissions,
    )


# --- layout ------------------------------------------------------------------------------


def _disjoint(layout: Iterable[Layout]) -> list[Layout]:
    """Return *layout* sorted, without overlaps: where two meet, the one that starts first."""
    result: list[Layout] = []
    position = 0
    for one in sorted(layout, key=lambda one: (one.span.start, -one.span.end)):
        start, end = max(one.span.start, position), one.span.end
        if start >= end:
            continue
        kept = without_controls(one.replacement) if start == one.span.start else ""
        result.append(Layout(Span(start, end), one.reason, kept))
        position = end
    return result


def _left_out(layout: Iterable[Layout]) -> Counter[str]:
    """Return how often *layout* leaves out what a reader of the file may miss."""
    omitted: Counter[str] = Counter()
    last: Layout | None = None
    for one in layout:
        if one.reason == "control character":
            omitted[one.reason] += one.span.end - one.span.start
        elif one.reason in _LEFT_OUT:
            goes_on = last and last.reason == one.reason and last.span.end == one.span.start
            omitted[_LEFT_OUT[one.reason]] += not goes_on
        last = one
    return omitted


def uncovered(span: Span, covers: Iterable[Span]) -> Iterator[Span]:
    """Yield the parts of *span* outside *covers*, which are sorted and disjoint."""
    position = span.start
    for start, end in covers:
        if start >= span.end:
            break
        if start > position:
            yield Span(position, start)
        position = max(position, end)
    if position < span.end:
        yield Span(position, span.end)


def _space_between(text: str, blocks: list[Block], layout: list[Layout]) -> list[Layout]:
    """Return a layout for every character outside *blocks* that has none."""
    covers = sorted([*(b.span for b in blocks), *(one.span for one in layout)])
    return [Layout(gap, "white space") for gap in uncovered(Span(0, len(text)), covers)]


# --- blocks ------------------------------------------------------------------------------


def _disjoint_blocks(blocks: Iterable[Block]) -> list[Block]:
    result: list[Block] = []
    position = 0
    for block in sorted(blocks, key=lambda block: block.span):
        start, end = max(block.span.start, position), block.span.end
        if start < end:
            result.append(replace(block, span=Span(start, end)))
            position = end
    return result


def _content(text: str, span: Span, layout: list[Layout], first: int) -> Span | None:
    """Return *span* without white space and silent layout at its borders; None if all is.

    *first* is the number of the first of *layout* that may touch *span*.
    """
    begin: int | None = None
    end = span.start
    position = span.start
    beyond = Layout(Span(span.end, span.end), "")
    for number in range(first, len(layout) + 1):
        one = layout[number] if number < len(layout) else beyond
        stretch = text[position : max(position, min(one.span.start, span.end))]
        if stretch.strip():
            last = position + len(stretch.rstrip())
            begin = last - len(stretch.strip()) if begin is None else begin
            end = last
        if one.span.start >= span.end:
            break
        if one.replacement.strip() and one.span.end <= span.end:
            begin = one.span.start if begin is None else begin
            end = one.span.end
        position = max(position, one.span.end)
    return None if begin is None else Span(begin, end)


def _trimmed(text: str, blocks: list[Block], layout: list[Layout]) -> list[Block]:
    """Return *blocks* without silent borders, those that have no content left out."""
    result = []
    first = 0
    for block in blocks:
        while first < len(layout) and layout[first].span.end <= block.span.start:
            first += 1
        span = _content(text, block.span, layout, first)
        if span is not None:
            result.append(replace(block, span=span))
    return result


def _forgotten(text: str, blocks: list[Block], layout: list[Layout]) -> list[Block]:
    """Return a paragraph for every stretch of content outside *blocks*."""
    silent = [one.span for one in layout if not one.replacement.strip()]
    covers = sorted([*(block.span for block in blocks), *silent])
    gaps = [Block("p", gap) for gap in uncovered(Span(0, len(text)), covers)]
    return _trimmed(text, gaps, layout)


# --- inside the blocks -------------------------------------------------------------------


def _within(text: str, blocks: list[Block], layout: list[Layout], joiner: str) -> list[Layout]:
    """Return *layout* with the wrapped lines of *blocks* added, and replacements chosen."""
    result: list[Layout] = []
    first = 0
    for block in blocks:
        while first < len(layout) and layout[first].span.end <= block.span.start:
            result.append(layout[first])
            first += 1
        inside = []
        while first < len(layout) and layout[first].span.start < block.span.end:
            inside.append(layout[first])
            first += 1
        result.extend(_settle(text, block.span, inside, joiner))
    return result + layout[first:]


def _settle(text: str, span: Span, layout: list[Layout], joiner: str) -> list[Layout]:
    """Return the layout of one block, complete: runs of it get one joiner each."""
    gaps = uncovered(span, [one.span for one in layout])
    wraps = [
        Layout(Span(*found.span()), "line wrap")
        for gap in gaps
        for found in _WRAP.finditer(text, gap.start, gap.end)
    ]
    result: list[Layout] = []
    run: list[Layout] = []
    for one in sorted([*layout, *wraps], key=lambda one: one.span):
        if run and (one.span.start > run[-1].span.end or one.replacement.strip()):
            result.extend(_joined(text, run, one, joiner))
            run = []
        if one.replacement.strip():
            result.append(one)
        else:
            run.append(one)
    return result + _joined(text, run, None, joiner)


def _joined(text: str, run: list[Layout], after: Layout | None, joiner: str) -> list[Layout]:
    """Return a *run* of adjacent layout with a joiner in it if it needs one, spaces merged."""
    if not run:
        return []
    start, end = run[0].span.start, run[-1].span.end
    opened = [number for number, one in enumerate(run) if one.reason in _OPEN]
    if opened and not any(one.replacement for one in run):
        following = after.replacement if after and after.span.start == end else text[end : end + 1]
        between = joiner_between(text[max(0, start - 2) : start], following, joiner)
        run[opened[0]] = replace(run[opened[0]], replacement=between)
    merged = run[:1]
    for one in run[1:]:
        last = merged[-1]
        if last.reason in _SPACES and one.reason in _SPACES:
            reason = one.reason if last.reason != "page break" else last.reason
            whole = Span(last.span.start, one.span.end)
            merged[-1] = Layout(whole, reason, last.replacement + one.replacement)
        else:
            merged.append(one)
    return merged


# --- marks -------------------------------------------------------------------------------


def _marks(outline: Outline, blocks: list[Block], layout: list[Layout]) -> list[Mark]:
    """Return the marks, without silent borders and each inside one block, and page breaks."""
    pages = [
        Mark("pb", span, {"n": str(number)})
        for number, span in enumerate(outline.breaks, start=outline.first_page)
    ]
    marks = []
    ends = [one.span.end for one in layout]
    for mark in outline.marks:
        for part in _parts(mark.span, blocks):
            span = _content(outline.text, part, layout, bisect_right(ends, part.start))
            if span is not None:
                marks.append(replace(mark, span=span))
    return sorted([*pages, *marks], key=lambda mark: (mark.span.start, -mark.span.end))


def _parts(span: Span, blocks: list[Block]) -> Iterator[Span]:
    """Yield the parts of *span* that lie inside *blocks*, one for each."""
    first = bisect_right(blocks, span.start, key=lambda block: block.span.end)
    for number in range(first, len(blocks)):
        start, end = blocks[number].span
        if start >= span.end:
            return
        yield Span(max(start, span.start), min(end, span.end))
