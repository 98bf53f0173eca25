"""What of a text stands in the index: every form under which its words may be looked up.

In a script without spaces also every two neighbouring characters, as a name that the analyser does
not know is cut at will. All words carry their language, and are written so that SQLite's tokenizer
takes each as one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache

from parallel_statement.languages import get
from parallel_statement.languages.base import Language
from parallel_statement.model import Designation, LanguageTag
from parallel_statement.terminology.patterns import Term, analyse_text, patterns
from parallel_statement.terminology.surface import folded_text, plain

_APART = {code: 0xE000 + code for code in range(128) if not chr(code).isalnum()}
"""What SQLite's tokenizer would cut at, and private characters in their place."""


def indexed(text: str, tag: LanguageTag) -> str:
    """Return the words of *text* in the language *tag*, as they go into the index."""
    language = get(tag)
    return " ".join(dict.fromkeys(index_word(word, tag) for word in _forms(text, language)))


def wanted(term: str, tag: LanguageTag) -> str:
    """Return what the index is asked for *term* in the language *tag*; empty if it has no word."""
    language = get(tag)
    ways = [
        " AND ".join(
            _either(index_word(key, tag) for key in dict.fromkeys(way.keys))
            for way in pattern.words
        )
        for pattern in patterns(Term("", Designation(tag, term), 0), language)
    ]
    if not language.joiner:
        pairs = list(_pairs(term, language))
        ways.append(" AND ".join(f'"{index_word(pair, tag)}"' for pair in pairs))
    return " OR ".join(f"({way})" for way in ways if way)


def plain_hash(text: str, tag: LanguageTag) -> int:
    """Return a number that equal texts of a language share, however they are spaced."""
    words = f"{tag}\n{' '.join(plain(text).split())}"
    return int.from_bytes(hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=7).digest())


def _forms(text: str, language: Language) -> Iterator[str]:
    for ways in analyse_text(text, language).edges:
        for way in ways:
            yield from way.keys
    if not language.joiner:
        yield from _pairs(text, language)


def _pairs(text: str, language: Language) -> Iterator[str]:
    string = folded_text(text, language.variants)
    for position in range(len(string) - 1):
        yield f"{string[position : position + 2]}+"


def _either(words: Iterator[str]) -> str:
    return "(" + " OR ".join(f'"{word}"' for word in words) + ")"


@lru_cache(maxsize=1 << 16)
def index_word(word: str, tag: LanguageTag) -> str:
    """Return *word* of the language *tag* as the index has it: nothing in it parts words.

    >>> index_word("u.n.", "en").isascii()
    False
    """
    return f"{tag}|{word}".lower().translate(_APART)
