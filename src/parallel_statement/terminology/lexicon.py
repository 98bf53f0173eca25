"""The terms of one language, indexed by what a text can show of them: words, or characters.

A glossary may hold more terms than a book has words, and a statement shows few of them. So a
term waits under its first word until a text has a form of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from threading import Lock
from weakref import finalize

from parallel_statement.languages import get
from parallel_statement.languages.base import Language
from parallel_statement.languages.words import PREFIXES
from parallel_statement.model import Concept, Designation, Glossary, LanguageTag
from parallel_statement.terminology.patterns import (
    Match,
    Pattern,
    PatternTree,
    Term,
    Words,
    analyse_text,
    patterns,
)
from parallel_statement.terminology.strings import StringIndex

_SENTENCES = 1 << 12
"""Sentences that are remembered: who edits a text reads all others of it again."""


class Lexicon:
    """All terms of a glossary in one language."""

    def __init__(self, glossary: Glossary, language: LanguageTag) -> None:
        self.language = get(language)
        self.by_concept: dict[str, list[Term]] = {}
        self._patterns: dict[str, tuple[Pattern, ...]] = {}
        self._tree = PatternTree()
        self._waiting = _Waiting(self.language)
        self._lock = Lock()
        self.find = lru_cache(maxsize=_SENTENCES)(self._find)
        self._strings = None if self.language.joiner else StringIndex(self.language)
        terms = (
            (concept.id, designation)
            for concept in glossary.concepts
            for designation in _designations(concept, language)
        )
        for order, (concept, designation) in enumerate(terms):
            self._add(Term(concept, designation, order))

    def _add(self, term: Term) -> None:
        self.by_concept.setdefault(term.concept, []).append(term)
        if self._strings:
            self._strings.add(term)
        if not self._waiting.add(term):
            self._enter(term)

    def _enter(self, term: Term) -> None:
        for pattern in patterns(term, self.language):
            self._tree.add(pattern)

    def patterns(self, concept: str) -> tuple[Pattern, ...]:
        """Return the terms of *concept* as rows of words."""
        if concept not in self._patterns:
            self._patterns[concept] = tuple(
                pattern
                for term in self.by_concept.get(concept, ())
                for pattern in patterns(term, self.language)
            )
        return self._patterns[concept]

    def _find(self, text: str) -> tuple[Match, ...]:
        """Return every term in the sentence *text*, those inside others too, in any order."""
        words = analyse_text(text, self.language)
        with self._lock:
            for term in self._waiting.leave(words):
                self._enter(term)
        strings = self._strings.match(words) if self._strings else ()
        return (*self._tree.match(words), *strings)


class _Waiting:
    """Terms by the keys of their first word."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._terms: dict[str, list[Term]] = {}
        self._first_words: dict[str, list[str]] = {}

    def add(self, term: Term) -> bool:
        """Return whether *term* can wait: its first word must be analysed alone as in the term."""
        text = term.designation.text
        if not self._language.joiner:
            tokens = self._language.analyse(text)[:1]
            return bool(tokens) and self._wait(term, "|".join(tokens[0].keys), tokens[0].keys)
        first = text.partition(" ")[0]
        if text.isupper() or first.casefold() in PREFIXES:
            return False
        if first in self._terms:
            self._terms[first].append(term)
            return True
        ways = next(iter(analyse_text(first, self._language).edges), ())
        return bool(ways) and self._wait(term, first, [key for way in ways for key in way.keys])

    def _wait(self, term: Term, first: str, keys: Iterable[str]) -> bool:
        if first not in self._terms:
            self._terms[first] = []
            for key in dict.fromkeys(keys):
                self._first_words.setdefault(key, []).append(first)
        self._terms[first].append(term)
        return True

    def leave(self, words: Words) -> Iterator[Term]:
        """Yield the terms whose first word has a form in *words*; they wait no longer."""
        if self._first_words.keys().isdisjoint(words.places):
            return
        for key in words.places:
            for first in self._first_words.pop(key, ()):
                yield from self._terms.pop(first, ())


def _designations(concept: Concept, tag: LanguageTag) -> tuple[Designation, ...]:
    """The terms for *tag*, else those of the nearest wider tag: "zh-Hant" serves "zh-Hant-TW".

    This is the lookup of RFC 4647, section 3.4.
    """
    wider = tag
    while wider:
        terms = concept.terms(wider)
        if terms:
            return terms if wider == tag else tuple(replace(each, language=tag) for each in terms)
        wider = wider.rpartition("-")[0]
    return ()


_lexica: dict[int, dict[LanguageTag, Lexicon]] = {}
"""By the identity of the glossary: a large one takes long to compare."""


def lexicon(glossary: Glossary, language: LanguageTag) -> Lexicon:
    """Return the terms of *glossary* in *language*, built once as long as the glossary lives."""
    if id(glossary) not in _lexica:
        _lexica[id(glossary)] = {}
        finalize(glossary, _lexica.pop, id(glossary), None)
    built = _lexica[id(glossary)]
    if language not in built:
        built[language] = Lexicon(glossary, language)
    return built[language]
