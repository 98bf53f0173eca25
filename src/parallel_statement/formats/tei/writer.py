"""The files of one parallel text, written and checked."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from parallel_statement.errors import OutputError
from parallel_statement.formats.tei.body import append_body
from parallel_statement.formats.tei.header import corpus_header, version_header
from parallel_statement.formats.tei.laws import violations
from parallel_statement.formats.tei.markup import (
    XINCLUDE,
    corpus_file,
    element,
    grow,
    serialize,
    version_file,
)
from parallel_statement.formats.tei.sealing import corpus_record, seal
from parallel_statement.formats.tei.standoff import append_standoff, corresp
from parallel_statement.model import CheckedText, LanguageTag

FOLDER = "tei"


def write(checked: CheckedText) -> dict[str, bytes]:
    """Return a TEI file for each language, and a corpus file that includes them.

    Raises:
        OutputError: a file breaks the schema or one of the laws of `laws`; it is not written.
    """
    return valid(checked, _files(checked))


def _files(checked: CheckedText) -> dict[str, bytes]:
    """Return the files; their trees are gone when they are validated, which saves memory."""
    document = checked.text.id
    corpus, texts = corpus_tree(checked), text_trees(checked)
    seal_all(checked, corpus, texts)
    for language in texts:
        include = etree.SubElement(corpus, f"{{{XINCLUDE}}}include", nsmap={"xi": XINCLUDE})
        include.set("href", version_file(document, language))
    files = {f"{FOLDER}/{corpus_file(document)}": serialize(corpus)}
    for language, root in texts.items():
        files[f"{FOLDER}/{version_file(document, language)}"] = serialize(root)
    return files


def corpus_tree(checked: CheckedText) -> etree._Element:
    """Return the ``teiCorpus`` without its texts."""
    text = checked.text
    language = "mul" if len(text.versions) > 1 else text.versions[0].language
    attributes = {"xml:id": text.id, "xml:lang": language}
    corpus = element("teiCorpus", attributes, corpus_header(checked))
    append_standoff(corpus, checked)
    return corpus


def text_trees(checked: CheckedText) -> dict[LanguageTag, etree._Element]:
    """Return the ``TEI`` of every version."""
    glossary = checked.glossary.concepts if checked.glossary else ()
    concepts = frozenset(concept.id for concept in glossary)
    pointers = corresp(checked.text)
    trees = {}
    for version in checked.text.versions:
        language = version.language
        attributes = {"xml:id": version.id, "xml:lang": language}
        root = element("TEI", attributes, version_header(checked, version))
        text = grow(root, "text", {"xml:lang": language})
        append_body(text, version, checked.mentions.get(language, ()), concepts, pointers)
        trees[language] = root
    return trees


def seal_all(
    checked: CheckedText, corpus: etree._Element, texts: Mapping[LanguageTag, etree._Element]
) -> None:
    """Put into every header the record of what its elements cannot say."""
    seals = {v.language: seal(texts[v.language], v) for v in checked.text.versions}
    seal(corpus, corpus_record(checked, seals))


def valid(checked: CheckedText, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return *files* if they are valid."""
    faults = violations(files)
    if faults:
        shown = "\n".join(str(fault) for fault in faults[:10])
        message = (
            f"internal error: the TEI of {checked.text.id} is not valid, so it is not written"
            f" ({len(faults)} faults; please report this):\n{shown}"
        )
        raise OutputError(message)
    return dict(files)
