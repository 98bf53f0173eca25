"""The text of one version: blocks, labels, sentences, markup, terms and page breaks.

Every character of a sentence's view stands in its ``s``, and no other: the text content of the
element is `Version.text`, whatever overlaps whatever.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Generic, TypeVar
from urllib.parse import quote

from lxml import etree

from parallel_statement import languages
from parallel_statement.formats.tei.markup import append, corpus_file, element, grow
from parallel_statement.formats.tei.nesting import Milestone, Stretch, fill, index, locate
from parallel_statement.model import Mark, Mention, Paragraph, Segment, Span, Version, View

RENDITIONS: Mapping[str, tuple[str, str]] = {
    "superscript": ("superscript", "vertical-align: super; font-size: smaller;"),
    "subscript": ("subscript", "vertical-align: sub; font-size: smaller;"),
    "emphasis": ("italic", "font-style: italic;"),
    "strong": ("bold", "font-weight: bold;"),
}
"""Kind of mark: the value of ``hi/@rend``, and what it looks like in CSS."""

_LINE_ENDS = frozenset("\n\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029")


def append_body(
    text: etree._Element,
    version: Version,
    mentions: Sequence[Mention],
    concepts: frozenset[str],
    corresp: Callable[[Segment], str | None],
) -> None:
    """Append to *text* the ``body`` of *version*; *corresp* points to a segment's partners.

    The source's order is kept. What stands before the first paragraph stands on top of the body;
    a heading or dateline further down opens a ``div``; a dateline at the very end is a ``closer``.
    """
    root = grow(text, "body", {"xml:id": f"{version.id}.body"})
    blocks = _Blocks(version, mentions, concepts, corresp)
    groups = _groups(version.paragraphs) or [[]]
    parent = root
    for number, group in enumerate(groups):
        on_top = number == 0 and (len(groups) > 1 or any(p.kind == "p" for p in group))
        if not on_top:
            parent = grow(root, "div", {})
        for place, paragraph in enumerate(group):
            blocks.breaks_before(parent, paragraph.span.start + 1)
            around = parent
            if paragraph.kind == "dateline":
                closing = any(p.kind == "p" for p in group[:place])
                around = grow(parent, "closer" if closing else "opener", {})
            blocks.append_block(around, paragraph)
    blocks.breaks_before(parent, len(version.document.text) + 1)


def _groups(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Return *paragraphs* in divisions: headings and datelines, then paragraphs."""
    groups: list[list[Paragraph]] = []
    previous = "p"
    for paragraph in paragraphs:
        if not groups or (previous == "p" and paragraph.kind != "p"):
            groups.append([])
        groups[-1].append(paragraph)
        previous = paragraph.kind
    if len(groups) > 1 and all(paragraph.kind == "dateline" for paragraph in groups[-1]):
        closing = groups.pop()
        groups[-1].extend(closing)
    return groups


def _numbers(version: Version) -> dict[str, str]:
    """Return ``p/@n`` by id: the official numbers if each paragraph has its own, or the order."""
    paragraphs = [p for p in version.paragraphs if p.kind == "p"]
    stated = {p.number for p in paragraphs if p.number}
    if len(stated) == len(paragraphs):
        return {p.id: p.number or "" for p in paragraphs}
    return {p.id: str(n) for n, p in enumerate(paragraphs, 1)}


