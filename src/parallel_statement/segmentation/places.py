"""A place where a sentence may end, and what stands on both sides of it.

::

    ... at 5 p.m.” [3]  The next ...
             word ^ ^stop   ^ next
                    ^---^ cluster: terminators, closing marks, footnote marks
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from parallel_statement.languages.base import SegmentationRules
from parallel_statement.segmentation.protection import Pair

_WORD = re.compile(r"[^\W\d_]+['’]?")
_ITEM = re.compile(r"\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s|\d{1,2}\.\s(?!\d)")
_ROMAN = re.compile(r"(?:[IVX]{2,}|[VXLC])\b(?!['’])")
_SKIPPED = "\"'“”‘’«»‹›„‚「『（(［[【〔{¿¡#*–—―- \u3000"
_TOKEN_BORDER = re.compile(r"[\s(\[{“‘«„\"/–—+=<>|\u3000-\u30ff\u3400-\u9fff\uff01-\uff0f]")
_TOKEN_REACH = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A cluster of terminators and all that the decision about it needs."""

    text: str
    rules: SegmentationRules
    start: int
    """Where the sentence began that may end here."""
    stop: int
    """First terminator of the cluster."""
    last: str
    """The last run of terminators in the cluster."""
    end: int
    """End of the cluster."""
    next: int
    """First character after it that is no space."""
    enclosing: Pair | None
    """The outermost bracket or quotation that ends with the cluster."""

    @property
    def apart(self) -> bool:
        """Whether white space follows the cluster."""
        return self.next > self.end


@cache
def run_of(rules: SegmentationRules) -> re.Pattern[str]:
    """Return the pattern of a run of terminators, dots with spaces between them included."""
    return re.compile(rf"\.(?:[ \u00a0]\.){{2,}}|[{re.escape(rules.terminators)}]+")


def kind_after(place: Place) -> str:
    """Return what follows: lower, upper, roman, digit, item, uncased or symbol."""
    text, position = place.text, place.next
    if _ITEM.match(text, position):
        return "item"
    reach = min(len(text), position + 8)
    while position < reach and text[position] in _SKIPPED:
        position += 1
    character = text[position : position + 1]
    if character.isdecimal():
        return "digit"
    if character.isupper() or character.istitle():
        return "roman" if _ROMAN.match(text, position) else "upper"
    if character.islower():
        return "upper" if re.match(r"[a-z]{1,2}[A-Z]", text[position : position + 3]) else "lower"
    return "uncased" if character.isalpha() else "symbol"


def word_before(place: Place) -> str:
    """Return the word before the first stop, without elided article and opening marks."""
    begin = max(place.start, place.stop - _TOKEN_REACH)
    piece = place.text[begin : place.stop]
    borders = [match.end() for match in _TOKEN_BORDER.finditer(piece)]
    token = piece[borders[-1] :] if borders else piece
    for mark in "'’":
        head, found, tail = token.rpartition(mark)
        if found and len(tail) > 1 and head:
            token = tail
    return token.rpartition("-")[2]


def word_before_that(place: Place, word: str) -> str:
    """Return the word before *word*, in lower case without stop."""
    begin = max(place.start, place.stop - _TOKEN_REACH)
    words = place.text[begin : place.stop - len(word)].split()
    return words[-1].strip("(.").casefold() if words else ""


def is_listed(word: str, words: frozenset[str]) -> bool:
    """Return whether *word* is one of *words*, whatever its case and width."""
    return unicodedata.normalize("NFKC", word).casefold() in words


def next_starts(place: Place) -> bool:
    """Return whether the next word is one that often begins a sentence."""
    rest = place.text[place.next : place.next + 40].lstrip(_SKIPPED)
    match = _WORD.match(rest)
    if not match:
        return False
    word = match[0]
    bare = word.rstrip("'’")
    sentence = place.text[max(place.start, place.stop - _TOKEN_REACH) : place.stop]
    if not bare[:1].isupper() or (len(bare) > 1 and bare.isupper() and not sentence.isupper()):
        return False
    starters = place.rules.starters
    return bare.casefold() in starters or word.casefold() in starters


def next_is_acronym(place: Place) -> bool:
    """Return whether the next word is all capitals: "5 p.m. JST"."""
    match = _WORD.match(place.text, place.next)
    return match is not None and len(match[0]) > 1 and match[0].isupper()


def starts(rest: str, rules: SegmentationRules) -> bool:
    """Return whether *rest* begins with a word that often begins a sentence."""
    return any(rest[:length] in rules.starters for length in range(1, len(rest) + 1))


def is_kana(character: str) -> bool:
    """Return whether *character* is hiragana or katakana."""
    return "\u3040" <= character <= "\u30ff"


def is_katakana(character: str) -> bool:
    """Return whether *character* is katakana."""
    return "\u30a0" <= character <= "\u30ff"


def is_ideographic(character: str) -> bool:
    """Return whether *character* is a Chinese character."""
    return (
        "\u3400" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\u3005" <= character <= "\u3007"
        or "\U00020000" <= character <= "\U0003ffff"
    )
