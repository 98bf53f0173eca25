"""PDF files that have a text layer.

The text is what pypdf extracts from each page, line by line, with a form feed between pages.
A PDF knows no paragraphs: they are found as in plain text, with more tolerance for the length
of lines. Page numbers and running heads are layout. So are characters that only name a glyph (a
ligature, a radical in place of an ideograph, as many programs write): they read as what they
show.
"""

from __future__ import annotations

import logging
import re
import struct
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from parallel_statement.errors import InputError
from parallel_statement.formats.blocks import Outline, finish
from parallel_statement.formats.context import ReadContext
from parallel_statement.formats.lines import Line, lines_of, paragraphs
from parallel_statement.model import Document, Span

_PAGE_NUMBER = re.compile(
    r"[\s\-–—―ー・.|(（\[]*(?:page|p\.|pag\.|pagina|página|seite|s\.|第)?\s*([0-9０-９]{1,4})\s*"
    r"(?:(?:/|／|of|di|de|von|sur)\s*[0-9０-９]{1,4})?\s*(?:頁|ページ|页|쪽)?[\s\-–—―ー・.|)）\]]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_SLACK = 0.25
"""Lines of a PDF differ in their number of characters, for characters differ in width."""
_SPACES = re.compile("[ \t\u00a0]{2,}|\t")
_GLYPHS = re.compile("[\u2e80-\u2fdf\ufb00-\ufb06]")
_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻤⻥⻦⻨⻩⻬⻭⻮⻯⻰⻲⻳",
        "母民虎西见角贝车長长门青韦页风飞食马鬼鱼鸟麦黄齐歯齿竜龙亀龟",
        strict=True,
    )
)
"""Radicals that are whole words too and that Unicode does not decompose."""
_EDGE = 2
"""Lines at the top and at the bottom of a page that may be running heads."""
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What pypdf raises besides its own errors when a file is damaged."""


def read(data: bytes, context: ReadContext) -> Document:
    """Return the document in *data*, a PDF file.

    Raises:
        InputError: the file is no PDF, is broken or encrypted, or has no text layer.
    """
    with _silent("pypdf"):
        pages, pictures = _pages(data, context)
    if not any(page.strip() for page in pages):
        raise InputError(
            context.path,
            f"has no text layer ({len(pages)} pages of images); run optical character "
            "recognition on it first, with ocrmypdf for instance",
        )
    outline = Outline("\f".join(pages))
    outline.omitted["picture"] = pictures
    position = 0
    lines: list[list[Line]] = []
    for number, page in enumerate(pages):
        found, _ = lines_of(outline.text, Span(position, position + len(page)))
        lines.append([Line(line.span, line.text, line.indent, number) for line in found])
        position += len(page)
        if number + 1 < len(pages):
            outline.breaks.append(Span(position, position + 1))
        position += 1
    numbers = _page_numbers(lines)
    apart = {**_running_heads(lines), **numbers}
    if not any(line.text and line.span not in apart for page in lines for line in page):
        apart = numbers
    for span, reason in apart.items():
        outline.omit(*span, reason)
    for glyph in _GLYPHS.finditer(outline.text):
        outline.omit(*glyph.span(), "escape", _RADICALS.get(glyph.group()) or _shown(glyph.group()))
    for spaces in _SPACES.finditer(outline.text):
        outline.omit(*spaces.span(), "white space", " ")
    kept = [line for page in lines for line in page if line.span not in apart]
    outline.blocks = paragraphs(kept, context.language, _SLACK)
    return finish(outline, context, context.source(data, "pdf"))


@contextmanager
def _silent(name: str) -> Iterator[None]:
    """Keep a library from logging what we say in our own words."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _pages(data: bytes, context: ReadContext) -> tuple[list[str], int]:
    """Return the text of each page, and how many pictures they show."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    if b"%PDF-" not in data[:1024]:
        raise InputError(context.path, "is not a PDF file")
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(context.path, "is encrypted; save it without a password")
        pictures = {picture for page in reader.pages for picture in _pictures(page)}
        return [page.extract_text() for page in reader.pages], len(pictures)
    except (DependencyError, FileNotDecryptedError):
        raise InputError(context.path, "is encrypted; save it without a password") from None
    except (PyPdfError, *_BROKEN) as error:
        raise InputError(context.path, f"is a broken PDF file ({error})") from error


def _pictures(page: Any) -> Iterator[Any]:
    """Yield the reference to every picture that *page* may show."""
    objects: Any = page
    for key in ("/Resources", "/XObject"):
        inner = objects.get(key)
        objects = None if inner is None else inner.get_object()
        if not isinstance(objects, dict):
            return
    for reference in objects.values():
        drawn = reference.get_object()
        if isinstance(drawn, dict) and drawn.get("/Subtype") == "/Image":
            yield getattr(reference, "idnum", id(drawn))


def _shown(character: str) -> str:
    return unicodedata.normalize("NFKC", character)


def _edges(lines: Sequence[Line]) -> list[Line]:
    """Return the first and the last lines of a page."""
    filled = [line for line in lines if line.text]
    return filled[:_EDGE] + filled[max(_EDGE, len(filled) - _EDGE) :]


def _running_heads(pages: Sequence[Sequence[Line]]) -> dict[Span, str]:
    """Return the lines at the edges of most pages that differ in their digits only."""
    shapes = [{_DIGITS.sub("0", line.text) for line in _edges(lines)} for lines in pages]
    counts = Counter(shape for page in shapes for shape in page)
    usual = {shape for shape, count in counts.items() if count > 2 and count * 2 > len(pages)}
    return {
        line.span: "running head"
        for lines in pages
        for line in _edges(lines)
        if _DIGITS.sub("0", line.text) in usual
    }


def _page_numbers(pages: Sequence[Sequence[Line]]) -> dict[Span, str]:
    """Return the lines that are page numbers: they count with the pages."""
    candidates: list[tuple[str, int, Span]] = []
    for number, lines in enumerate(pages, start=1):
        filled = [line for line in lines if line.text]
        for place, line in (("top", filled[0]), ("bottom", filled[-1])) if filled else ():
            if found := _PAGE_NUMBER.fullmatch(line.text):
                candidates.append((place, int(found.group(1)) - number, line.span))
    counts = Counter((place, offset) for place, offset, _ in candidates)
    return {
        span: "page number"
        for place, offset, span in candidates
        if offset == 0 or counts[place, offset] > 1
    }
