"""Acronyms: spelt alike in all versions, and introduced where the others introduce them.

An acronym is often the same in all languages, in any script (FOIP, ＦＯＩＰ); where a language has
its own (UE, ONU) nothing is said. It is *introduced* where it stands in parentheses, or before
them, and *explained* where it stands there alone, after words with its letters: "Free and Open
Indo-Pacific (FOIP)", or after its full form in the glossary.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parallel_statement.checks.base import Context, Unit, have, named, stable_id
from parallel_statement.checks.likeness import differ_in_one, is_swapped
from parallel_statement.languages import get
from parallel_statement.languages.quantity import fold_width
from parallel_statement.model import Finding, LanguageTag, Mention, Severity, Span, View
from parallel_statement.terminology.extraction.definitions import is_explained

_ACRONYM = re.compile(r"(?<![A-Za-z0-9&_./-])[A-Z][A-Z0-9&]*[A-Z0-9](?=s?(?![A-Za-z0-9&_/-]))")
_IN_PARENTHESES = re.compile(r"\([^()]*\)")
_PARTS = re.compile(r"([A-Z&]+)([0-9]*)")
_SHORTEST = 3
"""Two letters are alike too easily: EU, UE."""


@dataclass(frozen=True, slots=True)
class _Acronym:
    """An acronym in one language's text."""

    language: LanguageTag
    passage: int
    unit: Unit
    text: str
    """In half width."""
    introduced: bool
    explained: bool
    begins: bool
    """Whether the sentence begins with it."""
    span: Span


_Index = Mapping[LanguageTag, Mapping[str, Sequence[_Acronym]]]
"""The acronyms of each language by their text, in the order of the document."""


def _index(context: Context) -> _Index:
    index: dict[LanguageTag, dict[str, list[_Acronym]]] = {}
    for language in context.text.languages:
        found = index.setdefault(language, {})
        expanded = _expanded(context.mentions[language])
        for number, passage in enumerate(context.passages):
            for unit, view in context.read(passage, language):
                for acronym in _acronyms(view, language, number, unit, expanded):
                    found.setdefault(acronym.text, []).append(acronym)
    return index


def _expanded(mentions: Sequence[Mention]) -> frozenset[Span]:
    """Return the places of the glossary's acronyms that stand behind their own full form."""
    return frozenset(
        mention.span
        for before, mention in pairwise(mentions)
        if (before.concept, before.sentence) == (mention.concept, mention.sentence)
    )


def _acronyms(
    view: View, language: LanguageTag, passage: int, unit: Unit, expanded: Collection[Span]
) -> Iterator[_Acronym]:
    text = fold_width(view.text)
    if all(character.isupper() for character in text if character.isalpha()):  # a heading
        return
    parentheses = [match.span() for match in _IN_PARENTHESES.finditer(text)]
    for match in _ACRONYM.finditer(text):
        start, end = match.span()
        inside = any(first < start and end < last for first, last in parentheses)
        before = text[end:].lstrip("s").lstrip().startswith("(")
        alone = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
        span = view.span(start, end)
        explained = alone and (span in expanded or is_explained(match[0], text[: start - 1]))
        yield _Acronym(
            language, passage, unit, match[0], inside or before, explained, not start, span
        )


# --- spelling ----------------------------------------------------------------------------


def find_misspelt_acronyms(context: Context) -> Iterator[Finding]:
    """Yield a finding for every acronym that stands for one all other versions spell otherwise."""
    index = _index(context)
    for language, own in index.items():
        others = [other for other in index if other != language]
        known = {fold_width(each.designation.text) for each in context.mentions[language]}
        for text, mentions in own.items():
            if len(mentions) > 1 or text in known or any(text in index[other] for other in others):
                continue
            mention = mentions[0]
            speaking = [other for other in others if other in context.speaking(mention.unit)]
            witnesses = _witnesses(index, mention, speaking)
            due = None if witnesses else _own_form(index, mention, speaking, known)
            if due:
                severity: Severity = "warning" if is_swapped(text, due.text) else "info"
                yield _misspelt(mention, [due], (language,), severity)
            if witnesses and not all(each.begins for each in (mention, *witnesses)):
                alone = len(witnesses) == 1 and witnesses[0].text not in own
                both = (language, witnesses[0].language)
                if not alone or both == tuple(index):
                    blamed = both if alone else (language,)
                    yield _misspelt(mention, witnesses, blamed, _severity(own, mention, witnesses))


def _own_form(
    index: _Index, mention: _Acronym, others: Sequence[LanguageTag], known: Collection[str]
) -> _Acronym | None:
    """Return the version's own acronym that is much like *mention* and is meant by it.

    There all *others* have an acronym in both places, and have it more often: RFMO twice, and in
    Italian ORGP and OGRP once.
    """
    for text, own in index[mention.language].items():
        later = len(own) == 1 and own[0].span > mention.span and text not in known
        if later or not others or not _is_alike(mention.text, text):
            continue
        units = [each.unit for each in own]
        if all(
            any(
                len(found) > len(own)
                and any(each.unit is mention.unit for each in found)
                and any(each.unit in units for each in found)
                for found in index[other].values()
            )
            for other in others
        ):
            return own[0]
    return None


