"""Automatic numbers of lists, which HTML and Word show but do not write."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_KANJI_DIGITS = "〇一二三四五六七八九"
_KANJI_UNITS = ((1000, "千"), (100, "百"), (10, "十"))
_KATAKANA = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
)
_IROHA = (
    "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
)


def roman(value: int) -> str:
    """Return *value* as a lower-case roman numeral, or in digits beyond its reach."""
    if not 0 < value < 4000:
        return str(value)
    result = ""
    for size, letters in _ROMAN:
        result += letters * (value // size)
        value %= size
    return result


def letters(value: int) -> str:
    """Return *value* in the series a, b, ... z, aa, ab, ... (as HTML counts)."""
    if value < 1:
        return str(value)
    result = ""
    while value:
        value, rest = divmod(value - 1, 26)
        result = chr(ord("a") + rest) + result
    return result


def repeated_letters(value: int) -> str:
    """Return *value* in the series a, b, ... z, aa, bb, ... (as Word counts)."""
    if value < 1:
        return str(value)
    repeats, rest = divmod(value - 1, 26)
    return chr(ord("a") + rest) * (repeats + 1)


def kanji(value: int) -> str:
    """Return *value* in kanji: 十二 for 12."""
    if not 0 < value < 10000:
        return str(value)
    result = ""
    for size, unit in _KANJI_UNITS:
        digit, value = divmod(value, size)
        if digit:
            result += (_KANJI_DIGITS[digit] if digit > 1 else "") + unit
    return result + (_KANJI_DIGITS[value] if value else "")


def full_width(value: int) -> str:
    """Return *value* in full-width digits."""
    return "".join(chr(ord(digit) + 0xFEE0) if digit.isdigit() else digit for digit in str(value))


def _series(characters: str) -> Callable[[int], str]:
    return lambda value: characters[value - 1] if 0 < value <= len(characters) else str(value)


HTML_TYPES: dict[str, Callable[[int], str]] = {
    "1": str,
    "A": lambda value: letters(value).upper(),
    "I": lambda value: roman(value).upper(),
    "a": letters,
    "i": roman,
}
"""Values of the attribute ``type`` of ``ol``."""

WORD_FORMATS: dict[str, Callable[[int], str]] = {
    "aiueoFullWidth": _series(_KATAKANA),
    "decimal": str,
    "decimalFullWidth": full_width,
    "decimalFullWidth2": full_width,
    "decimalZero": lambda value: f"{value:02}",
    "iroha": _series(_IROHA),
    "irohaFullWidth": _series(_IROHA),
    "japaneseCounting": kanji,
    "chineseCounting": kanji,
    "ideographDigital": kanji,
    "lowerLetter": repeated_letters,
    "lowerRoman": roman,
    "upperLetter": lambda value: repeated_letters(value).upper(),
    "upperRoman": lambda value: roman(value).upper(),
}
"""Values of ``w:numFmt``; any other counts in decimal digits."""
