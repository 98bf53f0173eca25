"""Do all versions say the same numbers and dates.

Values are compared over the passage, not the sentence. What two versions say against each other is
a contradiction, whatever a third says; a value that most have and one lacks is missing there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from parallel_statement.checks.base import Context
from parallel_statement.checks.disputes import Dispute, find_disputes, report
from parallel_statement.checks.mismatches import (
    Mismatch,
    report_additions,
    report_mismatches,
    severity_of,
)
from parallel_statement.checks.values import Atom, Values, first_of_each, has_value, is_small
from parallel_statement.languages import get
from parallel_statement.model import Finding, LanguageTag, Severity

_ONE = "1"


def find_number_mismatches(context: Context) -> Iterator[Finding]:
    """Yield a finding for every value that not all languages have."""
    for passage in context.passages:
        values = Values(context, passage)
        if len(values.languages) < 2:
            continue
        disputes = find_disputes(values)
        yield from (finding for each in disputes for finding in report(values, each))
        yield from _compare(values, disputes)
        if len(values.languages) > 2:
            yield from _swapped(values)


# --- missing and added values ------------------------------------------------------------


def _compare(values: Values, disputes: Sequence[Dispute]) -> Iterator[Finding]:
    missing, extra = values.unanswered()
    missing = [(due, lacking) for due, lacking in missing if not _is_covered(disputes, due)]
    disputed = {figure for dispute in disputes for figure in dispute.figures}
    extra = [atom for atom in extra if values.figure(atom) not in disputed]
    many = len(values.languages) > 2
    used: list[Atom] = []
    mismatches: list[Mismatch] = []
    for due, language in missing:
        near = many and (
            _nearest(due, _more_often(values, language))
            or _nearest(due, _words_of_its_own(values, due, language))
        )
        instead = near or None
        severity = _severity_of_pair(due, instead) if instead else severity_of(due, [language])
        mismatches.append(Mismatch(due, language, instead, severity))
    for atom in extra:
        replaced = _nearest(atom, _less_often(values, atom.language))
        if replaced:
            used.append(atom)
            severity = _severity_of_pair(replaced, atom)
            mismatches.append(Mismatch(replaced, atom.language, atom, severity))
    if many:
        mismatches.extend(_other_words(values))
    yield from report_mismatches(values, mismatches)
    told = {values.figure(each.due) for each in mismatches}
    rest = [atom for atom in extra if atom not in used and values.figure(atom) not in told]
    yield from report_additions(values, rest)


def _is_covered(disputes: Sequence[Dispute], due: Atom) -> bool:
    """Return whether a dispute says already what there is to say of *due*."""
    return any(
        atom.key == due.key
        for dispute in disputes
        for figure in dispute.figures
        for atom in figure.atoms
    )


def _nearest(wanted: Atom, atoms: Sequence[Atom]) -> Atom | None:
    """Return the atom of the same kind in the same unit, or for a large value in the passage."""
    alike = [atom for atom in atoms if atom.kind == wanted.kind]
    for atom in alike:
        if atom.unit is wanted.unit:
            return atom
    large = [atom for atom in alike if not is_small(atom) and not is_small(wanted)]
    return large[0] if large else None


def _more_often(values: Values, language: LanguageTag) -> list[Atom]:
    """Return the values that *language* has more often than any other."""
    return [atom for atom in values.of(language) if atom.binding and _is_surplus(values, atom)]


def _less_often(values: Values, language: LanguageTag) -> list[Atom]:
    """Return the values that *language* has, but less often than every other."""
    return [atom for atom in first_of_each(values.atoms) if _is_short(values, atom, language)]


def _is_surplus(values: Values, atom: Atom) -> bool:
    """Return whether the language of *atom* has its value more often than any other."""
    others = [other for other in values.languages if other != atom.language]
    return values.count(atom, atom.language) > max(values.count(atom, other) for other in others)


def _is_short(values: Values, due: Atom, language: LanguageTag) -> bool:
    """Return whether *language* has the value of *due* less often than every other."""
    others = [other for other in values.languages if other != language]
    return values.count(due, language) < min(values.count(due, other) for other in others)


def _words_of_its_own(values: Values, due: Atom, language: LanguageTag) -> list[Atom]:
    """Return numbers in words ("three") that *language* alone has, or has once more than others.

    A script without spaces has them in digits too (第３回, the third).
    """
    others = [atom for atom in values.atoms if atom.language != language]
    lacking = not due.ordinal and not has_value(values.of(language), due)
    return [
        atom
        for atom in values.of(language)
        if (not atom.written or (not get(language).joiner and is_small(atom)))
        and atom.kind == due.kind
        and atom.unit is due.unit
        and _is_rival(due, atom)
        and (
            not has_value(others, atom)
            or ((lacking or _is_named(atom)) and _is_surplus(values, atom))
        )
    ]


def _is_rival(due: Atom, atom: Atom) -> bool:
    """Return whether one number may stand for another: one only if both count the same."""
    if atom.sense == "both" or atom.sense != due.sense:
        return False
    if _ONE in (due.value, atom.value):
        return bool(due.measure & atom.measure) or (due.ordinal and atom.ordinal)
    return atom.value.isdecimal() or not atom.written or _is_named(atom)  # 2.2 is a version


def _is_named(atom: Atom) -> bool:
    """Return whether a number is written with what it is: 第３, 4倍."""
    return any(character.isalpha() for character in atom.text)


def _other_words(values: Values) -> Iterator[Mismatch]:
    """Yield where all others have one small number in words, and one language has another."""
    for language in values.languages:
        others = [other for other in values.languages if other != language]
        for due in (atom for atom in values.atoms if atom.language != language):
            told_above = (due.binding or due.written) and due.value != _ONE
            if told_above or due.sense == "both":
                continue
            agreed = all(
                any(each.key == due.key and each.unit is due.unit for each in values.of(other))
                for other in others
            )
            own = _words_of_its_own(values, due, language)
            if not (agreed and own):
                continue
            short = _is_named(own[0]) and _is_short(values, due, language)
            if short or not has_value(values.of(language), due):
                yield Mismatch(due, language, own[0], "warning")


def _severity_of_pair(due: Atom, instead: Atom) -> Severity:
    if not (due.sure and instead.sure):
        return "info"
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
                yield from report_mismatches(
                    values, [Mismatch(first, language, second_found, "error")]
                )
                yield from report_mismatches(
                    values, [Mismatch(second, language, first_found, "error")]
                )


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
