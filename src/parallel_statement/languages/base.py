"""What a language must tell the other rooms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from parallel_statement.model import LanguageTag, Span

QuantityKind = Literal[
    "number", "ordinal", "percent", "currency", "multiplier", "range", "date", "month"
]


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, with the forms under which it may be looked up."""

    span: Span
    """In the string that was analysed."""
    text: str
    keys: frozenset[str]
    """Lemma, paradigm key or normal form; two words with a common key are forms of one word."""
    path: str = ""
    """How the keys came about, for the proof in a finding: "simplemma: navi > nave"."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, date or the like, with a value that compares across languages."""

    kind: QuantityKind
    value: str
    """Canonical: ``2026-01-16`` for a date, ``2026-01`` for a month, ``30`` for 30th,
    ``4`` for 4x, ``12.4`` for 12.4 %, ``2024/2027`` for a range."""
    span: Span
    """In the string that was analysed."""


@dataclass(frozen=True, slots=True)
class SegmentationRules:
    """How sentences end, from the language's TOML file."""

    terminators: str
    """Characters that may end a sentence."""
    closers: str
    """Characters that may follow a terminator inside the same sentence."""
    paired: tuple[tuple[str, str], ...]
    """Opening and closing characters between which no sentence ends unless the quotation is
    itself a sentence."""
    abbreviations: frozenset[str]
    """Never end a sentence, whatever follows; lower case, without the final stop."""
    final_abbreviations: frozenset[str]
    """End a sentence when a likely sentence start follows ("etc.", "U.S.", "a.m.")."""
    starters: frozenset[str]
    """Lower-case words that often begin a sentence, for the decision after the above."""
    dateline: str
    """Regular expression that a dateline matches as a whole, or ""."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language as data and a few functions."""

    code: LanguageTag
    name: str
    """In English."""
    joiner: str
    """What stands between two lines of one sentence, and between sentences: a space or nothing."""
    rules: SegmentationRules
    analyse: Callable[[str], tuple[Token, ...]]
    """Words of a text with their lookup keys."""
    quantities: Callable[[str], tuple[Quantity, ...]]
    """Numbers, dates and the like in a text."""
    known: bool = True
    """False for a language that has no module of its own and is served by generic rules."""
