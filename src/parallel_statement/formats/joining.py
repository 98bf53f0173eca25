"""How two lines of one sentence are joined, and whether a line ends its sentence."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

from parallel_statement.languages.base import Language

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u2e80-\u312f\u3190-\u4dbf\u4e00-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60"
    "\uff65-\uff9f\U0001b000-\U0001b16f\U00020000-\U0003ffff]"  # Han, kana, full width
)
_TERMINATORS = ".!?…。！？．｡"
_CLOSERS = "\"'”’»›)]}）］｝」』】〉》〕*_"


def display_width(text: str) -> int:
    """Return how many columns *text* takes; a full-width character takes two.

    >>> display_width("日本 Italia")
    11
    """
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def is_in_capitals(text: str) -> bool:
    """Return whether *text* is printed in capitals, as titles are.

    >>> is_in_capitals("JOINT STATEMENT"), is_in_capitals("ＧＣＡＰの進展")
    (True, False)
    """
    letters = [character for character in text if character.isalpha()]
    return bool(letters) and all(c.isupper() for c in letters)


def joiner_between(before: str, after: str, joiner: str) -> str:
    """Return what stands between *before* and *after* where a line was wrapped.

    The language's *joiner*, except that scripts without spaces are joined without one, other
    scripts inside such a text with one, and a hyphenated word with none (the hyphen stays).

    >>> joiner_between("両首脳", "は", ""), joiner_between("by the", "FAO", "")
    ('', ' ')
    >>> joiner_between("long-", "term", " ")
    ''
    """
    if not before or not after or before[-1].isspace() or after[0].isspace():
        return ""
    left, right = bool(_UNSPACED.match(before[-1])), bool(_UNSPACED.match(after[0]))
    if (left and right) or (not joiner and (left or right)):
        return ""
    hyphenated = before[-1] in "-\u2010\u00ad" and before[-2:-1].isalpha()
    return "" if hyphenated and after[0].isalnum() else " "


def ends_sentence(text: str, language: Language, following: str = "") -> bool:
    """Return whether *text* ends a sentence, *following* being what comes after it."""
    rules = language.rules
    text = text.rstrip().rstrip(_CLOSERS + rules.closers)
    if not text or text[-1] not in _TERMINATORS + rules.terminators:
        return False
    word = text.split()[-1].lstrip("([\"'“‘«").removesuffix(".").lower()
    if text[-1] != "." or not word:
        return True
    if word in rules.abbreviations:
        return False
    return not (word in rules.final_abbreviations and following[:1].islower())
