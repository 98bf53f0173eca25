"""The terms of one language, indexed by the first thing that a text can show of them.

A term is looked up in two ways: as a row of words that share a key with the text's words, and, in a
script without spaces, as a stretch of folded characters, because an analyser cuts unknown names at
will.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from parallel_statement.languages import get
from parallel_statement.languages.base import Language, Token
from parallel_statement.model import Concept, Designation, Glossary, LanguageTag
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


class _Node:
    """A word in the tree of all terms, reached from the words before it."""

    def __init__(self, gap: str = "") -> None:
        self.gap = gap
        """The punctuation before the word."""
        self.patterns: list[Pattern] = []
        """The terms that end here."""
        self._following: dict[tuple[frozenset[str], str], _Node] = {}
        self._by_key: dict[str, list[_Node]] = {}

    def add(self, keys: frozenset[str], gap: str) -> _Node:
        """Return the node of the next word, made if it is not there."""
        node = self._following.get((keys, gap))
        if node is None:
            node = self._following[keys, gap] = _Node(gap)
            for key in keys:
                self._by_key.setdefault(key, []).append(node)
        return node

    def following(self, keys: frozenset[str]) -> list[_Node]:
        """Return the nodes of the words that share a key with *keys*."""
        found = [node for key in keys for node in self._by_key.get(key, ())]
        return found if len(found) < 2 else list(dict.fromkeys(found))


_MOST_PATHS = 64
"""Ways of joining the parts of one hyphenated term; they double with every hyphen."""


def _designations(concept: Concept, tag: LanguageTag) -> tuple[Designation, ...]:
    """The terms for *tag*, else those of the nearest wider tag: "zh-Hant" serves "zh-Hant-TW".

    This is the lookup of RFC 4647, section 3.4.
    """
    wider = tag
    while wider and not concept.terms(wider):
        wider = wider.rpartition("-")[0]
    return tuple(replace(designation, language=tag) for designation in concept.terms(wider))


class Lexicon:
    """All terms of a glossary in one language."""

    def __init__(self, glossary: Glossary, language: LanguageTag) -> None:
        self.language = get(language)
        self._root = _Node()
        self._strings: dict[str, list[tuple[str, Term]]] = {}
        self.by_concept: dict[str, list[Pattern]] = {}
        terms = (
            (concept.id, designation)
            for concept in glossary.concepts
            for designation in _designations(concept, language)
        )
        for order, (concept, designation) in enumerate(terms):
            self._add(Term(concept, designation, order))

    def _add(self, term: Term) -> None:
        for pattern in _patterns(term, self.language):
            self.by_concept.setdefault(term.concept, []).append(pattern)
            node = self._root
            for keys, gap in zip(pattern.keys, ("", *pattern.gaps), strict=True):
                node = node.add(keys, gap)
            node.patterns.append(pattern)
        if not self.language.joiner:
            string = folded(term.designation.text).text
            self._strings.setdefault(string[:2], []).append((string, term))

    def match(self, words: Words) -> Iterator[Match]:
        """Yield every term in the text of *words*, those inside others too, in any order."""
        for position in range(len(words.tokens)):
            yield from _walk(self._root, words, position)
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
        yield from islice(_paths(term, words, 0, (), ()), _MOST_PATHS)


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


def _walk(root: _Node, words: Words, start: int) -> Iterator[Match]:
    ways = [(start, root)]
    while ways:
        position, node = ways.pop()
        tokens = words.tokens[start:position]
        for pattern in node.patterns:
            yield Match(pattern.term, tokens[0].span.start, tokens[-1].span.end, tokens)
        if position == len(words.tokens):
            continue
        gap = _gap(words, position) if position > start else ""
        for keys, following in words.edges[position]:
            ways.extend(
                (following, child) for child in node.following(keys) if gap in ("", child.gap)
            )


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
