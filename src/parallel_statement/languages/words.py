"""Words of a text with the keys under which a term looks them up.

Two words are forms of one word if they share a key. A word in capitals keeps them: ``AI`` has the
key ``=AI`` and is never the Italian preposition; a long one (``TAKAICHI``) also has the keys of an
ordinary word, for names that some texts print in capitals and others do not. ``U.N.`` and ``NGOs``
are the acronyms ``UN`` and ``NGO``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from parallel_statement.languages.base import Keys, Token
from parallel_statement.model import Span

_WORD = re.compile(
    r"(?<!\w)[^\W\d_](?:\.[^\W\d_])+(?!\w)\.?"  # "U.N."
    r"|[^\W_](?:[^\W_]|[\u0300-\u036f])*"
)
_LONGEST_ACRONYM = 4
_WORDS_OF_A_HEADING = 3
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})  # NFKC keeps these two
_SHORTEST_PLURAL = 3

PREFIXES = frozenset(
    {
        "anti",
        "auto",
        "bio",
        "co",
        "contro",
        "counter",
        "cyber",
        "eco",
        "euro",
        "ex",
        "extra",
        "geo",
        "inter",
        "intra",
        "macro",
        "micro",
        "mini",
        "mono",
        "multi",
        "nano",
        "neo",
        "non",
        "para",
        "poli",
        "poly",
        "post",
        "pre",
        "pro",
        "pseudo",
        "re",
        "semi",
        "sotto",
        "sovra",
        "sub",
        "super",
        "techno",
        "tele",
        "trans",
        "ultra",
        "vice",
    }
)
"""What is written as one word with the next, with a hyphen or apart: "vice ministro"."""


def fold(word: str) -> str:
    """Return *word* for comparing: compatibility forms and ligatures united, case folded."""
    return unicodedata.normalize("NFKC", word).casefold().translate(_LIGATURES)


@lru_cache(maxsize=1 << 17)
def lemma(word: str, base: str) -> str:
    """Return the dictionary form of *word*, folded, as simplemma has it for the language *base*."""
    import simplemma

    return str(simplemma.lemmatize(word, base)).lower()


def is_acronym(word: str) -> bool:
    """Return whether *word* is written as acronyms are: two or more capitals or digits."""
    return len(word) > 1 and word.isupper()


def analyse_words(text: str, keys: Callable[[str], Keys]) -> tuple[Token, ...]:
    """Return the words of *text* in a script that parts words by spaces.

    Args:
        text: What to analyse.
        keys: The lookup keys of an ordinary word, already folded.
    """
    matches = tuple(_WORD.finditer(text))
    heading = _is_heading(tuple(match.group() for match in matches))
    return tuple(
        Token(Span(*match.span()), match.group(), token_keys(match.group(), keys, heading))
        for match in matches
    )


def _is_heading(words: tuple[str, ...]) -> bool:
    letters = tuple(word for word in words if word[0].isalpha())
    return len(letters) >= _WORDS_OF_A_HEADING and all(word.isupper() for word in letters)


@lru_cache(maxsize=1 << 15)
def token_keys(word: str, keys: Callable[[str], Keys], heading: bool = False) -> Keys:
    """Return the lookup keys of *word*; in a *heading* all in capitals those say nothing."""
    plain = unicodedata.normalize("NFKC", word).replace(".", "")
    if len(plain) >= _SHORTEST_PLURAL and plain.endswith("s") and is_acronym(plain[:-1]):
        plain = plain[:-1]
    if not is_acronym(plain):
        return keys(fold(word))
    if len(plain) <= _LONGEST_ACRONYM and not heading:
        return {f"={plain}": "acronym"}
    return {f"={plain}": "acronym", **keys(fold(word))}
