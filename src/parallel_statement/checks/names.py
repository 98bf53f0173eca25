"""Names in Latin script: capitals, order and spelling, as the document and its versions have them.

A name is a capitalised word that two versions spell alike. The evidence against a form is another
one in the same version, in another version of the same paragraph, or in the glossary.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parallel_statement.checks.base import Context, Unit, have, named, stable_id
from parallel_statement.checks.likeness import differ_in_one, is_swapped
from parallel_statement.checks.word_sets import set_words
from parallel_statement.languages import get
from parallel_statement.model import Finding, LanguageTag, Severity, Span, View
from parallel_statement.terminology.matching import named_concepts

_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|(?<=\w)(?!['’]s\b)['’-](?=\w))+")
_SHORTEST_SURNAME = 4
_SHORTEST_NAME = 5


@dataclass(frozen=True, slots=True)
class _Name:
    """A capitalised word in one language's text."""

    language: LanguageTag
    passage: int
    unit: Unit
    text: str
    span: Span
    follows: str
    """The capitalised word right before it, or ""."""
    begins: bool
    """Whether the sentence begins with it."""


_Index = Mapping[LanguageTag, Sequence[_Name]]


def find_name_faults(context: Context) -> Iterator[Finding]:
    """Yield a finding for every name in another form than the document's own."""
    index = {language: tuple(_names(context, language)) for language in context.text.languages}
    counts = {
        language: Counter(name.text.casefold() for name in names)
        for language, names in index.items()
    }
    for language, names in index.items():
        yield from _capitals(context, index, language)
        for name in names:
            others = [
                other for other in context.speaking(name.unit) if other != language and index[other]
            ]
            latin = [other for other in others if get(other).joiner]
            finding = (
                _misspelt(index, counts, name, others)
                or _misspelt(index, counts, name, latin)
                or _reversed(context, index, name, others)
            )
            if finding:
                yield finding


def _names(context: Context, language: LanguageTag) -> Iterator[_Name]:
    for number, passage in enumerate(context.passages):
        for unit, view in context.read(passage, language):
            if not view.text.isupper():  # a heading
                yield from _names_in(view, language, number, unit)


def _names_in(view: View, language: LanguageTag, passage: int, unit: Unit) -> Iterator[_Name]:
    last, end = "", -1
    for match in _NAME.finditer(view.text):
        if match[0][0].isupper():
            follows = last if view.text[end : match.start()] == " " else ""
            span, begins = view.span(*match.span()), not match.start()
            yield _Name(language, passage, unit, match[0], span, follows, begins)
            last, end = match[0], match.end()


def _inside(index: _Index, language: LanguageTag, passage: int) -> list[_Name]:
    return [name for name in index[language] if name.passage == passage]


# --- capitals ----------------------------------------------------------------------------


def _capitals(context: Context, index: _Index, language: LanguageTag) -> Iterator[Finding]:
    """Yield a finding for each "Minister Takaichi" where the version writes TAKAICHI."""
    due = _surnames(context, index, language)
    for name in index[language]:
        capitals = name.text.upper()
        if capitals in due and name.text == capitals.capitalize():
            yield _report(
                [name],
                capitals,
                f"{named(language)} writes this name “{capitals}”: {due[capitals]}.",
            )


def _surnames(context: Context, index: _Index, language: LanguageTag) -> dict[str, str]:
    """Return the names that a version writes in capitals, and how that is known."""
    counts = Counter(name.text for name in index[language] if _is_mixed(name.follows))
    elsewhere = {each.text for tag, names in index.items() if tag != language for each in names}
    usual = {
        text: "so it stands elsewhere"
        for text, count in counts.items()
        if _is_surname(text) and text in elsewhere and count > 2 * counts[text.capitalize()]
    }
    full = [text for text in _designations(context, language) if not text.isupper()]
    return usual | {
        word: "so it stands in the glossary"
        for text in full
        for word in _NAME.findall(text)
        if _is_surname(word)
    }


def _is_surname(word: str) -> bool:
    return word.isupper() and len(word) >= _SHORTEST_SURNAME


def _is_mixed(word: str) -> bool:
    return word != "" and not word.isupper()