def _witnesses(index: _Index, mention: _Acronym, others: Sequence[LanguageTag]) -> list[_Acronym]:
    """Return what all *others* have in the passage instead of a *mention* much like it."""
    for candidate in Counter(
        each.text for other in others for each in _inside(index[other], mention.passage)
    ):
        found = [
            [each for each in _inside(index[other], mention.passage) if each.text == candidate]
            for other in others
        ]
        if all(found) and _is_alike(mention.text, candidate):
            return [each[0] for each in found]
    return []


def _inside(acronyms: Mapping[str, Sequence[_Acronym]], passage: int) -> Iterator[_Acronym]:
    return (each for group in acronyms.values() for each in group if each.passage == passage)


def _is_alike(first: str, second: str) -> bool:
    """Return whether two acronyms differ in a letter, in the order of two, or in their number."""
    here, there = _PARTS.fullmatch(first), _PARTS.fullmatch(second)
    if here and there and here[2] and there[2] and here[2] != there[2]:
        return here[1] == there[1]
    return min(len(first), len(second)) >= _SHORTEST and (
        is_swapped(first, second) or differ_in_one(first, second)
    )


def _severity(
    own: Mapping[str, Sequence[_Acronym]], mention: _Acronym, witnesses: Sequence[_Acronym]
) -> Severity:
    """Return how sure a misspelling is: a language may have an acronym of its own (AIEA, IAEA)."""
    latin = bool(get(mention.language).joiner)
    own_order = latin and is_swapped(mention.text, witnesses[0].text)
    if witnesses[0].text in own or (len(witnesses) > 1 and not own_order):
        return "warning"
    return "info"


def _misspelt(
    mention: _Acronym,
    witnesses: Sequence[_Acronym],
    languages: tuple[LanguageTag, ...],
    severity: Severity,
) -> Finding:
    due, language = witnesses[0].text, mention.language
    reason = (
        f"Where the others have what they have here, {named(language)} has “{due}”; "
        f"“{mention.text}” stands nowhere else."
        if witnesses[0].language == language
        else f"{have([each.language for each in witnesses])} “{due}” here, but "
        f"{named(language)} has “{mention.text}”, which stands nowhere else."
    )
    return Finding(
        id=stable_id("acronym-spelling", languages, due, mention.unit.sides[language].text),
        rule="acronym-spelling",
        severity=severity,
        bead=mention.unit.bead.id,
        spans={each.language: (each.span,) for each in (*witnesses, mention)},
        languages=languages,
        expected=due,
        found=mention.text,
        reason=reason,
    )


# --- introduction ------------------------------------------------------------------------


def find_orphaned_acronyms(context: Context) -> Iterator[Finding]:
    """Yield a finding for every acronym that only one version does not introduce."""
    index = _index(context)
    for language, own in index.items():
        others = [other for other in index if other != language]
        if len(others) < 2:
            continue
        for text in index[others[0]]:
            witnesses = [index[other][text][0] for other in others if text in index[other]]
            if len(witnesses) < len(others) or not _is_introduction(witnesses):
                continue
            mentions = own.get(text, ())
            heard = language in context.speaking(witnesses[0].unit)
            if mentions:
                settled = mentions[0].introduced
                rivals = [each for each in own if _is_alike(each, text)]  # is it misspelt there
            else:
                settled = False
                rivals = [each for each in own if not any(each in index[other] for other in others)]
            passage = witnesses[0].passage
            settled |= any(
                each.introduced and each.text in rivals for each in _inside(own, passage)
            )
            if heard and not settled:
                yield _orphaned(witnesses, language, mentions[0] if mentions else None)


def _is_introduction(witnesses: Sequence[_Acronym]) -> bool:
    """Return whether all *witnesses* introduce an acronym in one place, and one explains it."""
    return (
        len({each.passage for each in witnesses}) == 1
        and all(each.introduced for each in witnesses)
        and any(each.explained for each in witnesses)
    )


def _orphaned(
    witnesses: Sequence[_Acronym], language: LanguageTag, mention: _Acronym | None
) -> Finding:
    due = witnesses[0]
    earlier = mention is not None and mention.passage <= due.passage
    unit = mention.unit if mention and earlier else due.unit
    what = "uses it without" if mention else "has neither the acronym nor"
    return Finding(
        id=stable_id("acronym-introduction", (language,), due.text, unit.sides[language].text),
        rule="acronym-introduction",
        severity="warning",
        bead=unit.bead.id,
        spans={
            **{each.language: (each.span,) for each in witnesses},
            language: (mention.span,) if mention and earlier else unit.sides[language].spans,
        },
        languages=(language,),
        expected=f"({due.text})",
        found=mention.text if mention else "",
        reason=f"{have([each.language for each in witnesses])} “({due.text})” where it first "
        f"stands; {named(language)} {what} its introduction.",
    )
