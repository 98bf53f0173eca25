"""Values that a language lacks, has instead of another, or has alone; and how that is said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from parallel_statement.checks.base import have, listed, named, stable_id
from parallel_statement.checks.values import Atom, AtomKind, Figure, Values, is_small
from parallel_statement.languages import get
from parallel_statement.model import SEVERITIES, Finding, LanguageTag, Severity, Span

_FEWEST_DIGITS = 3
"""A language that is read by digits alone may write a shorter number in words."""
_PARTS = {"number": "year", "month": "month", "day": "day"}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A value that one language should have, and the one that it has instead."""

    due: Atom
    language: LanguageTag
    instead: Atom | None
    severity: Severity


def severity_of(due: Atom, lacking: Sequence[LanguageTag]) -> Severity:
    """Return how much it matters that languages have no *due*, as far as they can be read."""
    if (is_small(due) and due.kind != "day") or not due.sure:
        return "info"
    plain = due.literal and due.written and len(due.digits) >= _FEWEST_DIGITS
    readable = plain or any(get(language).known for language in lacking)
    return "warning" if readable else "info"


def report_mismatches(values: Values, mismatches: Sequence[Mismatch]) -> Iterator[Finding]:
    """Yield one finding for all that is wrong with one quantity in one language."""
    groups: dict[tuple[LanguageTag, Span, bool], list[Mismatch]] = {}
    for mismatch in mismatches:
        place = mismatch.instead or _fullest(values, mismatch).first
        key = (mismatch.language, place.span, mismatch.instead is None)
        groups.setdefault(key, []).append(mismatch)
    for (language, _, absent), group in groups.items():
        figure = _fullest(values, group[0])
        lost = _lost(values, figure, language)
        if absent and len(lost) < len({atom.key for atom in figure.atoms if atom.binding}):
            yield _incomplete(values, figure, language, lost)
        else:
            yield _report(values, group, language)


def _fullest(values: Values, mismatch: Mismatch) -> Figure:
    """Return the quantity with the value of which the language lacks most: a whole date."""
    return max(
        (values.figure(atom) for atom in values.atoms if _is_witness(atom, mismatch)),
        key=lambda figure: len(_lost(values, figure, mismatch.language)),
    )


def _lost(values: Values, figure: Figure, language: LanguageTag) -> set[tuple[AtomKind, str]]:
    """Return what *language* lacks of a quantity."""
    return {atom.key for atom in figure.atoms if atom.binding and values.lacks(language, atom)}


def _is_witness(atom: Atom, mismatch: Mismatch) -> bool:
    return atom.key == mismatch.due.key and atom.language != mismatch.language


def _report(values: Values, group: Sequence[Mismatch], language: LanguageTag) -> Finding:
    due, instead = group[0].due, group[0].instead
    severity = max((each.severity for each in group), key=SEVERITIES.index)
    side = due.unit.sides[language]
    if instead:
        place: tuple[Span, ...] = (instead.span,)
        but = f", but {named(language)} has “{instead.text}”"
    else:
        place = side.spans
        but = f"; {named(language)} has no such value in the paragraph"
    return Finding(
        id=stable_id("number-mismatch", (language,), due.value, side.text),
        rule="number-mismatch",
        severity=severity,
        bead=(instead or due).unit.bead.id,
        spans={**_witnesses(values, due, language), language: place},
        languages=(language,),
        expected=due.text,
        found=instead.text if instead else "",
        reason=f"{_who_has(values, due, language)}{but}.",
    )


def _incomplete(
    values: Values, figure: Figure, language: LanguageTag, lost: Collection[tuple[str, str]]
) -> Finding:
    """Return a hint that only a part of a date is missing: "16 January" of this year."""
    due = next(atom for atom in figure.atoms if atom.key in lost)
    side = due.unit.sides[language]
    partner = next(
        (
            each.first
            for each in values.figures[language]
            if each.first.unit is due.unit and each.is_date and each.agrees(figure)
        ),
        None,
    )
    parts = [_PARTS[atom.kind] for atom in figure.atoms if atom.key in lost]
    what = f"no {listed(dict.fromkeys(parts))}" if figure.is_date else "only a part of it"
    shown = f": “{partner.text}”" if partner else ""
    return Finding(
        id=stable_id("number-mismatch", (language,), due.value, side.text),
        rule="number-mismatch",
        severity="info",
        bead=due.unit.bead.id,
        spans={
            **_witnesses(values, due, language),
            language: (partner.span,) if partner else side.spans,
        },
        languages=(language,),
        expected=due.text,
        found=partner.text if partner else "",
        reason=f"{_who_has(values, due, language)}, but {named(language)} has {what}{shown}.",
    )


def _witnesses(
    values: Values, due: Atom, language: LanguageTag
) -> dict[LanguageTag, tuple[Span, ...]]:
    """Return where the other languages have the value of *due*."""
    spans: dict[LanguageTag, tuple[Span, ...]] = {}
    for atom in values.atoms:
        other = atom.language
        if atom.key == due.key and other != language and atom.span not in spans.get(other, ()):
            spans[other] = (*spans.get(other, ()), atom.span)
    return spans


def _who_has(values: Values, due: Atom, language: LanguageTag) -> str:
    """Return "English has “2035” and Italian has “2035”", in the words next to *due*."""
    texts: dict[LanguageTag, Atom] = {due.language: due}
    for atom in values.atoms:
        if atom.key == due.key and atom.language != language:
            known = texts.setdefault(atom.language, atom)
            if known.unit is not due.unit and atom.unit is due.unit:
                texts[atom.language] = atom
    return listed(f"{named(other)} has “{atom.text}”" for other, atom in texts.items())


def report_additions(values: Values, extra: Sequence[Atom]) -> Iterator[Finding]:
    """Yield a finding for each quantity that few languages have; who shares it is one of them."""
    told: set[tuple[str, str]] = set()
    figures = list(dict.fromkeys(values.figure(atom) for atom in extra))
    for figure in sorted(figures, key=lambda each: -len(each.atoms)):
        atoms = [atom for atom in figure.atoms if atom in extra and atom.key not in told]
        told.update(atom.key for atom in atoms)
        if not all(is_small(atom) for atom in atoms):  # "１年" is "a year" elsewhere
            yield _added(values, atoms)


def _added(values: Values, group: Sequence[Atom]) -> Finding:
    atom = max(group, key=lambda each: float(each.value))
    speaking = values.context.speaking(atom.unit)
    rest = tuple(other for other in speaking if values.lacks(other, atom))
    having = tuple(other for other in speaking if other not in rest)
    severity = max((severity_of(each, rest) for each in group), key=SEVERITIES.index)
    return Finding(
        id=stable_id("number-mismatch", having, atom.value, atom.unit.sides[atom.language].text),
        rule="number-mismatch",
        severity=severity,
        bead=atom.unit.bead.id,
        spans={
            **{other: atom.unit.sides[other].spans for other in rest},
            **_witnesses(values, atom, ""),
        },
        languages=having,
        expected="the same value in every language",
        found=atom.text,
        reason=f"Only {have(having)} “{atom.text}” here; "
        f"{have(rest)} no such value in the paragraph.",
    )
