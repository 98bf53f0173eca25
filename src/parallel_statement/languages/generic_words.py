"""Words of a language that has no module of its own."""

from __future__ import annotations

import math
import unicodedata

from parallel_statement.languages.base import Keys, Token
from parallel_statement.languages.words import token_keys
from parallel_statement.model import Span

_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
"""First words of the names of characters whose scripts have no space between words."""
_SHORTEST_STEM = 4
_STEM = 0.7
_LONGEST_ENDING = 3
"""What of a word must be the same in its other forms, and what may follow."""


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
    return Token(Span(start, end), word, token_keys(word, _keys))


def _keys(word: str) -> Keys:
    """Return *word* and what is left of it without a short ending: "ministre", "ministres".

    Two words share a key if they begin alike for at least four characters and 70 % of each, and at
    most three follow.
    """
    if not word.isalpha() or _is_unspaced(word[0]):
        return {word: "exact"}
    shortest = max(_SHORTEST_STEM, math.ceil(_STEM * len(word)), len(word) - _LONGEST_ENDING)
    beginnings = (f"{word[:end]}-" for end in range(len(word), shortest - 1, -1))
    return {word: "exact", **dict.fromkeys(beginnings, "beginning")}
