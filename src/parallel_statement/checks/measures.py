"""Do the numbers that all versions share count the same thing: per cent, yen, weeks.

The number check compares the values; here a value that two versions have is followed to what it
counts. "Dollars" may be any dollar, so two measures agree if one currency fits both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parallel_statement.checks.base import Context, Passage, Unit, listed, named, stable_id
from parallel_statement.languages import get
from parallel_statement.languages.measures import Measure, measure
from parallel_statement.model import Finding, LanguageTag, Severity, Span

_DATES = ("date", "month")


@dataclass(frozen=True, slots=True)
class _Counted:
    """A number in one language's text, and what it counts there."""

    language: LanguageTag
    unit: Unit
    span: Span
    text: str
    measure: Measure


_Values = Mapping[LanguageTag, Sequence[_Counted]]
"""The mentions of one value."""


def find_measure_mismatches(context: Context) -> Iterator[Finding]:
    """Yield a finding for every value that counts one thing here and another there."""
    for passage in context.passages:
        values = _values(context, passage)
        for mentions in values.values():
            finding = _contradiction(mentions) or _lost(values, mentions)
            if finding:
                yield finding


def _values(context: Context, passage: Passage) -> dict[str, dict[LanguageTag, list[_Counted]]]:
    values: dict[str, dict[LanguageTag, list[_Counted]]] = {}
    for language in context.text.languages:
        spoken = get(language)
        for unit, view in context.read(passage, language):
            for quantity in spoken.quantities(view.text):
                if quantity.kind in _DATES:
                    continue
                start, end = quantity.span
                counts = quantity.kind != "ordinal"  # the 160th year is no 160 years
                found = measure(view.text, quantity.span, language) if counts else frozenset()
                counted = _Counted(
                    language, unit, view.span(start, end), view.text[start:end], found
                )
                values.setdefault(quantity.value, {}).setdefault(language, []).append(counted)
    return values


def _agree(here: Sequence[_Counted], there: Sequence[_Counted]) -> bool:
    return any(one.measure & other.measure for one in here for other in there)


def _contradiction(mentions: _Values) -> Finding | None:
    """Return a finding if two languages have one value in different measures."""
    measured = {
        language: [each for each in counted if each.measure]
        for language, counted in mentions.items()
        if all(each.measure for each in counted)
    }
    support = {
        language: sum(_agree(counted, other) for other in measured.values())
        for language, counted in measured.items()
    }
    most = max(support.values(), default=0)
    if not support or min(support.values()) == len(support):
        return None
    odd = tuple(language for language, count in support.items() if count < most)
    rest = [language for language in support if language not in odd]
    if not odd:
        rest, odd = rest[:1], tuple(rest)
    return _report(
        odd,
        [measured[language][0] for language in rest],
        [measured[language][0] for language in odd if language not in rest],
        "error",
    )


def _lost(values: Mapping[str, _Values], mentions: _Values) -> Finding | None:
    """Return a finding if only one of several languages has a value without its measure."""
    bare = [
        language
        for language, counted in mentions.items()
        if not any(each.measure for each in counted)
    ]
    others = [counted for language, counted in mentions.items() if language not in bare]
    if len(bare) != 1 or len(others) < 2:
        return None
    due = others[0]
    if not all(_agree(due, other) for other in others[1:]) or _measures(values, bare[0], due):
        return None
    severity: Severity = "warning" if get(bare[0]).known else "info"
    evidence = [next(each for each in counted if each.measure) for counted in others]
    return _report((bare[0],), evidence, [mentions[bare[0]][0]], severity)


def _measures(
    values: Mapping[str, _Values], language: LanguageTag, due: Sequence[_Counted]
) -> bool:
    """Return whether *language* has the measure of *due* with any number of the passage."""
    return any(_agree(mentions.get(language, ()), due) for mentions in values.values())


def _report(
    languages: tuple[LanguageTag, ...],
    expected: Sequence[_Counted],
    found: Sequence[_Counted],
    severity: Severity,
) -> Finding:
    due, wrong = expected[0], found[0]
    side = wrong.unit.sides[wrong.language].text
    return Finding(
        id=stable_id("measure-mismatch", languages, wrong.text, side),
        rule="measure-mismatch",
        severity=severity,
        bead=wrong.unit.bead.id,
        spans={each.language: (each.span,) for each in (*expected, *found)},
        languages=languages,
        expected=due.text,
        found=wrong.text,
        reason=f"{_quoted(expected)}, but {_quoted(found)}"
        + (": these are different measures." if wrong.measure else " without saying of what."),
    )


def _quoted(mentions: Sequence[_Counted]) -> str:
    return listed(f"{named(each.language)} has “{each.text}”" for each in mentions)
