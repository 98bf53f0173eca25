"""Labels at the start of a line: what tells a new paragraph from a wrapped line.

Only for finding where blocks begin; the label stays in the block, and `segmentation` takes it
off. The words below are the ones that statutes and treaties print before a number.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parallel_statement.languages.dates import begins_with_date

_DIGITS = "[0-9０-９]{1,3}"
_KANJI = "[〇一二三四五六七八九十百]{1,5}"
_ROMAN = "[ivxIVX]{1,5}"
_WORDS = (
    "article|articles|art|section|sect|chapter|part|annex|appendix|paragraph|para|title"
    "|articolo|capitolo|sezione|parte|allegato|titolo|comma"
    "|artículo|capítulo|sección|anexo|título|artigo|seção|chapitre|annexe|titre"
    "|artikel|kapitel|abschnitt|anlage|anhang|teil|hoofdstuk|afdeling|bijlage"
)
_PATTERNS = {
    "decimal": rf"({_DIGITS}(?:\.[0-9]{{1,3}})*)(?:[.．](?=\s|$|[^\d\s.A-Za-z])|[)）])",
    "full width": r"([０-９]{1,3})(?=\s)",
    "ideographic space": r"([0-9]{1,3})(?=\u3000)",
    "bracketed": rf"[(（]({_DIGITS}|{_KANJI}|{_ROMAN}|[a-zａ-ｚアイウエオ])[)）]",
    "circled": "([①-⑳])",
    "kanji": rf"({_KANJI})(?:、(?=\S)|(?=\u3000))",
    "article": rf"第({_DIGITS}|{_KANJI})[条條章節項款編部](?=[\s　（(]|$)",
    "word": rf"(?:{_WORDS})\.?\s+({_DIGITS}|{_ROMAN})(?=[\s.:)–—-]|$)",
    "kana": "([ア-ンｱ-ﾝ])(?=\u3000)",
    "letter": r"([a-z])[)）](?=\s)",
    "roman": rf"({_ROMAN})[.)）](?=\s)",
    "bullet": r"([•●○◆◇■□▪‣※・])(?=\s|[^\s\d])",
}
_LABEL = re.compile(
    r"\s*(?:" + "|".join(f"(?:{p})" for p in _PATTERNS.values()) + ")", re.IGNORECASE
)
_STYLES = tuple(_PATTERNS)


class Label(NamedTuple):
    """A label at the start of a line."""

    style: str
    number: int | None
    """Its value if it is written in decimal digits."""


def label_of(line: str) -> Label | None:
    """Return the label at the start of *line*, if there is one.

    >>> label_of("12. The two leaders")
    Label(style='decimal', number=12)
    >>> label_of("2026. The two leaders") is None
    True
    """
    found = _LABEL.match(line)
    if found is None or begins_with_date(line):
        return None
    index = found.lastindex or 1
    value = found.group(index)
    return Label(_STYLES[index - 1], int(value) if value.isdecimal() else None)


def follows(label: Label, previous: Label | None) -> bool:
    """Return whether *label* is the next of the list that *previous* belongs to."""
    if previous is None or label.style != previous.style:
        return False
    if label.number is None or previous.number is None:
        return True
    return label.number == previous.number + 1
