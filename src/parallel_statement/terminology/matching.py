"""Where the terms of a glossary stand in a text.

``read_terms`` lists every reading: a stretch of text may name two concepts, and a term may stand
inside another. ``find_mentions`` chooses: the longest term wins, terms inside it are left out, and
of several readings of one stretch the one whose characters are closest.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from parallel_statement.languages.base import MATCHING_RULES
from parallel_statement.model import (
    Designation,
    Glossary,
    LanguageTag,
    Mention,
    Sentence,
    Span,
    Version,
)
from parallel_statement.terminology.lexicon import Lexicon, lexicon
from parallel_statement.terminology.patterns import Link, Match
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
        best: dict[tuple[int, int, str], Reading] = {}
        for reading in _readings(version, sentence, terms):
            place = (*reading.mention.span, reading.mention.concept)
            if place not in best or reading.preference < best[place].preference:
                best[place] = reading
        readings.extend(best.values())
    return tuple(sorted(readings, key=lambda each: (each.mention.span, each.preference)))


def _readings(version: Version, sentence: Sentence, terms: Lexicon) -> Iterator[Reading]:
    found = terms.find(version.text(sentence))
    if not found:  # as most sentences have none
        return
    view = version.document.view(sentence.span)
    for match in found:
        surface = view.text[match.start : match.end]
        designation = match.term.designation
        if not _has_its_case(surface, designation):
            continue
        span = view.span(match.start, match.end)
        rule, path = _proof(surface, match)
        mention = Mention(match.term.concept, designation, sentence.id, span, rule, path)
        yield Reading(mention, *_closeness(surface, match))


def named_concepts(term: str, glossary: Glossary, language: LanguageTag) -> Iterator[str]:
    """Yield the ids of the concepts of which all of *term* is a form in *language*."""
    terms = lexicon(glossary, language)
    for match in terms.find(term):
        around = term[: match.start] + term[match.end :]
        if not any(character.isalnum() for character in around):
            yield match.term.concept


def places_of(text: str, glossary: Glossary, language: LanguageTag) -> tuple[Span, ...]:
    """Return where *text* has terms of *glossary*, the longest where several overlap, in order."""
    found = sorted(
        (match.start - match.end, match.start, match.end)
        for match in lexicon(glossary, language).find(text)
        if _has_its_case(text[match.start : match.end], match.term.designation)
    )
    chosen: list[Span] = []
    for _, start, end in found:
        if all(end <= other.start or other.end <= start for other in chosen):
            chosen.append(Span(start, end))
    return tuple(sorted(chosen))


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


def _has_its_case(surface: str, designation: Designation) -> bool:
    """Return whether *surface* has the capitals of a term to which they matter.

    They are compared up to where the forms part: "States" is a form of "State", "states" is not.
    """
    if not designation.case_sensitive and designation.type != "acronym":
        return True
    here, there = (unicodedata.normalize("NFKC", text) for text in (surface, designation.text))
    for character, other in zip(here, there, strict=False):
        if character.casefold() != other.casefold():
            return True
        if character != other:
            return False
    return True


def _closeness(surface: str, match: Match) -> tuple[int, tuple[float, ...]]:
    """Return how exact a match is, and its preference among readings of the same stretch.

    The same characters beat everything, so that a deprecated spelling is known as what it is; of
    forms that are not the same characters the better status wins, so that an inflected preferred
    term is never taken for a deprecated one.
    """
    term = match.term.designation
    exact = exactness(surface, term.text)
    likeness = 1.0 if exact else SequenceMatcher(None, surface, term.text).ratio()
    return exact, (
        -exact,
        _STATUS_ORDER[term.status],
        -likeness,
        match.term.order,
        -len(match.links),
    )


def _proof(surface: str, match: Match) -> tuple[str, str]:
    """Return by which rule a match was found, and how each word led to that of the term."""
    term = match.term.designation
    if match.links and all(each.rule == "acronym" for each in match.links):
        rule = "acronym"
    elif exactness(surface, term.text) > 1:
        return ("acronym" if term.type == "acronym" else "exact"), ""
    else:
        rule = max((each.rule for each in match.links), key=MATCHING_RULES.index, default="exact")
        rule = "spelling" if rule in ("exact", "acronym") else rule
    steps = dict.fromkeys(filter(None, map(_path, match.links)))
    if not steps and surface != term.text:
        steps = {f"{surface} → {term.text}": None}
    return rule, "; ".join(steps)


def _path(step: Link) -> str:
    """Return the way from a word of the text to the term's: "critiche → critica"."""
    if step.rule == "exact":
        return ""
    forms = [step.surface]
    for form in (step.key.removeprefix("="), step.term):
        if form.casefold() != forms[-1].casefold():
            forms.append(form)
        elif len(forms) > 1:
            forms[-1] = form
    return " → ".join(forms) if len(forms) > 1 else ""
