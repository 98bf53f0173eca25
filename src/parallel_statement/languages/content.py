"""Content words: those that carry a meaning of their own, in scripts that part words by spaces."""

from __future__ import annotations

import re
from collections.abc import Collection

from parallel_statement.languages.words import fold
from parallel_statement.model import Span

_WORD = re.compile(r"(?<!\w)[^\W\d_]{3,}(?:[-‐‑][^\W\d_]+)*(?!\w)")
"""Three letters or more."""


def find_content_words(text: str, function_words: Collection[str]) -> tuple[Span, ...]:
    """Return the words of *text* that are none of *function_words*, which are folded.

    >>> find_content_words("the ports of Italy", {"the", "of"})
    (Span(start=4, end=9), Span(start=13, end=18))
    """
    return tuple(
        Span(*match.span())
        for match in _WORD.finditer(text)
        if fold(match.group()) not in function_words
    )
