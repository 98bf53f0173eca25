"""Words that negate, as they stand in a text (``negations.toml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from parallel_statement.languages.tables import read_table
from parallel_statement.model import LanguageTag, Span


@dataclass(frozen=True, slots=True)
class Negations:
    """What a text has of them."""

    firm: tuple[Span, ...]
    """Where it negates as other languages do: "not", non, ない."""
    near: bool
    """Whether it has a word that may answer for a negation: "unless", salvo, 以外."""


def negations(text: str, tag: LanguageTag) -> Negations | None:
    """Return the words of *text* that negate, or nothing if those of the language are not known.

    >>> negations("It shall not apply, not only here.", "en").firm
    (Span(start=9, end=12),)
    >>> negations("必ず適用しなければならない。", "ja").firm
    ()
    """
    rules = _rules(tag.partition("-")[0])
    if rules is None:
        return None
    firm, near, idle = rules
    plain = idle.sub(lambda found: " " * len(found[0]), text)
    return Negations(
        tuple(Span(*found.span()) for found in firm.finditer(plain)), bool(near.search(plain))
    )


@cache
def _rules(base: str) -> tuple[re.Pattern[str], ...] | None:
    data = _data().get(base)
    if data is None:
        return None
    before, after = (r"(?<!\w)", r"(?!\w)") if data.get("borders", True) else ("", "")
    return tuple(
        re.compile(f"{before}(?:{data[kind]}){after}", re.IGNORECASE)
        for kind in ("firm", "near", "idle")
    )


@cache
def _data() -> dict[str, Any]:
    return read_table(__package__, "negations.toml")
