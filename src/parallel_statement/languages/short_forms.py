"""What introduces a short form in parentheses (``short_forms.toml``)."""

from __future__ import annotations

from functools import cache

from parallel_statement.languages.tables import read_table
from parallel_statement.model import LanguageTag


def introductions(tag: LanguageTag) -> tuple[str, ...]:
    """Return the words, case folded, that introduce a short form in the language *tag*.

    >>> "hereinafter" in introductions("en-GB")
    True
    """
    return _table().get(tag.partition("-")[0], ())


@cache
def _table() -> dict[str, tuple[str, ...]]:
    return {
        base: tuple(map(str.casefold, words))
        for base, words in read_table(__package__, "short_forms.toml").items()
    }
