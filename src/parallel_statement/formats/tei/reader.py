"""One TEI file as a source text, in place of a Markdown or DOCX file."""

from __future__ import annotations

from dataclasses import replace

from parallel_statement.errors import InputError
from parallel_statement.formats.context import ReadContext
from parallel_statement.formats.tei.foreign import document_of, texts_by_language
from parallel_statement.formats.tei.restoring import restore_version
from parallel_statement.formats.tei.sources import parsed_set
from parallel_statement.formats.tei.transcription import transcribe
from parallel_statement.model import Document


def read(data: bytes, context: ReadContext) -> Document:
    """Return the document in *data*, TEI that holds a text in the language of *context*.

    Of a file that we wrote and nobody changed, it is the one from which the file was made.

    Raises:
        InputError: the file is unsafe or no TEI, or holds no text in that language.
    """
    found = texts_by_language(parsed_set(context.path, data))
    if context.tag not in found:
        known = ", ".join(found)
        raise InputError(context.path, f"holds no text in {context.tag}, but in: {known}")
    text, elements = found[context.tag]
    own = restore_version(text)
    if own is not None:
        return replace(own.document, id=context.id)
    source = context.source(data, "utf-8")
    return document_of(transcribe(elements, context.language), context, source)
