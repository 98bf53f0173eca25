"""Has every version the brackets and the quotations that all others have.

What stands in brackets or in quotation marks is a part of a sentence that can be counted in any
language. Code, dates and acronyms in brackets come and go, and are not counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parallel_statement.checks.base import Context, Passage, Unit, listed_names, named, stable_id
from parallel_statement.checks.habits import without_habits
from parallel_statement.languages import get
from parallel_statement.languages.quantity import fold_width
from parallel_statement.model import Finding, LanguageTag, Span

_KINDS: Mapping[str, re.Pattern[str]] = {
    "bracket": re.compile(r"\((?P<inside>[^()]+)\)"),
    "quotation": re.compile(
        r"«(?P<a>[^«»]+)»|“(?P<b>[^“”„]+)”|„(?P<c>[^“”„]+)[“”]|"
        r"「(?P<d>[^「」]+)」|『(?P<e>[^『』]+)』|\"(?P<f>[^\"]+)\""
    ),
}
_FEWEST = 3
"""Versions that can tell which one is wrong."""
_SHORTEST, _SHORTEST_UNSPACED = 4, 2
"""Letters that make a part of a sentence, and in a script without spaces."""
_ACRONYM = re.compile(r"[A-Z]+s?|[月火水木金土日]曜日?|[金木水火土]")


@dataclass(frozen=True, slots=True)
class _Insertion:
    """A stretch in brackets or quotation marks."""

    unit: Unit
    text: str
    span: Span


_Counted = Mapping[LanguageTag, Sequence[_Insertion]]


def find_lost_insertions(context: Context) -> Iterator[Finding]:
    """Yield a hint for every bracket or quotation that one version lacks, or has alone."""
    for kind, pattern in _KINDS.items():
        findings: list[Finding] = []
        for passage in context.passages:
            found = {
                language: tuple(_insertions(context, passage, language, pattern))
                for language in context.text.languages
            }
            judged = (_judge(context, unit, kind, found) for unit in passage.units)
            findings.extend(finding for finding in judged if finding)
        yield from without_habits(context, findings)


def _insertions(
    context: Context, passage: Passage, language: LanguageTag, pattern: re.Pattern[str]
) -> Iterator[_Insertion]:
    for unit, view in context.read(passage, language):
        for match in pattern.finditer(fold_width(view.text)):
            inside = match[match.lastgroup or 0]
            letters = "".join(character for character in inside if character.isalpha())
            shortest = _SHORTEST if get(language).joiner else _SHORTEST_UNSPACED
            gloss = any(map(str.isdigit, inside)) or _ACRONYM.fullmatch(letters)
            if len(letters) >= shortest and not gloss:
                start, end = match.span()
                yield _Insertion(unit, view.text[start:end], view.span(start, end))


def _judge(context: Context, unit: Unit, kind: str, found: _Counted) -> Finding | None:
    speaking = context.speaking(unit)
    if len(speaking) < _FEWEST:
        return None
    here = {
        language: [each for each in found[language] if each.unit is unit] for language in speaking
    }
    for language in speaking:
        others = [other for other in speaking if other != language]
        counts = {(len(here[other]), len(found[other])) for other in others}
        if len(counts) != 1:
            continue
        ((unit_count, passage_count),) = counts
        own_count, own_total = len(here[language]), len(found[language])
        if own_count < unit_count and own_total < passage_count:
            reason = f"{listed_names(others)} have a {kind} that {named(language)} does not have."
            return _report(unit, language, here, kind, reason)
        if own_count > unit_count and own_total > passage_count:
            reason = f"{named(language)} has a {kind} that {listed_names(others)} do not have."
            return _report(unit, language, here, kind, reason)
    return None


def _report(unit: Unit, language: LanguageTag, here: _Counted, kind: str, reason: str) -> Finding:
    side = unit.sides[language].text
    other = next(tag for tag in here if tag != language)
    return Finding(
        id=stable_id("part-missing", (language,), kind, side),
        rule="part-missing",
        severity="info",
        bead=unit.bead.id,
        spans={
            tag: tuple(each.span for each in found) or unit.sides[tag].spans
            for tag, found in here.items()
        },
        languages=(language,),
        expected=" / ".join(each.text for each in here[other]) or f"no {kind}",
        found=" / ".join(each.text for each in here[language]),
        reason=reason,
    )
