"""A version as bare XML, its paragraphs and sentences and no more, for the tools of corpora."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml import etree

from parallel_statement.formats.controls import allowed
from parallel_statement.formats.xml import LANGUAGE, serialize
from parallel_statement.model import Version

Naming = Callable[[int, int], str]
"""Gives the id of a paragraph (sentence 0) or of a sentence, by their numbers from 1 on."""


def write_bare(version: Version, naming: Naming, *, keep_ids: bool) -> bytes:
    """Return the XML file of *version*.

    Args:
        version: What to write.
        naming: Names paragraphs and sentences.
        keep_ids: Whether our own ids stand beside those names, as ``n``.
    """
    root = etree.Element("text", {"id": version.id, LANGUAGE: version.language})
    body = etree.SubElement(root, "body")
    for number, paragraph in enumerate(version.paragraphs, start=1):
        if not paragraph.sentences:
            continue
        own = {"n": paragraph.id} if keep_ids else {}
        element = etree.SubElement(body, "p", {"id": naming(number, 0)} | own)
        for count, sentence in enumerate(paragraph.sentences, start=1):
            own = {"n": sentence.id} if keep_ids else {}
            child = etree.SubElement(element, "s", {"id": naming(number, count)} | own)
            child.text = allowed(version.text(sentence))
    return serialize(root)


def sentence_names(version: Version, naming: Naming) -> Sequence[str]:
    """Return the names of all sentences of *version*, in order."""
    return [
        naming(number, count)
        for number, paragraph in enumerate(version.paragraphs, start=1)
        for count, _ in enumerate(paragraph.sentences, start=1)
    ]
