"""The segmentation rules of a language, read from its TOML file."""

from __future__ import annotations

import re

from parallel_statement.languages.base import SegmentationRules
from parallel_statement.languages.tables import read_table

_NUMERIC_DATE = (
    r"(?:\d{1,2}[ ]?[./-][ ]?\d{1,2}[ ]?[./-][ ]?(?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2})"
)
_CAPITALISED = r"[^\W\d_a-zß-öø-ÿ][\w.'’()-]*"
_SMALL = "of|the|and|di|del|della|dei|e|de|la|von|am|à|an|der"
_PLACE = rf"(?:{_CAPITALISED}(?:[ ](?:{_CAPITALISED}|{_SMALL})){{0,5}})"


def load_rules(name: str) -> SegmentationRules:
    """Return the rules in the data file *name* (``en`` for ``en.toml``) of this package."""
    data = read_table(__package__, f"{name}.toml")
    return SegmentationRules(
        terminators=data["terminators"],
        closers=data["closers"],
        paired=tuple((pair[0], pair[1]) for pair in data["paired"]),
        abbreviations=_words(data["abbreviations"]),
        final_abbreviations=_words(data["final_abbreviations"]),
        starters=frozenset(data["starters"].split()),
        dateline=_dateline(data["dateline"], data["months"], data.get("before_day", "")),
    )


def _words(groups: dict[str, str]) -> frozenset[str]:
    """Return the words of all *groups*, a table of lists separated by white space."""
    return frozenset(word for group in groups.values() for word in group.split())


def _dateline(pattern: str, months: str, before_day: str) -> str:
    """Return *pattern* with the words BEFORE, MONTH, NUMERIC and PLACE filled in."""
    for word, meaning in (
        ("BEFORE", f"(?i:{''.join(before_day.split())})"),
        ("MONTH", f"(?i:{''.join(months.split())})"),
        ("NUMERIC", _NUMERIC_DATE),
        ("PLACE", _PLACE),
    ):
        pattern = pattern.replace(word, meaning)
    re.compile(pattern)
    return pattern.strip()
