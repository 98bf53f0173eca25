"""Numbers and dates as typed values that compare across languages.

A language lists rules, the most specific first; each is a pattern and, unless the pattern only
keeps later rules away (a time of day, a product code), the kind and the canonical value of what it
finds. Patterns see the text with full-width forms folded, character for character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from parallel_statement.languages.base import Quantity, QuantityKind
from parallel_statement.model import Span

Value = Callable[[re.Match[str]], str]
"""The canonical value of a match, or "" if it is none after all (31 February)."""

CURRENCY = r"(?:(?:US|A|C|NZ)?\$|[€£¥₩₹]|\b(?:USD|EUR|JPY|GBP)\b)"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LONGEST_SHORT_YEAR = 2
_CODE = re.compile(r"\d{41,}")
"""More digits than a number has: compared digit for digit, and hidden from the rules."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a pattern finds; without a kind it only claims its characters."""

    pattern: re.Pattern[str]
    kind: QuantityKind | None
    value: Value | None


def rule(
    pattern: str, kind: QuantityKind | None = None, value: Value | None = None, flags: int = 0
) -> Rule:
    """Return the rule for *pattern*, compiled."""
    return Rule(re.compile(pattern, flags), kind, value)


_EVERYWHERE: tuple[Rule, ...] = (
    rule(r"(?:https?://|www\.)[^\s、。）」]+|\S+@\S+\.\w+"),
    rule(
        r"(?<!\d)(?P<year>\d{4})(?P<s>[-/])(?P<month>\d{1,2})(?P=s)(?P<day>\d{1,2})(?!\d)",
        "date",
        lambda match: iso_date(match["year"], match["month"], match["day"]),
    ),
    rule(r"(?<!\w)\d+(?:-\d+){2,}(?!\w)|(?<!\w)\d+(?:/\d+)+(?!\w)"),
    rule(r"(?<![A-Za-z0-9])(?:[A-Z]{1,3}\$)?[A-Z][A-Za-z]*[-–]\d+[A-Za-z0-9]*(?!\w)"),
    rule(r"(?<![A-Za-z0-9])[A-Za-z_]+\d[A-Za-z0-9_]*(?:[.-]\d+)*"),
    rule(
        r"(?<![A-Za-z0-9.,$€£¥])\d+"
        r"(?!(?:st|nd|rd|th|er|x|km|kg|m|s|mo|ma|bn|mn|mln|mld|mila)\b)(?!e[sn])[A-Za-z]+\d*\b"
    ),
    rule(r"(?<![\w.])\d+(?:\.\d+){3,}(?!\w)|(?<![\w.])\d+\.\d+\.\d{1,2}(?!\d)"),
)


@lru_cache(maxsize=1 << 12)
def fold_width(text: str) -> str:
    """Return *text* with every character in its compatibility form, where that is one character."""
    return text if text.isascii() else "".join(map(_fold_character, text))


@lru_cache(maxsize=1 << 13)
def _fold_character(character: str) -> str:
    if character in "ºª":  # ordinal marks, not letters
        return character
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def extract(text: str, rules: Iterable[Rule]) -> tuple[Quantity, ...]:
    """Return what *rules* find in *text*, in order; an earlier rule's characters are its own."""
    folded = fold_width(text)
    if not any(character.isalnum() for character in folded):
        return ()
    claimed = bytearray(len(folded))
    found: list[Quantity] = []
    for code in _CODE.finditer(folded):
        digits = "".join(str(unicodedata.decimal(character)) for character in code[0])
        found.append(Quantity("number", digits.lstrip("0") or "0", Span(*code.span())))
    folded = _CODE.sub(lambda code: "\0" * len(code[0]), folded)
    for each in (*_EVERYWHERE, *rules):
        for match in each.pattern.finditer(folded):
            start, end = match.span()
            if any(claimed[start:end]):
                continue
            value = each.value(match) if each.value else ""
            if each.kind is not None and not value:
                continue
            claimed[start:end] = b"\1" * (end - start)
            if each.kind is not None:
                found.append(Quantity(each.kind, value, Span(start, end)))
    return tuple(sorted(found, key=lambda quantity: quantity.span))


def numbered(names: str, start: int = 1, step: int = 1) -> dict[str, int]:
    """Return the number of each name in a list such as ``"January/Jan February/Feb"``."""
    return {
        name: start + position * step
        for position, synonyms in enumerate(names.split())
        for name in synonyms.split("/")
    }


def fraction(numerator: int, denominator: int) -> str:
    """Return a fraction as a decimal of four digits: two thirds, ３分の２ are ``0.6667``."""
    return decimal(f"{numerator / denominator:.4f}") if denominator else ""


def decimal(digits: str, scale: int = 1) -> str:
    """Return the plain decimal form of *digits* times *scale*, without zeros at its ends."""
    value = f"{Decimal(digits) * scale:f}"
    if "." in value:
        value = value.rstrip("0").rstrip(".")
    return value or "0"


def span_of(match: re.Match[str]) -> str:
    """Return a range as ``a/b``; in ``2024-27`` the end takes the century of the start.

    A range that runs backwards is none ("1.2-1").
    """
    start, end = match["a"], match["b"]
    if len(end) == _LONGEST_SHORT_YEAR and len(start) > len(end):
        end = start[: -len(end)] + end
    return f"{decimal(start)}/{decimal(end)}" if Decimal(start) < Decimal(end) else ""


def scaled_range(scaled: Callable[[str, str], str]) -> Value:
    """Return the value function of a range whose ends share a scale: "10 to 23 billion".

    Its groups are a, b and scale; *scaled* reads the digits of an end on the scale.
    """

    def value(match: re.Match[str]) -> str:
        start, end = (scaled(match[end], match["scale"]) for end in ("a", "b"))
        return f"{start}/{end}" if Decimal(start) < Decimal(end) else ""

    return value


def calendar_date(months: Mapping[str, int]) -> Value:
    """Return the value function of a date whose groups are year, month, day, last."""

    def value(match: re.Match[str]) -> str:
        groups = match.groupdict()
        month = str(months[groups["month"]])
        days = [day for day in (groups.get("day"), groups.get("last")) if day]
        dates = [iso_date(groups.get("year"), month, day) for day in days or [None]]
        return "/".join(dates) if all(dates) else ""

    return value


def iso_date(year: str | None, month: str | None, day: str | None) -> str:
    """Return an ISO 8601 date of what is known: ``2026-01``, ``--01-16``, ``---16``.

    A month or day that cannot be gives "".
    """
    if (month and not 1 <= int(month) <= 12) or (day and not 1 <= int(day) <= 31):
        return ""
    value = year.zfill(4) if year else "--" if month else "---"
    if month:
        value += f"-{int(month):02}" if year else f"{int(month):02}"
    if day:
        value += f"-{int(day):02}" if month else f"{int(day):02}"
    return value


def roman(match: re.Match[str]) -> str:
    """Return the value of a roman numeral, or "" if it is not written as one."""
    total = 0
    values = [_ROMAN[letter] for letter in match[0]]
    for value, following in zip(values, (*values[1:], 0), strict=True):
        total += value if value >= following else -value
    return str(total) if _to_roman(total) == match[0] else ""


def _to_roman(number: int) -> str:
    if number <= 0:
        return ""
    pieces: Sequence[tuple[int, str]] = (
        (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"),
        (1, "I"),
    )  # fmt: skip
    result = ""
    for value, letters in pieces:
        count, number = divmod(number, value)
        result += letters * count
    return result
