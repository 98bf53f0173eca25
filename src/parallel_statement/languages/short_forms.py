"""What introduces a short form in parentheses (``short_forms.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from parallel_statement.model import LanguageTag


def introductions(tag: LanguageTag) -> tuple[str, ...]:
    """Return the words, case folded, that introduce a short form in the language *tag*.

    >>> "hereinafter" in introductions("en-GB")
    True
    """
    return _table().get(tag.partition("-")[0], ())


@cache
def _table() -> dict[str, tuple[str, ...]]:
    text = files(__package__).joinpath("short_forms.toml").read_text("utf-8")
    return {base: tuple(map(str.casefold, words)) for base, words in tomllib.loads(text).items()}
