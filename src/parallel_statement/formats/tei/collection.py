"""A ``teiCorpus`` of many documents: it includes their corpus files, and adds nothing to them."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from parallel_statement.formats.tei.markup import (
    XINCLUDE,
    element,
    iso_date,
    paragraph,
    serialize,
)


def collection(title: str, hrefs: Sequence[str], date: str | None = None) -> bytes:
    """Return the TEI file of a collection.

    Args:
        title: Of the collection.
        hrefs: Where the corpus files of its documents are, from the file on.
        date: ISO 8601 date of the encoding.
    """
    when = iso_date(date) if date else None
    header = element(
        "teiHeader",
        {"xml:lang": "en"},
        element(
            "fileDesc",
            None,
            element("titleStmt", None, element("title", {"type": "main"}, title)),
            element(
                "extent",
                None,
                element(
                    "measure",
                    {"unit": "documents", "quantity": str(len(hrefs))},
                    f"{len(hrefs)} documents",
                ),
            ),
            element(
                "publicationStmt",
                None,
                paragraph("Each document states its publisher, licence and sources."),
            ),
            element("sourceDesc", None, paragraph("The header of each text describes its source.")),
        ),
        element("profileDesc", None, element("creation", None, element("date", {"when": when})))
        if when
        else None,
    )
    root = element("teiCorpus", {"xml:lang": "mul"}, header)
    for href in hrefs:
        include = etree.SubElement(root, f"{{{XINCLUDE}}}include", nsmap={"xi": XINCLUDE})
        include.set("href", href)
    return serialize(root)
