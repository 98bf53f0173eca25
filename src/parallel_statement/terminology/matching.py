"""Where the terms of a glossary stand in a text.

``read_terms`` lists every reading: a stretch of text may name two concepts, and a term may stand
inside another. ``find_mentions`` chooses: the longest term wins, terms inside it are left out, and
of several readings of one stretch the one whose characters are closest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from parallel_statement.languages.base import Language
from parallel_statement.model import Glossary, Mention, Version
from parallel_statement.terminology.lexicon import Match, Words, analyse_text, lexicon
from parallel_statement.terminology.surface import exactness

_STATUS_ORDER = {"preferred": 0, "admitted": 1, "deprecated": 2, "superseded": 3}


@dataclass(frozen=True, slots=True)
class Reading:
    """A mention that might be meant, and how near its characters come to the term."""

    mention: Mention
    exactness: int
    preference: tuple[float, ...]
    """Of several readings of one stretch the one with the least is the best."""


def find_mentions(version: Version, glossary: Glossary) -> tuple[Mention, ...]:
    """Return the terms of *glossary* in *version*, sorted; the longest wins, none overlap."""
    return choose_mentions(read_terms(version, glossary))


def read_terms(version: Version, glossary: Glossary) -> tuple[Reading, ...]:
    """Return every term in *version*, also inside others; each concept once a stretch."""
    terms = lexicon(glossary, version.language)
    if not terms.by_concept:
        return ()
    readings: list[Reading] = []
    for sentence in version.sentences:
        view = version.document.view(sentence.span)
        words = analyse_text(view.text, terms.language)
        best: dict[tuple[int, int, str], Reading] = {}
        for match in terms.match(words):
            term = match.term
            surface = view.text[match.start : match.end]
            mention = Mention(
                term.concept,
                term.designation,
                sentence.id,
                view.span(match.start, match.end),
                _rule(match, words, terms.language),
            )
            reading = Reading(mention, *_closeness(surface, match))
            place = (match.start, match.end, term.concept)
            if place not in best or reading.preference < best[place].preference:
                best[place] = reading
        readings.extend(best.values())
    return tuple(sorted(readings, key=lambda each: (each.mention.span, each.preference)))


def choose_mentions(readings: Iterable[Reading]) -> tuple[Mention, ...]:
    """Return one reading for every stretch of text, longest stretches first, without overlap."""
    ranked = sorted(
        readings,
        key=lambda each: (
            each.mention.span.start - each.mention.span.end,
            each.mention.span.start,
            each.preference,
        ),
    )
    chosen: list[Mention] = []
    taken: set[int] = set()
    for reading in ranked:
        characters = range(*reading.mention.span)
        if taken.isdisjoint(characters):
            taken.update(characters)
            chosen.append(reading.mention)
    return tuple(sorted(chosen, key=lambda mention: mention.span))


def _closeness(surface: str, match: Match) -> tuple[int, tuple[float, ...]]:
    """Return how exact a match is, and its preference among readings of the same stretch.

    The same characters beat everything, so that a deprecated spelling is known as what it is; of
    forms that are not the same characters the better status wins, so that an inflected preferred
    term is never taken for a deprecated one.
    """
    term = match.term.designation
    exact = exactness(surface, term.text)
    likeness = 1.0 if exact else SequenceMatcher(None, surface, term.text).ratio()
    return exact, (-exact, _STATUS_ORDER[term.status], -likeness, match.term.order)


def _rule(match: Match, words: Words, language: Language) -> str:
    """Return how the term was found, for the proof in a finding."""
    term = match.term.designation.text
    surface = words.text[match.start : match.end]
    if all(key.startswith("=") for token in match.words for key in token.keys) and match.words:
        return "acronym"
    if exactness(surface, term) > 1:
        return "exact"
    kind = "lemma" if language.joiner else "normal form"
    paths = "; ".join(dict.fromkeys(token.path for token in match.words if token.path))
    return f"{kind}: {paths or f'{surface} = {term}'}"
