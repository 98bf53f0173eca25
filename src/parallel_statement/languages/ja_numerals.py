"""Japanese numbers in kanji."""

from __future__ import annotations

import unicodedata

KANJI_DIGITS = "〇一二三四五六七八九"
TENS = {"十": 10, "百": 100, "千": 1000}
_DIGITS = {character: number for number, character in enumerate(KANJI_DIGITS)}


def _digit(character: str) -> int:
    if character in _DIGITS:
        return _DIGITS[character]
    return unicodedata.decimal(character)


def integer(digits: str) -> int:
    """Return the value of a number below 万 in digits or kanji.

    >>> integer("二十五"), integer("二〇二六"), integer("３０")
    (25, 2026, 30)
    """
    if digits.isdecimal():
        return int(digits)
    if not any(character in TENS for character in digits):
        return int("".join(str(_digit(character)) for character in digits))
    total, unit = 0, 0
    for character in digits:
        if character in TENS:
            total += (unit or 1) * TENS[character]
            unit = 0
        else:
            unit = unit * 10 + _digit(character)
    return total + unit
