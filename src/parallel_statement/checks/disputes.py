"""Where versions contradict each other in a number or a date, and which of them is alone.

Two versions are compared at a time, so that no third one can hide what two say against each other;
only who is named as the odd one depends on all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from parallel_statement.checks.base import have, listed, named, stable_id
from parallel_statement.checks.values import Atom, Figure, Values, is_small
from parallel_statement.model import Finding, LanguageTag, Severity


@dataclass(frozen=True, slots=True)
class _Conflict:
    """Two quantities that contradict each other, and the atoms in which they differ."""

    figures: tuple[Figure, Figure]
    differing: tuple[tuple[Atom, Atom], ...]

    @property
    def severity(self) -> Severity:
        return "error" if any(map(_is_certain, self.differing)) else "info"


@dataclass(frozen=True, slots=True)
class Dispute:
    """What several versions say of one thing, and all differ or most agree against some."""

    figures: tuple[Figure, ...]
    """One of each language, in the order of the versions."""
    differing: frozenset[Atom]
    severity: Severity
    blamed: tuple[LanguageTag, ...]
    """The languages that fewer versions support; all, if none has more support."""

    def figure(self, language: LanguageTag) -> Figure | None:
        """Return what *language* says, if it takes part."""
        return next((each for each in self.figures if each.first.language == language), None)


def find_disputes(values: Values) -> tuple[Dispute, ...]:
    """Return the contradictions of a passage; every conflict of two versions is in one."""
    conflicts = [
        conflict
        for first, second in combinations(values.languages, 2)
        for conflict in _conflicts(values, first, second)
    ]
    return tuple(_dispute(values, group) for group in _grouped(conflicts))


# --- two versions ------------------------------------------------------------------------


def _conflicts(values: Values, first: LanguageTag, second: LanguageTag) -> Iterator[_Conflict]:
    """Yield the quantities of two languages that contradict each other, the likeliest pairs."""
    conflicts = [
        _Conflict((here, there), differing)
        for here in values.figures[first]
        if _is_open(values, here, second)
        for there in values.figures[second]
        if _is_open(values, there, first) and (differing := _differing(values, here, there))
    ]
    used: set[Figure] = set()
    for conflict in sorted(conflicts, key=_likeness, reverse=True):
        if used.isdisjoint(conflict.figures):
            used.update(conflict.figures)
            yield conflict


def _is_open(values: Values, figure: Figure, other: LanguageTag) -> bool:
    return bool(_open_atoms(values, figure, other)) or _is_stray(values, figure, other)


def _open_atoms(values: Values, figure: Figure, other: LanguageTag) -> list[Atom]:
    return [atom for atom in figure.atoms if atom.binding and values.lacks(other, atom)]


def _is_stray(values: Values, figure: Figure, other: LanguageTag) -> bool:
    """Return whether a date is none of the dates of *other*, though each part of it may occur."""
    whole = figure.is_date and len(figure.atoms) > 1 and all(a.binding for a in figure.atoms)
    return whole and not any(figure.agrees(each) for each in values.figures[other] if each.is_date)


def _differing(values: Values, here: Figure, there: Figure) -> tuple[tuple[Atom, Atom], ...]:
    first, second = here.first.language, there.first.language
    pairs = tuple(
        (atom, other)
        for atom in _open_atoms(values, here, second)
        for other in _open_atoms(values, there, first)
        if atom.kind == other.kind
        and (atom.unit is other.unit or not (is_small(atom) or is_small(other)))
        and (here.is_date == there.is_date or len(atom.value) == len(other.value))
    )
    if pairs or here.first.unit is not there.first.unit:
        return pairs
    if not (_is_stray(values, here, second) and _is_stray(values, there, first)):
        return ()
    return tuple(
        (atom, other)
        for atom in here.atoms
        for other in there.atoms
        if atom.kind == other.kind and atom.value != other.value
    )


def _likeness(conflict: _Conflict) -> tuple[bool, int, bool, bool]:
    """Return how probably two quantities stand for each other."""
    here, there = conflict.figures
    shared = {atom.key for atom in here.atoms} & {atom.key for atom in there.atoms}
    as_long = any(len(first.value) == len(second.value) for first, second in conflict.differing)
    same_unit = here.first.unit is there.first.unit
    return same_unit, len(shared), here.is_date == there.is_date, as_long


def _is_certain(pair: tuple[Atom, Atom]) -> bool:
    """Return whether two values differ beyond the reading of words: 1,8 million, 1.9 million."""
    first, second = pair
    if first.sure and second.sure:
        return True
    return first.digits != second.digits and all(each.sure or each.literal for each in pair)


# --- all versions ------------------------------------------------------------------------


def _grouped(conflicts: Sequence[_Conflict]) -> list[list[_Conflict]]:
    """Return the conflicts about one thing together; a language says one thing about it."""
    groups: list[list[_Conflict]] = []
    for conflict in conflicts:
        touching = [group for group in groups if _figures(group) & set(conflict.figures)]
        merged = [each for group in touching for each in group] + [conflict]
        if not _is_one_thing(merged):
            groups.append([conflict])
            continue
        groups = [group for group in groups if group not in touching] + [merged]
    return groups


def _is_one_thing(group: Sequence[_Conflict]) -> bool:
    """Return whether a group has one quantity a language, and each two conflict or agree."""
    conflicts = {frozenset(conflict.figures) for conflict in group}
    return all(
        frozenset({here, there}) in conflicts
        or ({a.key for a in here.atoms} & {a.key for a in there.atoms} and here.agrees(there))
        for here, there in combinations(_figures(group), 2)
    ) and len({figure.first.language for figure in _figures(group)}) == len(_figures(group))


def _figures(group: Sequence[_Conflict]) -> set[Figure]:
    return {figure for conflict in group for figure in conflict.figures}


def _dispute(values: Values, group: Sequence[_Conflict]) -> Dispute:
    figures = sorted(_figures(group), key=lambda each: values.languages.index(each.first.language))
    differing = frozenset(atom for each in group for pair in each.differing for atom in pair)
    support = {figure.first.language: _support(values, figure, differing) for figure in figures}
    most = max(support.values())
    blamed = tuple(language for language, count in support.items() if count < most)
    certain = any(conflict.severity == "error" for conflict in group)
    return Dispute(
        tuple(figures), differing, "error" if certain else "info", blamed or tuple(support)
    )


def _support(values: Values, figure: Figure, differing: frozenset[Atom]) -> int:
    """Return how many other versions say what *figure* says."""
    own = [atom for atom in figure.atoms if atom in differing]
    others = [other for other in values.languages if other != figure.first.language]
    speaking = values.context.speaking(figure.first.unit)
    return sum(
        other in speaking
        and not any(values.lacks(other, atom) for atom in own)
        and not _is_stray(values, figure, other)
        for other in others
    )


# --- reports -----------------------------------------------------------------------------


def report(values: Values, dispute: Dispute) -> Iterator[Finding]:
    """Yield a finding for every language that is alone, or one for all if none has support."""
    agreed = [each for each in dispute.figures if each.first.language not in dispute.blamed]
    if not agreed:
        first, *rest = dispute.figures
        yield _report(values, dispute, [first], rest, dispute.blamed)
    else:
        for language in dispute.blamed:
            figure = dispute.figure(language)
            if figure:
                yield _report(values, dispute, agreed, [figure], (language,))


def _report(
    values: Values,
    dispute: Dispute,
    expected: Sequence[Figure],
    found: Sequence[Figure],
    languages: tuple[LanguageTag, ...],
) -> Finding:
    due, wrong = expected[0].first, found[0].first
    value = next(atom.value for atom in expected[0].atoms if atom in dispute.differing)
    silent = [
        language
        for language in values.context.speaking(due.unit)
        if dispute.figure(language) is None
        and all(values.lacks(language, atom) for atom in dispute.differing)
    ]
    lacking = f"; {have(silent)} no such value in the paragraph" if silent else ""
    alike = any(each.first.text == wrong.text for each in expected)
    read_as = f", which is {wrong.value} there" if alike else ""
    return Finding(
        id=stable_id("number-mismatch", languages, value, wrong.unit.sides[wrong.language].text),
        rule="number-mismatch",
        severity=dispute.severity,
        bead=wrong.unit.bead.id,
        spans={each.first.language: (each.first.span,) for each in (*expected, *found)},
        languages=languages,
        expected=due.text,
        found=" / ".join(each.first.text for each in found),
        reason=f"{_quoted(expected)}, but {_quoted(found)}{read_as}{lacking}.",
    )


def _quoted(figures: Sequence[Figure]) -> str:
    atoms = [figure.first for figure in figures]
    return listed(f"{named(atom.language)} has “{atom.text}”" for atom in atoms)