class _Blocks:
    """Writes the blocks of one version, in order; each page break is written once."""

    def __init__(
        self,
        version: Version,
        mentions: Sequence[Mention],
        concepts: frozenset[str],
        corresp: Callable[[Segment], str | None],
    ) -> None:
        marks = version.document.marks
        self._version = version
        self._document = version.document
        self._joiner = languages.get(version.language).joiner
        self._breaks = deque(sorted((m for m in marks if m.kind == "pb"), key=lambda m: m.span))
        self._highlights = _Finder(m for m in marks if m.kind != "pb")
        self._mentions = _Finder(mentions)
        self._concepts = concepts
        self._glossary = f"{corpus_file(self._document.id)}#{self._document.id}.c"
        self._corresp = corresp
        self._numbers = _numbers(version)

    def append_block(self, parent: etree._Element, paragraph: Paragraph) -> None:
        """Append to *parent* the element of *paragraph*: label, sentences, what is between."""
        attributes = {
            "xml:id": paragraph.id,
            "n": self._numbers.get(paragraph.id),
            "corresp": self._corresp(paragraph),
        }
        node = grow(parent, paragraph.kind, attributes)
        position = paragraph.span.start
        if paragraph.label is not None:
            self._gap(node, Span(position, paragraph.label.start), "")
            position = paragraph.label.end
        if paragraph.label is not None or paragraph.number is not None:
            append(node, self._label(paragraph))
        for number, sentence in enumerate(paragraph.sentences, 1):
            gap = Span(position, sentence.span.start)
            after_label = number == 1 and paragraph.label is not None
            self._gap(node, gap, self._separator(gap, after_label=after_label, first=number == 1))
            corresp = self._corresp(sentence)
            s = grow(node, "s", {"xml:id": sentence.id, "n": str(number), "corresp": corresp})
            self._fill(s, sentence.span, sentence.id)
            position = sentence.span.end
        self._gap(node, Span(position, paragraph.span.end), "", last=True)

    def _label(self, paragraph: Paragraph) -> etree._Element:
        """Return the label; it is empty if the number is automatic and has no characters."""
        if paragraph.kind == "dateline":  # which may not hold a label
            label = element("seg", {"type": "label", "n": paragraph.number})
        else:
            label = element("label", {"n": paragraph.number})
        if paragraph.label is not None:
            self._fill(label, paragraph.label)
        return label

    def breaks_before(self, parent: etree._Element, stop: int) -> None:
        """Append the page breaks not yet written that start before *stop*."""
        for mark in self._take_breaks(stop):
            append(parent, element("pb", self._page(mark)))

    def _separator(self, gap: Span, *, after_label: bool, first: bool) -> str:
        """Return what stands before a sentence: after its label, the source's own white space."""
        text = self._document.text[gap.start : gap.end]
        if not text or (first and not after_label):
            return ""
        if after_label and text.isspace() and _LINE_ENDS.isdisjoint(text):
            return text
        return self._joiner

    def _gap(self, node: etree._Element, gap: Span, separator: str, *, last: bool = False) -> None:
        """Write what is in no sentence: white space, page breaks, and any stray content."""
        if gap.start < gap.end and self._document.content(gap).strip():
            self._fill(node, gap)
        else:
            append(node, separator)
        self.breaks_before(node, gap.end if last else gap.end + 1)

    def _fill(self, node: etree._Element, span: Span, sentence: str = "") -> None:
        """Write the content of *span* with its markup; terms in a *sentence* only."""
        view = self._document.view(span)
        stretches = []
        if sentence:
            mentions = self._mentions.within(span)
            mentions.sort(key=lambda m: (m.span.start - m.span.end, m.span))
            stretches = [
                self._term(mention, view, f"{sentence}.t{number}")
                for number, mention in enumerate(mentions, 1)
            ]
        for mark in self._highlights.within(span):
            start, end = locate(view.offsets, mark.span)
            stretches.append(Stretch("hi", start, end, {"rend": RENDITIONS[mark.kind][0]}))
        milestones = [self._milestone(mark, view) for mark in self._take_breaks(span.end)]
        fill(node, view.text, stretches, milestones)

    def _term(self, mention: Mention, view: View, part_id: str) -> Stretch:
        attributes = {}
        if mention.concept in self._concepts:
            attributes["ref"] = f"{self._glossary}.{mention.concept}"
        if mention.designation.status != "preferred":
            attributes["type"] = mention.designation.status
        start, end = locate(view.offsets, mention.span)
        return Stretch("term", start, end, attributes, part_id)

    def _milestone(self, mark: Mark, view: View) -> Milestone:
        """Return the page break of *mark*: behind white space, or cutting a word."""
        start = index(view.offsets, mark.span.end)
        if view.text[start : start + 1].isspace():
            start += 1
        attributes = self._page(mark)
        around = view.text[max(start - 1, 0) : start + 1]
        if len(around) == 2 and not any(character.isspace() for character in around):
            attributes["break"] = "no"
        return Milestone("pb", start, attributes)

    def _take_breaks(self, stop: int) -> list[Mark]:
        taken = []
        while self._breaks and self._breaks[0].span.start < stop:
            taken.append(self._breaks.popleft())
        return taken

    def _page(self, mark: Mark) -> dict[str, str]:
        """Return the number of the page that begins and, in a PDF, where to see it."""
        number = mark.attributes.get("n")
        if not number:
            return {}
        name = self._document.source.name
        if not name.lower().endswith(".pdf"):
            return {"n": number}
        return {"n": number, "facs": f"{quote(name)}#page={quote(number)}"}


T = TypeVar("T", bound=Mark | Mention)


class _Finder(Generic[T]):
    """Finds what overlaps a span among many, without looking at all of them."""

    def __init__(self, items: Iterable[T]) -> None:
        self._items = sorted(items, key=lambda item: item.span)
        self._starts = [item.span.start for item in self._items]
        self._reach = list(accumulate((item.span.end for item in self._items), max))

    def within(self, span: Span) -> list[T]:
        """Return the items that share a character with *span*, in order."""
        first = bisect_right(self._reach, span.start)
        last = bisect_left(self._starts, span.end)
        return [item for item in self._items[first:last] if item.span.end > span.start]
