"""Quotation marks, width and spaces, as the language has them and as the version itself does.

Every place where a version could have done otherwise is a *choice*: which quotation marks, which
width, a space or none. Its habit is law: a choice is a fault if nearly all others of its kind are
different, or if the language does not have it and the version hardly ever.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from parallel_statement import languages
from parallel_statement.checks.base import Context, Unit, named, stable_id
from parallel_statement.languages.tables import read_table
from parallel_statement.model import Finding, LanguageTag, Severity, Span, View

_FEWEST = 10
_HABIT = 0.95
"""Choices that make a habit, and the part of them that must be alike."""
_SLIPS = 2
"""A choice the language does not have, and no more of them than this, is a slip."""
_SPACED = "a space"
_QUOTES = "quotation marks"
_QUOTATION = re.compile(
    r"“[^“”]+”|„[^“”„]+[“”]|«[^«»]+»|»(?=\S)[^«»]+(?<=\S)«|「[^「」]+」|『[^『』]+』|〝[^〝〟]+〟"
    r"|(?<![A-Za-z0-9])\"[^\"]+\"(?![A-Za-z0-9])"
)
_SPACE = re.compile(r"(?<=[^\W\d_])(?P<space>[ \u00a0\u202f]?)(?P<mark>[,;:?!])(?=\s|$)")
_GUILLEMET = re.compile(
    r"(?P<mark>«)(?P<space>[ \u00a0\u202f]?)(?=\w)|(?<=\w)(?P<room>[ \u00a0\u202f]?)(?P<end>»)"
)
_WIDTHS = {
    "bracket": re.compile(r"(?P<full>（)|(?P<half>\()"),
    "digits": re.compile(r"(?<![A-Za-zＡ-Ｚａ-ｚ.])(?:(?P<full>[０-９]+)|(?P<half>[0-9]+))"),
    "letters": re.compile(r"(?P<full>[Ａ-Ｚａ-ｚ]+)|(?P<half>[A-Za-z]+)"),
    "comma": re.compile(r"(?<=[ぁ-龠])(?:(?P<full>[、，])|(?P<half>,))"),
    "full stop": re.compile(r"(?<=[ぁ-ん])(?:(?P<full>[。．])|(?P<half>\.(?=\s|$)))"),
}
_FULL_WIDTH = re.compile(r"(?<=[A-Za-zÀ-ÿ])[！-～、。「」]|[！-～、。「」](?=[A-Za-zÀ-ÿ])")


@dataclass(frozen=True, slots=True)
class _Choice:
    """What a version chose in one place, of what it could have chosen."""

    unit: Unit
    kind: str
    style: str
    span: Span
    text: str
    usual: bool
    """Whether the language has it."""


def find_typographic_slips(context: Context) -> Iterator[Finding]:
    """Yield a finding for every mark that is set against the version's habit or its language.

    A space before a mark that another version has there too is a piece of markup.
    """
    counts: dict[LanguageTag, Counter[tuple[str, str]]] = {}
    slips: dict[LanguageTag, list[_Choice]] = {}
    for language in context.text.languages:
        choices = [
            choice
            for passage in context.passages
            for unit, view in context.read(passage, language)
            for choice in _choices(view, unit, language)
        ]
        counts[language] = Counter((choice.kind, choice.style) for choice in choices)
        slips[language] = [choice for choice in choices if _is_slip(choice, counts[language])]
    shared = Counter(
        place
        for group in slips.values()
        for place in {(slip.unit.bead.id, slip.kind) for slip in group if slip.style == _SPACED}
    )
    for language, group in slips.items():
        for slip in group:
            if shared[slip.unit.bead.id, slip.kind] < 2:
                yield _report(slip, language, counts[language])


def _is_slip(choice: _Choice, counts: Counter[tuple[str, str]]) -> bool:
    return _is_against_habit(choice, counts) or _is_odd(choice, counts)


def _is_against_habit(choice: _Choice, counts: Counter[tuple[str, str]]) -> bool:
    own = counts[choice.kind, choice.style]
    whole = sum(count for (kind, _), count in counts.items() if kind == choice.kind)
    return (whole >= _FEWEST and whole - own >= _HABIT * whole) or (
        own <= _SLIPS and not choice.usual
    )


def _is_odd(choice: _Choice, counts: Counter[tuple[str, str]]) -> bool:
    """Return whether a quotation is the only one with its marks, and all others have the same."""
    others = [count for (kind, _), count in counts.items() if kind == choice.kind == _QUOTES]
    return len(others) == 2 and counts[choice.kind, choice.style] == 1 and max(others) > 1


def _choices(view: View, unit: Unit, language: LanguageTag) -> Iterator[_Choice]:
    yield from _quotations(view, unit, language)
    if languages.get(language).joiner:
        yield from _spaces(view, unit, language)
        for match in _FULL_WIDTH.finditer(view.text):
            yield _choice(view, unit, "width", "full width", match.span(), usual=False)
    else:
        for kind, pattern in _WIDTHS.items():
            for match in pattern.finditer(view.text):
                style = f"{match.lastgroup} width"
                yield _choice(view, unit, f"{kind}", style, match.span(), usual=True)


def _choice(
    view: View, unit: Unit, kind: str, style: str, span: tuple[int, int], *, usual: bool
) -> _Choice:
    return _Choice(unit, kind, style, view.span(*span), view.text[slice(*span)], usual)


def _quotations(view: View, unit: Unit, language: LanguageTag) -> Iterator[_Choice]:
    """Yield the outermost quotations; code and foreign words say nothing of a script's marks."""
    habits = _habits(language)
    spaced = languages.get(language).joiner
    for match in _QUOTATION.finditer(view.text):
        if spaced or not match[0].isascii():
            style = match[0][0] + match[0][-1]
            usual = not habits or style in habits["quotes"].split()
            yield _choice(view, unit, _QUOTES, style, match.span(), usual=usual)


