"""The numbers of a passage as atoms: the smallest values that all languages must share.

A date is a year, a month and a day, a range is its ends; so "from 2024 to 2027" and "2024-2027"
agree, and a wrong day in one language is one wrong value. An atom is *written* if it has digits.
Numbers in small words ("both", "two", 二国間) come and go in translation: they may answer for a
value of another language but need no answer themselves; so do digits inside a term or a code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from parallel_statement.checks.base import Context, Passage, Side, Unit
from parallel_statement.languages import get
from parallel_statement.languages.base import Quantity
from parallel_statement.languages.measures import Measure, measure
from parallel_statement.languages.number_words import Sense, number_words, overlaps
from parallel_statement.languages.quantity import fold_width
from parallel_statement.model import LanguageTag, Span

AtomKind = Literal["number", "month", "day"]
_LARGEST_SMALL = 12
"""Up to here, a number that is missing or added alone is often a matter of wording."""
_ONE = "1"
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
    sure: bool
    """Whether it is read for certain: by a language's own rules, or digit for digit."""
    literal: bool
    """Whether its digits stand there, perhaps with a word such as "million"."""
    ordinal: bool = False
    """Whether it says which one and not how many, which has many other wordings ("the next")."""
    sense: Sense = "count"
    """What it says if it is a word that holds a number."""
    measure: Measure = frozenset()
    """What a small number counts: years."""

    @property
    def key(self) -> tuple[AtomKind, str]:
        """What compares across languages."""
        return self.kind, self.value

    @property
    def digits(self) -> str:
        """The digits of the value without zeros at its ends."""
        return _significant(self.value)


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A quantity in one language's text, with its atoms and, if it is a date, its days."""

    atoms: tuple[Atom, ...]

    @property
    def first(self) -> Atom:
        """An atom that stands for the whole."""
        return self.atoms[0]

    @property
    def is_date(self) -> bool:
        """Whether it is a day or a month of the calendar, and not a year alone."""
        return any(atom.kind != "number" for atom in self.atoms)

    def agrees(self, other: Figure) -> bool:
        """Return whether two dates have nothing in which they differ."""
        for kind in ("number", "month", "day"):
            here = {atom.value for atom in self.atoms if atom.kind == kind}
            there = {atom.value for atom in other.atoms if atom.kind == kind}
            if here and there and here.isdisjoint(there):
                return False
        return True


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
    spoken = get(side.language)
    for view in side.views:
        found = _read(view.text, side.language)
        for quantity, sense in found.items():
            span = view.span(*quantity.span)
            text = view.text[quantity.span.start : quantity.span.end]
            named = any(name.start < span.end and span.start < name.end for name in names)
            written = bool(_DIGITS.search(fold_width(text)))
            for kind, value in _atoms(quantity):
                binding = not named and (written or _is_large_word(value, text))
                yield Atom(
                    kind,
                    value,
                    side.language,
                    unit,
                    span,
                    text,
                    binding,
                    written,
                    spoken.known or value.replace(".", "") in _digits(text),
                    _significant(value) in map(_significant, _digits(text)),
                    quantity.kind == "ordinal",
                    sense,
                    _measure(view.text, quantity, side.language),
                )
        for start, end in _other_digits(view.text, found):
            value = fold_width(view.text[start:end]).lstrip("0") or "0"
            span = view.span(start, end)
            text = view.text[start:end]
            yield Atom("number", value, side.language, unit, span, text, False, True, True, True)


def _read(text: str, tag: LanguageTag) -> dict[Quantity, Sense]:
    """Return the numerals of *text* and the words that hold a number, sorted.

    "A" and "one" only count if they say of what: "a year", but not "one another".
    """
    numerals = get(tag).quantities(text)
    words = [
        word
        for word in number_words(text, tag, numerals)
        if word.quantity.value != _ONE or measure(text, word.quantity.span, tag)
    ]
    found: dict[Quantity, Sense] = {word.quantity: word.sense for word in words}
    for numeral in numerals:
        if not any(overlaps(numeral, word.quantity) for word in words):
            found[numeral] = "count"
    return dict(sorted(found.items(), key=lambda each: each[0].span))


