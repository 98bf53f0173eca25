"""Word documents (DOCX).

The text is what `transcript` says: the ``w:t`` of the body in order, with tabs and hyphens as
characters. Deleted text, field codes, headers, footers, notes and text boxes are not part of
it; all but the codes are counted. Paragraphs are those of the file; where a page begins is where
Word last saw it begin.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from parallel_statement.formats.blocks import finish
from parallel_statement.formats.context import ReadContext
from parallel_statement.formats.files import MOST_CHARACTERS, too_long
from parallel_statement.formats.labels import label_of
from parallel_statement.formats.lines import may_be_title
from parallel_statement.formats.package import Package
from parallel_statement.formats.symbols import shown
from parallel_statement.formats.transcript import Transcript
from parallel_statement.formats.word_styles import (
    Numbering,
    Styles,
    attribute,
    child,
    is_on,
    word_name,
)
from parallel_statement.model import BlockKind, Document, MarkKind

_TRANSPARENT = frozenset(
    {"bdo", "body", "customXml", "dir", "document", "fldSimple", "hyperlink", "ins", "moveTo"}
    | {"sdt", "sdtContent", "smartTag", "tr", "rubyBase"}
)
_CHARACTERS = {"noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "tab": "\t", "ptab": "\t"}
_DRAWINGS = frozenset({"drawing", "object", "pict"})
_NOTES = {"endnoteReference": "endnote", "footnoteReference": "footnote"}
_APART = {"comments": "comment", "footer": "footer", "header": "header"}
"""Parts beside the body whose text is not read, and what one of their texts is called."""
_PICTURES = frozenset({"blip", "imagedata", "pic"})
_LETTER = re.compile(r"[^\W\d_]")
_RAISED: dict[str | None, MarkKind] = {"superscript": "superscript", "subscript": "subscript"}
_ALTERNATES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def read(data: bytes, context: ReadContext) -> Document:
    """Return the document in *data*, a DOCX file.

    Raises:
        InputError: the file is no DOCX, is broken, too large or encrypted, or holds no text.
    """
    package = Package(data, context.path, "DOCX")
    main = package.related("").get("officeDocument", "word/document.xml")
    root = package.xml(main)
    parts = {name: part for name, part in package.related(main).items() if part in package}
    styles = Styles(package.xml(parts["styles"]) if "styles" in parts else None)
    numbers = package.xml(parts["numbering"]) if "numbering" in parts else None
    walker = _Walker(context, styles, Numbering(numbers, styles))
    walker.walk(root)
    outline = walker.transcript.finish()
    outline.joins = False
    outline.omitted += _apart(package, main)
    encoding = (root.getroottree().docinfo.encoding or "utf-8").lower()
    return finish(outline, context, context.source(data, encoding))


def _apart(package: Package, main: str) -> Counter[str]:
    """Return how many headers, footers and comments the document *main* has, with words in them."""
    omitted: Counter[str] = Counter()
    for each in package.relations(main):
        if each.kind in _APART and each.target in package:
            root = package.xml(each.target)
            parts = list(root) if each.kind == "comments" else [root]
            omitted[_APART[each.kind]] += sum(_has_words(part) for part in parts)
    return omitted


def _has_words(element: Any, name: str = "t") -> bool:
    return any(word_name(e) == name and _LETTER.search(e.text or "") for e in element.iter())


def _local_name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _drawn(element: Any) -> str:
    """Return what something drawn is called."""
    names = {_local_name(inner) for inner in element.iter()}
    if names & _PICTURES:
        return "embedded object" if word_name(element) == "object" else "picture"
    return "chart" if "chart" in names else "drawing"


class _Walker:
    """Writes a transcript of the body of a document."""

    def __init__(self, context: ReadContext, styles: Styles, numbering: Numbering) -> None:
        self.context = context
        self.transcript = Transcript(context.language)
        self.styles = styles
        self.numbering = numbering
        self.page_is_new = True
        """Whether nothing was written since the last page break."""
        self.said: list[str] = []
        """What the paragraph at hand says, piece by piece."""
        self.is_bold = True
        """Whether all of that is in bold type."""

    def walk(self, element: Any) -> None:
        """Write what *element* contains."""
        for one in element:
            name = word_name(one)
            if name == "p":
                self._paragraph(one)
            elif name == "r":
                self._run(one)
            elif name == "tbl" or name in _TRANSPARENT:
                self.walk(one)
            elif name == "tc":
                self.walk(one)
                self.transcript.add("\t")
            else:
                self._alternates(one)

    def _alternates(self, element: Any) -> None:
        """Write the first of several ways to say the same; leave out what is drawn."""
        if element.tag == f"{_ALTERNATES}AlternateContent":
            choices = list(element)
            if choices:
                self.walk(choices[0])
        elif word_name(element) in _DRAWINGS:
            boxes = [inner for inner in element.iter() if word_name(inner) == "txbxContent"]
            for _ in filter(_has_words, boxes):
                self.transcript.leave_out("text box")
            if not boxes:
                self.transcript.leave_out(_drawn(element))
        elif word_name(element) == "del" and _has_words(element, "delText"):
            self.transcript.leave_out("passage of deleted text (tracked changes)")

    # --- paragraphs ---

    def _paragraph(self, element: Any) -> None:
        properties = child(element, "pPr")
        if is_on(child(properties, "pageBreakBefore")):
            self._break_page()
        style = attribute(child(properties, "pStyle"))
        number = self.numbering.next(style, child(properties, "numPr"))
        self.said.clear()
        self.is_bold = True
        self.walk(element)
        if self.transcript.length > MOST_CHARACTERS:
            raise too_long(self.context.path)
        kind = self._kind(properties, style, number)
        self.transcript.end_block(kind, number)
        section = child(properties, "sectPr")
        if section is not None and attribute(child(section, "type")) != "continuous":
            self._break_page()

    def _kind(self, properties: Any, style: str | None, number: str | None) -> BlockKind:
        """Return whether the paragraph at hand is a heading, by its style or its look."""
        level = attribute(child(properties, "outlineLvl"))
        if self.styles.is_heading(style) or (level is not None and level in "012345678"):
            return "head"
        centred = attribute(child(properties, "jc")) == "center"
        said = "".join(self.said)
        by_look = self.is_bold or (centred and not any(c.isdigit() for c in said))
        if number is None and by_look and label_of(said) is None:
            return "head" if may_be_title(said, self.context.language) else "p"
        return "p"

    def _break_page(self) -> None:
        if not self.page_is_new:
            self.transcript.break_page()
        self.page_is_new = True

    # --- runs ---

    def _run(self, element: Any) -> None:
        properties = child(element, "rPr")
        start = self.transcript.length
        said = len(self.said)
        for one in element:
            self._inside_run(one)
        for kind in self._marks(properties):
            self.transcript.mark(kind, start)
        if not is_on(self._property(properties, "b")):
            self.is_bold = self.is_bold and not "".join(self.said[said:]).strip()
        if is_on(self._property(properties, "vanish")):
            self.transcript.omit(start, "hidden text")

    def _inside_run(self, element: Any) -> None:
        name = word_name(element)
        if name == "t":
            self._say(element.text or "")
        elif name in _CHARACTERS:
            self._say(_CHARACTERS[name])
        elif name == "sym":
            self._symbol(element)
        elif name in _NOTES:
            self.transcript.leave_out(_NOTES[name])
        elif name == "cr" or (name == "br" and attribute(element, "type") != "page"):
            self.transcript.break_line()
        elif name in ("br", "lastRenderedPageBreak"):
            self._break_page()
        elif name == "ruby":
            self._ruby(element)
        elif name != "rPr":
            self._alternates(element)

    def _say(self, text: str) -> None:
        self.transcript.add(text)
        self.said.append(text)
        if text.strip():
            self.page_is_new = False

    def _symbol(self, element: Any) -> None:
        """Write a character that is named by its font and its code there."""
        code = attribute(element, "char") or ""
        known = re.fullmatch("[0-9A-Fa-f]{1,4}", code)
        character = shown(attribute(element, "font") or "", int(code, 16)) if known else ""
        if character and not "\ud800" <= character <= "\udfff":
            self._say(character)
        else:
            self.transcript.leave_out("symbol character")

    def _ruby(self, element: Any) -> None:
        """Write a word and, as layout, its reading."""
        start = self.transcript.length
        reading = child(element, "rt")
        said = len(self.said)
        if reading is not None:
            self.walk(reading)
        self.transcript.omit(start, "ruby")
        del self.said[said:]
        base = child(element, "rubyBase")
        if base is not None:
            self.walk(base)

    def _property(self, properties: Any, name: str) -> Any:
        """Return a property of a run, its own or that of its character style."""
        own = child(properties, name)
        if own is not None:
            return own
        return self.styles.run_property(attribute(child(properties, "rStyle")), name)

    def _marks(self, properties: Any) -> list[MarkKind]:
        marks: list[MarkKind] = []
        if is_on(self._property(properties, "b")):
            marks.append("strong")
        if is_on(self._property(properties, "i")):
            marks.append("emphasis")
        raised = _RAISED.get(attribute(self._property(properties, "vertAlign")))
        return [*marks, raised] if raised else marks
