"""Words by which a text commits, reacts or asks, on the scales of ``commitment.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from weakref import WeakKeyDictionary

from parallel_statement.checks.base import Context, Passage, Unit
from parallel_statement.languages.tables import read_table
from parallel_statement.model import (
    Concept,
    Designation,
    DesignationStatus,
    Glossary,
    LanguageTag,
    Mention,
    Span,
    Version,
)
from parallel_statement.terminology.lexicon import lexicon
from parallel_statement.terminology.matching import Reading, choose_mentions, read_terms
from parallel_statement.terminology.patterns import match_loosely

_DOMAIN = re.compile(r"commitment/(?P<scale>[^/]+)/(?P<strength>\d+)")
_ANY = "*"
"""Stands for the beginning of a word of which only the ending matters."""
_PARTED = " ... "
"""Stands where other words may part a set phrase."""
_WORDS_BETWEEN = 2
_TOLERANCE = 1
"""Degrees that a translation may differ."""


@dataclass(frozen=True, slots=True)
class Degree:
    """A concept's place on a scale."""

    scale: str
    name: str
    strength: int


@dataclass(frozen=True, slots=True)
class _Scales:
    """All scales: the words of all in one glossary, so that a text is read but once."""

    terms: Glossary
    degrees: Mapping[str, Degree]
    """By the id of the concept."""


@dataclass(frozen=True, slots=True)
class ScaleWord:
    """A word of a scale in one language's text."""

    language: LanguageTag
    degree: Degree
    unit: Unit
    text: str
    span: Span

    def is_near(self, other: ScaleWord) -> bool:
        """Return whether a translator may put one for the other."""
        return abs(self.degree.strength - other.degree.strength) <= _TOLERANCE


_known: WeakKeyDictionary[Context, tuple[tuple[ScaleWord, ...], ...]] = WeakKeyDictionary()
"""Two checks read the words of a text."""


def scale_words(context: Context) -> tuple[tuple[ScaleWord, ...], ...]:
    """Return the words of each scale in each passage, without those that have none."""
    if context not in _known:
        _known[context] = tuple(filter(None, _read(context)))
    return _known[context]


def _read(context: Context) -> Iterator[tuple[ScaleWord, ...]]:
    scales = _scales(context.glossary)
    mentions: dict[tuple[str, str], list[Mention]] = {}
    for version in context.text.versions:
        readings: dict[str, list[Reading]] = {}
        for reading in (
            *read_terms(version, scales.terms),
            *_read_endings(version, scales.terms),
            *_read_apart(context, version, scales.terms),
        ):
            scale = scales.degrees[reading.mention.concept].scale
            readings.setdefault(scale, []).append(reading)
        for scale, found in readings.items():
            for mention in choose_mentions(found):
                mentions.setdefault((scale, mention.sentence), []).append(mention)
    for scale in dict.fromkeys(degree.scale for degree in scales.degrees.values()):
        for passage in context.passages:
            yield tuple(_words(context, passage, mentions, scales, scale))


def _read_endings(version: Version, scales: Glossary) -> Iterator[Reading]:
    """Yield the words that have an ending by which a language says what others say in a word."""
    endings = {
        term.text[1:]: (concept.id, term)
        for concept in scales.concepts
        for term in concept.terms(version.language)
        if term.text.startswith(_ANY)
    }
    if not endings:
        return
    pattern = re.compile(rf"\b[^\W\d_]{{2,}}(?P<ending>{'|'.join(map(re.escape, endings))})\b")
    for sentence in version.sentences:
        view = version.document.view(sentence.span)
        for found in pattern.finditer(view.text):
            concept, term = endings[found["ending"]]
            span = view.span(*found.span())
            yield Reading(Mention(concept, term, sentence.id, span, "stem"), 0, (1.0,))


def _read_apart(context: Context, version: Version, scales: Glossary) -> Iterator[Reading]:
    """Yield the set phrases that other words part: "accolgono pertanto con favore"."""
    terms = lexicon(scales, version.language)
    patterns = [
        pattern
        for concept in scales.concepts
        for pattern in terms.patterns(concept.id)
        if pattern.term.designation.type == "phrase"
    ]
    for sentence in version.sentences if patterns else ():
        view = version.document.view(sentence.span)
        words = context.words[sentence.id]
        for pattern in patterns:
            if any(words.places.keys().isdisjoint(word.keys) for word in pattern.words):
                continue
            match = match_loosely(pattern, words, _WORDS_BETWEEN)
            if match:
                term, span = pattern.term, view.span(match.start, match.end)
                mention = Mention(term.concept, term.designation, sentence.id, span, "stem")
                yield Reading(mention, 0, (1.0,))


def _words(
    context: Context,
    passage: Passage,
    mentions: Mapping[tuple[str, str], Sequence[Mention]],
    scales: _Scales,
    scale: str,
) -> Iterator[ScaleWord]:
    for unit in passage.units:
        for language in context.speaking(unit):
            for sentence in unit.sides[language].sentences:
                for mention in mentions.get((scale, sentence.id), ()):
                    text = context.surface(mention)
                    name = text[0].isupper() and mention.span.start > sentence.span.start
                    if not name:  # the month of May, an Agreement
                        degree = scales.degrees[mention.concept]
                        yield ScaleWord(language, degree, unit, text, mention.span)


def _scales(glossary: Glossary | None) -> _Scales:
    """Return the scales: the built-in ones, but for those of which *glossary* has its own."""
    own = _placed(glossary.concepts if glossary else ())
    if not own.degrees:
        return _built_in()
    replaced = {degree.scale for degree in own.degrees.values()}
    kept = {i: degree for i, degree in _built_in().degrees.items() if degree.scale not in replaced}
    concepts = (concept for concept in _built_in().terms.concepts if concept.id in kept)
    return _Scales(Glossary((*concepts, *own.terms.concepts)), kept | dict(own.degrees))


def _placed(concepts: Iterable[Concept]) -> _Scales:
    """Return those of *concepts* that have a place on a scale."""
    places = {
        concept: Degree(found["scale"], concept.id.rpartition("/")[2], int(found["strength"]))
        for concept in concepts
        if (found := _DOMAIN.fullmatch(concept.domain))
    }
    degrees = {concept.id: degree for concept, degree in places.items()}
    return _Scales(Glossary(tuple(places)), degrees)


@cache
def _built_in() -> _Scales:
    data = read_table(__package__, "commitment.toml")
    return _placed(
        Concept(
            f"{scale}/{name}",
            tuple(
                _designation(language, term, "admitted" if order else "preferred")
                for language, terms in entry.items()
                if language != "strength"
                for order, term in enumerate(terms.split("|"))
            ),
            domain=f"commitment/{scale}/{entry['strength']}",
        )
        for scale, concepts in data.items()
        for name, entry in concepts.items()
    )


def _designation(language: LanguageTag, term: str, status: DesignationStatus) -> Designation:
    text = term.replace(_PARTED, " ")
    return Designation(language, text, status, "phrase" if text != term else "")
