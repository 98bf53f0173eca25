"""Numbers and dates of a language that has no module of its own.

Digits are read in any language; names of months and words such as "million" in those that
``numerals.toml`` lists. Chinese is read like Japanese.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache, partial
from typing import Any

from parallel_statement.languages import ja_words
from parallel_statement.languages.base import Quantity
from parallel_statement.languages.quantity import (
    CURRENCY,
    Rule,
    decimal,
    extract,
    fold_width,
    iso_date,
    numbered,
    rule,
    span_of,
)
from parallel_statement.languages.tables import read_table

_CHINESE = frozenset({"zh", "cmn", "yue", "lzh"})
_LIKE_JAPANESE = str.maketrans(
    {"亿": "億", "萬": "万", "两": "二", "兩": "二", "零": "〇", "号": "日"}
)
_HANGUL = {"천": 10**3, "만": 10**4, "십만": 10**5, "백만": 10**6, "천만": 10**7}
_HANGUL |= {"억": 10**8, "조": 10**12}

_NUMBER = r"(?P<n>\d{1,3}(?P<g>[.,' ])\d{3}(?:(?P=g)\d{3})*(?:(?!(?P=g))[.,]\d+)?|\d+(?:[.,]\d+)?)"
_UNSCALED = "(?P<scale>)"
_YEAR = r"(?P<year>\d{4})"


def reader(base: str) -> Callable[[str], tuple[Quantity, ...]]:
    """Return the function that finds the numbers and dates of the language *base*."""
    return _chinese if base in _CHINESE else partial(_quantities, base)


def _quantities(base: str, text: str) -> tuple[Quantity, ...]:
    return extract(text, _rules(base))


def _chinese(text: str) -> tuple[Quantity, ...]:
    return ja_words.quantities(fold_width(text).translate(_LIKE_JAPANESE))


@cache
def _numerals() -> dict[str, Any]:
    return read_table(__package__, "numerals.toml")


@cache
def _rules(base: str) -> tuple[Rule, ...]:
    words = _numerals().get(base, {})
    scales = {str(word).casefold(): 10**power for word, power in words.get("scales", {}).items()}
    scale = rf"(?:[ -]?(?P<scale>{_choice(scales)})(?!\w)\.?)?" if scales else _UNSCALED

    def scaled(match: re.Match[str]) -> str:
        power = scales.get((match["scale"] or "").casefold(), 1)
        return _plain(match["n"], match["g"], power)

    special = _hangul_rules() if base == "ko" else _date_rules(words.get("months", ""))
    return (
        rule(r"\b\d{1,2}[:hH]\d{2}\b"),
        *special,
        rule(rf"{CURRENCY} ?{_NUMBER}{scale}", "currency", scaled, re.IGNORECASE),
        rule(rf"(?<![\w.,]){_NUMBER}{_UNSCALED} ?%", "percent", scaled),
        rule(r"(?<![\w.,/-])(?P<a>\d+)[-–—](?P<b>\d+)(?![\w/-]|[.,]\d)", "range", span_of),
        rule(rf"(?<![\w.,/]){_NUMBER}{scale}(?![/\d]|[.,]\d)", "number", scaled, re.IGNORECASE),
    )


def _choice(words: dict[str, int]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _plain(digits: str, group: str | None, scale: int = 1) -> str:
    """Return the value of *digits*; "1.500" and "1,500" are taken for fifteen hundred."""
    whole = digits.replace(group, "") if group else digits
    return decimal(whole.replace(",", "."), scale)


def _date_rules(names: str) -> tuple[Rule, ...]:
    months = numbered(names.casefold())
    if not months:
        return ()
    month = rf"(?P<month>{_choice(months)})(?!\w)\.?"
    day = r"(?<![\w.,/])(?P<day>\d{1,2})(?:er|º|ª|°|\.)?"
    last = r"(?:(?: ?[-–] ?| (?:au|bis|al|a|tot|do|по) )(?P<last>\d{1,2})\.?)?"
    of = "(?:de |del |do )?"

    def value(match: re.Match[str]) -> str:
        groups = match.groupdict()
        number = str(months[groups["month"].casefold()])
        days = [day for day in (groups.get("day"), groups.get("last")) if day]
        dates = [iso_date(groups["year"], number, day) for day in days or [None]]
        return "/".join(dates) if all(dates) else ""

    return (
        rule(rf"{day}{last} {of}{month}(?:,? {of}{_YEAR}\b)?", "date", value, re.IGNORECASE),
        rule(rf"(?<!\w){month} {of}{_YEAR}\b", "month", value, re.IGNORECASE),
    )


def _hangul_rules() -> tuple[Rule, ...]:
    one = rf"\d[\d,]*(?:\.\d+)? ?(?:{_choice(_HANGUL)})"

    def date(match: re.Match[str]) -> str:
        groups = match.groupdict()
        return iso_date(groups.get("year"), groups["month"], groups.get("day"))

    def large(match: re.Match[str]) -> str:
        parts = re.findall(rf"([\d,.]+) ?({_choice(_HANGUL)})?", match[0])
        return decimal(str(sum(Decimal(n.replace(",", "")) * _HANGUL.get(s, 1) for n, s in parts)))

    month, day = r"(?P<month>\d{1,2})월", r"(?P<day>\d{1,2})일"
    return (
        rule(rf"{_YEAR}년 ?{month} ?{day}", "date", date),
        rule(rf"{_YEAR}년 ?{month}", "month", date),
        rule(rf"(?<!\d){month} ?{day}", "date", date),
        rule(rf"(?<![\d.,]){one}(?: ?{one})*(?: ?\d[\d,]*(?!\d*년))?", "number", large),
    )
