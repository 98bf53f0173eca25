"""Do all versions negate, or none: a "not" that was lost or added turns the sense around.

Languages negate in many ways, so a version is asked only where all others say "not" in a sentence
and it has nothing that comes near; or where it alone says so, and the others have nothing near.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from parallel_statement.checks.base import Context, Unit, have, listed, named, stable_id
from parallel_statement.checks.habits import without_habits
from parallel_statement.languages.negations import negations
from parallel_statement.model import Finding, LanguageTag, Span

_FEWEST = 3
"""Versions that can tell which one is wrong."""


@dataclass(frozen=True, slots=True)
class _Negated:
    """How a version negates in a unit."""

    spans: tuple[Span, ...]
    near: bool
    text: str
    """The first word that does."""


def find_lost_negations(context: Context) -> Iterator[Finding]:
    """Yield a hint for every sentence that one version negates, or does not, against all others."""
    findings = [
        finding
        for passage in context.passages
        for unit in passage.units
        for finding in _judge(unit, _negated(context, unit))
    ]
    yield from without_habits(context, findings)


def _negated(context: Context, unit: Unit) -> dict[LanguageTag, _Negated]:
    """Return how the languages negate in *unit*, or nothing if too few are known."""
    read = {language: _read(unit, language) for language in context.speaking(unit)}
    found = {language: each for language, each in read.items() if each}
    return found if len(found) >= _FEWEST else {}


def _read(unit: Unit, language: LanguageTag) -> _Negated | None:
    """Return how *language* negates in *unit*, or nothing if its words are not known."""
    spans: list[Span] = []
    near, text = False, ""
    for view in unit.sides[language].views:
        found = negations(view.text, language)
        if found is None:
            return None
        near = near or found.near
        if found.firm and not text:
            text = view.text[slice(*found.firm[0])]
        spans.extend(view.span(*place) for place in found.firm)
    return _Negated(tuple(spans), near, text)


def _judge(unit: Unit, found: Mapping[LanguageTag, _Negated]) -> Iterator[Finding]:
    negating = [language for language, each in found.items() if each.spans]
    silent = [language for language, each in found.items() if not each.spans and not each.near]
    if len(negating) + len(silent) < len(found):
        return
    if len(silent) == 1:
        has = listed(f"{named(tag)} has “{found[tag].text}”" for tag in negating)
        reason = f"{has}; {named(silent[0])} has no negation here."
        yield _report(unit, silent[0], found, found[negating[0]].text, reason)
    elif len(negating) == 1:
        language = negating[0]
        has = f"Only {named(language)} negates here: “{found[language].text}”"
        reason = f"{has}; {have(silent)} no negation."
        yield _report(unit, language, found, "no negation", reason)


def _report(
    unit: Unit,
    language: LanguageTag,
    found: Mapping[LanguageTag, _Negated],
    expected: str,
    reason: str,
) -> Finding:
    side = unit.sides[language].text
    return Finding(
        id=stable_id("negation", (language,), "", side),
        rule="negation",
        severity="info",
        bead=unit.bead.id,
        spans={tag: each.spans or unit.sides[tag].spans for tag, each in found.items()},
        languages=(language,),
        expected=expected,
        found=found[language].text,
        reason=reason,
    )
