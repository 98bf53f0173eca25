"""The terms of one language, indexed by the first thing that a text can show of them.

A term is looked up in two ways: as a row of words that share a key with the text's words, and, in a
script without spaces, as a stretch of folded characters, because an analyser cuts unknown names at
will.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from parallel_statement.languages import get
from parallel_statement.languages.base import Language, Token
from parallel_statement.model import Designation, Glossary, LanguageTag
from parallel_statement.terminology.surface import folded, hard_gap

_SHORT = 3
"""A term of so many characters must stand on word borders."""


@dataclass(frozen=True, slots=True)
class Term:
    """A designation, the concept that it names, and its place in the glossary."""

    concept: str
    designation: Designation
    order: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A term as a row of words: the keys of each, and the punctuation between them."""

    term: Term
    keys: tuple[frozenset[str], ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text; `edges` leads from each word to the next, also over a hyphen."""

    text: str
    tokens: tuple[Token, ...]
    edges: tuple[tuple[tuple[frozenset[str], int], ...], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A term found in a text: in characters, and in words if it was found by words."""

    term: Term
    start: int
    end: int
    words: tuple[Token, ...] = ()


class Lexicon:
    """All terms of a glossary in one language."""

    def __init__(self, glossary: Glossary, language: LanguageTag) -> None:
        self.language = get(language)
        self._patterns: dict[str, list[Pattern]] = {}
        self._strings: dict[str, list[tuple[str, Term]]] = {}
        self.by_concept: dict[str, list[Pattern]] = {}
        terms = (
            (concept.id, designation)
            for concept in glossary.concepts
            for designation in concept.terms(language)
        )
        for order, (concept, designation) in enumerate(terms):
            self._add(Term(concept, designation, order))

    def _add(self, term: Term) -> None:
        for pattern in _patterns(term, self.language):
            self.by_concept.setdefault(term.concept, []).append(pattern)
            for key in pattern.keys[0]:
                self._patterns.setdefault(key, []).append(pattern)
        if not self.language.joiner:
            string = folded(term.designation.text).text
            self._strings.setdefault(string[:2], []).append((string, term))

    def match(self, words: Words) -> Iterator[Match]:
        """Yield every term in the text of *words*, those inside others too, in any order."""
        for position in range(len(words.tokens)):
            seen: set[int] = set()
            for keys, _ in words.edges[position]:
                for key in keys:
                    for pattern in self._patterns.get(key, ()):
                        if id(pattern) not in seen:
                            seen.add(id(pattern))
                            yield from _walk(pattern, words, position)
        if self._strings:
            yield from self._match_strings(words)

    def _match_strings(self, words: Words) -> Iterator[Match]:
        text = folded(words.text)
        borders = {0, len(words.text)}
        for token in words.tokens:
            borders.update(token.span)
        for position in range(len(text.text)):
            candidates = (
                *self._strings.get(text.text[position : position + 2], ()),
                *self._strings.get(text.text[position], ()),
            )
            for string, term in candidates:
                if not text.text.startswith(string, position):
                    continue
                start, end = text.starts[position], text.ends[position + len(string) - 1]
                on_borders = start in borders and end in borders
                if _stands_free(words.text, start, end) and (on_borders or len(string) > _SHORT):
                    yield Match(term, start, end)


def _stands_free(text: str, start: int, end: int) -> bool:
    """Return whether no Latin word or number runs over the borders of a match."""

    def joined(position: int) -> bool:
        if not 0 < position < len(text):
            return False
        pair = folded(text[position - 1]).text[-1:] + folded(text[position]).text[:1]
        if len(pair) < 2 or not pair.isascii():
            return False
        digits = [character.isdigit() for character in pair]
        return pair.isalnum() and digits[0] == digits[1]

    return not joined(start) and not joined(end)


@lru_cache(maxsize=16)
def lexicon(glossary: Glossary, language: LanguageTag) -> Lexicon:
    """Return the terms of *glossary* in *language*, built once."""
    return Lexicon(glossary, language)


def analyse_text(text: str, language: Language) -> Words:
    """Return the words of *text*, and ways through them that also take "start-up" as one word."""
    tokens = language.analyse(text)
    edges: list[tuple[tuple[frozenset[str], int], ...]] = []
    for position, token in enumerate(tokens):
        ways = [(token.keys, position + 1)]
        if position + 1 < len(tokens) and language.joiner:
            following = tokens[position + 1]
            if text[token.span.end : following.span.start] in ("-", "‐", "‑", "–"):
                joined = language.analyse(token.text + following.text)
                if len(joined) == 1:
                    ways.append((joined[0].keys, position + 2))
        edges.append(tuple(ways))
    return Words(text, tokens, tuple(edges))


def _patterns(term: Term, language: Language) -> Iterator[Pattern]:
    words = analyse_text(term.designation.text, language)
    if words.tokens:
        yield from _paths(term, words, 0, (), ())


def _paths(
    term: Term,
    words: Words,
    position: int,
    keys: tuple[frozenset[str], ...],
    gaps: tuple[str, ...],
) -> Iterator[Pattern]:
    if position == len(words.tokens):
        yield Pattern(term, keys, gaps)
        return
    gap = (_gap(words, position),) if position else ()
    for choice, following in words.edges[position]:
        yield from _paths(term, words, following, (*keys, choice), (*gaps, *gap))


def _gap(words: Words, position: int) -> str:
    """Return the hard punctuation before the word at *position*."""
    return hard_gap(
        words.text[words.tokens[position - 1].span.end : words.tokens[position].span.start]
    )


def _walk(pattern: Pattern, words: Words, start: int) -> Iterator[Match]:
    ways = [(start, 0)]
    while ways:
        position, matched = ways.pop()
        if matched == len(pattern.keys):
            tokens = words.tokens[start:position]
            yield Match(pattern.term, tokens[0].span.start, tokens[-1].span.end, tokens)
            continue
        if position == len(words.tokens):
            continue
        if matched and _gap(words, position) not in ("", pattern.gaps[matched - 1]):
            continue
        for keys, following in words.edges[position]:
            if not keys.isdisjoint(pattern.keys[matched]):
                ways.append((following, matched + 1))


def match_loosely(pattern: Pattern, words: Words, slack: int) -> Match | None:
    """Return the term with at most *slack* other words between its words, or nothing.

    "Global supply chains" is "catene globali di approvvigionamento" in Italian.
    """
    for start in range(len(words.tokens)):
        position, matched, skipped = start, 0, 0
        while position < len(words.tokens) and skipped <= slack:
            for keys, following in words.edges[position]:
                if not keys.isdisjoint(pattern.keys[matched]):
                    position, matched = following, matched + 1
                    break
            else:
                if not matched:
                    break
                position, skipped = position + 1, skipped + 1
            if matched == len(pattern.keys):
                tokens: Sequence[Token] = words.tokens[start:position]
                return Match(pattern.term, tokens[0].span.start, tokens[-1].span.end, tuple(tokens))
    return None
