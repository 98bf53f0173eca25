"""Is everything there, in every language: omissions, additions, stumps, untranslated sentences."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import median

from parallel_statement.checks.base import (
    Context,
    Side,
    Unit,
    have,
    listed,
    listed_names,
    named,
    odd_ones,
    stable_id,
)
from parallel_statement.languages import get
from parallel_statement.model import Bead, Finding, LanguageTag, Move, ParallelText, Severity, Span

_UNSURE = 0.5
"""Below this posterior the alignment itself is in doubt."""
_FEWEST_BEADS = 8
"""Fewer sentences tell nothing about the usual ratio of lengths."""
_SPREAD = 0.2
"""Least standard deviation of the log ratio of a long sentence's lengths that is believed."""
_CHARACTER_VARIANCE = 3.0
"""Variance that a character adds (Gale and Church 1993 measured 6.8 between two languages)."""
_SHORT, _STUMP = 3.0, 0.6
"""Standard deviations below the usual length, and part of it, that are worth a look."""
_SHORT_OF_ALL, _STUMP_OF_ALL = 2.0, 0.65
"""The same where several versions let one expect more."""
_SHORT_OF_SENTENCES, _STUMP_OF_SENTENCES = 1.0, 0.75
"""The same where all of these have more sentences, too."""
_FAR_TOO_SHORT = 4.5
"""Standard deviations that are worth a warning."""
_FEWEST_WORDS = 5
_SAME = 0.85
"""Part of a sentence's pairs of words that must stand in the other language too."""


# --- omissions and additions -------------------------------------------------------------


def find_missing_units(context: Context) -> Iterator[Finding]:
    """Yield a finding for every passage or unit that some language does not have.

    What probably stands elsewhere is one finding, not one that it is missing here and another
    that it was added there.
    """
    elsewhere = _elsewhere(context.text)
    for move in context.text.moves:
        yield _moved(context, move)
    for passage in context.passages:
        found = {unit.bead.id: _missing_languages(unit, elsewhere) for unit in passage.units}
        if passage.bead.gaps and all(
            found[unit.bead.id] == unit.bead.gaps for unit in passage.units
        ):
            yield _missing(passage.bead, passage.bead.gaps, passage.units, "paragraph")
            continue
        for units in _same_gaps(passage.units, found):
            absent = set.intersection(*(set(found[unit.bead.id]) for unit in units))
            languages = tuple(tag for tag in units[0].bead.gaps if tag in absent)
            yield _missing(units[0].bead, languages, units, "sentence")


def _same_gaps(
    units: Sequence[Unit], absent: Mapping[str, tuple[LanguageTag, ...]]
) -> Iterator[tuple[Unit, ...]]:
    """Yield the units that some language does not have; neighbours of different languages as one.

    What all but one language have in a place is omitted in that one, though nothing says that they
    are renderings of each other.
    """
    run: tuple[Unit, ...] = ()
    for unit in units:
        joined = (*run, unit)
        common = set.intersection(*(set(absent[each.bead.id]) for each in joined))
        speaking = [language for each in joined for language in each.present]
        if common and len(speaking) == len(set(speaking)):
            run = joined
            continue
        if run:
            yield run
        run = (unit,) if absent[unit.bead.id] else ()
    if run:
        yield run


def _elsewhere(text: ParallelText) -> dict[str, frozenset[LanguageTag]]:
    """Return the languages that probably have a sentence at another place, by its id."""
    found: dict[str, frozenset[LanguageTag]] = {}
    for move in text.moves:
        for place in move.places:
            others = frozenset(move.ranges) - frozenset(place)
            for language, extent in place.items():
                for sentence in text.version(language).sentences[slice(*extent)]:
                    found[sentence.id] = others
    return found


def _missing_languages(
    unit: Unit, elsewhere: Mapping[str, frozenset[LanguageTag]]
) -> tuple[LanguageTag, ...]:
    known = [
        elsewhere.get(sentence.id, frozenset())
        for side in unit.sides.values()
        for sentence in side.sentences
    ]
    return tuple(tag for tag in unit.bead.gaps if not any(tag in tags for tags in known))


