"""Terms as rows of words, in a tree that is walked along the words of a text.

::

    root -> "supply" -> "chain"*        keys of each word; * ends a term
                     -> "line"*
         -> "supplychain"*              the same term, its hyphen left out

A word of the text leads to every node with which it shares a key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import NamedTuple

from parallel_statement.languages.base import MATCHING_RULES, Keys, Language, MatchingRule, Token
from parallel_statement.languages.words import PREFIXES, fold
from parallel_statement.model import Designation
from parallel_statement.terminology.surface import hard_gap

_HYPHENS = ("-", "‐", "‑", "–")
_MOST_PATHS = 64
"""Ways of joining the parts of one hyphenated term; they double with every hyphen."""
_RANKS = {rule: rank for rank, rule in enumerate(MATCHING_RULES)}
_DERIVED = ("lemma", "paradigm")
"""Rules that lead from an inflected form to the dictionary form."""


@dataclass(frozen=True, slots=True)
class Term:
    """A designation, the concept that it names, and its place in the glossary."""

    concept: str
    designation: Designation
    order: int


class Way(NamedTuple):
    """A word, or two joined over a hyphen, and the number of the word that follows."""

    keys: Keys
    text: str
    following: int


@dataclass(frozen=True)
class Words:
    """The words of a text; `edges` leads from each word to the next, also over a hyphen."""

    text: str
    tokens: tuple[Token, ...]
    edges: tuple[tuple[Way, ...], ...]

    @cached_property
    def places(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the words that have each key: many lexica look the same text up."""
        places: dict[str, list[int]] = {}
        for position, ways in enumerate(self.edges):
            for key in dict.fromkeys(key for way in ways for key in way.keys):
                places.setdefault(key, []).append(position)
        return {key: tuple(positions) for key, positions in places.items()}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A term as a row of words, and the punctuation between them."""

    term: Term
    words: tuple[Way, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A word of the text, the word of the term that it was taken for, and why."""

    surface: str
    key: str
    term: str
    rule: MatchingRule


@dataclass(frozen=True, slots=True)
class Match:
    """A term found in a text: in characters, and by its words if it was found by words."""

    term: Term
    start: int
    end: int
    links: tuple[Link, ...] = ()


@lru_cache(maxsize=1 << 13)
def analyse_text(text: str, language: Language) -> Words:
    """Return the words of *text*, and ways through them that also take "start-up" as one word."""
    tokens = language.analyse(text)
    edges: list[tuple[Way, ...]] = []
    for position, token in enumerate(tokens):
        ways = [Way(token.keys, token.text, position + 1)]
        if position + 1 < len(tokens) and language.joiner:
            following = tokens[position + 1]
            gap = text[token.span.end : following.span.start]
            if gap in _HYPHENS or (gap == " " and fold(token.text) in PREFIXES):
                joined = language.analyse(token.text + following.text)
                if len(joined) == 1:
                    ways.append(Way(joined[0].keys, joined[0].text, position + 2))
        edges.append(tuple(ways))
    return Words(text, tokens, tuple(edges))


def patterns(term: Term, language: Language) -> tuple[Pattern, ...]:
    """Return *term* as rows of words, one for each way of joining its hyphenated parts."""
    words = analyse_text(term.designation.text, language)
    if not words.tokens:
        return ()
    if all(len(ways) == 1 for ways in words.edges):
        gaps = (_gap(words, position) for position in range(1, len(words.tokens)))
        return (Pattern(term, tuple(ways[0] for ways in words.edges), tuple(gaps)),)
    return tuple(islice(_paths(term, words, 0, (), ()), _MOST_PATHS))


def _paths(
    term: Term, words: Words, position: int, ways: tuple[Way, ...], gaps: tuple[str, ...]
) -> Iterator[Pattern]:
    if position == len(words.tokens):
        yield Pattern(term, ways, gaps)
        return
    gap = (_gap(words, position),) if position else ()
    for way in words.edges[position]:
        yield from _paths(term, words, way.following, (*ways, way), (*gaps, *gap))


def _gap(words: Words, position: int) -> str:
    """Return the hard punctuation before the word at *position*."""
    start, end = words.tokens[position - 1].span.end, words.tokens[position].span.start
    return (
        ""
        if end - start < 2 and words.text[start:end] in ("", " ")
        else hard_gap(words.text[start:end])
    )


