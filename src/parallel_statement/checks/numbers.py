"""Do all versions say the same numbers and dates.

Values are compared over the passage, not the sentence: one that most languages have and one lacks
is missing there; if that one also has a value that nobody else has, it is wrong there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parallel_statement.checks.base import Context, listed, listed_names, named, stable_id
from parallel_statement.checks.values import Atom, Values, first_of_each, has_value
from parallel_statement.model import Finding, LanguageTag, Severity, Span

_LARGEST_SMALL = 12
"""Up to here, a number that is missing or added alone is often a matter of wording."""


def find_number_mismatches(context: Context) -> Iterator[Finding]:
    """Yield a finding for every value that not all languages have."""
    for passage in context.passages:
        values = Values(context, passage)
        missing, extra = values.unanswered()
        if len(values.languages) == 2:
            yield from _compare_two(values, extra)
        elif len(values.languages) > 2:
            yield from _compare_many(values, missing, extra)
            yield from _swapped(values)


@dataclass(frozen=True, slots=True)
class _Mismatch:
    """A value that one language should have, and the one that it has instead."""

    due: Atom
    language: LanguageTag
    instead: Atom | None
    severity: Severity


# --- three and more versions -------------------------------------------------------------


def _compare_many(
    values: Values, missing: Sequence[tuple[Atom, LanguageTag]], extra: Sequence[Atom]
) -> Iterator[Finding]:
    used: list[Atom] = []
    mismatches: list[_Mismatch] = []
    for due, language in missing:
        own = [atom for atom in extra if atom.language == language and atom not in used]
        instead = (
            _nearest(due, own)
            or _nearest(due, _more_often(values, language))
            or _nearest(due, _words_of_its_own(values, due, language))
        )
        severity = _severity(due) if instead is None else _severity_of_pair(due, instead)
        if instead:
            used.append(instead)
        mismatches.append(_Mismatch(due, language, instead, severity))
    for atom in extra:
        if atom in used:
            continue
        replaced = _nearest(atom, _less_often(values, atom.language))
        if replaced:
            used.append(atom)
            mismatches.append(_Mismatch(replaced, atom.language, atom, "error"))
    mismatches.extend(_other_words(values))
    yield from _reports(values, mismatches)
    for group in _by_quantity([atom for atom in extra if atom not in used]):
        if not all(_is_small(atom) for atom in group):  # "１年" is "a year" elsewhere
            yield _added(values, group)


def _nearest(wanted: Atom, atoms: Sequence[Atom]) -> Atom | None:
    """Return the atom of the same kind in the same unit, or for a large value in the passage."""
    alike = [atom for atom in atoms if atom.kind == wanted.kind]
    for atom in alike:
        if atom.unit is wanted.unit:
            return atom
    large = [atom for atom in alike if not _is_small(atom) and not _is_small(wanted)]
    return large[0] if large else None


def _more_often(values: Values, language: LanguageTag) -> list[Atom]:
    """Return the values that *language* has more often than any other."""
    others = [other for other in values.languages if other != language]
    return [
        atom
        for atom in values.of(language)
        if atom.binding
        and values.count(atom, language) > max(values.count(atom, other) for other in others)
    ]


def _less_often(values: Values, language: LanguageTag) -> list[Atom]:
    """Return the values that *language* has, but less often than every other."""
    others = [other for other in values.languages if other != language]
    return [
        atom
        for atom in first_of_each(values.atoms)
        if values.count(atom, language) < min(values.count(atom, other) for other in others)
    ]


def _words_of_its_own(values: Values, due: Atom, language: LanguageTag) -> list[Atom]:
    """Return numbers in words ("three") that *language* alone has in the unit of *due*."""
    others = [atom for atom in values.atoms if atom.language != language]
    return [
        atom
        for atom in values.of(language)
        if not atom.written
        and atom.unit is due.unit
        and float(atom.value) > 1
        and not has_value(others, atom)
    ]


def _other_words(values: Values) -> Iterator[_Mismatch]:
    """Yield where all others have one small number in words, and one language has another."""
    for language in values.languages:
        others = [other for other in values.languages if other != language]
        for due in values.of(others[0]):
            if due.binding or due.written or float(due.value) < 2:
                continue
            agreed = all(
                any(each.key == due.key and each.unit is due.unit for each in values.of(other))
                for other in others
            )
            own = _words_of_its_own(values, due, language)
            if agreed and own and not has_value(values.of(language), due):
                yield _Mismatch(due, language, own[0], "warning")


def _is_small(atom: Atom) -> bool:
    return float(atom.value) <= _LARGEST_SMALL


def _severity(due: Atom) -> Severity:
    return "info" if _is_small(due) and due.kind != "day" else "warning"


def _severity_of_pair(due: Atom, instead: Atom) -> Severity:
    return "error" if due.binding and instead.binding else "warning"


def _swapped(values: Values) -> Iterator[Finding]:
    """Yield a finding where one language has two values in each other's sentences."""
    for language in values.languages:
        moved = [
            (due, atom)
            for due in values.atoms
            if due.binding and due.language == _speaker(values, language)
            for atom in values.of(language)
            if atom.key == due.key and _is_elsewhere(values, due, atom)
        ]
        for (first, first_found), (second, second_found) in pairwise(moved):
            if (
                first.unit is second_found.unit
                and second.unit is first_found.unit
                and first.kind == second.kind
            ):
                yield from _reports(values, [_Mismatch(first, language, second_found, "error")])
                yield from _reports(values, [_Mismatch(second, language, first_found, "error")])


