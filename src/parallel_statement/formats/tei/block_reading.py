"""One block of any TEI text: its words, its sentences and its label if they are marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from parallel_statement.formats.joining import joiner_between
from parallel_statement.formats.tei.transcript import LEFT_OUT, Transcript, name_of
from parallel_statement.formats.xml import ID, text_of
from parallel_statement.model import Block, BlockKind, Layout, Mark, MarkKind, Span

_CHOSEN = frozenset({"sic", "orig", "abbr"})
"""Beside one of these in a ``choice`` the other side is left out; alone it is the text."""
_RENDITIONS: tuple[tuple[str, MarkKind], ...] = (
    ("super", "superscript"),
    ("sup", "superscript"),
    ("sub", "subscript"),
    ("bold", "strong"),
    ("strong", "strong"),
    ("ital", "emphasis"),
)
_SPACE = re.compile(r"[ \t\r\n]+")


class BlockReader:
    """Reads one block, with all that is in it."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._start = transcript.length
        self._first = len(transcript.parts)
        self._silent: list[Span] = []
        self._units: dict[str, list[Span]] = {"s": [], "seg": []}
        self._label: tuple[Span, str] | None = None

    def read(self, node: etree._Element, kind: BlockKind) -> None:
        """Add *node* to the transcript as a block of this *kind*."""
        transcript = self._transcript
        self._inside(node)
        text = "".join(transcript.parts[self._first :])
        span = self._trimmed(text, Span(0, len(text)))
        if span is None:
            self._omit(Span(self._start, transcript.length), "white space", "")
            return
        self._collapse(text, span)
        transcript.blocks.append(Block(kind, self._moved(span)))
        transcript.sentences.append(self._sentences(text, span))
        transcript.labels.append(self._label)
        end = transcript.length
        transcript.add("\n\n")
        self._omit(Span(end, end + 2), "white space", "")

    def _inside(self, node: etree._Element) -> None:
        """Add the words of *node*, however deep, without recursion."""
        waiting: list[tuple[etree._Element, int | None]] = [(node, None)]
        while waiting:
            one, start = waiting.pop()
            if start is None:
                start = self._transcript.length
                name = name_of(one)
                if not name or (one is not node and self._left_out(one)):
                    self._skip(one)
                    self._tail(one, node)
                    continue
                self._begin(one, name)
                waiting.append((one, start))
                waiting.extend((child, None) for child in reversed(one))
            else:
                self._end(one, start)
                self._tail(one, node)

    def _left_out(self, node: etree._Element) -> bool:
        name = name_of(node)
        if name in ("corr", "reg", "expan"):
            parent = node.getparent()
            return parent is not None and any(name_of(each) in _CHOSEN for each in parent)
        return name in LEFT_OUT

    def _skip(self, node: etree._Element) -> None:
        """Add the words of *node* as layout, and count it."""
        name = name_of(node)
        words = text_of(node) if name else ""
        start = self._transcript.length
        self._transcript.add(words)
        if name:
            self._transcript.omitted[LEFT_OUT[name]] += 1
            self._omit(Span(start, self._transcript.length), LEFT_OUT[name], "")
            self._silent.append(Span(start, self._transcript.length))

    def _begin(self, node: etree._Element, name: str) -> None:
        if name == "pb":
            self._transcript.add_page(node)
        elif name in ("lb", "l") and self._transcript.length > self._start:
            self._transcript.breaks.append(self._transcript.length)
            self._transcript.add("\n")
        self._transcript.add(node.text or "")

    def _tail(self, node: etree._Element, block: etree._Element) -> None:
        if node is block:
            return
        tail = node.tail or ""
        start = self._transcript.length
        self._transcript.add(tail)
        if tail.isspace() and node.get("join") in ("right", "both"):
            self._omit(Span(start, self._transcript.length), "white space", "")
            self._silent.append(Span(start, self._transcript.length))

    def _end(self, node: etree._Element, start: int) -> None:
        name, span = name_of(node), Span(start, self._transcript.length)
        identity = node.get(ID)
        if identity:
            self._transcript.places[identity] = (name, span)
        rend = (node.get("rend") or "").lower()
        kind = next((mark for part, mark in _RENDITIONS if part in rend), None)
        if name in ("hi", "emph") and span.start < span.end:
            self._transcript.marks.append(Mark(kind or "emphasis", span))
        elif name == "term":
            self._transcript.terms.append((node, span))
        elif name in self._units:
            self._units[name].append(span)
        if (name == "label" or node.get("type") == "label") and self._label is None:
            self._label = (span, node.get("n") or "")

    # --- after all of it is read -----------------------------------------------------

    def _omit(self, span: Span, reason: str, replacement: str) -> None:
        if span.start < span.end:
            self._transcript.layout.append(Layout(span, reason, replacement))

    def _moved(self, span: Span) -> Span:
        return Span(span.start + self._start, span.end + self._start)

    def _blank(self, text: str) -> str:
        """Return *text* with spaces for what is left out."""
        characters = list(text)
        for start, end in self._silent:
            characters[start - self._start : end - self._start] = " " * (end - start)
        return "".join(characters)

    def _trimmed(self, text: str, span: Span) -> Span | None:
        """Return *span* of *text* without white space, or what is left out, at its ends."""
        words = self._blank(text)[span.start : span.end]
        if not words.strip():
            return None
        begin = span.start + len(words) - len(words.lstrip())
        return Span(begin, begin + len(words.strip()))

    def _collapse(self, text: str, block: Span) -> None:
        """Make layout of runs of white space, and of all of it around the block."""
        for found in _SPACE.finditer(self._blank(text)):
            start, end = found.span()
            if any(s - self._start < end and start < e - self._start for s, e in self._silent):
                continue
            if end <= block.start or start >= block.end:
                self._omit(self._moved(Span(start, end)), "white space", "")
            elif found[0] != " ":
                between = " "
                if "\n" in found[0] or "\r" in found[0]:
                    joiner = self._transcript.language.joiner
                    between = joiner_between(text[max(0, start - 2) : start], text[end:], joiner)
                self._omit(self._moved(Span(start, end)), "white space", between)

    def _sentences(self, text: str, block: Span) -> tuple[Span, ...]:
        """Return the sentences that are marked, and words between them as sentences too."""
        for name in ("s", "seg"):
            units = sorted(self._outermost(self._units[name]))
            local = [Span(s.start - self._start, s.end - self._start) for s in units]
            found = [each for span in local if (each := self._trimmed(text, span))]
            label = [self._label[0]] if self._label else []
            covered = sorted([*units, *label])
            stray = []
            position = block.start
            for start, end in [*covered, (block.end + self._start,) * 2]:
                gap = self._trimmed(text, Span(position, max(position, start - self._start)))
                stray += [gap] if gap else []
                position = max(position, end - self._start)
            if found and (name == "s" or not stray):
                return tuple(self._moved(span) for span in sorted([*found, *stray]))
        return ()

    @staticmethod
    def _outermost(spans: Sequence[Span]) -> Iterator[Span]:
        """Yield those of *spans* that lie in no other, labels and empty ones left out."""
        end = -1
        for span in sorted(spans, key=lambda span: (span.start, -span.end)):
            if span.start >= end and span.start < span.end:
                yield span
                end = span.end