def _moved(context: Context, move: Move) -> Finding:
    text = context.text
    sentences = {tag: text.version(tag).sentences[slice(*r)] for tag, r in move.ranges.items()}
    first = next(iter(sentences.values()))[0]
    bead = next(
        unit.bead.id
        for passage in context.passages
        for unit in passage.units
        if any(first in side.sentences for side in unit.sides.values())
    )
    languages = odd_ones({tag: k for k, place in enumerate(move.places) for tag in place})
    here, *there = map(tuple, move.places)
    words = [text.version(tag).text(s) for tag, side in sentences.items() for s in side]
    return Finding(
        id=stable_id("unit-missing", languages, "moved", *words),
        rule="unit-missing",
        severity="warning",
        bead=bead,
        spans={tag: tuple(sentence.span for sentence in side) for tag, side in sentences.items()},
        languages=languages,
        expected="one place in all versions",
        found=f"one place in {', another in '.join(map(listed_names, move.places))}",
        reason=f"Moved passage? What {have(here)} here, {listed(map(have, there))} elsewhere, with"
        f" a probability of {move.posterior:.2f}.",
    )


def _missing(
    bead: Bead, absent: tuple[LanguageTag, ...], units: Sequence[Unit], what: str
) -> Finding:
    present = tuple(tag for tag in bead.ranges if any(tag in unit.present for unit in units))
    sides = [unit.sides[language] for language in present for unit in units]
    spans = {
        language: tuple(span for side in sides if side.language == language for span in side.spans)
        for language in present
    }
    addition = len(present) == 1 < len(absent)
    languages = present if addition else absent
    reason = (
        f"Only {named(present[0])} has this {what}; {listed_names(absent)} have no counterpart: "
        f"it was added in {named(present[0])} or omitted elsewhere."
        if addition
        else f"No counterpart in {listed_names(absent)} of this {what} of {listed_names(present)}."
    )
    severity: Severity = "warning"
    if bead.posterior < _UNSURE:
        severity = "info"
        reason += f" The alignment is unsure here (probability {bead.posterior:.2f})."
    return Finding(
        id=stable_id("unit-missing", languages, "", *(side.text for side in sides)),
        rule="unit-missing",
        severity=severity,
        bead=bead.id,
        spans=spans,
        languages=languages,
        expected="nothing" if addition else f"a rendering in {listed_names(absent)}",
        found=sides[0].text if addition else "",
        reason=reason,
    )


# --- length ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Usual:
    """How long two languages usually are beside each other in this document."""

    ratio: float
    """Median of the log of length over length."""
    spread: float


def find_short_sides(context: Context) -> Iterator[Finding]:
    """Yield a finding for every side that is far too short against all the others.

    The measure is the document's own: the median of the log ratio of lengths, its spread by the
    median absolute deviation, and a share for chance that falls with the length.
    """
    units = [unit for passage in context.passages for unit in passage.units]
    usual = _usual_lengths(context, units)
    for unit in units:
        speaking = context.speaking(unit)
        for language in speaking:
            finding = _short_side(unit, language, speaking, usual)
            if finding:
                yield finding


def _usual_lengths(
    context: Context, units: Sequence[Unit]
) -> dict[tuple[LanguageTag, LanguageTag], _Usual]:
    usual: dict[tuple[LanguageTag, LanguageTag], _Usual] = {}
    for first, second in combinations(context.text.languages, 2):
        ratios = [
            math.log(_length(unit.sides[first]) / _length(unit.sides[second]))
            for unit in units
            if {first, second} <= set(context.speaking(unit))
        ]
        if len(ratios) < _FEWEST_BEADS:
            continue
        middle = median(ratios)
        spread = max(1.4826 * median(abs(ratio - middle) for ratio in ratios), _SPREAD)
        usual[first, second] = _Usual(middle, spread)
        usual[second, first] = _Usual(-middle, spread)
    return usual


def _length(side: Side) -> int:
    return max(1, sum(not character.isspace() for character in side.text))


def _short_side(
    unit: Unit,
    language: LanguageTag,
    speaking: Sequence[LanguageTag],
    usual: dict[tuple[LanguageTag, LanguageTag], _Usual],
) -> Finding | None:
    others = [other for other in speaking if (language, other) in usual and other != language]
    if not others:
        return None
    length = _length(unit.sides[language])
    due = {
        other: math.exp(usual[language, other].ratio) * _length(unit.sides[other])
        for other in others
    }
    deviation = min(
        (math.log(due[other]) - math.log(length))
        / math.sqrt(usual[language, other].spread ** 2 + _CHARACTER_VARIANCE / due[other])
        for other in others
    )
    expected = min(due.values())
    least, most = _limits(unit, language, others)
    if deviation < least or length > most * expected:
        return None
    severity: Severity = "warning" if deviation >= _FAR_TOO_SHORT else "info"
    return Finding(
        id=stable_id("length", (language,), "", unit.sides[language].text),
        rule="length",
        severity=severity,
        bead=unit.bead.id,
        spans={each: unit.sides[each].spans for each in speaking},
        languages=(language,),
        expected=f"about {expected:.0f} characters",
        found=f"{length} characters",
        reason=f"{named(language)} has {length / expected:.0%} of the length that "
        f"{listed_names(others)} let one expect in this document: a part may be missing.",
    )


