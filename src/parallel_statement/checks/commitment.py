"""Do the versions commit, react and ask as strongly as one another.

The words stand in ``commitment.toml`` on scales of strength. A finding needs two versions that
agree on a word, and a third that has another of the same scale, at another degree, in its place;
what a version only puts into another sentence of the paragraph is no finding.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
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
)
from parallel_statement.terminology import find_mentions

_DOMAIN = re.compile(r"commitment/(?P<scale>[^/]+)/(?P<strength>\d+)")
_TOLERANCE = 1
"""Degrees that a translation may differ."""
_CLEAR = 3
"""Degrees that are a warning."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a scale in one language's text."""

    language: LanguageTag
    concept: str
    strength: int
    unit: Unit
    text: str
    span: Span

    def is_near(self, other: _Word) -> bool:
        """Return whether a translator may put one for the other."""
        return abs(self.strength - other.strength) <= _TOLERANCE


def find_weakened_commitments(context: Context) -> Iterator[Finding]:
    """Yield a finding for every word that is weaker or stronger than in the other versions."""
    for scale in _scales(context.glossary):
        mentions: dict[str, list[Mention]] = {}
        for version in context.text.versions:
            for mention in find_mentions(version, scale):
                mentions.setdefault(mention.sentence, []).append(mention)
        strengths = {concept.id: _degree(concept) for concept in scale.concepts}
        for passage in context.passages:
            words = tuple(_words(context, passage, mentions, strengths))
            for unit in passage.units:
                yield from _compare(context, unit, words)


def _words(
    context: Context,
    passage: Passage,
    mentions: Mapping[str, Sequence[Mention]],
    strengths: Mapping[str, int],
) -> Iterator[_Word]:
    for unit in passage.units:
        for language in context.speaking(unit):
            for sentence in unit.sides[language].sentences:
                for mention in mentions.get(sentence.id, ()):
                    text = context.surface(mention)
                    name = text[0].isupper() and mention.span.start > sentence.span.start
                    if not name:  # the month of May, an Agreement
                        strength = strengths[mention.concept]
                        yield _Word(language, mention.concept, strength, unit, text, mention.span)


def _compare(context: Context, unit: Unit, words: Sequence[_Word]) -> Iterator[Finding]:
    speaking = context.speaking(unit)
    for language in speaking:
        others = [other for other in speaking if other != language]
        alone = len(others) == 1
        if not others or (alone and language != speaking[0]):
            continue
        has = {tag: {each.concept for each in words if each.language == tag} for tag in speaking}
        own = [
            word
            for word in _here(words, unit, language)
            if not any(word.concept in has[other] for other in others)
        ]
        theirs = {
            other: [word for word in _here(words, unit, other) if word.concept not in has[language]]
            for other in others
        }
        for due in theirs[others[0]]:
            agreed = [
                next((each for each in theirs[other] if each.concept == due.concept), None)
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


def _report(languages: tuple[LanguageTag, ...], expected: Sequence[_Word], found: _Word) -> Finding:
    due = expected[0]
    quoted = listed(f"{named(each.language)} has “{each.text}”" for each in expected)
    apart = abs(found.strength - due.strength)
    clear = apart >= _CLEAR and len(expected) > 1 and get(found.language).known
    degree = "weaker" if found.strength < due.strength else "stronger"
    text = found.unit.sides[found.language].text
    return Finding(
        id=stable_id("commitment-strength", languages, due.concept, text),
        rule="commitment-strength",
        severity="warning" if clear else "info",
        bead=found.unit.bead.id,
        spans={each.language: (each.span,) for each in (*expected, found)},
        languages=languages,
        expected=due.concept,
        found=found.text,
        reason=f"{quoted}, but {named(found.language)} has “{found.text}”, which is {degree}.",
    )


# --- scales ------------------------------------------------------------------------------


def _scales(glossary: Glossary | None) -> tuple[Glossary, ...]:
    """Return the scales, each a glossary: the built-in ones, unless *glossary* has its own."""
    scales = dict(_built_in())
    own: dict[str, list[Concept]] = {}
    for concept in glossary.concepts if glossary else ():
        found = _DOMAIN.fullmatch(concept.domain)
        if found:
            own.setdefault(found["scale"], []).append(concept)
    scales |= {name: Glossary(tuple(concepts), name) for name, concepts in own.items()}
    return tuple(scales.values())


def _degree(concept: Concept) -> int:
    return int(concept.domain.rpartition("/")[2])


@cache
def _built_in() -> Mapping[str, Glossary]:
    data = tomllib.loads(files(__package__).joinpath("commitment.toml").read_text("utf-8"))
    return {
        scale: Glossary(
            tuple(
                Concept(
                    name,
                    tuple(
                        Designation(language, term, "admitted" if order else "preferred")
                        for language, terms in entry.items()
                        if language != "strength"
                        for order, term in enumerate(terms.split("|"))
                    ),
                    domain=f"commitment/{scale}/{entry['strength']}",
                )
                for name, entry in concepts.items()
            ),
            scale,
        )
        for scale, concepts in data.items()
    }
