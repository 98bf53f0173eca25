"""A workbook of a draft: the sentences, what was said before, where, and the terms."""

from __future__ import annotations

from parallel_statement.formats.workbook import Value, add_header, add_row, new_book, pack, shade
from parallel_statement.languages import get
from parallel_statement.memory import EXACT
from parallel_statement.pretranslation.draft import Draft, Row

_SAME, _ALIKE = "FFE2F0D9", "FFFFF2CC"


def write(draft: Draft, date: str | None = None) -> dict[str, bytes]:
    """Return one workbook, with a column for each language to translate into.

    Args:
        draft: What is known of the text.
        date: Of the file's properties, ISO 8601.

    Raises:
        OutputError: a sentence has more text than a cell can hold.
    """
    document = draft.version.document
    book = new_book(document.id)
    sheet = book.create_sheet("Draft")
    tags = (document.language, *draft.targets)
    names = [f"{get(tag).name} ({tag})" for tag in tags]
    headers = ["Sentence", *names, "Match", "Said before", "Where", "Terms"]
    add_header(sheet, headers, [14, *[60] * len(names), 9, 60, 40, 40])
    for number, row in enumerate(draft.rows, start=2):
        add_row(sheet, number, _values(draft, row))
        for column, tag in enumerate(draft.targets, start=3):
            best = row.best(tag)
            if best:
                shade(sheet, number, [column], _SAME if best.score == EXACT else _ALIKE)
    sheet.auto_filter.ref = sheet.dimensions
    return {f"{document.id}.{document.language}.draft.xlsx": pack(book, date)}


def _values(draft: Draft, row: Row) -> list[Value]:
    best = row.matches[0] if row.matches else None
    rendered = [row.best(tag) for tag in draft.targets]
    texts = [
        match.targets[tag] if match else ""
        for tag, match in zip(draft.targets, rendered, strict=True)
    ]
    words = draft.version.text(row.sentence)
    if best is None:
        known: list[Value] = ["", "", ""]
    else:
        where = ", ".join(filter(None, (best.title or best.document, best.date, best.bead)))
        known = [best.score, best.source if best.score < EXACT else "", where]
    return [row.sentence.id, words, *texts, *known, _terms(draft, row)]


def _terms(draft: Draft, row: Row) -> str:
    """Return the terms of a sentence, a line each: ``supply chain: ja 供給網; it filiera``."""
    lines = {}
    for term in row.terms:
        rendered = (
            f"{tag} {', '.join(term.targets[tag])}" for tag in draft.targets if term.targets[tag]
        )
        lines[term.concept, term.text] = f"{term.text}: {'; '.join(rendered)}"
    return "\n".join(lines.values())
