"""Words, numbers and dates of a language that has no module of its own."""

from __future__ import annotations

import unicodedata

from parallel_statement.languages.base import Quantity, Token
from parallel_statement.languages.quantity import CURRENCY, Rule, decimal, extract, rule, span_of
from parallel_statement.languages.words import token_keys
from parallel_statement.model import Span

_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
"""First words of the names of characters whose scripts have no space between words."""


def analyse(text: str) -> tuple[Token, ...]:
    """Return the words of *text*, case folded; each character of a script without spaces."""
    tokens: list[Token] = []
    start: int | None = None
    for position, character in enumerate((*text, " ")):
        alone = _is_unspaced(character)
        if start is not None and (alone or unicodedata.category(character)[0] not in "LNM"):
            tokens.append(_token(text, start, position))
            start = None
        if alone:
            tokens.append(_token(text, position, position + 1))
        elif start is None and unicodedata.category(character)[0] in "LN":
            start = position
    return tuple(tokens)


def _is_unspaced(character: str) -> bool:
    return character > "\u0dff" and unicodedata.name(character, "").startswith(_UNSPACED)


def _token(text: str, start: int, end: int) -> Token:
    word = text[start:end]
    keys, path = token_keys(word, lambda folded: (frozenset({folded}), ""))
    return Token(Span(start, end), word, keys, path)


_NUMBER = r"(?P<n>\d{1,3}(?:(?P<g>[.,' ])\d{3})(?:(?P=g)\d{3})*|\d+(?:[.,]\d+)?)"
_RULES: tuple[Rule, ...] = (
    rule(r"\b\d{1,2}:\d{2}\b"),
    rule(rf"{CURRENCY} ?{_NUMBER}", "currency", lambda match: _plain(match["n"], match["g"])),
    rule(rf"(?<![\w.,]){_NUMBER} ?%", "percent", lambda match: _plain(match["n"], match["g"])),
    rule(r"(?<![\w.,/-])(?P<a>\d+)[-–—](?P<b>\d+)(?![\w/-]|[.,]\d)", "range", span_of),
    rule(
        rf"(?<![\w.,/]){_NUMBER}(?![/\d]|[.,]\d)",
        "number",
        lambda match: _plain(match["n"], match["g"]),
    ),
)


def _plain(digits: str, group: str | None) -> str:
    """Return the value of *digits*; "1.500" and "1,500" are taken for fifteen hundred."""
    return decimal(digits.replace(group, "") if group else digits.replace(",", "."))


def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of *text* that are written in digits, and ISO dates."""
    return extract(text, _RULES)
