"""The text of any TEI: blocks, sentences if they are marked, page breaks, and where each id stands.

What is read: the content of ``text``, cut where its own elements cut it (p, ab, head, lg, l,
item, dateline and whatever else holds words). ``s`` are sentences; without them ``seg``, if all
words of a block stand in them. Runs of white space are layout, read as one space, or as nothing
where the script has none; notes, running heads, deletions and one side of a ``choice`` are layout
too, and named among the omissions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from parallel_statement.formats.joining import joiner_between
from parallel_statement.formats.tei.markup import TEI, XML
from parallel_statement.languages.base import Language
from parallel_statement.model import Block, BlockKind, Layout, Mark, MarkKind, Span

_BLOCKS = frozenset(
    {
        *("ab", "byline", "cell", "dateline", "head", "item", "l", "label", "lg", "p"),
        *("salute", "signed", "speaker", "trailer", "u"),
    }
)
_KINDS: dict[str, BlockKind] = {"head": "head", "dateline": "dateline"}
_LEFT_OUT = {
    "note": "note",
    "fw": "running head",
    "del": "deletion",
    "corr": "correction",
    "reg": "regularisation",
    "expan": "expansion",
    "figure": "figure",
    "figDesc": "figure",
}
"""Element whose words are no part of the text: what it is called."""
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
_ID = f"{{{XML}}}id"
_PLURAL = "s"


@dataclass(slots=True)
class Transcript:
    """What was found in one text."""

    language: Language
    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    sentences: list[tuple[Span, ...]] = field(default_factory=list)
    """For each block its sentences, if they are marked."""
    labels: list[tuple[Span, str] | None] = field(default_factory=list)
    """For each block its label and its value, if it is marked."""
    marks: list[Mark] = field(default_factory=list)
    layout: list[Layout] = field(default_factory=list)
    places: dict[str, tuple[str, Span]] = field(default_factory=dict)
    """By ``xml:id``: the element's name, and where it stands."""
    omitted: Counter[str] = field(default_factory=Counter)

    @property
    def text(self) -> str:
        """All that was read so far."""
        return "".join(self.parts)

    def add(self, words: str) -> None:
        """Add characters."""
        self.parts.append(words)
        self.length += len(words)

    @property
    def omissions(self) -> tuple[str, ...]:
        """What was left out, in words."""
        return tuple(
            f"{count} {name}{_PLURAL if count > 1 else ''}"
            for name, count in sorted(self.omitted.items())
        )


def transcribe(elements: Sequence[etree._Element], language: Language) -> Transcript:
    """Return what the *elements* say: a ``text``, or the parts of one that are in *language*."""
    transcript = Transcript(language)
    for element in elements:
        _walk(element, transcript)
    return transcript


def _name(node: etree._Element) -> str:
    """Return the name of a TEI element; nothing for a comment or an element of another kind."""
    tag = node.tag
    return tag.removeprefix(f"{{{TEI}}}") if isinstance(tag, str) else ""


def _walk(root: etree._Element, transcript: Transcript) -> None:
    """Find the blocks in *root*, in order."""
    for event, node in _outside_blocks(root):
        name = _name(node)
        identity = node.get(_ID)
        if event == "block":
            start = transcript.length
            _Block(transcript).read(node, _KINDS.get(name, "p"))
            if identity:
                transcript.places[identity] = (name, Span(start, transcript.length))
        elif event == "left out":
            transcript.omitted[_LEFT_OUT[name]] += 1
        elif name == "pb":
            _page(node, transcript)
        elif event == "start" and identity:
            transcript.places[identity] = (name, Span(transcript.length, transcript.length))
        elif event == "end" and identity:
            start = transcript.places[identity][1].start
            transcript.places[identity] = (name, Span(start, transcript.length))


def _outside_blocks(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Yield blocks, and starts and ends of all elements around them."""
    waiting: list[tuple[str, etree._Element]] = [("start", root)]
    while waiting:
        event, node = waiting.pop()
        name = _name(node)
        if event == "end" or not name or name in ("pb", "linkGrp", "spanGrp", "link"):
            yield event, node
        elif name in _LEFT_OUT:
            yield "left out", node
        elif _is_block(node):
            yield "block", node
        else:
            yield "start", node
            waiting.append(("end", node))
            waiting.extend(("start", child) for child in reversed(node))


def _is_block(node: etree._Element) -> bool:
    """Return whether *node* holds words, and no blocks that hold them all."""
    words = (node.text or "", *(child.tail or "" for child in node))
    if any(not each.isspace() for each in words if each):
        return True
    name = _name(node)
    inside = _BLOCKS - {"label", "l" if name == "lg" else "label"}
    return name in _BLOCKS and not any(_name(each) in inside for each in node.iterdescendants())


def _page(node: etree._Element, transcript: Transcript) -> None:
    place = Span(transcript.length, transcript.length)
    number = node.get("n")
    transcript.marks.append(Mark("pb", place, {"n": number} if number else {}))


class _Block:
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
                name = _name(one)
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
        name = _name(node)
        if name in ("corr", "reg", "expan"):
            parent = node.getparent()
            return parent is not None and any(_name(each) in _CHOSEN for each in parent)
        return name in _LEFT_OUT

    def _skip(self, node: etree._Element) -> None:
        """Add the words of *node* as layout, and count it."""
        name = _name(node)
        words = "".join(map(str, node.itertext())) if name else ""
        start = self._transcript.length
        self._transcript.add(words)
        if name:
            self._transcript.omitted[_LEFT_OUT[name]] += 1
            self._omit(Span(start, self._transcript.length), _LEFT_OUT[name], "")
            self._silent.append(Span(start, self._transcript.length))

    def _begin(self, node: etree._Element, name: str) -> None:
        if name == "pb":
            _page(node, self._transcript)
        elif name in ("lb", "l") and self._transcript.length > self._start:
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
        name, span = _name(node), Span(start, self._transcript.length)
        identity = node.get(_ID)
        if identity:
            self._transcript.places[identity] = (name, span)
        rend = (node.get("rend") or "").lower()
        kind = next((mark for part, mark in _RENDITIONS if part in rend), None)
        if name in ("hi", "emph") and span.start < span.end:
            self._transcript.marks.append(Mark(kind or "emphasis", span))
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
