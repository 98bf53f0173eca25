"""PDF files that have a text layer.

The text is what pypdf extracts from each page, line by line, with a form feed between pages.
A PDF knows no paragraphs: they are found as in plain text, with more tolerance for the length
of lines. The page's own number, alone on its first or last line, is layout.
"""

from __future__ import annotations

import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

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
_SLACK = 0.25
"""Lines of a PDF differ in their number of characters, for characters differ in width."""
_SPACES = re.compile("[ \t\u00a0]{2,}|\t")
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
        pages = _pages(data, context)
    if not any(page.strip() for page in pages):
        raise InputError(
            context.path,
            f"has no text layer ({len(pages)} pages of images); run optical character "
            "recognition on it first, with ocrmypdf for instance",
        )
    outline = Outline("\f".join(pages))
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
    for span in numbers:
        outline.omit(*span, "page number")
    for spaces in _SPACES.finditer(outline.text):
        outline.omit(*spaces.span(), "white space", " ")
    kept = [line for page in lines for line in page if line.span not in numbers]
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


def _pages(data: bytes, context: ReadContext) -> list[str]:
    """Return the text of each page."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    if b"%PDF-" not in data[:1024]:
        raise InputError(context.path, "is not a PDF file")
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(context.path, "is encrypted; save it without a password")
        return [page.extract_text() for page in reader.pages]
    except (DependencyError, FileNotDecryptedError):
        raise InputError(context.path, "is encrypted; save it without a password") from None
    except (PyPdfError, *_BROKEN) as error:
        raise InputError(context.path, f"is a broken PDF file ({error})") from error


def _page_numbers(pages: Sequence[Sequence[Line]]) -> frozenset[Span]:
    """Return the lines that are page numbers: they count with the pages."""
    candidates: list[tuple[str, int, Span]] = []
    for number, lines in enumerate(pages, start=1):
        filled = [line for line in lines if line.text]
        for place, line in (("top", filled[0]), ("bottom", filled[-1])) if filled else ():
            if found := _PAGE_NUMBER.fullmatch(line.text):
                candidates.append((place, int(found.group(1)) - number, line.span))
    counts = Counter((place, offset) for place, offset, _ in candidates)
    return frozenset(
        span for place, offset, span in candidates if offset == 0 or counts[place, offset] > 1
    )
