"""The terms of each passage, strictly and loosely."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parallel_statement.checks.base import Context, Passage, Unit
from parallel_statement.languages.quantity import fold_width
from parallel_statement.model import Designation, LanguageTag, Mention, Sentence, Span
from parallel_statement.terminology.lexicon import Lexicon
from parallel_statement.terminology.patterns import Match, Pattern, match_loosely

SUPERIOR = ("preferred", "admitted")
"""The statuses of terms that may be used."""
_CAPITAL_NOUNS = ("de", "lb")
"""Languages that write every noun with a capital."""
_SLACK = 4
"""Words that may stand between the words of a term that is rendered loosely."""


@dataclass(frozen=True, slots=True)
class Usage:
    """The terms of one passage."""

    passage: Passage
    strict: Mapping[tuple[str, LanguageTag], Sequence[tuple[Unit, Mention]]]
    """Chosen mentions by concept and language."""
    read: Mapping[tuple[str, LanguageTag], Sequence[tuple[Unit, Mention]]]
    """Where any reading finds a concept, also inside a longer term."""
    doubles: Mapping[tuple[LanguageTag, Span], frozenset[str]]
    """All concepts that a stretch of text may name."""


def usages(context: Context) -> Iterator[Usage]:
    """Yield the terms of every passage."""
    chosen = _by_sentence(context.mentions)
    readings = _by_sentence(
        {
            language: tuple(reading.mention for reading in found)
            for language, found in context.readings.items()
        }
    )
    for passage in context.passages:
        strict: dict[tuple[str, LanguageTag], list[tuple[Unit, Mention]]] = defaultdict(list)
        read: dict[tuple[str, LanguageTag], list[tuple[Unit, Mention]]] = defaultdict(list)
        doubles: dict[tuple[LanguageTag, Span], set[str]] = defaultdict(set)
        for unit in passage.units:
            for language, side in unit.sides.items():
                for sentence in side.sentences:
                    for mention in chosen.get(sentence.id, ()):
                        strict[mention.concept, language].append((unit, mention))
                    for mention in readings.get(sentence.id, ()):
                        read[mention.concept, language].append((unit, mention))
                        doubles[language, mention.span].add(mention.concept)
        frozen = {place: frozenset(concepts) for place, concepts in doubles.items()}
        yield Usage(passage, dict(strict), dict(read), frozen)


def _by_sentence(mentions: Mapping[LanguageTag, Sequence[Mention]]) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = defaultdict(list)
    for group in mentions.values():
        for mention in group:
            found[mention.sentence].append(mention)
    return found


def rendered_loosely(
    context: Context, units: Sequence[Unit], concept: str, language: LanguageTag
) -> bool:
    """Return whether a term of *concept* stands in *units*, perhaps with words in between."""
    return any(loose_matches(context, units, concept, language))


def loose_matches(
    context: Context, units: Sequence[Unit], concept: str, language: LanguageTag
) -> Iterator[tuple[Unit, Sentence, Match]]:
    """Yield where a term of *concept* stands in *units*, perhaps with words in between."""
    for unit in units:
        for sentence in unit.sides[language].sentences:
            for pattern in context.lexica[language].patterns(concept):
                match = match_loosely(pattern, context.words[sentence.id], _SLACK)
                if match:
                    yield unit, sentence, match


def is_acronym(designation: Designation) -> bool:
    """Return whether a term is an acronym, by its type or by its capitals."""
    return designation.type == "acronym" or designation.text.isupper()


def is_added(context: Context, mention: Mention) -> bool:
    """Return whether *mention* is an acronym in parentheses, which is added to a full form."""
    text = context.text.version(mention.designation.language).document.text
    start, end = mention.span
    around = fold_width(text[max(0, start - 1) : start] + text[end : end + 1])
    return is_acronym(mention.designation) and around == "()"


def is_distinctive(context: Context, concept: str) -> bool:
    """Return whether a concept is named by more than one ordinary noun in every language.

    A single noun ("museum") is often a part of a word elsewhere, or goes without saying; a name,
    an acronym or a term of several words is not.
    """
    return all(
        _is_distinctive(lexicon, lexicon.patterns(concept)[0])
        for lexicon in context.lexica.values()
        if lexicon.language.joiner and lexicon.patterns(concept)
    )


def _is_distinctive(lexicon: Lexicon, pattern: Pattern) -> bool:
    return _has_capitals(lexicon, pattern) or len(pattern.words) > 1


def is_name(context: Context, concept: str) -> bool:
    """Return whether every language that has capitals writes a concept with them."""
    patterns = [
        (lexicon, lexicon.patterns(concept)[0])
        for lexicon in context.lexica.values()
        if lexicon.language.joiner and lexicon.patterns(concept)
    ]
    return bool(patterns) and all(_has_capitals(*each) for each in patterns)


def _has_capitals(lexicon: Lexicon, pattern: Pattern) -> bool:
    base = lexicon.language.code.partition("-")[0]
    text = pattern.term.designation.text
    return base not in _CAPITAL_NOUNS and any(character.isupper() for character in text)


def spans_of(evidence: Sequence[tuple[Unit, Mention]]) -> dict[LanguageTag, tuple[Span, ...]]:
    """Return the places of *evidence* by language."""
    spans: dict[LanguageTag, tuple[Span, ...]] = {}
    for _, mention in evidence:
        language = mention.designation.language
        spans[language] = (*spans.get(language, ()), mention.span)
    return spans
