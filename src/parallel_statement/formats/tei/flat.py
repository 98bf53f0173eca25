"""TEI P5 in one file: the corpus with its texts inside, made of the trees of the other layout."""

from __future__ import annotations

from lxml import etree

from parallel_statement.formats.tei.markup import (
    POINTERS,
    corpus_file,
    serialize,
    version_file,
)
from parallel_statement.formats.tei.writer import corpus_tree, seal_all, text_trees, valid
from parallel_statement.model import CheckedText

FOLDER = "tei-flat"


def write(checked: CheckedText) -> dict[str, bytes]:
    """Return one TEI file with everything: the corpus, and the texts inside it.

    Raises:
        OutputError: the file breaks the schema or one of the laws of `laws`; it is not written.
    """
    return valid(checked, {f"{FOLDER}/{corpus_file(checked.text.id)}": _file(checked)})


def _file(checked: CheckedText) -> bytes:
    document = checked.text.id
    corpus, texts = corpus_tree(checked), text_trees(checked)
    here = {version_file(document, language) for language in texts} | {corpus_file(document)}
    for root in (corpus, *texts.values()):
        _point_inside(root, here)
    seal_all(checked, corpus, texts)
    corpus.extend(texts.values())
    return serialize(corpus)


def _point_inside(root: etree._Element, files: set[str]) -> None:
    """Make of pointers into *files* pointers into the file itself."""
    for node in root.iter(etree.Element):
        for name in POINTERS:
            pointers = node.get(name)
            if pointers is not None and "#" in pointers:
                parts = [pointer.partition("#") for pointer in pointers.split()]
                inside = ("#" + part[2] if part[0] in files else "".join(part) for part in parts)
                node.set(name, " ".join(inside))
