"""Is what is said twice rendered alike, and what differs rendered differently.

Sentences are compared but for case, width and the marks at their ends; short ones say too little.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from parallel_statement.checks.base import Context, Unit, listed_names, named, stable_id
from parallel_statement.languages import get
from parallel_statement.model import Finding, LanguageTag, Severity

_SHORTEST = 20
_SHORTEST_UNSPACED = 10
"""Letters that make a sentence long enough, and in a script without spaces."""
_ALIKE = 0.9
"""Two sentences more alike than this may well be rendered the same."""


@dataclass(frozen=True, slots=True)
class _Saying:
    """What one language says in a unit, and what all the others say there."""

    unit: Unit
    text: str
    others: tuple[str, ...]


def find_varying_renderings(context: Context) -> Iterator[Finding]:
    """Yield a finding where all other versions repeat a sentence, and one says it otherwise."""
    for language in context.text.languages:
        others = _others(context, language)
        groups: dict[tuple[str, ...], list[_Saying]] = {}
        for saying in _sayings(context, language, others):
            groups.setdefault(saying.others, []).append(saying)
        for group in groups.values():
            counts = Counter(saying.text for saying in group)
            usual = max(counts, key=lambda text: counts[text])  # of equal ones the first
            for saying in group:
                if saying.text != usual and len(others) > 1:
                    model = next(each for each in group if each.text == usual)
                    yield _varying(saying, model, language, others)


def find_same_renderings(context: Context) -> Iterator[Finding]:
    """Yield a finding where one version repeats a sentence, and all others say another thing."""
    for language in context.text.languages:
        others = _others(context, language)
        groups: dict[str, list[_Saying]] = {}
        for saying in _sayings(context, language, others):
            groups.setdefault(saying.text, []).append(saying)
        for first, *rest in groups.values():
            for saying in rest:
                pairs = zip(first.others, saying.others, strict=True)
                if others and all(_differ(here, there) for here, there in pairs):
                    yield _same(saying, first, language, others)


def _others(context: Context, language: LanguageTag) -> tuple[LanguageTag, ...]:
    return tuple(other for other in context.text.languages if other != language)


def _sayings(
    context: Context, language: LanguageTag, others: Sequence[LanguageTag]
) -> Iterator[_Saying]:
    for passage in context.passages:
        for unit in passage.units:
            if len(context.speaking(unit)) == len(others) + 1:
                texts = tuple(_plain(unit.sides[other].text) for other in others)
                text = _plain(unit.sides[language].text)
                if all(map(_is_long, (text, *texts), (language, *others))):
                    yield _Saying(unit, text, texts)


def _plain(text: str) -> str:
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    while plain and not (plain[-1].isalnum()):
        plain = plain[:-1]
    return plain


def _is_long(text: str, language: LanguageTag) -> bool:
    shortest = _SHORTEST if get(language).joiner else _SHORTEST_UNSPACED
    return sum(map(str.isalpha, text)) >= shortest


def _differ(first: str, second: str) -> bool:
    return first != second and SequenceMatcher(None, first, second).ratio() < _ALIKE


def _varying(
    saying: _Saying, model: _Saying, language: LanguageTag, others: Sequence[LanguageTag]
) -> Finding:
    here, there = saying.unit.sides[language], model.unit.sides[language]
    return Finding(
        id=stable_id("rendering-varies", (language,), "", here.text),
        rule="rendering-varies",
        severity="warning",
        bead=saying.unit.bead.id,
        spans={other: saying.unit.sides[other].spans for other in others} | {language: here.spans},
        languages=(language,),
        expected=there.text,
        found=here.text,
        reason=f"{listed_names(others)} repeat a sentence here; {named(language)} renders it "
        f"“{there.text}” elsewhere.",
    )


def _same(
    saying: _Saying, model: _Saying, language: LanguageTag, others: Sequence[LanguageTag]
) -> Finding:
    here = saying.unit.sides[language]
    severity: Severity = "warning" if len(others) > 1 else "info"
    return Finding(
        id=stable_id("rendering-same", (language,), "", here.text, *saying.others),
        rule="rendering-same",
        severity=severity,
        bead=saying.unit.bead.id,
        spans={other: saying.unit.sides[other].spans for other in others}
        | {language: (*model.unit.sides[language].spans, *here.spans)},
        languages=(language,),
        expected="another sentence",
        found=here.text,
        reason=f"{named(language)} has the same sentence as in another place, where "
        f"{listed_names(others)} say another thing.",
    )
