"""Dates as they stand in a text of any language: what looks like a label, and datelines."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from parallel_statement.languages.base import SegmentationRules
from parallel_statement.languages.tables import read_table

_SHORTEST = 4
_LONGEST = 120
_DAY = re.compile(
    r"\s*(?:0?[1-9]|[12]\d|3[01])\.\s{0,2}(?P<month>[^\W\d_]{2,20})\.?,?\s(?:\d{4})(?!\d)(?P<rest>.?)"
)


def begins_with_date(text: str) -> bool:
    """Return whether *text* begins with a day, a stop, a month and a year.

    The month is a known name, or any word in lower case if nothing follows.

    >>> begins_with_date("16. Januar 2026 trafen"), begins_with_date("5. desember 2026")
    (True, True)
    >>> begins_with_date("12. Agenda 2030 is"), begins_with_date("1. The year 2026")
    (False, False)
    """
    found = _DAY.match(text)
    if found is None:
        return False
    month = found["month"]
    return month.casefold() in _months() or (month.islower() and not found["rest"])


@cache
def _months() -> frozenset[str]:
    data = read_table(__package__, "months.toml")
    return frozenset(name for names in data.values() for name in names.split())


def is_dateline(text: str, rules: SegmentationRules) -> bool:
    """Return whether *text* as a whole is a date, with or without a place."""
    if not rules.dateline or len(text) > 2 * _LONGEST:
        return False
    plain = " ".join(unicodedata.normalize("NFKC", text).split()).strip("()*_ ")
    if not _SHORTEST <= len(plain) <= _LONGEST:
        return False
    return re.fullmatch(rules.dateline, plain) is not None
