"""The text that a container of markup (HTML, DOCX) carries, written out in order.

Nothing in such a file is "the text as decoded", so this is what we mean by it: the characters
of its text nodes, in order, plus a line feed where a line or a block ends, a tab between the
cells of a table and a form feed where a page begins. The added characters are layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile

from parallel_statement.formats.blocks import Outline, uncovered
from parallel_statement.formats.joining import ends_sentence
from parallel_statement.formats.labels import follows, label_of
from parallel_statement.formats.lines import lines_of, paragraphs
from parallel_statement.languages.base import Language
from parallel_statement.languages.dates import is_dateline
from parallel_statement.model import Block, BlockKind, Mark, MarkKind, Span

_SPACES = re.compile(r"[ \t]{2,}|\t")
_NEAR = 200
"""Characters around the end of a line that tell whether a block ends there."""


def _blanked(text: str, spans: Iterable[Span]) -> str:
    """Return *text* with spaces in place of *spans*."""
    characters = list(text)
    for start, end in spans:
        characters[max(0, start) : end] = " " * (end - max(0, start))
    return "".join(characters)


class Transcript:
    """Collects the text and notes what each part of it is."""

    def __init__(self, language: Language, *, collapses: bool = False) -> None:
        self.language = language
        self.collapses = collapses
        """Whether a run of white space in a block reads as one space."""
        self.length = 0
        self.start = 0
        """Where the block at hand begins."""
        self._parts: list[str] = []
        self._line_ends: list[int] = []
        self._outline = Outline("")

    def _since(self, start: int) -> str:
        """Return the text from *start* on, reading no more parts than needed."""
        parts: list[str] = []
        position = self.length
        for part in reversed(self._parts):
            if position <= start:
                break
            parts.append(part)
            position -= len(part)
        return "".join(reversed(parts))[max(0, start - position) :]

    def add(self, text: str) -> None:
        """Add *text*, which the container carries."""
        if text:
            self._parts.append(text)
            self.length += len(text)

    def break_line(self) -> None:
        """End a line inside the block at hand."""
        self._line_ends.append(self.length)
        self.add("\n")

    def break_page(self) -> None:
        """Begin a page, inside a block or between two."""
        self._outline.breaks.append(Span(self.length, self.length + 1))
        self.add("\f")

    def leave_out(self, name: str) -> None:
        """Count something that the container holds and the text does not (see `omissions`)."""
        self._outline.omitted[name] += 1

    def mark(self, kind: MarkKind, start: int) -> None:
        """Mark the text from *start* to here."""
        marks = self._outline.marks
        if start >= self.length:
            return
        for number in range(len(marks) - 1, max(-1, len(marks) - 4), -1):
            if marks[number].kind == kind and marks[number].span.end == start:
                marks[number] = Mark(kind, Span(marks[number].span.start, self.length))
                return  # Word cuts one stretch of bold type into many runs
        marks.append(Mark(kind, Span(start, self.length)))

    def omit(self, start: int, reason: str, replacement: str = "") -> None:
        """Make layout of the text from *start* to here."""
        self._outline.omit(start, self.length, reason, replacement)

    def end_block(
        self, kind: BlockKind = "p", number: str | None = None, *, lines: bool = False
    ) -> bool:
        """End the block at hand; return whether it had content.

        With *lines*, it is a text of which only the lines are known.
        """
        text = self._since(self.start)
        filled = bool(text.strip())
        if filled and lines:
            found, _ = lines_of(text, Span(0, len(text)))
            for block in paragraphs(found, self.language):
                span = Span(block.span.start + self.start, block.span.end + self.start)
                self._outline.blocks.append(Block(block.kind, span))
        elif filled:
            if self.collapses:
                self._collapse(text)
            self._add_blocks(text, kind, number)
        if filled:
            self.add("\n")
        self.start = self.length
        self._line_ends.clear()
        return filled

    def _collapse(self, text: str) -> None:
        """Read runs of white space as one space, also those that are parted by layout."""
        silent = [
            Span(one.span.start - self.start, one.span.end - self.start)
            for one in takewhile(
                lambda one: one.span.end > self.start, reversed(self._outline.layout)
            )
        ]
        for spaces in _SPACES.finditer(_blanked(text, silent)):
            replacement = " "
            for start, end in uncovered(Span(*spaces.span()), sorted(silent)):
                self._outline.omit(self.start + start, self.start + end, "white space", replacement)
                replacement = ""

    def _add_blocks(self, text: str, kind: BlockKind, number: str | None) -> None:
        """Add the block at hand: more than one if its lines begin with labels."""
        start = 0
        label = label_of(text)
        for line_end in (end - self.start for end in self._line_ends):
            head = text[max(start, line_end - _NEAR) : line_end]
            tail = text[line_end + 1 : line_end + _NEAR].lstrip("\r\n\t ")
            found = label_of(tail)
            ended = ends_sentence(head, self.language, tail)
            new = bool(found) or tail.startswith("\u3000")
            near = line_end - start <= _NEAR
            dated = near and is_dateline(text[start:line_end], self.language.rules)
            if kind == "p" and (
                (new and ended) or (found and follows(found, label)) or (dated and tail)
            ):
                self._add_block(text, Span(start, line_end), kind, number)
                start, number = line_end, None
            label = found or label
        self._add_block(text, Span(start, len(text)), kind, number)

    def _add_block(self, text: str, part: Span, kind: BlockKind, number: str | None) -> None:
        if label_of(text[part.start : part.start + _NEAR]):
            number = None  # the list's own numbers are then not shown
        span = Span(self.start + part.start, self.start + part.end)
        self._outline.blocks.append(Block(kind, span, number))

    def finish(self) -> Outline:
        """Return what was found, with the whole text."""
        self._outline.text = "".join(self._parts)
        return self._outline
