r"""Inline markup of Markdown: emphasis, HTML tags, links, code, escapes.

Emphasis follows CommonMark's delimiter runs (spec 0.31, "Emphasis and strong emphasis"), with
one change: East Asian punctuation counts as a letter, so that ``**「声明」**の`` is strong.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.entities import html5
from unicodedata import category, east_asian_width

from parallel_statement.formats.blocks import Outline
from parallel_statement.model import Mark, MarkKind, Span

TAG_MARKS: Mapping[str, MarkKind] = {
    "b": "strong",
    "em": "emphasis",
    "i": "emphasis",
    "strong": "strong",
    "sub": "subscript",
    "sup": "superscript",
}
"""HTML elements that are inline marks."""

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~]|(?=[\r\n]))")
_ENTITY = re.compile(r"&(?:#[xX]([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([A-Za-z][A-Za-z0-9]{1,31});?);?")
_TAG = re.compile(
    r"""<(/?)([A-Za-z][A-Za-z0-9-]*+)"""
    r"""(?:\s[^"'<>]*+(?:(?:"[^"]*+"|'[^']*+')[^"'<>]*+)*)?/?>"""
)
_AUTOLINK = re.compile(r"<((?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)|(?:[^\s<>@]+@[^\s<>@]+))>")
_TARGET = re.compile(
    r"\(\s*+(?:<[^<>\n]*>|[^\s()<]*(?:\([^\s()]*\)[^\s()]*)*)"
    r"""(?:\s++(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*+\)"""
)
_REFERENCE = re.compile(r"\[([^\[\]]{0,999})\]")
_NOTE = re.compile(r"\[\^[^\[\]\s]{1,99}\]")
_BRACKETED = re.compile(r"\\[\[\]`<\\]|`+|[<\[\]]")
_BACKTICKS = re.compile("`+")
_SPECIAL = re.compile(r"[\\`<&\[\]!*_]")


@dataclass(slots=True)
class _Run:
    """A run of ``*`` or ``_``, of which the characters from *start* to *end* are unused."""

    order: int
    character: str
    size: int
    start: int
    end: int
    opens: bool
    closes: bool


def mark_up(outline: Outline, pieces: Sequence[Span], references: frozenset[str]) -> None:
    """Add to *outline* the inline markup of one block, whose lines are *pieces*."""
    _Inline(outline, pieces, references).scan()


class _Inline:
    """Scans the characters of one block, its line prefixes left out."""

    def __init__(
        self, outline: Outline, pieces: Sequence[Span], references: frozenset[str]
    ) -> None:
        self.outline = outline
        self.text = "".join(outline.text[start:end] for start, end in pieces)
        self.offsets = [i for start, end in pieces for i in range(start, end)]
        self.references = references
        self.link = -1
        """The bracket of the link that is being read, -1 outside."""
        self.runs: dict[int, list[_Run]] = {}
        """By link: emphasis does not cross a link's border."""
        self.open_tags: list[tuple[str, int]] = []
        self.tails: dict[int, int] = {}
        """Where the target of a link begins, just after its text, and where it ends."""
        self.backticks: dict[int, list[int]] = {}
        """Where runs of backticks end, by their length."""
        for run in _BACKTICKS.finditer(self.text):
            self.backticks.setdefault(len(run.group()), []).append(run.end())
        self.links = self._links()

    def scan(self) -> None:
        """Find all markup of the block."""
        position = 0
        while found := _SPECIAL.search(self.text, position):
            position = self._at(found.start())
        for runs in self.runs.values():
            self._match(runs)

    def _at(self, i: int) -> int:
        """Handle the special character at *i*; return where to go on."""
        match self.text[i]:
            case "\\":
                return self._escape(i)
            case "`":
                return self._code(i)
            case "<":
                return self._angle(i)
            case "&":
                return self._entity(i)
            case "!" | "[":
                return self._bracket(i)
            case "]":
                if i in self.tails:
                    self._omit(i, self.tails[i])
                    self.link = -1
                    return self.tails[i]
                return i + 1
            case _:
                return self._delimiters(i)

    def _omit(self, start: int, end: int, reason: str = "markup", replacement: str = "") -> None:
        if start < end:
            self.outline.omit(self.offsets[start], self.offsets[end - 1] + 1, reason, replacement)

    def _mark(self, kind: MarkKind, start: int, end: int) -> None:
        if start < end:
            span = Span(self.offsets[start], self.offsets[end - 1] + 1)
            self.outline.marks.append(Mark(kind, span))

    def _escape(self, i: int) -> int:
        found = _ESCAPE.match(self.text, i)
        if found is None:
            return i + 1
        self._omit(i, i + 1, "escape")
        return found.end()

    def _code(self, i: int) -> int:
        opening = _BACKTICKS.match(self.text, i)
        start = opening.end() if opening else i + 1
        end = self._code_end(i, start)
        if end is None:
            return start
        self._omit(i, start)
        self._omit(end - (start - i), end)
        return end

    def _code_end(self, opening: int, start: int) -> int | None:
        """Return the end of the code that begins with the backticks at *opening*."""
        ends = self.backticks.get(start - opening, [])
        place = bisect_right(ends, start)
        return ends[place] if place < len(ends) else None

    def _angle(self, i: int) -> int:
        if found := _AUTOLINK.match(self.text, i):
            self._omit(i, i + 1)
            self._omit(found.end() - 1, found.end())
            return found.end()
        found = _TAG.match(self.text, i)
        if found is None:
            return i + 1
        name = found.group(2).lower()
        self._omit(*found.span(), "line wrap" if name == "br" else "markup")
        self.outline.omitted["picture"] += name == "img"
        if name in TAG_MARKS:
            self._tag_mark(name, bool(found.group(1)), found)
        return found.end()

    def _tag_mark(self, name: str, closing: bool, found: re.Match[str]) -> None:
        if not closing:
            self.open_tags.append((name, found.end()))
            return
        for number in range(len(self.open_tags) - 1, -1, -1):
            if self.open_tags[number][0] == name:
                self._mark(TAG_MARKS[name], self.open_tags[number][1], found.start())
                del self.open_tags[number:]
                return

    def _entity(self, i: int) -> int:
        found = _ENTITY.match(self.text, i)
        if found is None or not found.group().endswith(";"):
            return i + 1
        character = _character(found)
        if character is None:
            return i + 1
        self._omit(*found.span(), "escape", character)
        return found.end()

    def _links(self) -> dict[int, tuple[int, int]]:
        """Return where the text and the target of the link end that begins at each bracket.

        A link holds no other link; then the outer brackets are text.
        """
        links: dict[int, tuple[int, int]] = {}
        stack: list[int] = []
        inactive = 0  # so many brackets at the bottom of the stack enclose a link
        position = 0
        while found := _BRACKETED.search(self.text, position):
            position = self._past(found)
            if found.group() == "[":
                stack.append(found.start())
            if found.group() != "]" or not stack:
                continue
            opening = stack.pop()
            image = self._is_image(opening)
            active = image or len(stack) >= inactive
            inactive = min(inactive, len(stack))
            end = self._target(opening, found.start()) if active else None
            if end is not None:
                links[opening] = (found.start(), end)
                inactive = inactive if image else len(stack)
                position = end
        return links

    def _is_image(self, opening: int) -> bool:
        return self.text[max(0, opening - 1) : opening] == "!"

    def _past(self, found: re.Match[str]) -> int:
        """Return the end of what *found* begins: code and tags bind closer than brackets."""
        if found.group()[0] == "`":
            return self._code_end(found.start(), found.end()) or found.end()
        if found.group() == "<":
            tag = _AUTOLINK.match(self.text, found.start()) or _TAG.match(self.text, found.start())
            return tag.end() if tag else found.end()
        return found.end()

    def _bracket(self, i: int) -> int:
        image = self.text.startswith("![", i)
        note = _NOTE.match(self.text, i)
        if note and i not in self.links:
            self._omit(*note.span(), "note reference")
            return note.end()
        if self.text[i] == "!" and not image:
            return i + 1
        if i + image not in self.links:
            return i + 1 + image
        closing, end = self.links[i + image]
        if image:
            self._omit(i, end)
            self.outline.omitted["picture"] += 1
            return end
        self._omit(i, i + 1)
        self.tails[closing] = end
        self.link = i
        return i + 1

    def _target(self, opening: int, closing: int) -> int | None:
        """Return where the target of the link ends whose text is in these brackets."""
        found = _TARGET.match(self.text, closing + 1)
        if found:
            return found.end()
        inner = self.text[opening + 1 : closing]
        found = _REFERENCE.match(self.text, closing + 1)
        if found and reference(found.group(1) or inner) in self.references:
            return found.end()
        return closing + 1 if reference(inner) in self.references else None

    # --- emphasis ---

    def _delimiters(self, i: int) -> int:
        character = self.text[i]
        end = i
        while end < len(self.text) and self.text[end] == character:
            end += 1
        before = self.text[i - 1] if i else " "
        after = self.text[end] if end < len(self.text) else " "
        left = not after.isspace() and (
            not _is_narrow_punctuation(after) or before.isspace() or _is_punctuation(before)
        )
        right = not before.isspace() and (
            not _is_narrow_punctuation(before) or after.isspace() or _is_punctuation(after)
        )
        opens, closes = left, right
        if character == "_":
            opens = left and (not right or _is_punctuation(before))
            closes = right and (not left or _is_punctuation(after))
        runs = self.runs.setdefault(self.link, [])
        runs.append(_Run(len(runs), character, end - i, i, end, opens, closes))
        return end

    def _match(self, runs: Sequence[_Run]) -> None:
        stack: list[_Run] = []
        bottom: dict[tuple[str, bool, int], int] = {}
        for run in runs:
            key = (run.character, run.opens, run.size % 3)
            while run.closes and run.start < run.end:
                found = _opener(stack, run, bottom.get(key, 0))
                if found is None:
                    bottom[key] = run.order
                    break
                del stack[found + 1 :]
                self._emphasise(stack[found], run)
                if stack[found].start == stack[found].end:
                    stack.pop()
            if run.opens and run.start < run.end:
                stack.append(run)

    def _emphasise(self, opener: _Run, closer: _Run) -> None:
        size = min(2, opener.end - opener.start, closer.end - closer.start)
        self._mark("strong" if size == 2 else "emphasis", opener.end, closer.start)
        self._omit(opener.end - size, opener.end)
        self._omit(closer.start, closer.start + size)
        opener.end -= size
        closer.start += size


def _opener(stack: Sequence[_Run], closer: _Run, bottom: int) -> int | None:
    """Return the place in *stack* of the run that *closer* closes."""
    for place in range(len(stack) - 1, -1, -1):
        run = stack[place]
        if run.order < bottom:
            return None
        if run.character != closer.character:
            continue
        both = run.closes or closer.opens
        if both and (run.size + closer.size) % 3 == 0 and (run.size % 3 or closer.size % 3):
            continue
        return place
    return None


def _is_punctuation(character: str) -> bool:
    return category(character)[0] in "PS"


def _is_narrow_punctuation(character: str) -> bool:
    return _is_punctuation(character) and east_asian_width(character) not in "WF"


def _character(found: re.Match[str]) -> str | None:
    """Return what an entity stands for."""
    hexadecimal, decimal, name = found.groups()
    if name:
        return html5.get(f"{name};")
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return chr(code)


def reference(label: str) -> str:
    """Return the *label* of a link reference in the form in which labels are compared."""
    return " ".join(label.split()).casefold()
