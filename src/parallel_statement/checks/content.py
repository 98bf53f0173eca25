"""Do all versions say what the others say: content words that one lacks, or has alone.

Words of a unit that a version does not cover (``coverage``), although another version does, are
what it lacks; words of it that no other covers are what it has alone. One word without cover says
little, as vectors of words are rough, so what each lacks of the usual coverage is added up, members
of lists count twice, and the version's length here, by its length elsewhere, is added. A word that
has no cover at most of its places has another name in that version. A term of the glossary is
judged by the checks of terms. Of each version only what is most striking is told.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parallel_statement.checks.base import (
    Context,
    Unit,
    have,
    listed,
    named,
    shares_characters,
    stable_id,
)
from parallel_statement.checks.coverage import CoveredUnit, CoveredWord, Word, cover
from parallel_statement.model import Finding, LanguageTag, Span, Version

_RULE = "content-mismatch"
_FLOOR = 0.6
"""A word that is covered less than this counts, by the difference."""
_SUPPORT = 0.5
"""Coverage by a third version up to which that one does not confirm a word; at twice it does."""
_BARE = 0.75
"""A word covered less than this at half of its other places has another name in that version."""
_MEMBER = 2.0
"""Weight of the member of a list."""
_BY_LENGTH, _LONGEST = 0.8, 0.8
"""Weight of the logarithm of the length that is due to the length there is, and its bounds."""
_SMOOTHING = 2
"""Words added to both lengths."""
_LEAST_LACKING, _LEAST_ADDED = 0.45, 0.5
_MOST = 0.01
"""Lapses of a kind that are told of a version, as a part of all units; one always may be."""
_FEWEST = 5
"""Units that tell what is usual."""
_SHOWN = 4
"""Words of a version that are named at most."""


@dataclass(frozen=True, slots=True)
class _Lapse:
    """What one version lacks in a unit, or has alone."""

    language: LanguageTag
    unit: Unit
    words: Mapping[LanguageTag, Sequence[Word]]
    """Of those that have them, in order."""
    size: float


def find_content_mismatches(context: Context) -> Iterator[Finding]:
    """Yield a hint for words that one version lacks, or has alone, where that is most striking."""
    units = cover(context)
    if len(units) < _FEWEST:
        return
    terms = {
        language: [mention.span for mention in mentions]
        for language, mentions in context.mentions.items()
    }
    judge = _Judge(units, terms)
    most = math.ceil(_MOST * len(units))
    for language in context.text.languages:
        here = [unit for unit in units if language in unit.words]
        for find in (judge.find_lacking, judge.find_added):
            lapses = [lapse for unit in here if (lapse := find(unit, language))]
            lapses.sort(key=lambda lapse: -lapse.size)
            yield from (_finding(context, lapse) for lapse in lapses[:most])


class _Judge:
    """What is known of all units when one is judged."""

    def __init__(
        self, units: Sequence[CoveredUnit], terms: Mapping[LanguageTag, Sequence[Span]]
    ) -> None:
        self._terms = terms
        self._lengths: Counter[LanguageTag] = Counter()
        self._places: Counter[tuple[LanguageTag, str]] = Counter()
        self._bare: Counter[tuple[LanguageTag, LanguageTag, str]] = Counter()
        for unit in units:
            for language, words in unit.words.items():
                self._lengths[language] += len(words)
                for each in words:
                    self._places[language, each.word.text] += 1
                    for other, coverage in each.by.items():
                        self._bare[language, other, each.word.text] += coverage < _BARE

    def find_lacking(self, unit: CoveredUnit, language: LanguageTag) -> _Lapse | None:
        """Return what *language* lacks in *unit* of what two others say."""
        doubts = {
            other: self._lacked(other, words, language)
            for other, words in unit.words.items()
            if other != language
        }
        witnesses = {other: found for other, found in doubts.items() if found}
        total = sum(weight for found in witnesses.values() for weight, _ in found)
        size = total / len(doubts) + _BY_LENGTH * self._shortness(unit, language)
        if len(witnesses) < 2 or size <= _LEAST_LACKING:
            return None
        return _Lapse(language, unit.unit, _heaviest(witnesses), size)

    def find_added(self, unit: CoveredUnit, language: LanguageTag) -> _Lapse | None:
        """Return what *language* has in *unit* and no other version covers."""
        doubts = [
            (_weight(each, max(each.by.values())), each.word)
            for each in self._judged(language, unit.words[language])
            if max(each.by.values()) < _FLOOR
            and not any(self._is_usually_bare(language, each, other) for other in each.by)
        ]
        total = sum(weight for weight, _ in doubts)
        size = total - _BY_LENGTH * self._shortness(unit, language)
        if not doubts or size <= _LEAST_ADDED:
            return None
        return _Lapse(language, unit.unit, _heaviest({language: doubts}), size)

    def _lacked(
        self, language: LanguageTag, words: Sequence[CoveredWord], lacking: LanguageTag
    ) -> list[tuple[float, Word]]:
        """Return those of *words* that *lacking* does not cover and a third version does."""
        found = []
        for each in self._judged(language, words):
            others = [value for other, value in each.by.items() if other != lacking]
            support = min(1.0, (max(others, default=0.0) - _SUPPORT) / _SUPPORT)
            weight = _weight(each, each.by.get(lacking, 0.0)) * support
            if weight > 0 and support > 0 and not self._is_usually_bare(language, each, lacking):
                found.append((weight, each.word))
        return found

    def _judged(self, language: LanguageTag, words: Sequence[CoveredWord]) -> Iterator[CoveredWord]:
        """Yield those of *words* that are no part of a term."""
        terms = self._terms.get(language, ())
        return (each for each in words if not shares_characters(each.word.span, terms))

    def _is_usually_bare(
        self, language: LanguageTag, each: CoveredWord, other: LanguageTag
    ) -> bool:
        """Return whether *other* has no cover for a word at most of its other places."""
        places = self._places[language, each.word.text] - 1
        bare = self._bare[language, other, each.word.text] - (each.by[other] < _BARE)
        return places > 0 and 2 * bare >= places

    def _shortness(self, unit: CoveredUnit, language: LanguageTag) -> float:
        """Return the logarithm of the length that *language* should have to the one it has."""
        shares = [
            len(words) / self._lengths[other]
            for other, words in unit.words.items()
            if other != language
        ]
        due = self._lengths[language] * sum(shares) / len(shares)
        ratio = (due + _SMOOTHING) / (len(unit.words[language]) + _SMOOTHING)
        return max(-_LONGEST, min(_LONGEST, math.log(ratio)))


def _weight(each: CoveredWord, coverage: float) -> float:
    return max(0.0, _FLOOR - coverage) * (_MEMBER if each.word.is_member else 1.0)


def _heaviest(
    doubts: Mapping[LanguageTag, Sequence[tuple[float, Word]]],
) -> Mapping[LanguageTag, Sequence[Word]]:
    """Return the words of most weight of each version, in order."""
    return {
        language: sorted(
            (word for _, word in sorted(found, key=lambda doubt: -doubt[0])[:_SHOWN]),
            key=lambda word: word.span,
        )
        for language, found in doubts.items()
    }


def _finding(context: Context, lapse: _Lapse) -> Finding:
    language, unit = lapse.language, lapse.unit
    texts = {
        tag: [_surface(context.text.version(tag), word) for word in words]
        for tag, words in lapse.words.items()
    }
    said = listed(
        f"{named(tag)} has {', '.join(f'“{word}”' for word in words)}"
        for tag, words in texts.items()
    )
    spans = {tag: tuple(word.span for word in words) for tag, words in lapse.words.items()}
    first = ", ".join(next(iter(texts.values())))
    if added := language in texts:
        others = [tag for tag in context.speaking(unit) if tag != language]
        reason = f"Only {said}; {have(others)} nothing like it in the paragraph."
    else:
        spans[language] = unit.sides[language].spans
        reason = f"{said}; {named(language)} has nothing like it in the paragraph."
    return Finding(
        id=stable_id(_RULE, (language,), "added" if added else "lost", unit.sides[language].text),
        rule=_RULE,
        severity="info",
        bead=unit.bead.id,
        spans=spans,
        languages=(language,),
        expected="nothing like it" if added else first,
        found=first if added else "",
        reason=reason,
    )


def _surface(version: Version, word: Word) -> str:
    return version.document.view(word.span).text
