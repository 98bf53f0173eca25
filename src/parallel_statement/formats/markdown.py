"""Markdown, and the habits of converters from PDF to Markdown.

The text is the whole file as decoded. A line of ``---`` (or a form feed) is a page break, not
a rule; numbers of lists stay in the text, for in a statement they are labels; inline HTML is
read as far as it is inline markup. What is not understood is content: no character is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parallel_statement.formats.blocks import Outline, finish
from parallel_statement.formats.context import ReadContext
from parallel_statement.formats.decoding import decode
from parallel_statement.formats.inline import mark_up, reference
from parallel_statement.formats.joining import display_width, ends_sentence
from parallel_statement.formats.labels import Label, follows, label_of
from parallel_statement.formats.lines import may_be_title
from parallel_statement.formats.plain import BYTE_ORDER_MARK
from parallel_statement.languages.base import Language
from parallel_statement.model import Block, BlockKind, Document, Span

_LINE = re.compile(r"([^\n\r\f]*)(\r\n|[\n\r\f]|$)")
_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?:(?:\w[\w-]*[ \t]*:|[ \t]+\S|-[ \t]|#)[^\n]*\n)+"
    r"(?:---|\.\.\.)[ \t]*(?:\r?\n|$)"
)
_RULE = re.compile(r"([-*_])[ \t]*(?:\1[ \t]*){2,}$|<hr\b[^<>]*>$", re.IGNORECASE)
_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_HEADING_END = re.compile(r"(?:^|(?<![ \t])[ \t]+)#+[ \t]*$")
_UNDERLINE = re.compile(r"(=+|-{2,})[ \t]*$")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_QUOTE = re.compile(r"[ \t\u3000]*>[ \t]?")
_BULLET = re.compile(r"[-*+](?:[ \t]+|$)")
_NOTE = re.compile(r"\[\^[^\[\]\s]{1,99}\]:[ \t]*")
_DEFINITION = re.compile(r"\[(?!\^)([^\[\]]{1,999})\]:[ \t]*(?:<[^<>]*>|\S+)(?:[ \t]+[\"'(].*)?$")
_BLOCK_TAG = (
    r"</?(?:address|article|blockquote|center|dd|details|div|dl|dt|figure|footer|header|li|main"
    r"|ol|p|section|summary|table|tbody|td|th|thead|tr|ul|h[1-6])\b[^<>]*>"
)
_OPENS_BLOCK = re.compile(_BLOCK_TAG, re.IGNORECASE)
_CLOSES_BLOCK = re.compile(_BLOCK_TAG + r"[ \t]*$", re.IGNORECASE)
_PIPE = re.compile(r"[ \t]*(?<!\\)\|[ \t]*")
_DELIMITERS = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_TITLE_WIDTH = 100
_NESTED = 20
"""List markers that one line may begin with."""


def read(data: bytes, context: ReadContext) -> Document:
    """Return the document in *data*, a Markdown file.

    Raises:
        InputError: the file is not text, or holds none.
    """
    text, encoding = decode(data, context.path, context.tag, context.encoding)
    outline = Outline(text)
    start = len(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0
    outline.omit(0, start, "byte order mark")
    if front := _FRONT_MATTER.match(text, start):
        outline.omit(start, front.end(), "front matter")
        start = front.end()
    comments = list(_comments(text, start))
    for comment in comments:
        outline.omit(*comment, "markup")
    _Lines(outline, context.language, comments).scan(start)
    if outline.breaks and (not outline.blocks or outline.breaks[0] < outline.blocks[0].span):
        outline.first_page = 1
    return finish(outline, context, context.source(data, encoding))


def _comments(text: str, start: int) -> Iterator[Span]:
    """Yield the HTML comments from *start* on."""
    while (start := text.find("<!--", start)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            return
        start, begin = end + 3, start
        yield Span(begin, start)


def _blanked(text: str, spans: Sequence[Span]) -> str:
    """Return *text* with spaces in place of the characters of *spans*, line ends kept."""
    parts = []
    position = 0
    for start, end in spans:
        parts += [text[position:start], re.sub(r"[^\n\r]", " ", text[start:end])]
        position = end
    return "".join([*parts, text[position:]])


class _Lines:
    """Scans a Markdown text line by line; the lines of the block at hand are its pieces."""

    def __init__(self, outline: Outline, language: Language, comments: Sequence[Span]) -> None:
        self.outline = outline
        self.language = language
        self.text = _blanked(outline.text, comments)
        self.references = frozenset(
            reference(found.group(1))
            for line in self.text.splitlines()
            if (found := _DEFINITION.match(line.strip()))
        )
        self.pieces: list[Span] = []
        self.last = ""
        """The line before, if it belongs to the block at hand."""
        self.label: Label | None = None
        self.fence = ""
        self.in_table = False
        self.in_item = False
        """Whether the block at hand began with a bullet."""

    def scan(self, start: int) -> None:
        """Find the blocks from *start* on."""
        while start < len(self.text):
            found = _LINE.match(self.text, start)
            end, stop = (found.end(1), found.end()) if found else (start + 1, start + 1)
            self._line(start, end, stop)
            if self.text[end:stop] == "\f":
                self.close()
                self.outline.breaks.append(Span(end, stop))
            start = stop
        self.close()

    def close(self, kind: BlockKind = "p", code: bool = False) -> None:
        """End the block at hand."""
        pieces, self.pieces, self.last, self.in_item = self.pieces, [], "", False
        if not pieces:
            return
        marks = len(self.outline.marks)
        if not code:
            mark_up(self.outline, pieces, self.references)
        span = Span(pieces[0].start, pieces[-1].end)
        if kind == "p" and len(pieces) == 1 and not self.in_table:
            content = self.text[span.start : span.end].strip()
            strong = {m.span for m in self.outline.marks[marks:] if m.kind == "strong"}
            whole = any(end - start == len(content) - 4 for start, end in strong)
            kind = "head" if whole and may_be_title(content[2:-2], self.language) else "p"
        self.outline.blocks.append(Block(kind, span))

    def _line(self, start: int, end: int, stop: int) -> None:
        """Handle the line from *start*, which ends at *end* and whose newline at *stop*."""
        if self.fence:
            self._code_line(start, end, stop)
            return
        while found := _QUOTE.match(self.text, start, end):
            self.outline.omit(*found.span(), "markup")
            start = found.end()
        for _ in range(_NESTED):
            indent = re.compile(r"\s*").match(self.text, start, end)
            start = indent.end() if indent else start
            if start == end:
                self.close()
                self.in_table = False
                return
            if self._is_structure(start, end):
                return
            bullet = _BULLET.match(self.text, start, end)
            if bullet is None:
                break
            self.close()
            self.in_item = True
            self.outline.omit(*bullet.span(), "list marker")
            start = bullet.end()
        if note := _NOTE.match(self.text, start, end):
            self.close()
            self.outline.omit(*note.span(), "markup")
            start = note.end()
        self._content_line(start, end, stop)

    def _code_line(self, start: int, end: int, stop: int) -> None:
        content = self.text[start:end].strip()
        if content.startswith(self.fence) and not content.strip(self.fence[0]):
            self.close(code=True)
            self.outline.omit(start, end, "markup")
            self.fence = ""
        else:
            self.pieces.append(Span(start, stop))

    def _is_structure(self, start: int, end: int) -> bool:
        """Handle a line that is markup as a whole, or a heading; return whether it was one."""
        line = self.text[start:end]
        if self.last and (found := _UNDERLINE.match(line)) and self._is_heading(found.group(1)):
            self.outline.omit(start, end, "markup")
            self.close("head")
        elif _RULE.match(line):
            self.close()
            self.outline.breaks.append(Span(start, start + len(line.rstrip())))
        elif found := _FENCE.match(line):
            self.close()
            self.outline.omit(start, end, "markup")
            self.fence = found.group(1)
        elif found := _HEADING.match(line):
            self.close()
            self.outline.omit(start, start + found.end(), "markup")
            closing = _HEADING_END.search(line, found.end())
            stop = start + closing.start() if closing else end
            self.outline.omit(stop, end, "markup")
            self.pieces = [Span(start + found.end(), max(stop, start + found.end()))]
            self.close("head")
        elif (_DELIMITERS if self.in_table else _DEFINITION).match(line) and not self.pieces:
            self.outline.omit(start, end, "markup")
        else:
            return False
        return True

    def _is_heading(self, underline: str) -> bool:
        """Return whether the block at hand is a heading over the line *underline*.

        ``---`` may as well be a page break in mid sentence: a heading is one short line.
        """
        if underline[0] == "=":
            return True
        short = len(self.pieces) == 1 and display_width(self.last) <= _TITLE_WIDTH
        return short and label_of(self.last) is None and not ends_sentence(self.last, self.language)

    def _content_line(self, start: int, end: int, stop: int) -> None:
        line = self.text[start:end]
        if self._starts_table(line, stop) or self.in_table:
            self._row(start, end, stop)
            return
        label = label_of(line)
        opening = _OPENS_BLOCK.match(line)
        indented = self.text[start - 1 : start] == "\u3000"
        ended = bool(self.last) and ends_sentence(self.last, self.language, line)
        nested = self.in_item and self.text[start - 1 : start] in (" ", "\t")
        expected = label and (ended or nested or follows(label, self.label))
        if opening or (indented and ended) or expected:
            self.close()
        if not self.pieces:
            self.label = label or self.label
        self.pieces.append(Span(start, stop))
        self.last = line.rstrip()
        if _CLOSES_BLOCK.search(line):
            heading = opening and re.match(r"<h[1-6]\b", opening.group(), re.IGNORECASE)
            self.close("head" if heading else "p")

    def _starts_table(self, line: str, stop: int) -> bool:
        """Return whether *line* is the head of a table: the next line tells."""
        if "|" not in line:
            self.in_table = False
            return False
        following = _LINE.match(self.text, stop)
        below = following.group(1) if following else ""
        if not self.in_table and "|" in below and _DELIMITERS.match(below):
            self.close()
            self.in_table = True
        return self.in_table

    def _row(self, start: int, end: int, stop: int) -> None:
        """Add the cells of a row, each as a block."""
        position = start
        for pipe in _PIPE.finditer(self.text, start, end):
            self.outline.omit(*pipe.span(), "markup")
            self._cell(position, pipe.start())
            position = pipe.end()
        self._cell(position, stop)

    def _cell(self, start: int, end: int) -> None:
        if self.text[start:end].strip():
            self.pieces = [Span(start, end)]
            self.close()
