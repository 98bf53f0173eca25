"""Is every bracket and every quotation mark closed that was opened, and the reverse.

What another version leaves open too in the same paragraph is meant so (a piece of code). A
quotation may go over several paragraphs, and may open anew with each of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from parallel_statement.checks.base import Context, Unit, named, stable_id
from parallel_statement.languages import get
from parallel_statement.languages.quantity import fold_width
from parallel_statement.model import Finding, LanguageTag, Span

_APOSTROPHES = "‘’‚‛"
"""Marks that are also apostrophes: no one can tell."""
_BRACKETS = "()[]{}"
_LONGEST_QUOTATION = 10
"""Paragraphs over which a mark may stay open."""
_MAY_BE_ALONE = re.compile(
    r"(?:(?<=^)|(?<=\s))(?:\d{1,3}|[^\W\d_]|[ivx]{2,4})\)|[:;8=]['^o-]?[()]|(?<=\d)\""
)
"""The bracket of a list's label ("b)") or of a smile; the mark of inches."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A bracket or quotation mark in one language's text."""

    language: LanguageTag
    passage: int
    unit: Unit
    mark: str
    opens: bool
    begins: bool
    """Whether a sentence begins with it."""
    may_be_alone: bool
    span: Span

    @property
    def family(self) -> str:
        return "bracket" if self.mark in _BRACKETS else "quotation mark"


def find_unpaired_marks(context: Context) -> Iterator[Finding]:
    """Yield a finding for every bracket or quotation mark without its partner."""
    unpaired = {
        language: tuple(_unpaired(context, language)) for language in context.text.languages
    }
    for language, marks in unpaired.items():
        elsewhere = {
            (mark.passage, mark.family)
            for other, others in unpaired.items()
            if other != language
            for mark in others
        }
        alone = [mark for mark in marks if (mark.passage, mark.family) not in elsewhere]
        for _, alike in groupby(alone, key=lambda mark: (mark.unit.bead.id, mark.mark)):
            yield _report(tuple(alike))


def _unpaired(context: Context, language: LanguageTag) -> Iterator[_Mark]:
    """Yield the marks that find no partner in their passage, nor in the next ones."""
    closers = _closers(language)
    waiting: list[_Mark] = []
    for number in range(len(context.passages)):
        marks = tuple(_marks(context, number, language))
        again = {mark.mark for mark in marks if mark.begins}
        waiting = [each for each in waiting if each.mark not in again or each.passage < number - 1]
        for mark in _single(marks, closers):
            partners = [
                each
                for each in waiting
                if mark.mark in closers[each.mark]
                and mark.mark != each.mark
                and number - each.passage <= _LONGEST_QUOTATION
            ]
            if partners:
                waiting.remove(partners[-1])
            elif mark.opens:
                waiting.append(mark)
            else:
                yield mark
    yield from waiting


def _single(marks: Sequence[_Mark], closers: Mapping[str, str]) -> list[_Mark]:
    """Return the marks of a passage that find no partner in it."""
    waiting: list[_Mark] = []
    single: list[_Mark] = []
    for mark in marks:
        partner = next(
            (each for each in reversed(waiting) if mark.mark in closers[each.mark]), None
        )
        if partner:
            at = waiting.index(partner)
            single += waiting[at + 1 :]
            waiting = waiting[:at]
        elif not mark.may_be_alone:
            (waiting if mark.opens else single).append(mark)
    return sorted(single + waiting, key=lambda each: each.span)


def _marks(context: Context, number: int, language: LanguageTag) -> Iterator[_Mark]:
    closers = _closers(language)
    known = set(closers).union(*closers.values())
    for unit in context.passages[number].units:
        for view in unit.sides[language].views:
            text = fold_width(view.text)
            alone = {match.end() - 1 for match in _MAY_BE_ALONE.finditer(text)}
            for place, mark in enumerate(text):
                if mark in known:
                    opens, begins, span = mark in closers, not place, view.span(place, place + 1)
                    yield _Mark(language, number, unit, mark, opens, begins, place in alone, span)


@cache
def _closers(language: LanguageTag) -> Mapping[str, str]:
    """Return what may close each opening mark, in folded width."""
    closers: dict[str, str] = {}
    for opening, closing in get(language).rules.paired:
        if opening not in _APOSTROPHES and closing not in _APOSTROPHES:
            opening, closing = fold_width(opening), fold_width(closing)
            closers[opening] = closers.get(opening, "") + closing
    return closers


def _report(marks: Sequence[_Mark]) -> Finding:
    mark, language = marks[0], marks[0].language
    what = "opened and not closed" if mark.opens else "closed and not opened"
    return Finding(
        id=stable_id("unpaired-mark", (language,), "", mark.mark, mark.unit.sides[language].text),
        rule="unpaired-mark",
        severity="warning",
        bead=mark.unit.bead.id,
        spans={language: tuple(each.span for each in marks)},
        languages=(language,),
        expected="its partner",
        found=mark.mark,
        reason=f"In {named(language)} a {mark.family} is {what} here: “{mark.mark}”.",
    )
