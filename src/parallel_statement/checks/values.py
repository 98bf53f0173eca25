"""The numbers of a passage as atoms: the smallest values that all languages must share.

A date is a year, a month and a day, a range is its ends; so "from 2024 to 2027" and "2024-2027"
agree, and a wrong day in one language is one wrong value. An atom is *written* if it has digits.
Numbers in small words ("both", "two", 二国間) come and go in translation: they may answer for a
value of another language but need no answer themselves; so do digits inside a term or a code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from parallel_statement.checks.base import Context, Passage, Side, Unit
from parallel_statement.languages import get
from parallel_statement.languages.base import Quantity
from parallel_statement.languages.quantity import fold_width
from parallel_statement.model import LanguageTag, Span

AtomKind = Literal["number", "month", "day"]
_LARGEST_SMALL_WORD = 12
_ROUND_WORDS = ("100", "1000", "10000")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Atom:
    """A value in one language's text."""

    kind: AtomKind
    value: str
    language: LanguageTag
    unit: Unit
    span: Span
    """Of the whole quantity, in the version's text."""
    text: str
    """The quantity as it stands there."""
    binding: bool
    """Whether the other languages must have it."""
    written: bool
    """Whether it is written in digits."""

    @property
    def key(self) -> tuple[AtomKind, str]:
        """What compares across languages."""
        return self.kind, self.value


def _passage_atoms(context: Context, passage: Passage) -> tuple[Atom, ...]:
    """Return all values of *passage*, in the sides that can be compared."""
    return tuple(
        atom
        for unit in passage.units
        for language in context.speaking(unit)
        for atom in _side_atoms(context, unit, unit.sides[language])
    )


def _side_atoms(context: Context, unit: Unit, side: Side) -> Iterator[Atom]:
    names = [mention.span for mention in context.mentions[side.language]]
    read = get(side.language).quantities
    for view in side.views:
        found = read(view.text)
        for quantity in found:
            span = view.span(*quantity.span)
            text = view.text[quantity.span.start : quantity.span.end]
            named = any(name.start < span.end and span.start < name.end for name in names)
            written = bool(_DIGITS.search(fold_width(text)))
            for kind, value in _atoms(quantity):
                binding = not named and (written or _is_large_word(value, text))
                yield Atom(kind, value, side.language, unit, span, text, binding, written)
        for start, end in _other_digits(view.text, found):
            value = str(int(fold_width(view.text[start:end])))
            span = view.span(start, end)
            yield Atom(
                "number", value, side.language, unit, span, view.text[start:end], False, True
            )


def _is_large_word(value: str, text: str) -> bool:
    """Return whether a number in words is one that a translator keeps: "twenty-five"."""
    return not text.isupper() and float(value) > _LARGEST_SMALL_WORD and value not in _ROUND_WORDS


def _atoms(quantity: Quantity) -> Iterator[tuple[AtomKind, str]]:
    for part in dict.fromkeys(quantity.value.split("/")):
        if quantity.kind not in ("date", "month"):
            yield "number", part
            continue
        year, month, day = _calendar(part)
        if year:
            yield "number", str(int(year))
        if month:
            yield "month", str(int(month))
        if day:
            yield "day", str(int(day))


def _calendar(value: str) -> tuple[str, str, str]:
    """Return year, month and day of ``2026-01-16``, ``--01-16``, ``---16``; "" is unknown."""
    if value.startswith("---"):
        return "", "", value[3:]
    if value.startswith("--"):
        month, _, day = value[2:].partition("-")
        return "", month, day
    year, _, rest = value.partition("-")
    month, _, day = rest.partition("-")
    return year, month, day


def _other_digits(text: str, found: Sequence[Quantity]) -> Iterator[tuple[int, int]]:
    """Yield the digits that are part of no quantity: those of "G7", "10:30", "4.3.0"."""
    for match in _DIGITS.finditer(fold_width(text)):
        start, end = match.span()
        if not any(each.span.start < end and start < each.span.end for each in found):
            yield start, end


class Values:
    """The values of one passage, by language."""

    def __init__(self, context: Context, passage: Passage) -> None:
        self.context = context
        self.passage = passage
        self.atoms = _passage_atoms(context, passage)
        self.languages = tuple(
            language
            for language in context.text.languages
            if any(language in context.speaking(unit) for unit in passage.units)
        )

    def of(self, language: LanguageTag) -> tuple[Atom, ...]:
        """Return the atoms of *language*."""
        return tuple(atom for atom in self.atoms if atom.language == language)

    def unanswered(self) -> tuple[list[tuple[Atom, LanguageTag]], list[Atom]]:
        """Return what most languages have and one lacks, and what too few languages have."""
        missing: list[tuple[Atom, LanguageTag]] = []
        extra: list[Atom] = []
        for atom in first_of_each(self.atoms):
            speaking = self.context.speaking(atom.unit)
            lacking = [other for other in speaking if not has_value(self.of(other), atom)]
            holders = [other for other in speaking if other not in lacking]
            if len(holders) > len(lacking):
                missing.extend((atom, language) for language in lacking)
            elif lacking:
                extra.extend(each for each in self.atoms if each.binding and each.key == atom.key)
        return missing, extra

    def count(self, atom: Atom, language: LanguageTag) -> int:
        """Return how often *language* has the value of *atom*."""
        return sum(each.key == atom.key for each in self.of(language))


def first_of_each(atoms: Sequence[Atom]) -> tuple[Atom, ...]:
    """Return the first binding atom of each value."""
    first: dict[tuple[str, str], Atom] = {}
    for atom in atoms:
        if atom.binding:
            first.setdefault(atom.key, atom)
    return tuple(first.values())


def has_value(atoms: Sequence[Atom], wanted: Atom) -> bool:
    """Return whether *atoms* answer for *wanted*."""
    return any(_answers(atom, wanted) for atom in atoms)


def _answers(atom: Atom, wanted: Atom) -> bool:
    """Return whether *atom* is *wanted*, or may be: "the 16th" for a day, '94 for 1994.

    The same characters answer for each other whatever they mean: "2.100" may be a version.
    """
    if atom.value == wanted.value:
        kinds = {atom.kind, wanted.kind}
        return len(kinds) == 1 or kinds == {"number", "day"} or not atom.binding
    if fold_width(atom.text) == fold_width(wanted.text):
        return True
    return not atom.binding and len(wanted.value) == 4 and wanted.value[2:] == atom.value
