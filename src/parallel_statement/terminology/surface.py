"""Spelling variants: forms of a text that are equal although their characters differ."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from parallel_statement.languages.base import Variants

_SOFT = re.compile("[\\s\\-‐‑‒–—―−・･·'’ʼ‘`´×✕=＝゠\"“”„«»「」『』〈〉《》\u200b\u00ad]")
"""What may stand between two words of a term, or not, and it is still the term."""
_KANJI_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_VOICED = "ﾞﾟ\u3099\u309a"


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
    """A text with one spelling for all that write the same, and the way back."""

    text: str
    starts: tuple[int, ...]
    """Position in the unfolded text of every character."""
    ends: tuple[int, ...]

    def parted(self, position: int) -> bool:
        """Return whether a nakaguro, a hyphen or a space was left out before *position*."""
        return 0 < position < len(self.text) and self.ends[position - 1] < self.starts[position]

    def joins(self, position: int) -> bool:
        """Return whether a Latin word or a number runs over the border before *position*."""
        if not 0 < position < len(self.text) or self.parted(position):
            return False
        before, after = self.text[position - 1], self.text[position]
        if not (before + after).isascii() or not (before + after).isalnum():
            return False
        return before.isdigit() == after.isdigit()


@lru_cache(maxsize=1 << 13)
def folded(text: str, variants: Variants) -> Folded:
    """Return *text* folded for comparing in a script without spaces.

    Width, case, nakaguro, hyphens and spaces do not count, nor do the *variants* of its language.
    """
    result = _united(text)
    for pattern, replacement in variants.patterns if variants.concern(result.text) else ():
        while match := pattern.search(result.text):
            new = match.expand(replacement) if isinstance(replacement, str) else replacement(match)
            replaced = _replaced(result, match.start(), match.end(), new)
            if replaced.text == result.text:
                break
            result = replaced
    characters = result.text.translate(variants.characters).translate(_KANJI_DIGITS)
    kept = [number for number, character in enumerate(characters) if not _SOFT.match(character)]
    return Folded(
        "".join(characters[number] for number in kept),
        tuple(result.starts[number] for number in kept),
        tuple(result.ends[number] for number in kept),
    )


def folded_text(text: str, variants: Variants) -> str:
    """Return the text of what `folded` returns, in a fraction of its time.

    >>> folded_text("ｻﾌﾟﾗｲ・チェーン", Variants()) == folded("ｻﾌﾟﾗｲ・チェーン", Variants()).text
    True
    """
    return _SOFT.sub("", variants.unite(plain(text)).translate(_KANJI_DIGITS))


def _united(text: str) -> Folded:
    """Return *text* with compatibility forms and case united, each cluster by itself."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    while position < len(text):
        end = position + 1
        while end < len(text) and text[end] in _VOICED:  # ｶﾞ is one character
            end += 1
        for character in plain(text[position:end]):
            characters.append(character)
            starts.append(position)
            ends.append(end)
        position = end
    return Folded("".join(characters), tuple(starts), tuple(ends))


def _replaced(text: Folded, start: int, end: int, new: str) -> Folded:
    """Return *text* with *new*, which stands for all that it replaces, from *start* to *end*."""
    return Folded(
        text.text[:start] + new + text.text[end:],
        (*text.starts[:start], *(text.starts[start],) * len(new), *text.starts[end:]),
        (*text.ends[:start], *(text.ends[end - 1],) * len(new), *text.ends[end:]),
    )
