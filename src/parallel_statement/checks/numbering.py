"""Are the paragraphs numbered alike in all versions, and without a gap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from parallel_statement.checks.base import (
    Context,
    Passage,
    have,
    listed,
    listed_names,
    named,
    odd_ones,
    stable_id,
)
from parallel_statement.languages.quantity import fold_width
from parallel_statement.model import BlockKind, Finding, LanguageTag, Paragraph, Severity, Span

_DECIMAL = re.compile(r"\d+(?:\.\d+)*")
_FEWEST_NUMBERS = 2
"""A version that numbers fewer of its paragraphs as the others do has no numbering to speak of."""
_LONGEST_LABEL = 12


@dataclass(frozen=True, slots=True)
class _Row:
    """Paragraphs that correspond one to one, and their numbers ("" is none)."""

    passage: Passage
    paragraphs: Mapping[LanguageTag, Paragraph]

    @property
    def numbers(self) -> dict[LanguageTag, str]:
        return {language: each.number or "" for language, each in self.paragraphs.items()}

    @property
    def compared(self) -> dict[LanguageTag, str]:
        """The numbers, or only whether there is one: (a) may be i) or イ elsewhere."""
        numbers = self.numbers
        if all(_DECIMAL.fullmatch(number) for number in numbers.values() if number):
            return numbers
        return {language: number and "a label" for language, number in numbers.items()}

    @property
    def agreed(self) -> str:
        """The number that all have, or ""."""
        numbers = set(self.numbers.values())
        return next(iter(numbers)) if len(numbers) == 1 else ""


def find_numbering_faults(context: Context) -> Iterator[Finding]:
    """Yield a finding for every paragraph whose number the other versions do not have.

    Where one version is ahead of the others from a paragraph on, only that paragraph is named.
    """
    rows = tuple(_rows(context))
    numbering = {
        language: sum(bool(row.agreed) for row in rows if language in row.paragraphs)
        for language in context.text.languages
    }
    ahead: dict[LanguageTag, int] = {}
    for row in rows:
        odd = tuple(
            language
            for language in odd_ones(row.compared)
            if numbering[language] >= _FEWEST_NUMBERS or row.numbers[language]
        )
        rest = {language: n for language, n in row.numbers.items() if language not in odd}
        due = " / ".join(dict.fromkeys(rest.values()))
        if rest and not due:
            continue  # only a few are read as numbered
        for language in odd:
            lead = _lead(row.numbers[language], due)
            if _begins_with(context, row.paragraphs[language], language, due):
                continue  # its label is only not known as one
            if lead is None or lead != ahead.get(language):
                yield _deviation(context, row, (language,) if rest else odd, due)
                ahead[language] = lead or 0
            if not rest:
                break
        ahead |= dict.fromkeys(rest, 0)
    yield from _merged(context, numbering)
    yield from _gaps(context, rows)


def _rows(context: Context) -> Iterator[_Row]:
    for passage in context.passages:
        ranges = passage.bead.ranges
        if all(segments.size <= 1 for segments in ranges.values()):
            paragraphs = {
                language: context.text.version(language).paragraphs[segments.start]
                for language, segments in ranges.items()
                if segments.size
            }
            if any(each.number for each in paragraphs.values()):
                yield _Row(passage, paragraphs)


def _begins_with(context: Context, paragraph: Paragraph, language: LanguageTag, due: str) -> bool:
    """Return whether a paragraph without a number has *due* among its first characters."""
    text = fold_width(context.text.version(language).text(paragraph)[:_LONGEST_LABEL])
    return bool(due) and not paragraph.number and _has_number(text, due)


def _has_number(text: str, number: str) -> bool:
    """Return whether *text* has *number*: digits anywhere, letters by themselves before a mark."""
    marks = r"(?!\d)" if number[-1].isdigit() else r"[.)]"
    return bool(re.search(rf"(?<!\w){re.escape(number)}{marks}", text))


def _merged(context: Context, numbering: Mapping[LanguageTag, int]) -> Iterator[Finding]:
    """Yield a finding for numbers lost where a paragraph has run into the one before it."""
    for passage in context.passages:
        sides = {
            language: context.text.version(language).paragraphs[segments.start : segments.stop]
            for language, segments in passage.bead.ranges.items()
            if segments.size
        }
        for language, side in sides.items():
            others = {other: each for other, each in sides.items() if other != language}
            sizes = set(map(len, others.values()))
            if numbering[language] < _FEWEST_NUMBERS or len(sizes) != 1 or max(sizes) <= len(side):
                continue
            text = fold_width(" ".join(context.text.version(language).text(each) for each in side))
            own = {each.number for each in side}
            for row in zip(*others.values(), strict=True):
                (due, *more) = {each.number or "" for each in row}
                if due and not more and due not in own and not _has_number(text, due):
                    here = {language: replace(side[-1], number=None)}
                    lost = _Row(passage, here | dict(zip(others, row, strict=True)))
                    yield _deviation(context, lost, (language,), due)


def _lead(number: str, due: str) -> int | None:
    """Return by how much a number is ahead of the one that is due."""
    if number.isdecimal() and due.isdecimal():
        return int(number) - int(due)
    return None


def _deviation(
    context: Context, row: _Row, languages: tuple[LanguageTag, ...], due: str
) -> Finding:
    numbers = row.numbers
    found = " / ".join(numbers[language] for language in languages)
    agreed = tuple(language for language in numbers if language not in languages)
    severity: Severity = "error" if all(numbers[language] for language in languages) else "warning"
    said = listed(
        f"{named(language)} has {f'number {numbers[language]}' if numbers[language] else 'none'}"
        for language in languages
    )
    reason = f"{have(agreed)} number {due} here, but {said}." if agreed else f"{said} here."
    return _report(context, row, languages, severity, due, found, reason)


def _gaps(context: Context, rows: tuple[_Row, ...]) -> Iterator[Finding]:
    """Yield a hint where the numbers of all versions leave one out."""
    lasts: dict[BlockKind, int] = {}  # headings are counted by themselves
    for row in rows:
        kind = next(iter(row.paragraphs.values())).kind
        last = lasts.get(kind, 0)
        number = int(row.agreed) if row.agreed.isdecimal() else 0
        if last and number == last + 2:
            languages = tuple(row.paragraphs)
            reason = (
                f"Number {last} is followed by {number} in {listed_names(languages)}: "
                f"{number - 1} is missing."
            )
            yield _report(context, row, languages, "info", str(number - 1), str(number), reason)
        lasts[kind] = number


def _report(
    context: Context,
    row: _Row,
    languages: tuple[LanguageTag, ...],
    severity: Severity,
    expected: str,
    found: str,
    reason: str,
) -> Finding:
    texts = [
        context.text.version(language).text(row.paragraphs[language]) for language in languages
    ]
    return Finding(
        id=stable_id("paragraph-number", languages, expected, *texts),
        rule="paragraph-number",
        severity=severity,
        bead=row.passage.bead.id,
        spans={language: (_place(paragraph),) for language, paragraph in row.paragraphs.items()},
        languages=languages,
        expected=expected,
        found=found,
        reason=reason,
    )


def _place(paragraph: Paragraph) -> Span:
    """Return where the number stands, or else the first sentence."""
    if paragraph.label:
        return paragraph.label
    return paragraph.sentences[0].span if paragraph.sentences else paragraph.span
