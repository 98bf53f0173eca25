"""Stretches of a text that may be terms, by their form alone, in scripts that part words by spaces.

What a language knows of its words (:class:`PhraseRules`) makes these better; it needs no tagger.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from parallel_statement.languages.base import Phrase
from parallel_statement.languages.tables import read_table
from parallel_statement.languages.words import fold
from parallel_statement.model import Span

_WORD = re.compile(
    r"(?<!\w)[^\W\d_](?:\.[^\W\d_])+(?!\w)\.?"  # "U.N."
    r"|[^\W_](?:[^\W_]|[\u0300-\u036f])*(?:[-‐‑&×][^\W_](?:[^\W_]|[\u0300-\u036f])*)*"
)
_FRACTION = re.compile(r"[.,]\d")
_SOFT_GAPS = ("", " ", "'", "’", "\u00a0")
_MOST_WORDS = 7
_BY_LENGTH = (0.3, 0.7, 0.75, 0.65, 0.55, 0.45, 0.4)
"""Weight of a phrase of one, two ... words that are no function words."""
_NAME = 0.25
"""What a phrase gains whose words all begin with capitals, in the midst of a sentence."""
_CUT_LEFT, _CUT_RIGHT, _CUT_NAME = 0.15, 0.25, 0.5
"""What it loses where more words of its kind stand beside it."""
_MIXED, _MIXED_LATER = 0.1, 0.3
"""What it loses if some of its words have capitals, among them the first, or only later ones."""
_COMMA = 0.2
_COMPOSED = 0.15
"""What it loses if what follows its first link has two words or more: "visit of naval vessels"."""
_LENGTH, _USUAL, _SPREAD = 0.02, 9, 5
"""A lone word gains with its length: rare words are long (Zipf's law of abbreviation)."""


@dataclass(frozen=True, slots=True)
class PhraseRules:
    """What a language knows of the words of a phrase; all of them folded."""

    function_words: frozenset[str]
    """No term begins or ends with one."""
    links: Mapping[str, float]
    """Those of them that may stand inside a term, and what they cost: ``{"of": 0.1}``."""
    vague: frozenset[str] = frozenset()
    """Adjectives that say how or how much."""


Ends = Callable[[str, str], tuple[float, float]]
"""What a phrase loses if it begins and if it ends with a folded word that comes after another."""


def load_phrase_rules(name: str) -> PhraseRules:
    """Return the rules in the data file *name*."""
    data = read_table(__package__, f"{name}.toml")
    links = {word: cost for words, cost in data["links"].items() for word in words.split()}
    function_words = frozenset((*data["function_words"].split(), *links))
    return PhraseRules(function_words, links, frozenset(data["vague"].split()))


def find_phrases(text: str, rules: PhraseRules, ends: Ends | None = None) -> tuple[Phrase, ...]:
    """Return the stretches of the sentence *text* that may be terms, in order."""
    words = _words(text, rules)
    return tuple(
        _phrase(words, start, stop, rules, ends)
        for start in range(len(words))
        for stop in _stops(words, start, rules)
    )


class _Word(NamedTuple):
    span: Span
    text: str
    folded: str
    content: bool
    capital: bool
    gap: str
    """What stands between it and the word before."""


def _words(text: str, rules: PhraseRules) -> list[_Word]:
    matches = list(_WORD.finditer(text))
    title = _is_title([match.group() for match in matches], rules)
    words: list[_Word] = []
    for match in matches:
        said, folded = match.group(), fold(match.group())
        opens = not words and said[1:] == said[1:].lower()
        capital = said[0].isupper() and not title and not opens
        number = said.isdigit()
        named = (
            number and bool(words) and words[-1].capital and not _FRACTION.match(text, match.end())
        )
        small = folded in rules.function_words
        content = not small or (capital and len(said) > 1 and folded not in rules.links)
        gap = text[words[-1].span.end : match.start()] if words else ""
        words.append(
            _Word(
                Span(*match.span()),
                said,
                folded,
                named or (content and not number),
                named or capital,
                gap,
            )
        )
    return words


def _is_title(words: Sequence[str], rules: PhraseRules) -> bool:
    """Return whether capitals say nothing, because all words have them."""
    contents = [word for word in words if fold(word) not in rules.function_words]
    return len(contents) > 1 and not any(word[0].islower() for word in contents)


def _stops(words: list[_Word], start: int, rules: PhraseRules) -> Iterator[int]:
    """Yield where a phrase may stop that begins with the word at *start*."""
    if not words[start].content or words[start].text.isdigit():
        return
    contents = 0
    for position in range(start, len(words)):
        word = words[position]
        if position > start and not _joins(words, position):
            return
        if word.content:
            contents += 1
            if contents > _MOST_WORDS:
                return
            yield position + 1
        elif word.folded not in rules.links:
            return


def _joins(words: list[_Word], position: int) -> bool:
    """Return whether a phrase may run on over the gap before the word at *position*."""
    word, before = words[position], words[position - 1]
    if word.gap in _SOFT_GAPS:
        return True
    while not words[position].content and position + 1 < len(words):
        position += 1  # "Ministero dell’Economia, del Commercio": a link may follow the comma
        if words[position].gap not in _SOFT_GAPS:
            return False
    return word.gap == ", " and words[position].capital and before.capital


def _phrase(
    words: list[_Word], start: int, stop: int, rules: PhraseRules, ends: Ends | None
) -> Phrase:
    inside = words[start:stop]
    contents = [word for word in inside if word.content]
    weight = _inner_weight(inside, contents, rules) - _cut(words, start, stop)
    if ends and not inside[0].capital:
        weight -= ends(inside[0].folded, words[start - 1].folded if start else "")[0]
    if ends and not inside[-1].capital:
        weight -= ends(inside[-1].folded, words[stop - 2].folded if stop > 1 else "")[1]
    span = Span(inside[0].span.start, inside[-1].span.end)
    return Phrase(span, weight, tuple(word.folded for word in contents))


def _inner_weight(inside: Sequence[_Word], contents: Sequence[_Word], rules: PhraseRules) -> float:
    """Return the weight of a phrase by its own words."""
    capitals = sum(word.capital for word in contents)
    name = capitals == len(contents)
    weight = _BY_LENGTH[len(contents) - 1] - _COMMA * sum(w.gap == ", " for w in inside[1:])
    links = sum((rules.links[word.folded] for word in inside if not word.content), 0.0)
    if name:
        return weight + _NAME - (links / 2 if len(contents) > 2 else links)
    if len(contents) == 1:
        weight += _LENGTH * max(-_SPREAD, min(_SPREAD, len(contents[0].text) - _USUAL))
    mixed = 0.0 if not capitals else _MIXED if inside[0].text[0].isupper() else _MIXED_LATER
    return weight - links - mixed - _COMPOSED * _has_term_after_link(inside)


def _cut(words: Sequence[_Word], start: int, stop: int) -> float:
    """Return what a phrase loses because words of its kind stand beside it."""
    loss = 0.0
    if start and words[start - 1].content and words[start].gap in _SOFT_GAPS:
        both = words[start - 1].capital and words[start].capital
        loss += _CUT_NAME if both else _CUT_LEFT
    if stop < len(words) and words[stop].content and words[stop].gap in _SOFT_GAPS:
        both = words[stop - 1].capital and words[stop].capital
        loss += _CUT_NAME if both else _CUT_RIGHT
    return loss


def _has_term_after_link(words: Sequence[_Word]) -> bool:
    """Return whether two words that are no function words follow the first that is one."""
    first = next((number for number, word in enumerate(words) if not word.content), len(words))
    return sum(word.content for word in words[first:]) > 1
