"""Spelling variants: forms of a text that are equal although their characters differ."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SOFT = re.compile("[\\s\\-‐‑‒–—―−・･·'’ʼ‘`´×✕=＝゠\"“”„«»「」『』〈〉《》\u200b\u00ad]")
"""What may stand between two words of a term, or not, and it is still the term."""
_KANJI_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_VOICED = "ﾞﾟ"


def hard_gap(gap: str) -> str:
    """Return what in the characters between two words parts them: a comma, a bracket."""
    return _SOFT.sub("", gap)


@lru_cache(maxsize=1 << 12)
def plain(text: str) -> str:
    """Return *text* with compatibility forms united and case folded."""
    return unicodedata.normalize("NFKC", text).casefold()


def exactness(surface: str, term: str) -> int:
    """Return how exactly *surface* is *term*: 3 same characters, 2 case, 1 width, 0 otherwise."""
    if surface == term:
        return 3
    if surface.casefold() == term.casefold():
        return 2
    return int(plain(surface) == plain(term))


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without width, case, nakaguro, hyphens and spaces, and the way back."""

    text: str
    starts: tuple[int, ...]
    """Position in the unfolded text of every character."""
    ends: tuple[int, ...]


@lru_cache(maxsize=1 << 13)
def folded(text: str) -> Folded:
    """Return *text* folded for comparing in a script without spaces."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    while position < len(text):
        end = position + 1
        while end < len(text) and text[end] in _VOICED:  # ｶﾞ is one character
            end += 1
        piece = plain(text[position:end]).translate(_KANJI_DIGITS)
        for character in _SOFT.sub("", piece):
            characters.append(character)
            starts.append(position)
            ends.append(end)
        position = end
    return Folded("".join(characters), tuple(starts), tuple(ends))