def _limits(
    unit: Unit, language: LanguageTag, others: Sequence[LanguageTag]
) -> tuple[float, float]:
    """Return the deviation and the part of the usual length from which on a side is too short."""
    if len(others) < 2:
        return _SHORT, _STUMP
    own = len(unit.sides[language].sentences)
    if all(own < len(unit.sides[other].sentences) for other in others):
        return _SHORT_OF_SENTENCES, _STUMP_OF_SENTENCES
    return _SHORT_OF_ALL, _STUMP_OF_ALL


# --- untranslated ------------------------------------------------------------------------


def find_untranslated(context: Context) -> Iterator[Finding]:
    """Yield a finding for every side that repeats another language's sentence."""
    vocabularies = {language: _vocabulary(context, language) for language in context.text.languages}
    for passage in context.passages:
        for unit in passage.units:
            for first, second in combinations(unit.present, 2):
                repeated = _repetition(unit.sides[first], unit.sides[second])
                if not repeated:
                    continue
                words, spans = repeated
                foreign = min(
                    (first, second),
                    key=lambda language: _familiarity(vocabularies[language], words),
                )
                yield _untranslated(unit, foreign, second if foreign == first else first, spans)


def _vocabulary(context: Context, language: LanguageTag) -> Counter[str]:
    return Counter(
        word
        for passage in context.passages
        for unit in passage.units
        for view in unit.sides[language].views
        for word in set(_words(view.text, language))
    )


def _familiarity(vocabulary: Counter[str], words: Sequence[str]) -> float:
    """Return how much at home *words* are in a language, by its other sentences here."""
    return sum(min(vocabulary[word] - 1, 3) for word in words) / len(words)


def _words(text: str, language: LanguageTag) -> tuple[str, ...]:
    tokens = get(language).analyse(unicodedata.normalize("NFKC", text))
    return tuple(token.text for token in tokens)


def _repetition(
    first: Side, second: Side
) -> tuple[tuple[str, ...], dict[LanguageTag, tuple[Span, ...]]] | None:
    """Return the words that both sides have, and where, if a sentence of one is in the other."""
    for here, there in ((first, second), (second, first)):
        for sentence, view in zip(here.sentences, here.views, strict=True):
            words = _words(view.text, here.language)
            if not _is_prose(words):
                continue
            for other, other_view in zip(there.sentences, there.views, strict=True):
                if _contains(_words(other_view.text, there.language), words):
                    return words, {
                        here.language: (sentence.span,),
                        there.language: (other.span,),
                    }
    return None


def _is_prose(words: Sequence[str]) -> bool:
    """Return whether *words* are a sentence and not a name, which no one translates."""
    common = [word for word in words if word[0].islower() or not (word.isascii() or word.isupper())]
    return len(words) >= _FEWEST_WORDS and len(common) >= len(words) / 2


def _contains(text: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether *words* stand in *text*, in their order, but for a few."""
    pairs = Counter(pairwise(words))
    strange = len(set(words).difference(text))  # each is in a pair, and a pair has two at most
    if strange > 2 * (1 - _SAME) * pairs.total() + 1:
        return False
    return (pairs & Counter(pairwise(text))).total() >= _SAME * pairs.total()


def _untranslated(
    unit: Unit, foreign: LanguageTag, home: LanguageTag, spans: dict[LanguageTag, tuple[Span, ...]]
) -> Finding:
    text = unit.sides[foreign].text
    return Finding(
        id=stable_id("untranslated", (foreign,), "", text),
        rule="untranslated",
        severity="warning",
        bead=unit.bead.id,
        spans=spans,
        languages=(foreign,),
        expected=f"a sentence in {named(foreign)}",
        found=text,
        reason=f"The {named(foreign)} text repeats the words of the {named(home)} one here: it was "
        "left untranslated.",
    )


def silent_sides(untranslated: Iterable[Finding]) -> frozenset[tuple[str, LanguageTag]]:
    """Return the sides (bead id, language) that findings call *untranslated*."""
    return frozenset(
        (finding.bead, language) for finding in untranslated for language in finding.languages
    )
