"""Do the versions commit, react and ask as strongly as one another.

A finding needs two versions that agree on a word of a scale, and a third that has another, at
another degree, in its place; what a version only puts into another sentence of the paragraph is no
finding. A word of the same degree in its place is a finding only if all versions keep the two words
apart elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parallel_statement.checks.base import Context, Unit, listed, named, stable_id
from parallel_statement.checks.contrasts import contrast_check
from parallel_statement.checks.scales import ScaleWord, scale_words
from parallel_statement.languages import get
from parallel_statement.model import Finding, LanguageTag

_CLEAR = 3
"""Degrees that are a warning."""


@dataclass(frozen=True, slots=True)
class _Odd:
    """What one version says in a unit in words of a scale, and the others do not."""

    language: LanguageTag
    others: tuple[LanguageTag, ...]
    own: Sequence[ScaleWord]
    theirs: Sequence[Sequence[ScaleWord]]
    """By language."""
    agreed: Sequence[tuple[ScaleWord, ...]]
    """Words that all others have, near each other."""


def find_weakened_commitments(context: Context) -> Iterator[Finding]:
    """Yield a finding for every word that is weaker or stronger than in the other versions."""
    for odd in _odd_ones(context):
        rivals = [
            word
            for word in odd.own
            if not any(word.is_near(each) for group in odd.theirs for each in group)
        ]
        for witnesses in odd.agreed:
            if rivals and not any(witnesses[0].is_near(word) for word in odd.own):
                alone = len(odd.others) == 1
                blamed = (odd.language, *odd.others) if alone else (odd.language,)
                yield _report(blamed, witnesses, rivals[0])
                break


def find_other_acts(context: Context) -> Iterator[Finding]:
    """Yield a hint for every other act of will or speech that is not a matter of strength."""
    told = {(each.bead, each.languages) for each in find_weakened_commitments(context)}
    for finding in contrast_check("commitment-verb", "info")(context):
        if (finding.bead, finding.languages) not in told:
            yield finding


def find_confused_commitments(context: Context) -> Iterator[Finding]:
    """Yield a hint where a version has the word that all have in another place, and the others not.

    "Grave" and "deep concern" are as strong as each other; a text that has both keeps them apart.
    """
    words = [word for group in scale_words(context) for word in group]
    for odd in _odd_ones(context):
        for word in odd.own:
            elsewhere = [
                each for each in words if each.degree == word.degree and each.unit is not word.unit
            ]
            known = {each.unit.bead.id for each in elsewhere if each.language == word.language}
            for other in odd.others:
                known &= {each.unit.bead.id for each in elsewhere if each.language == other}
            near = [
                each
                for each in odd.agreed
                if _is_agreed(each) and each[0].degree.strength == word.degree.strength
            ]
            if known and near and len(odd.others) > 1:
                yield _confused(near[0], word)
                break


def _odd_ones(context: Context) -> Iterator[_Odd]:
    for words in scale_words(context):
        for unit in {id(word.unit): word.unit for word in words}.values():
            speaking = context.speaking(unit)
            for language in speaking:
                others = tuple(other for other in speaking if other != language)
                if others and not (len(others) == 1 and language != speaking[0]):
                    yield _odd(unit, words, language, others)


def _odd(
    unit: Unit, words: Sequence[ScaleWord], language: LanguageTag, others: tuple[LanguageTag, ...]
) -> _Odd:
    own = [
        word
        for word in _here(words, unit, language)
        if all(_says_more(words, word, other) for other in others)
    ]
    theirs = [
        [word for word in _here(words, unit, other) if _says_more(words, word, language)]
        for other in others
    ]
    agreed = []
    for due in theirs[0]:
        alike = [[each for each in group if each.is_near(due)][:1] for group in theirs]
        if all(alike):
            agreed.append(tuple(word for group in alike for word in group))
    return _Odd(language, others, own, theirs, agreed)


def _here(words: Sequence[ScaleWord], unit: Unit, language: LanguageTag) -> list[ScaleWord]:
    return [word for word in words if word.unit is unit and word.language == language]


def _says_more(words: Sequence[ScaleWord], word: ScaleWord, other: LanguageTag) -> bool:
    """Return whether *other* has the degree of *word* less often, in the unit and the passage."""
    alike = [each for each in words if each.degree == word.degree]
    return all(
        sum(each.language == word.language for each in group)
        > sum(each.language == other for each in group)
        for group in (alike, [each for each in alike if each.unit is word.unit])
    )


def _is_agreed(words: Sequence[ScaleWord]) -> bool:
    """Return whether several versions have the same degree."""
    return len({each.degree for each in words}) == 1 < len(words)


def _report(
    languages: tuple[LanguageTag, ...], expected: Sequence[ScaleWord], found: ScaleWord
) -> Finding:
    due = expected[0]
    apart = abs(found.degree.strength - due.degree.strength)
    clear = apart >= _CLEAR and _is_agreed(expected) and get(found.language).known
    degree = "weaker" if found.degree.strength < due.degree.strength else "stronger"
    text = found.unit.sides[found.language].text
    return Finding(
        id=stable_id("commitment-strength", languages, due.degree.name, text),
        rule="commitment-strength",
        severity="warning" if clear else "info",
        bead=found.unit.bead.id,
        spans={each.language: (each.span,) for each in (*expected, found)},
        languages=languages,
        expected=due.degree.name,
        found=found.text,
        reason=f"{_quoted(expected)}, but {named(found.language)} has “{found.text}”, which is "
        f"{degree}.",
    )


def _confused(expected: Sequence[ScaleWord], found: ScaleWord) -> Finding:
    text = found.unit.sides[found.language].text
    return Finding(
        id=stable_id("commitment-wording", (found.language,), expected[0].degree.name, text),
        rule="commitment-wording",
        severity="info",
        bead=found.unit.bead.id,
        spans={each.language: (each.span,) for each in (*expected, found)},
        languages=(found.language,),
        expected=expected[0].degree.name,
        found=found.text,
        reason=f"{_quoted(expected)}, but {named(found.language)} has “{found.text}”, which is the "
        "word of another place in all versions.",
    )


def _quoted(words: Sequence[ScaleWord]) -> str:
    return listed(f"{named(each.language)} has “{each.text}”" for each in words)
