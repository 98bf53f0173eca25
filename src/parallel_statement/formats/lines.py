"""Paragraphs of a text that has only lines: plain files, PDF pages, HTML ``pre``.

A blank line ends a paragraph, and so do a label, an indent or a bullet at the start of the
next line. A line was wrapped if the first word of the next would not have fitted; a shorter
one was meant to be short, such as a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parallel_statement.formats.joining import display_width, ends_sentence, is_in_capitals
from parallel_statement.formats.labels import Label, follows, label_of
from parallel_statement.languages.base import Language
from parallel_statement.languages.dates import is_dateline
from parallel_statement.model import Block, BlockKind, Span

_LINE = re.compile(r"[^\n\r\f]*(?:\r\n|[\n\r\f]|$)")
_FIRST_WORD = re.compile(r"[\u2e80-\U0003ffff]|[^\s\u2e80-\U0003ffff]+")
_TITLE_WIDTH = 100
_SHORT_WIDTH = 40
_GOING_ON = "、，をはがのもへく"
"""Marks and hiragana with which a line ends in mid sentence, but hardly a heading."""
_LONG = 0.9
"""Share of the lines that are no longer than what counts as the width of the text."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it."""

    span: Span
    text: str
    indent: int
    """Columns of white space before it."""
    page: int
    """Number of form feeds before it."""

    @property
    def width(self) -> int:
        """Columns, the indent included."""
        return self.indent + display_width(self.text)


def lines_of(text: str, span: Span) -> tuple[list[Line], list[Span]]:
    """Return the lines of ``text[span]``, blank ones too, and its form feeds."""
    lines: list[Line] = []
    feeds: list[Span] = []
    position = span.start
    while position < span.end:
        found = _LINE.match(text, position, span.end)
        end = found.end() if found else span.end
        raw = text[position:end]
        content = raw.strip()
        start = position + len(raw) - len(raw.lstrip()) if content else position
        indent = display_width(raw[: start - position])
        lines.append(Line(Span(start, start + len(content)), content, indent, len(feeds)))
        if raw.endswith("\f"):
            feeds.append(Span(end - 1, end))
        position = end
    return lines, feeds


def paragraphs(lines: Sequence[Line], language: Language, slack: float = 0.0) -> list[Block]:
    """Return the blocks that *lines* form, heads told from paragraphs.

    *slack* is the share of the text's width by which a wrapped line may be shorter than the
    longest ones: more for a PDF, whose characters differ in width.
    """
    groups = list(_groups(lines, language, slack))
    return [
        Block(_kind(groups, number, language), Span(group[0].span.start, group[-1].span.end))
        for number, group in enumerate(groups)
    ]


def may_be_title(text: str, language: Language) -> bool:
    """Return whether *text* is short, no sentence, and no dateline."""
    text = text.strip()
    if not text or display_width(text) > _TITLE_WIDTH or text[-1] in ".!?…。！？．,;:、；：，":
        return False
    return not is_dateline(text, language.rules)


def _groups(lines: Sequence[Line], language: Language, slack: float) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph."""
    width = _usual_width(lines) * (1 - slack)
    group: list[Line] = []
    label: Label | None = None
    previous: Line | None = None
    for line in lines:
        starts = previous is None or not previous.text or previous.page != line.page
        if group and line.text and not starts and previous is not None:
            starts = _starts(previous, line, group, label, language, width)
        if group and (not line.text or starts):
            yield group
            group = []
        if line.text:
            if not group:
                label = label_of(line.text) or label
            group.append(line)
        previous = line
    if group:
        yield group


def _usual_width(lines: Sequence[Line]) -> int:
    widths = sorted(line.width for line in lines if line.text)
    return widths[min(len(widths) - 1, int(len(widths) * _LONG))] if widths else 0


def _starts(
    previous: Line,
    line: Line,
    group: list[Line],
    label: Label | None,
    language: Language,
    width: float,
) -> bool:
    """Return whether *line* starts a paragraph of its own after *previous*."""
    ended = ends_sentence(previous.text, language, line.text) or previous.text[-1] in ":;：；"
    word = _FIRST_WORD.match(line.text)
    room = previous.width + 1 + display_width(word.group() if word else "")
    meant = room <= width and not (line.text[0].islower() and not is_in_capitals(previous.text))
    found = label_of(line.text)
    if found is not None and (ended or meant or follows(found, label)):
        return True
    dated = len(group) == 1 and is_dateline(previous.text, language.rules)
    if dated and not line.text[0].islower():
        return True
    long = previous.width * 2 > width and line.indent <= group[-1].indent
    if meant and not (long and previous.text[-1] in _GOING_ON):
        return True
    body = group[-1].indent if len(group) > 1 else 0
    return line.indent > body and ended and (len(group) > 1 or line.indent >= group[0].indent)


def _kind(groups: Sequence[Sequence[Line]], number: int, language: Language) -> BlockKind:
    """Return whether a group of lines is a heading: one short line without a full stop."""
    if len(groups[number]) > 1 or number == len(groups) - 1:
        return "p"
    text = groups[number][0].text
    if (
        display_width(text) > _TITLE_WIDTH
        or text[-1] in ".!?…。！？．,;:、；：，"
        or label_of(text)
        or is_dateline(text, language.rules)
    ):
        return "p"
    following = groups[number + 1]
    if following[0].text[0].islower():
        return "p"
    if number == 0 or is_in_capitals(text):
        return "head"
    body = len(following) > 1 or ends_sentence(following[0].text, language)
    short = display_width(text) <= _SHORT_WIDTH and not any(c.isdigit() for c in text)
    return "head" if short and body and text[0].isalpha() else "p"
