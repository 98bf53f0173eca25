"""Do the versions commit, react and ask as strongly as one another.

The words stand in ``commitment.toml`` on scales of strength. A finding needs two versions that
agree on a word, and a third that has another of the same scale, at another degree, in its place;
what a version only puts into another sentence of the paragraph is no finding.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from parallel_statement.checks.base import Context, Passage, Unit, listed, named, stable_id
from parallel_statement.languages import get
from parallel_statement.model import (
    Concept,
    Designation,
    Finding,
    Glossary,
    LanguageTag,
    Mention,
    Span,
    Version,
)
from parallel_statement.terminology.matching import Reading, choose_mentions, read_terms

_DOMAIN = re.compile(r"commitment/(?P<scale>[^/]+)/(?P<strength>\d+)")
_ANY = "*"
"""Stands for the beginning of a word of which only the ending matters."""
_TOLERANCE = 1
"""Degrees that a translation may differ."""
_CLEAR = 3
"""Degrees that are a warning."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a scale in one language's text."""

    language: LanguageTag
    degree: _Degree
    unit: Unit
    text: str
    span: Span

    def is_near(self, other: _Word) -> bool:
        """Return whether a translator may put one for the other."""
        return abs(self.degree.strength - other.degree.strength) <= _TOLERANCE


def find_weakened_commitments(context: Context) -> Iterator[Finding]:
    """Yield a finding for every word that is weaker or stronger than in the other versions."""
    scales = _scales(context.glossary)
    mentions: dict[tuple[str, str], list[Mention]] = {}
    for version in context.text.versions:
        readings: dict[str, list[Reading]] = {}
        for reading in (*read_terms(version, scales.terms), *_read_endings(version, scales.terms)):
            scale = scales.degrees[reading.mention.concept].scale
            readings.setdefault(scale, []).append(reading)
        for scale, found in readings.items():
            for mention in choose_mentions(found):
                mentions.setdefault((scale, mention.sentence), []).append(mention)
    for scale in dict.fromkeys(degree.scale for degree in scales.degrees.values()):
        for passage in context.passages:
            words = tuple(_words(context, passage, mentions, scales, scale))
            for unit in {id(word.unit): word.unit for word in words}.values():
                yield from _compare(context, unit, words)


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


def _words(
    context: Context,
    passage: Passage,
    mentions: Mapping[tuple[str, str], Sequence[Mention]],
    scales: _Scales,
    scale: str,
) -> Iterator[_Word]:
    for unit in passage.units:
        for language in context.speaking(unit):
            for sentence in unit.sides[language].sentences:
                for mention in mentions.get((scale, sentence.id), ()):
                    text = context.surface(mention)
                    name = text[0].isupper() and mention.span.start > sentence.span.start
                    if not name:  # the month of May, an Agreement
                        degree = scales.degrees[mention.concept]
                        yield _Word(language, degree, unit, text, mention.span)


def _compare(context: Context, unit: Unit, words: Sequence[_Word]) -> Iterator[Finding]:
    speaking = context.speaking(unit)
    for language in speaking:
        others = [other for other in speaking if other != language]
        alone = len(others) == 1
        if not others or (alone and language != speaking[0]):
            continue
        own = [
            word
            for word in _here(words, unit, language)
            if all(_says_more(words, word, other) for other in others)
        ]
        theirs = {
            other: [w for w in _here(words, unit, other) if _says_more(words, w, language)]
            for other in others
        }
        for due in theirs[others[0]]:
            agreed = [
                next((each for each in theirs[other] if each.degree == due.degree), None)
                for other in others
            ]
            witnesses = [each for each in agreed if each]
            rivals = [
                word
                for word in own
                if not any(word.is_near(each) for group in theirs.values() for each in group)
            ]
            rendered = any(due.is_near(word) for word in own)
            if len(witnesses) == len(others) and rivals and not rendered:
                yield _report((language, others[0]) if alone else (language,), witnesses, rivals[0])
                break


def _here(words: Sequence[_Word], unit: Unit, language: LanguageTag) -> list[_Word]:
    return [word for word in words if word.unit is unit and word.language == language]


def _says_more(words: Sequence[_Word], word: _Word, other: LanguageTag) -> bool:
    """Return whether *other* has the degree of *word* less often, in the unit and the passage."""
    alike = [each for each in words if each.degree == word.degree]
    return all(
        sum(each.language == word.language for each in group)
        > sum(each.language == other for each in group)
        for group in (alike, [each for each in alike if each.unit is word.unit])
    )


def _report(languages: tuple[LanguageTag, ...], expected: Sequence[_Word], found: _Word) -> Finding:
    due = expected[0]
    quoted = listed(f"{named(each.language)} has “{each.text}”" for each in expected)
    apart = abs(found.degree.strength - due.degree.strength)
    clear = apart >= _CLEAR and len(expected) > 1 and get(found.language).known
    degree = "weaker" if found.degree.strength < due.degree.strength else "stronger"
    text = found.unit.sides[found.language].text
    return Finding(
        id=stable_id("commitment-strength", languages, due.degree.name, text),
        rule="commitment-strength",
        severity="warning" if clear else "info",
        bead=found.unit.bead.id,
        spans={each.language: (each.span,) for each in (*expected, found)},
        languages=languages,
        expected=due.degree.name,
        found=found.text,
        reason=f"{quoted}, but {named(found.language)} has “{found.text}”, which is {degree}.",
    )


# --- scales ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Degree:
    """A concept's place on a scale."""

    scale: str
    name: str
    strength: int


@dataclass(frozen=True, slots=True)
class _Scales:
    """All scales: the words of all in one glossary, so that a text is read but once."""

    terms: Glossary
    degrees: Mapping[str, _Degree]
    """By the id of the concept."""


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
        concept: _Degree(found["scale"], concept.id.rpartition("/")[2], int(found["strength"]))
        for concept in concepts
        if (found := _DOMAIN.fullmatch(concept.domain))
    }
    degrees = {concept.id: degree for concept, degree in places.items()}
    return _Scales(Glossary(tuple(places)), degrees)


@cache
def _built_in() -> _Scales:
    data = tomllib.loads(files(__package__).joinpath("commitment.toml").read_text("utf-8"))
    return _placed(
        Concept(
            f"{scale}/{name}",
            tuple(
                Designation(language, term, "admitted" if order else "preferred")
                for language, terms in entry.items()
                if language != "strength"
                for order, term in enumerate(terms.split("|"))
            ),
            domain=f"commitment/{scale}/{entry['strength']}",
        )
        for scale, concepts in data.items()
        for name, entry in concepts.items()
    )
