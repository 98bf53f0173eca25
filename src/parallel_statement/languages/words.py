"""Words of a text with the keys under which a term looks them up.

Two words are forms of one word if they share a key. A word in capitals keeps them: ``AI`` has the
key ``=AI`` and is never the Italian preposition; a long one (``TAKAICHI``) also has the keys of an
ordinary word, for names that some texts print in capitals and others do not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from parallel_statement.languages.base import Token
from parallel_statement.model import Span

Keys = tuple[frozenset[str], str]
"""Lookup keys of a word and the path that led to them."""

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_LONGEST_ACRONYM = 4
_WORDS_OF_A_HEADING = 3


def fold(word: str) -> str:
    """Return *word* for comparing: compatibility forms united, case folded."""
    return unicodedata.normalize("NFKC", word).casefold()


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
        Token(Span(*match.span()), match.group(), *token_keys(match.group(), keys, heading))
        for match in matches
    )


def _is_heading(words: tuple[str, ...]) -> bool:
    letters = tuple(word for word in words if word[0].isalpha())
    return len(letters) >= _WORDS_OF_A_HEADING and all(word.isupper() for word in letters)


def token_keys(word: str, keys: Callable[[str], Keys], heading: bool = False) -> Keys:
    """Return the lookup keys of *word*; in a *heading* all in capitals those say nothing."""
    plain = unicodedata.normalize("NFKC", word)
    if not is_acronym(plain):
        return keys(fold(word))
    exact = frozenset({f"={plain}"})
    if len(plain) <= _LONGEST_ACRONYM and not heading:
        return exact, ""
    ordinary, path = keys(fold(word))
    return exact | ordinary, path
