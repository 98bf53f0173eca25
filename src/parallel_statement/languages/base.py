"""What a language must tell the other rooms."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from parallel_statement.model import LanguageTag, Span

QuantityKind = Literal[
    "number", "ordinal", "percent", "currency", "multiplier", "range", "date", "month"
]
MatchingRule = Literal[
    "exact",
    "acronym",
    "spelling",
    "lemma",
    "normal form",
    "paradigm",
    "reading",
    "beginning",
    "stem",
]
MATCHING_RULES: tuple[MatchingRule, ...] = (
    "exact",
    "acronym",
    "spelling",
    "lemma",
    "normal form",
    "paradigm",
    "reading",
    "beginning",
    "stem",
)
"""Why two words are forms of one word, the surest reason first; "stem" is too weak for a term of
one word: "goods" and "good" are one word in "dual-use good", and not by themselves."""

Keys = Mapping[str, MatchingRule]
"""Forms under which a word may be looked up, and why each is a form of it."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, with the forms under which it may be looked up."""

    span: Span
    """In the string that was analysed."""
    text: str
    keys: Keys
    """Two words with a common key are forms of one word."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of a text that may be a term."""

    span: Span
    """In the string that was analysed."""
    weight: float
    """How likely it is one, by its form alone: from 0, which is hardly, to 1."""
    spellings: tuple[str, ...]
    """Its words in Latin script, folded, as written or as they sound; empty where there is none."""


@dataclass(frozen=True, eq=False)
class Variants:
    """Spellings that make no other word."""

    characters: Mapping[int, str] = field(default_factory=dict)
    """What stands for a character, as for `str.translate`, one for one."""
    patterns: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = ()
    """What replaces what, in this order, after compatibility forms and case were united."""

    def unite(self, text: str) -> str:
        """Return *text*, already folded, with one spelling for all."""
        if self.concern(text):
            for pattern, replacement in self.patterns:
                text = pattern.sub(replacement, text)
        return text.translate(self.characters) if self.characters else text

    def concern(self, text: str) -> bool:
        """Return whether one of the patterns is found in *text*."""
        return bool(self.patterns and self._any.search(text))

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in self.patterns))


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


@dataclass(frozen=True, slots=True, eq=False)
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
    phrases: Callable[[Sequence[str]], tuple[tuple[Phrase, ...], ...]]
    """What may be a term in each sentence of a text."""
    variants: Variants = field(default_factory=Variants)
    """Spellings to unite before characters are compared, for a script without spaces."""
    content: Callable[[str], tuple[Span, ...]] | None = None
    """The content words of a sentence; None where nobody listed the function words."""
    known: bool = True
    """False for a language that has no module of its own and is served by generic rules."""
