"""HTML pages.

The text is what `transcript` says: the text nodes of ``body``, without ``script``, ``style``,
``template`` and ``noscript``. Runs of white space are layout, as a browser shows them; ``nav``,
the readings of ``ruby``, deleted and hidden text and form controls are layout too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from parallel_statement.errors import InputError
from parallel_statement.formats.blocks import Outline, finish
from parallel_statement.formats.context import ReadContext
from parallel_statement.formats.decoding import decode
from parallel_statement.formats.inline import TAG_MARKS
from parallel_statement.formats.numbering import HTML_TYPES
from parallel_statement.formats.transcript import Transcript
from parallel_statement.model import BlockKind, Document, MarkKind

_CHARSET = re.compile(
    rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)|<\?xml\b[^>]*?encoding\s*=\s*["']([\w.-]+)""",
    re.IGNORECASE,
)
_CHARSET_WITHIN = 4096
_SUPERSETS = {
    "ascii": "cp1252",
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "iso-8859-9": "cp1254",
    "ks_c_5601-1987": "cp949",
    "latin1": "cp1252",
    "shift-jis": "cp932",
    "shift_jis": "cp932",
    "tis-620": "cp874",
    "us-ascii": "cp1252",
    "windows-31j": "cp932",
    "x-sjis": "cp932",
}
"""What browsers read for these names (WHATWG, Encoding Standard, "Names and labels")."""
_SUBSET = re.compile(r"<!DOCTYPE[^<>\[]*\[|<!ENTITY", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_C1 = re.compile("[\x80-\x9f]")
_UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "title"})
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd"),
        *("details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer"),
        *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li"),
        *("main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot"),
        *("th", "thead", "tr", "ul"),
    }
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CELLS = frozenset({"td", "th"})
_SILENT = {
    **dict.fromkeys(("del", "s", "strike"), "deleted text"),
    **dict.fromkeys(("button", "select", "textarea"), "form control"),
    **{"nav": "navigation", "rp": "ruby", "rt": "ruby"},
}
_LEFT_OUT = {
    **dict.fromkeys(("canvas", "img", "svg"), "picture"),
    **dict.fromkeys(("audio", "embed", "iframe", "object", "video"), "embedded object"),
    **dict.fromkeys(("button", "input", "select", "textarea"), "form control"),
}
"""Elements that show something that is no text."""
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_PAGE_CLASS = re.compile(r"(?:^|\s)(?:page|pb|new-?page|page-?break)(?:\s|$)", re.IGNORECASE)
_PAGE_STYLE = r"(?:page-)?break-{}\s*:\s*(?:always|page|left|right|recto|verso)"
_PAGE_BEFORE = re.compile(_PAGE_STYLE.format("before"), re.IGNORECASE)
_PAGE_AFTER = re.compile(_PAGE_STYLE.format("after"), re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)


def read(data: bytes, context: ReadContext) -> Document:
    """Return the document in *data*, an HTML page.

    Raises:
        InputError: the file is not HTML, declares entities, or holds no text.
    """
    found = _CHARSET.search(data[:_CHARSET_WITHIN])
    declared = (found.group(1) or found.group(2)).decode("ascii").lower() if found else None
    declared = _SUPERSETS.get(declared or "", declared)
    text, encoding = decode(data, context.path, context.tag, context.encoding, declared)
    transcript = Transcript(context.language, collapses=True)
    walker = _Walker(transcript)
    for event, element in _events(text, context):
        walker.take(event, element)
    transcript.end_block()
    outline = transcript.finish()
    _repair_c1(outline, text)
    return finish(outline, context, context.source(data, encoding))