def _measure(text: str, quantity: Quantity, tag: LanguageTag) -> Measure:
    small = quantity.value.isdecimal() and float(quantity.value) <= _LARGEST_SMALL
    return measure(text, quantity.span, tag) if small else frozenset()


def _digits(text: str) -> tuple[str, ...]:
    """Return the digits of *text*, together and run by run: "1 500" is also 1500."""
    runs = _DIGITS.findall(fold_width(text))
    return "".join(runs), *(run.lstrip("0") for run in runs)


def _significant(value: str) -> str:
    return value.replace(".", "").strip("0")


def _is_large_word(value: str, text: str) -> bool:
    """Return whether a number in words is one that a translator keeps: "twenty-five"."""
    return not text.isupper() and float(value) > _LARGEST_SMALL and value not in _ROUND_WORDS


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


def _other_digits(text: str, found: Iterable[Quantity]) -> Iterator[tuple[int, int]]:
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

    @cached_property
    def figures(self) -> dict[LanguageTag, tuple[Figure, ...]]:
        """The quantities of each language."""
        groups: dict[tuple[LanguageTag, Span], list[Atom]] = {}
        for atom in self.atoms:
            groups.setdefault((atom.language, atom.span), []).append(atom)
        figures = [Figure(tuple(group)) for group in groups.values()]
        return {
            language: tuple(each for each in figures if each.first.language == language)
            for language in self.languages
        }

    def figure(self, atom: Atom) -> Figure:
        """Return the quantity that *atom* is part of."""
        return next(each for each in self.figures[atom.language] if atom in each.atoms)

    def lacks(self, language: LanguageTag, atom: Atom) -> bool:
        """Return whether *language* speaks where *atom* stands and has no such value."""
        speaks = language in self.context.speaking(atom.unit)
        section = "." in atom.value and atom.value in self._labels[language]
        found = has_value(self.of(language), atom) or section
        return speaks and not found

    def _has_firmly(self, language: LanguageTag, atom: Atom) -> bool:
        """Return whether *language* has the value, and not only in a word such as "both"."""
        words = [each for each in self.of(language) if each.sense != "both"]
        return not self.lacks(language, atom) and (
            has_value(words, atom) or not has_value(self.of(language), atom)
        )

    @cached_property
    def _labels(self) -> dict[LanguageTag, set[str]]:
        """The numbers of each language's paragraphs: another may have a "4.1" in its sentence."""
        return {
            version.language: {
                version.paragraphs[place].number or ""
                for place in self.passage.bead.ranges[version.language].indices
            }
            for version in self.context.text.versions
        }

    def unanswered(self) -> tuple[list[tuple[Atom, LanguageTag]], list[Atom]]:
        """Return what most languages have and one lacks, and what too few languages have."""
        missing: list[tuple[Atom, LanguageTag]] = []
        extra: list[Atom] = []
        for atom in first_of_each(self.atoms):
            speaking = self.context.speaking(atom.unit)
            lacking = [other for other in speaking if self.lacks(other, atom)]
            firm = sum(self._has_firmly(other, atom) for other in speaking)
            if firm > len(lacking) or (lacking and len(speaking) == 2):
                missing.extend((atom, language) for language in lacking)
            elif lacking:
                extra.extend(each for each in self.atoms if each.binding and each.key == atom.key)
        return missing, extra

    def count(self, atom: Atom, language: LanguageTag) -> int:
        """Return how often *language* has the value of *atom*."""
        return sum(each.key == atom.key for each in self.of(language))


def is_small(atom: Atom) -> bool:
    """Return whether a value is one that translations often add or leave out: "a year"."""
    return float(atom.value) <= _LARGEST_SMALL


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

    The same characters answer for each other whatever they mean, as "2.100" may be a version; not
    "1,200", which is no other thing than a number.
    """
    if atom.value == wanted.value:
        kinds = {atom.kind, wanted.kind}
        return len(kinds) == 1 or kinds == {"number", "day"} or not atom.binding
    if fold_width(atom.text) == fold_width(wanted.text) and "," not in atom.text:
        return True
    return not atom.binding and len(wanted.value) == 4 and wanted.value[2:] == atom.value
