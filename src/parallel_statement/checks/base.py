"""What every check sees, and how it says what it found.

A *passage* is an n-way paragraph bead with the n-way sentence beads inside it, its *units*. Checks
judge over the passage before they speak about a unit, because languages put the same content into
different sentences.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from parallel_statement import languages
from parallel_statement.model import (
    Bead,
    Finding,
    Glossary,
    LanguageTag,
    Mention,
    ParallelText,
    Sentence,
    Severity,
    Span,
    View,
)
from parallel_statement.terminology.lexicon import Lexicon, lexicon
from parallel_statement.terminology.matching import Reading, choose_mentions, read_terms
from parallel_statement.terminology.patterns import Words, analyse_text

_NO_NCNAME = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """What one language says in a unit."""

    language: LanguageTag
    sentences: tuple[Sentence, ...]
    views: tuple[View, ...]

    @property
    def text(self) -> str:
        """The sentences, one after the other."""
        return " ".join(view.text for view in self.views)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The places of the sentences."""
        return tuple(sentence.span for sentence in self.sentences)


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """An n-way sentence bead."""

    bead: Bead
    sides: Mapping[LanguageTag, Side]

    @property
    def present(self) -> tuple[LanguageTag, ...]:
        """The languages that have something here."""
        return tuple(language for language, side in self.sides.items() if side.sentences)


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """An n-way paragraph bead and its units."""

    bead: Bead
    units: tuple[Unit, ...]


@dataclass(frozen=True, eq=False)
class Context:
    """An aligned text as the checks see it."""

    text: ParallelText
    glossary: Glossary | None
    passages: tuple[Passage, ...]
    readings: Mapping[LanguageTag, tuple[Reading, ...]]
    mentions: Mapping[LanguageTag, tuple[Mention, ...]]
    silent: frozenset[tuple[str, LanguageTag]] = field(default_factory=frozenset)
    """Sides (bead id, language) of which another finding says that nothing is translated there."""

    @cached_property
    def lexica(self) -> Mapping[LanguageTag, Lexicon]:
        """The terms of each language."""
        glossary = self.glossary or Glossary(())
        return {language: lexicon(glossary, language) for language in self.text.languages}

    @cached_property
    def words(self) -> Mapping[str, Words]:
        """The analysed words of every sentence, by its id."""
        return {
            sentence.id: analyse_text(view.text, self.lexica[language].language)
            for passage in self.passages
            for unit in passage.units
            for language, side in unit.sides.items()
            for sentence, view in zip(side.sentences, side.views, strict=True)
        }

    @cached_property
    def _speaking(self) -> Mapping[str, tuple[LanguageTag, ...]]:
        return {
            unit.bead.id: tuple(
                language for language in unit.present if (unit.bead.id, language) not in self.silent
            )
            for passage in self.passages
            for unit in passage.units
        }

    def speaking(self, unit: Unit) -> tuple[LanguageTag, ...]:
        """Return the languages that say in *unit* what can be compared."""
        return self._speaking[unit.bead.id]

    def read(self, passage: Passage, language: LanguageTag) -> Iterator[tuple[Unit, View]]:
        """Yield the sentences of *passage* in *language* that can be compared, and their units."""
        for unit in passage.units:
            if language in self.speaking(unit):
                for view in unit.sides[language].views:
                    yield unit, view

    def bead_order(self) -> tuple[str, ...]:
        """Return the ids of all beads in the order of the document, a passage before its units."""
        return tuple(
            bead.id
            for passage in self.passages
            for bead in (passage.bead, *(unit.bead for unit in passage.units))
        )

    def surface(self, mention: Mention) -> str:
        """Return the characters of *mention*, without layout."""
        version = self.text.version(mention.designation.language)
        return version.document.view(mention.span).text


