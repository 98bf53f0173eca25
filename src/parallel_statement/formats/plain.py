"""Plain text.

The text is the whole file as decoded, a byte order mark included. Paragraphs are what `lines`
takes for such; a form feed begins a page.
"""

from __future__ import annotations

from parallel_statement.formats.blocks import Outline, finish
from parallel_statement.formats.context import ReadContext
from parallel_statement.formats.decoding import decode
from parallel_statement.formats.lines import lines_of, paragraphs
from parallel_statement.model import Document, Span

BYTE_ORDER_MARK = "\ufeff"


def read(data: bytes, context: ReadContext) -> Document:
    """Return the document in *data*, a plain text file.

    Raises:
        InputError: the file is not text, or holds none.
    """
    text, encoding = decode(data, context.path, context.tag, context.encoding)
    outline = Outline(text)
    start = len(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0
    outline.omit(0, start, "byte order mark")
    lines, outline.breaks = lines_of(text, Span(start, len(text)))
    outline.blocks = paragraphs(lines, context.language)
    return finish(outline, context, context.source(data, encoding))
