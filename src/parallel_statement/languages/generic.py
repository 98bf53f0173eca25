"""Any language that has no module of its own."""

from __future__ import annotations

from parallel_statement.languages.base import Language
from parallel_statement.languages.generic_words import analyse, quantities
from parallel_statement.languages.rules import load_rules
from parallel_statement.model import LanguageTag

WITHOUT_SPACES = frozenset(
    ("bo", "cmn", "dz", "gan", "hak", "ii", "km", "lo", "lzh", "my", "nan", "nod", "th", "wuu")
    + ("yue", "zh")
)
"""Base languages whose script puts no space between the words of two joined lines."""


def language(tag: LanguageTag, base: str) -> Language:
    """Return a language served by generic rules, for *tag*, whose base language is *base*."""
    return Language(
        code=tag,
        name=tag,
        joiner="" if base in WITHOUT_SPACES else " ",
        rules=load_rules("generic"),
        analyse=analyse,
        quantities=quantities,
        known=False,
    )
