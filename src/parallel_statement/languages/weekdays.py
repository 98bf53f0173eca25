"""Days of the week as they stand in a text (``weekdays.toml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from parallel_statement.languages.quantity import fold_width
from parallel_statement.languages.tables import read_table
from parallel_statement.model import LanguageTag, Span

_BEFORE_A_DATE = r"(?=[.,]{1,2}\s?\d)"
_AFTER_A_DATE = r"(?<=[\d日일]\()|(?<=[\d日일]\s\()"


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week in a text."""

    day: int
    """1 for Monday to 7 for Sunday, as in ISO 8601."""
    span: Span


def weekdays(text: str, tag: LanguageTag) -> tuple[Weekday, ...]:
    """Return the days of the week in *text*, in order.

    >>> [each.day for each in weekdays("Friday or Sat, 17 January; the Sun", "en")]
    [5, 6]
    >>> [each.day for each in weekdays("１６日（金）と日曜日", "ja")]
    [5, 7]
    """
    rules = _rules(tag.partition("-")[0])
    if rules is None:
        return ()
    pattern, days = rules
    return tuple(
        Weekday(days[match[match.lastgroup or 0]], Span(*match.span()))
        for match in pattern.finditer(fold_width(text))
    )


@cache
def _rules(base: str) -> tuple[re.Pattern[str], dict[str, int]] | None:
    data = _data().get(base)
    if data is None:
        return None
    names, short = _numbered(data["names"]), _numbered(data["short"])
    patterns = [rf"(?<![^\W\d_])(?P<full>{_choice(names)})(?![^\W\d_])"]
    if not _has_borders(names):
        patterns = [f"(?P<full>{_choice(names)})"]
    if short:
        patterns.append(rf"(?:{_AFTER_A_DATE})(?P<inside>{_choice(short)})(?=\.?\))")
        if _has_borders(short):
            patterns.append(rf"(?<!\w)(?P<ahead>{_choice(short)}){_BEFORE_A_DATE}")
    return re.compile("|".join(patterns)), names | short


def _has_borders(names: dict[str, int]) -> bool:
    """Return whether *names* belong to a script that parts words by spaces."""
    return all(name[0] < "\u2e80" for name in names)


def _numbered(names: str) -> dict[str, int]:
    return {
        name: day for day, synonyms in enumerate(names.split(), 1) for name in synonyms.split("|")
    }


def _choice(names: dict[str, int]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


@cache
def _data() -> dict[str, Any]:
    return read_table(__package__, "weekdays.toml")
