"""The files of one parallel text, written and checked."""

from __future__ import annotations

from lxml import etree

from parallel_statement.errors import OutputError
from parallel_statement.formats.tei.body import body
from parallel_statement.formats.tei.header import corpus_header, version_header
from parallel_statement.formats.tei.laws import violations
from parallel_statement.formats.tei.markup import (
    XINCLUDE,
    corpus_file,
    element,
    serialize,
    version_file,
)
from parallel_statement.formats.tei.standoff import corresp, standoff
from parallel_statement.model import CheckedText

FOLDER = "tei"


def write(checked: CheckedText) -> dict[str, bytes]:
    """Return a TEI file for each language, and a corpus file that includes them.

    Raises:
        OutputError: a file breaks the schema or one of the laws of `laws`; it is not written.
    """
    text = checked.text
    glossary = checked.glossary.concepts if checked.glossary else ()
    concepts = frozenset(concept.id for concept in glossary)
    pointers = corresp(text)
    files = {f"{FOLDER}/{corpus_file(text.id)}": serialize(_corpus(checked))}
    for version in text.versions:
        mentions = checked.mentions.get(version.language, ())
        words = element(
            "text", {"xml:lang": version.language}, body(version, mentions, concepts, pointers)
        )
        root = element(
            "TEI",
            {"xml:id": version.id, "xml:lang": version.language},
            version_header(checked, version),
            words,
        )
        files[f"{FOLDER}/{version_file(text.id, version.language)}"] = serialize(root)
    faults = violations(files)
    if faults:
        shown = "\n".join(str(fault) for fault in faults[:10])
        message = (
            f"internal error: the TEI of {text.id} is not valid, so it is not written"
            f" ({len(faults)} faults; please report this):\n{shown}"
        )
        raise OutputError(message)
    return files


def _corpus(checked: CheckedText) -> etree._Element:
    text = checked.text
    language = "mul" if len(text.versions) > 1 else text.versions[0].language
    root = element(
        "teiCorpus",
        {"xml:id": text.id, "xml:lang": language},
        corpus_header(checked),
        standoff(checked),
    )
    for version in text.versions:
        include = etree.SubElement(root, f"{{{XINCLUDE}}}include", nsmap={"xi": XINCLUDE})
        include.set("href", version_file(text.id, version.language))
    return root