def _designations(context: Context, language: LanguageTag) -> list[str]:
    """Return the preferred terms of the glossary."""
    return [
        designation.text
        for concept in (context.glossary.concepts if context.glossary else ())
        for designation in concept.terms(language)
        if designation.status == "preferred"
    ]


# --- spelling ----------------------------------------------------------------------------


def _misspelt(
    index: _Index,
    counts: Mapping[LanguageTag, Counter[str]],
    name: _Name,
    others: Sequence[LanguageTag],
) -> Finding | None:
    """Return a finding if a name stands nowhere else, and one much like it in all others."""
    word = name.text.casefold()
    own = counts[name.language]
    if len(word) < _SHORTEST_NAME or own[word] > 1 or name.begins or not others:
        return None
    if any(found[word] for language, found in counts.items() if language != name.language):
        return None
    for due in _inside(index, others[0], name.passage):
        text = due.text.casefold()
        same_ends = text[:1] == word[0] and text[-1:] == word[-1]  # no other word, no other ending
        if not same_ends or not (differ_in_one(word, text) or is_swapped(word, text)):
            continue
        witnesses = [
            each
            for other in others
            for each in _inside(index, other, name.passage)
            if each.text.casefold() == text
        ]
        known = own[text] or len(others) > 1
        here = Counter(each.text.casefold() for each in _inside(index, name.language, name.passage))
        support = Counter(each.language for each in witnesses)
        if not all(here[text] < support[other] for other in others):
            continue
        reason = f"{have(others)} “{due.text}” here, but {named(name.language)} “{name.text}”."
        if known:
            return _report([name, *witnesses], due.text, reason)
        first = list(counts).index(name.language) < list(counts).index(others[0])
        like = len(word) == len(text)  # "Peace" and "Pace" are words of their languages
        if first and like and not _are_one_place(name, witnesses[0]):  # said once, of both
            return _report([name, *witnesses], due.text, reason, "info")
    return None


def _are_one_place(name: _Name, other: _Name) -> bool:
    """Return whether two words are the names that their languages have for a place: Croazia."""
    ours, theirs = (
        set(named_concepts(each.text, set_words("name-place"), each.language))
        for each in (name, other)
    )
    return not ours.isdisjoint(theirs)


# --- order -------------------------------------------------------------------------------


def _reversed(
    context: Context, index: _Index, name: _Name, others: Sequence[LanguageTag]
) -> Finding | None:
    """Return a finding if a name's two words stand the other way round, and that has more for it.

    A version counts, another place in the same version, and the glossary.
    """
    first, second = name.follows, name.text
    kinds = {_is_surname(first), _is_mixed(second)}, {_is_surname(second), _is_mixed(first)}
    if not first or {True} not in kinds:
        return None
    witnesses = [
        each
        for other in others
        for each in _inside(index, other, name.passage)
        if (each.follows, each.text) == (second, first)
    ]

    def support(before: str, after: str) -> int:
        places = sum((each.follows, each.text) == (before, after) for each in index[name.language])
        preferred = f"{before} {after}" in _designations(context, name.language)
        return places + preferred

    agreeing = {each.language for each in witnesses}
    if not agreeing or support(second, first) + len(agreeing) <= support(first, second):
        return None
    reason = f"{have(tuple(agreeing))} “{second} {first}” here, in this order."
    return _report([name, *witnesses], f"{second} {first}", reason)


def _report(
    names: Sequence[_Name], expected: str, reason: str, severity: Severity = "warning"
) -> Finding:
    """Return a finding against the language of the first name; a hint is against those of all."""
    name = names[0]
    blamed = names if severity == "info" else names[:1]
    languages = tuple(dict.fromkeys(each.language for each in blamed))
    text = name.unit.sides[name.language].text
    spans: dict[LanguageTag, tuple[Span, ...]] = {}
    for each in names:
        spans[each.language] = (*spans.get(each.language, ()), each.span)
    return Finding(
        id=stable_id("name-form", languages, expected, name.text, text),
        rule="name-form",
        severity=severity,
        bead=name.unit.bead.id,
        spans=spans,
        languages=languages,
        expected=expected,
        found=name.text,
        reason=reason,
    )
