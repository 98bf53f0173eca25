"""Is everything there, in every language: omissions, additions, stumps."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
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
from parallel_statement.model import Bead, Finding, LanguageTag, Move, ParallelText, Severity

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
    return max(1, len("".join(side.text.split())))


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
