"""Do the days of the week fit their dates, and are they the same in all versions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from parallel_statement.checks.base import (
    Context,
    Passage,
    Unit,
    listed,
    named,
    odd_ones,
    stable_id,
)
from parallel_statement.languages import get
from parallel_statement.languages.base import Quantity
from parallel_statement.languages.weekdays import Weekday, weekdays
from parallel_statement.model import Finding, LanguageTag, Span, View

_BESIDE = re.compile(r"[\s,.()（）、]*(?:the |il |le |el |den |der |de |op )?")
"""What may stand between a date and its day of the week."""
_FULL_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class _Named:
    """A day of the week in one language's text."""

    language: LanguageTag
    unit: Unit
    day: int
    span: Span
    text: str
    date: date | None
    """The date beside it."""

    @property
    def is_wrong(self) -> bool:
        """Whether the date falls on another day."""
        return self.date is not None and self.date.isoweekday() != self.day


def find_weekday_mismatches(context: Context) -> Iterator[Finding]:
    """Yield a finding for every day of the week that its date or the other versions contradict."""
    for passage in context.passages:
        days = tuple(_named_days(context, passage))
        for unit in dict.fromkeys(each.unit for each in days):
            here = [each for each in days if each.unit is unit]
            wrong = [
                (each, each.date)
                for each in here
                if each.date and each.is_wrong and not _is_confirmed(each, here)
            ]
            for each, day in wrong:
                yield _against_its_date(each, day)
            if not wrong:
                yield from _against_others(days, here)


def _named_days(context: Context, passage: Passage) -> Iterator[_Named]:
    for language in context.text.languages:
        for unit, view in context.read(passage, language):
            found = weekdays(view.text, language)
            dates = get(language).quantities(view.text) if found else ()
            for each in found:
                yield _Named(
                    language,
                    unit,
                    each.day,
                    view.span(*each.span),
                    view.text[slice(*each.span)],
                    _date_beside(view, each, dates),
                )


def _date_beside(view: View, weekday: Weekday, dates: Sequence[Quantity]) -> date | None:
    for quantity in dates:
        first, second = sorted((weekday.span, quantity.span))
        beside = _BESIDE.fullmatch(view.text[first.end : second.start])
        if beside and quantity.kind == "date" and _FULL_DATE.fullmatch(quantity.value):
            try:
                return date.fromisoformat(quantity.value)
            except ValueError:  # 30 February
                continue
    return None


def _is_confirmed(day: _Named, others: Sequence[_Named]) -> bool:
    """Return whether another version has the same day, with a date that it fits: ours is wrong.

    A date that the version itself has on the right day is another one.
    """
    right = {each.date for each in others if each.language == day.language and not each.is_wrong}
    return any(
        each.day == day.day
        and each.language != day.language
        and not each.is_wrong
        and (each.date is None or each.date not in right)
        for each in others
    )


def _against_its_date(day: _Named, due: date) -> Finding:
    right = f"{due:%A}"
    return _finding(
        (day.language,),
        [day],
        right,
        f"{named(day.language)} has “{day.text}”, but {due.isoformat()} is a {right}.",
        {day.language: (day.span,)},
    )


def _against_others(days: Sequence[_Named], here: Sequence[_Named]) -> Iterator[Finding]:
    languages = dict.fromkeys(each.language for each in here)
    has = {tag: {each.day for each in days if each.language == tag} for tag in languages}
    own: Mapping[LanguageTag, _Named] = {
        each.language: each
        for each in reversed(here)
        if any(each.day not in has[other] for other in languages)
    }
    odd = odd_ones({language: own[language].day for language in languages if language in own})
    if odd:
        agreed = [own[language] for language in languages if language in {*own} - {*odd}]
        wrong = [own[language] for language in languages if language in odd]
        if not agreed:
            agreed, wrong = wrong[:1], wrong[1:]
        yield _finding(
            odd,
            wrong,
            agreed[0].text,
            f"{_quoted(agreed)}, but {_quoted(wrong)}.",
            {each.language: (each.span,) for each in (*agreed, *wrong)},
        )


def _quoted(days: Sequence[_Named]) -> str:
    return listed(f"{named(each.language)} has “{each.text}”" for each in days)


def _finding(
    languages: tuple[LanguageTag, ...],
    wrong: Sequence[_Named],
    expected: str,
    reason: str,
    spans: Mapping[LanguageTag, tuple[Span, ...]],
) -> Finding:
    first = wrong[0]
    text = first.unit.sides[first.language].text
    return Finding(
        id=stable_id("weekday-mismatch", languages, first.text, text),
        rule="weekday-mismatch",
        severity="error",
        bead=first.unit.bead.id,
        spans=spans,
        languages=languages,
        expected=expected,
        found=" / ".join(each.text for each in wrong),
        reason=reason,
    )