def _events(text: str, context: ReadContext) -> Any:
    """Return an iterator over the elements of the body."""
    from lxml import etree

    if _SUBSET.search(text):
        raise InputError(context.path, "declares XML entities, which are not read; remove them")
    if not text.strip("\ufeff \t\r\n"):
        raise InputError(context.path, "holds no text: it is empty or only white space")
    if not _TAG.search(text):
        raise InputError(context.path, "holds no HTML element; plain text belongs in a .txt file")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(text.removeprefix("\ufeff").encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise InputError(context.path, f"is broken HTML: {error.msg}", error.lineno) from None
    limits = [e for e in parser.error_log if "huge" in e.message or "depth" in e.message]
    if limits:
        raise InputError(
            context.path,
            "nests elements thousands deep, as no page does; save it again from a browser",
            limits[0].line,
        )
    body = None if root is None else root.find("body")
    if body is None:
        raise InputError(context.path, "holds no body, so no text")
    return etree.iterwalk(body, events=("start", "end"))


def _repair_c1(outline: Outline, page: str) -> None:
    """Read references such as ``&#146;`` as browsers do: as CP1252.

    A control character that the *page* holds itself is what it is.
    """
    for found in _C1.finditer(outline.text):
        if found.group() in page:
            continue
        character = found.group().encode("latin-1").decode("cp1252", "ignore")
        if character:
            outline.omit(*found.span(), "escape", character)


@dataclass(slots=True)
class _List:
    """An ``ol`` whose items are being counted."""

    style: str
    step: int
    value: int


class _Walker:
    """Writes a transcript while elements open and close."""

    def __init__(self, transcript: Transcript) -> None:
        self.transcript = transcript
        self.lists: list[_List | None] = []
        self.number: str | None = None
        self.headings = 0
        self.preformatted = 0
        self.lines_broken = 0
        self.unseen = 0
        self.silent: list[tuple[str, int]] = []
        """The reason and the beginning of what is being left out."""
        self.marks: list[int] = []

    def take(self, event: str, element: Any) -> None:
        """Handle one start or end of an element, and the text behind it."""
        tag = element.tag.lower()
        if event == "start":
            self.unseen += tag in _UNSEEN
            if not self.unseen:
                self._start(tag, element)
                self._text(element.text)
            return
        if not self.unseen:
            self._end(tag, element)
        self.unseen -= tag in _UNSEEN
        if not self.unseen and tag != "body":
            self._text(element.tail)

    def _text(self, text: str | None) -> None:
        if text:
            if text.strip():
                self.lines_broken = 0
            self.transcript.add(text)

    def _flush(self) -> None:
        """End the block at hand; one that is silent does not use up a number."""
        reasons = {reason for reason, _ in self.silent}
        if "ruby" in reasons:
            return
        kind: BlockKind = "head" if self.headings else "p"
        number = None if reasons else self.number
        if self.transcript.end_block(kind, number, lines=self.preformatted > 0) and not reasons:
            self.number = None
        self.lines_broken = 0

    def _start(self, tag: str, element: Any) -> None:
        if tag in _BLOCKS:
            self._flush()
        style = element.get("style") or ""
        if _PAGE_BEFORE.search(style) or (
            tag in ("hr", "div", "p", "span", "br")
            and not (element.text or "").strip()
            and not len(element)
            and (_PAGE_CLASS.search(element.get("class") or "") or _PAGE_AFTER.search(style))
        ):
            self.transcript.break_page()
        if tag in _LEFT_OUT and not self.silent and element.get("type") != "hidden":
            self.transcript.leave_out(_LEFT_OUT[tag])
        if reason := _silent(tag, element):
            self.silent.append((reason, self.transcript.length))
        if tag == "br":
            self._break_line()
        elif tag == "ol":
            self.lists.append(_ordered(element))
        elif tag == "ul":
            self.lists.append(None)
        elif tag == "li":
            self.number = self._item_number(element)
        self.headings += tag in _HEADINGS
        self.preformatted += tag == "pre"
        if _mark_of(tag, element):
            self.marks.append(self.transcript.length)

    def _end(self, tag: str, element: Any) -> None:
        if kind := _mark_of(tag, element):
            self.transcript.mark(kind, self.marks.pop())
        if _silent(tag, element):
            reason, start = self.silent.pop()
            self.transcript.omit(start, reason)
        if tag in _BLOCKS:
            self._flush()
        if tag in _CELLS:
            self.transcript.add("\t")
        self.headings -= tag in _HEADINGS
        self.preformatted -= tag == "pre"
        if tag in ("ol", "ul") and self.lists:
            self.lists.pop()
        if tag == "li":
            self.number = None
        has_content = bool((element.text or "").strip()) or len(element) > 0
        if has_content and _PAGE_AFTER.search(element.get("style") or ""):
            self.transcript.break_page()

    def _break_line(self) -> None:
        """End a line; two line ends are how older pages end a paragraph."""
        self.lines_broken += 1
        self.transcript.break_line()
        if self.lines_broken == 2 and not self.headings and not self.preformatted:
            self._flush()

    def _item_number(self, element: Any) -> str | None:
        counted = self.lists[-1] if self.lists else None
        if counted is None:
            return None
        counted.value = _integer(element.get("value"), counted.value)
        value, counted.value = counted.value, counted.value + counted.step
        return HTML_TYPES.get(element.get("type") or counted.style, str)(value)


def _silent(tag: str, element: Any) -> str:
    """Return why the text of an element is layout, or ""."""
    if tag in _SILENT or tag == "body":
        return _SILENT.get(tag, "")
    hidden = element.get("hidden") not in (None, "until-found")
    return "hidden text" if hidden or _HIDDEN.search(element.get("style") or "") else ""


def _mark_of(tag: str, element: Any) -> MarkKind | None:
    """Return the kind of mark that an element is."""
    if tag in TAG_MARKS:
        return TAG_MARKS[tag]
    raised = _RAISED.search(element.get("style") or "") if tag == "span" else None
    if raised is None:
        return None
    return "superscript" if raised.group(1).lower() == "super" else "subscript"


def _ordered(element: Any) -> _List:
    reverse = element.get("reversed") is not None
    items = sum(1 for child in element if child.tag == "li")
    start = _integer(element.get("start"), items if reverse else 1)
    return _List(element.get("type") or "1", -1 if reverse else 1, start)


def _integer(value: str | None, default: int) -> int:
    found = re.fullmatch(r"\s*([+-]?\d{1,9})\s*", value or "")
    return int(found.group(1)) if found else default