def _speaker(values: Values, language: LanguageTag) -> LanguageTag:
    return next(other for other in values.languages if other != language)


def _is_elsewhere(values: Values, due: Atom, atom: Atom) -> bool:
    """Return whether all other languages have the value in one unit, and this one in another."""
    if atom.unit is due.unit or atom.language not in values.context.speaking(due.unit):
        return False
    for language in values.languages:
        units = [each.unit for each in values.of(language) if each.key == due.key]
        if units != [atom.unit if language == atom.language else due.unit]:
            return False
    return True


# --- two versions ------------------------------------------------------------------------


def _compare_two(values: Values, extra: Sequence[Atom]) -> Iterator[Finding]:
    first, second = values.languages
    used: list[Atom] = []
    for atom in extra:
        if atom.language != first:
            continue
        rest = [other for other in extra if other.language == second and other not in used]
        other = _nearest(atom, rest)
        if other:
            used += [atom, other]
            yield _report(values, [_Mismatch(atom, second, other, "error")], (first, second))
    for atom in extra:
        if atom not in used:
            lacking = second if atom.language == first else first
            yield _report(values, [_Mismatch(atom, lacking, None, _severity(atom))], (lacking,))


# --- reports -----------------------------------------------------------------------------


def _reports(values: Values, mismatches: Sequence[_Mismatch]) -> Iterator[Finding]:
    """Yield one finding for all that is wrong with one quantity in one language."""
    groups: dict[tuple[LanguageTag, Span, bool], list[_Mismatch]] = {}
    for mismatch in mismatches:
        place = mismatch.instead or mismatch.due
        key = (mismatch.language, place.span, mismatch.instead is None)
        groups.setdefault(key, []).append(mismatch)
    for (language, _, _), group in groups.items():
        yield _report(values, _weighed(values, group), (language,))


def _weighed(values: Values, group: list[_Mismatch]) -> list[_Mismatch]:
    """Return *group*, milder if only a part of a date is missing: "16 January" of this year."""
    due = group[0].due
    parts = {atom.key for atom in values.of(due.language) if atom.span == due.span and atom.binding}
    if group[0].instead is None and len({each.due.key for each in group}) < len(parts):
        return [_Mismatch(each.due, each.language, None, "info") for each in group]
    return group


def _report(
    values: Values, group: Sequence[_Mismatch], languages: tuple[LanguageTag, ...]
) -> Finding:
    due, language, instead = group[0].due, group[0].language, group[0].instead
    worst = max(group, key=lambda each: ("info", "warning", "error").index(each.severity))
    side = due.unit.sides[language]
    witnesses = {
        other: tuple(dict.fromkeys(atom.span for atom in values.of(other) if atom.key == due.key))
        for other in values.languages
        if other != language and has_value(values.of(other), due)
    }
    texts = {atom.language: atom.text for atom in reversed(values.atoms) if atom.key == due.key}
    texts.pop(language, None)
    have = listed(f"{named(other)} has “{text}”" for other, text in texts.items())
    if instead:
        place: tuple[Span, ...] = (instead.span,)
        reason = f"{have}, but {named(language)} has “{instead.text}”."
    else:
        place = side.spans
        reason = f"{have}; {named(language)} has no such value in the paragraph."
    expected = due.text if due.text == due.value else f"{due.value} (“{due.text}”)"
    return Finding(
        id=stable_id("number-mismatch", languages, due.value, side.text),
        rule="number-mismatch",
        severity=worst.severity,
        bead=(instead or due).unit.bead.id,
        spans={**{other: spans for other, spans in witnesses.items() if spans}, language: place},
        languages=languages,
        expected=expected,
        found=instead.text if instead else "",
        reason=reason,
    )


def _by_quantity(atoms: Sequence[Atom]) -> list[list[Atom]]:
    groups: dict[tuple[LanguageTag, Span], list[Atom]] = {}
    for atom in atoms:
        groups.setdefault((atom.language, atom.span), []).append(atom)
    return list(groups.values())


def _added(values: Values, group: Sequence[Atom]) -> Finding:
    atom = group[0]
    others = [other for other in values.context.speaking(atom.unit) if other != atom.language]
    counts = Counter(each.language for each in values.atoms if each.key == atom.key)
    rest = [other for other in others if not counts[other]]
    severities = {_severity(each) for each in group}
    side = atom.unit.sides[atom.language]
    return Finding(
        id=stable_id("number-mismatch", (atom.language,), atom.value, side.text),
        rule="number-mismatch",
        severity="warning" if "warning" in severities else "info",
        bead=atom.unit.bead.id,
        spans={
            **{other: atom.unit.sides[other].spans for other in rest},
            atom.language: (atom.span,),
        },
        languages=(atom.language,),
        expected="the same value in every language",
        found=atom.text,
        reason=f"Only {named(atom.language)} has “{atom.text}” here; "
        f"{listed_names(rest or others)} have no such value in the paragraph.",
    )
