"""What every encoder does to a text before its tokenizer sees it."""

from __future__ import annotations

import re

_SURROGATES = re.compile("[\ud800-\udfff]")


def is_blank(text: str) -> bool:
    """Return whether *text* has nothing to encode: white space and invisible characters only."""
    return not any(character != " " and character.isprintable() for character in text)


def clean(text: str) -> str:
    """Return *text* in a form that has a UTF-8 encoding: lone surrogates become U+FFFD."""
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
