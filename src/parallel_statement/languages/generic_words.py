"""Words and quantities of a text."""

from __future__ import annotations

import re

from parallel_statement.languages.base import Quantity, Token
from parallel_statement.model import Span


def analyse(text: str) -> tuple[Token, ...]:
    """Return the words of *text*, split at white space."""
    return tuple(
        Token(Span(*match.span()), match[0], frozenset({match[0].casefold()}))
        for match in re.finditer(r"\S+", text)
    )


def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities in *text*: none yet."""
    del text
    return ()