def _spaces(view: View, unit: Unit, language: LanguageTag) -> Iterator[_Choice]:
    habits = _habits(language)
    before, after = habits.get("before", ""), habits.get("after", "")
    for match in _SPACE.finditer(view.text):
        style = _SPACED if match["space"] else "no space"
        usual = bool(match["space"]) == (match["mark"] in before)
        yield _choice(view, unit, f"before {match['mark']}", style, match.span(), usual=usual)
    for match in _GUILLEMET.finditer(view.text) if habits else ():
        space = match["space"] or match["room"]
        usual = bool(space) == ((match["mark"] or match["end"]) in before + after)
        kind = "after «" if match["mark"] else "before »"
        style = _SPACED if space else "no space"
        yield _choice(view, unit, kind, style, match.span(), usual=usual)


@cache
def _habits(language: LanguageTag) -> Mapping[str, str]:
    """Return what is known of the language's punctuation."""
    data = read_table(languages.__name__, "punctuation.toml")
    habits: Mapping[str, str] = data.get(language.partition("-")[0], {})
    return habits


def _report(choice: _Choice, language: LanguageTag, counts: Counter[tuple[str, str]]) -> Finding:
    others = Counter(
        {
            style: count
            for (kind, style), count in counts.items()
            if kind == choice.kind and style != choice.style
        }
    )
    (usual, count), *_ = others.most_common(1) or [("", 0)]
    sure = _habits(language) and _is_against_habit(choice, counts)
    severity: Severity = "warning" if sure else "info"
    reason = f"{choice.kind}: {choice.style}"
    if count:
        reason += f"; {usual} in {count} other place{'s' if count > 1 else ''}"
    if not choice.usual:
        reason += f"; not usual in {named(language)}"
    return Finding(
        id=stable_id(
            "typography", (language,), choice.kind, choice.unit.sides[language].text, choice.text
        ),
        rule="typography",
        severity=severity,
        bead=choice.unit.bead.id,
        spans={language: (choice.span,)},
        languages=(language,),
        expected=usual,
        found=choice.text,
        reason=reason[0].upper() + reason[1:] + ".",
    )