CheckFunction = Callable[[Context], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A claim about the texts, the function that tests it, and its usual severity."""

    function: CheckFunction
    severity: Severity
    claim: str


def build_context(
    text: ParallelText,
    glossary: Glossary | None,
    mentions: Mapping[LanguageTag, tuple[Mention, ...]] | None = None,
) -> Context:
    """Return *text* as the checks see it, its terms found (or taken from *mentions*)."""
    readings = {
        version.language: read_terms(version, glossary) if glossary else ()
        for version in text.versions
    }
    if mentions is None:
        mentions = {language: choose_mentions(found) for language, found in readings.items()}
    return Context(text, glossary, _passages(text), readings, mentions)


def _passages(text: ParallelText) -> tuple[Passage, ...]:
    homes = {
        (language, paragraph): number
        for number, bead in enumerate(text.paragraphs.beads)
        for language, segments in bead.ranges.items()
        for paragraph in segments.indices
    }
    paragraph_of = {
        version.language: [
            number
            for number, paragraph in enumerate(version.paragraphs)
            for _ in paragraph.sentences
        ]
        for version in text.versions
    }
    sentences_of = {version.language: version.sentences for version in text.versions}
    units: dict[int, list[Unit]] = {}
    for bead in text.sentences.beads:
        language, segments = next(each for each in bead.ranges.items() if each[1].size)
        home = homes[language, paragraph_of[language][segments.start]]
        units.setdefault(home, []).append(_unit(text, bead, sentences_of))
    return tuple(
        Passage(bead, tuple(units.get(number, ())))
        for number, bead in enumerate(text.paragraphs.beads)
    )


def _unit(
    text: ParallelText, bead: Bead, sentences_of: Mapping[LanguageTag, Sequence[Sentence]]
) -> Unit:
    sides: dict[LanguageTag, Side] = {}
    for language, segments in bead.ranges.items():
        version = text.version(language)
        sentences = tuple(sentences_of[language][segments.start : segments.stop])
        views = tuple(version.document.view(sentence.span) for sentence in sentences)
        sides[language] = Side(language, sentences, views)
    return Unit(bead, sides)


def stable_id(rule: str, languages: Iterable[LanguageTag], subject: str, *texts: str) -> str:
    """Return an id made of what the finding is about and of the words at its own place.

    It holds no running number, so that a change elsewhere leaves it as it is.
    """
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:8]
    name = ".".join(part for part in (rule, "-".join(languages), subject, digest) if part)
    return _NO_NCNAME.sub("_", unicodedata.normalize("NFKC", name))


def with_unique_ids(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return *findings* with ``.2``, ``.3`` after an id that is already taken."""
    counts: dict[str, int] = {}
    unique: list[Finding] = []
    for finding in findings:
        counts[finding.id] = counts.get(finding.id, 0) + 1
        count = counts[finding.id]
        unique.append(finding if count == 1 else replace(finding, id=f"{finding.id}.{count}"))
    return tuple(unique)


def shares_characters(span: Span, spans: Sequence[Span]) -> bool:
    """Return whether one of *spans*, which are sorted and do not overlap, overlaps *span*."""
    place = bisect_left(spans, span.end, key=lambda each: each.start) - 1
    return place >= 0 and spans[place].end > span.start


def odd_ones(said: Mapping[LanguageTag, Hashable]) -> tuple[LanguageTag, ...]:
    """Return the languages that say what fewer say; none if all agree, all if no one has support.

    >>> odd_ones({"en": 5, "it": 5, "ja": 6}), odd_ones({"en": 5, "it": 6})
    (('ja',), ('en', 'it'))
    """
    counts = Counter(said.values())
    most = max(counts.values(), default=0)
    if len(counts) < 2:
        return ()
    odd = tuple(language for language, value in said.items() if counts[value] < most)
    return odd or tuple(said)


def named(tag: LanguageTag) -> str:
    """Return the English name of a language, for a message: "it" would read as a pronoun."""
    return languages.get(tag).name


def listed_names(tags: Iterable[LanguageTag]) -> str:
    """Return the names of languages as English prose: "English, Italian and Japanese"."""
    return listed(map(named, tags))


def have(tags: Sequence[LanguageTag]) -> str:
    """Return languages with their verb: "English has", "English and Italian have"."""
    return f"{listed_names(tags)} {'has' if len(tags) == 1 else 'have'}"


def listed(items: Iterable[str]) -> str:
    """Return *items* as English prose: "one, two and three"."""
    *head, last = tuple(items)
    return f"{', '.join(head)} and {last}" if head else last