def link(word: Way, term: Way) -> Link | None:
    """Return why *word* is a form of the word *term*, by the surest rule, or nothing."""
    best: Link | None = None
    for key, of_word in word.keys.items():
        of_term = term.keys.get(key)
        if of_term is None:
            continue
        rule = max(of_word, of_term, key=_RANKS.__getitem__)
        if of_word in _DERIVED and of_term in _DERIVED:
            rule = "stem"  # two inflected forms: "parto" and "partita" may both be of "partire"
        if best is None or _RANKS[rule] < _RANKS[best.rule]:
            best = Link(word.text, key, term.text, rule)
    return best


class PatternTree:
    """Patterns, and where they stand in a text."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, pattern: Pattern) -> None:
        """Take in *pattern*."""
        node = self._root
        for word, gap in zip(pattern.words, ("", *pattern.gaps), strict=True):
            node = node.add(word.keys, gap)
        node.patterns.append(pattern)

    def match(self, words: Words) -> Iterator[Match]:
        """Yield every pattern in *words*, those inside others too."""
        for start in self._root.starts(words):
            yield from self._match_at(words, start)

    def _match_at(self, words: Words, start: int) -> Iterator[Match]:
        walks: list[tuple[int, _Node, tuple[Way, ...]]] = [(start, self._root, ())]
        while walks:
            position, node, ways = walks.pop()
            for pattern in node.patterns:
                links = _links(ways, pattern)
                if links:
                    first, last = words.tokens[start].span, words.tokens[position - 1].span
                    yield Match(pattern.term, first.start, last.end, links)
            if not node.leads_on or position == len(words.tokens):
                continue
            gap = _gap(words, position) if ways else ""
            for way in words.edges[position]:
                walks.extend(
                    (way.following, child, (*ways, way))
                    for child in node.following(way.keys)
                    if gap in ("", child.gap)
                )


def _links(ways: tuple[Way, ...], pattern: Pattern) -> tuple[Link, ...]:
    """Return why *ways* are the words of *pattern*; nothing if the reasons are too weak."""
    found = tuple(link(way, word) for way, word in zip(ways, pattern.words, strict=True))
    links = tuple(each for each in found if each is not None)
    lone_noun = len(links) == 1 and not pattern.term.designation.part_of_speech.startswith("adj")
    weak = len(links) < len(ways) or (lone_noun and links[0].rule == "stem")
    return () if weak else links


class _Node:
    """A word in the tree, reached from the words before it."""

    __slots__ = ("_by_key", "_following", "gap", "patterns")

    def __init__(self, gap: str = "") -> None:
        self.gap = gap
        """The punctuation before the word."""
        self.patterns: list[Pattern] = []
        """The terms that end here."""
        self._following: dict[tuple[tuple[str, ...], str], _Node] = {}
        self._by_key: dict[str, list[_Node]] = {}

    @property
    def leads_on(self) -> bool:
        """Whether longer terms begin like this."""
        return bool(self._following)

    def add(self, keys: Keys, gap: str) -> _Node:
        """Return the node of the next word, made if it is not there."""
        place = tuple(keys), gap
        node = self._following.get(place)
        if node is None:
            node = self._following[place] = _Node(gap)
            for key in keys:
                self._by_key.setdefault(key, []).append(node)
        return node

    def starts(self, words: Words) -> list[int]:
        """Return the numbers of the words that share a key with any that follows here."""
        shared = self._by_key.keys() & words.places.keys()
        return sorted({position for key in shared for position in words.places[key]})

    def following(self, keys: Keys) -> list[_Node]:
        """Return the nodes of the words that share a key with *keys*."""
        found = [node for key in keys for node in self._by_key.get(key, ())]
        return found if len(found) < 2 else list(dict.fromkeys(found))


def match_loosely(pattern: Pattern, words: Words, slack: int) -> Match | None:
    """Return the term with at most *slack* other words between its words, or nothing.

    "Global supply chains" is "catene globali di approvvigionamento" in Italian.
    """
    for start in range(len(words.tokens)):
        position, skipped = start, 0
        ways: list[Way] = []
        while position < len(words.tokens) and skipped <= slack:
            for way in words.edges[position]:
                if link(way, pattern.words[len(ways)]):
                    position = way.following
                    ways.append(way)
                    break
            else:
                if not ways:
                    break
                position, skipped = position + 1, skipped + 1
            if len(ways) == len(pattern.words):
                first, last = words.tokens[start].span, words.tokens[position - 1].span
                links = _links(tuple(ways), pattern)
                return Match(pattern.term, first.start, last.end, links) if links else None
    return None
