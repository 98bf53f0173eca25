"""Does a version spell a word in one way: defence or defense, 強靱 or 強靭.

Spellings that make no other word are those that the language unites when it looks for terms. A word
with a capital may be a part of a name, which keeps its spelling.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from parallel_statement.checks.base import Context, Unit, named, stable_id
from parallel_statement.languages.base import MatchingRule, Token
from parallel_statement.model import Finding, LanguageTag, Span, View


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that can be spelt in several ways."""

    unit: Unit
    text: str
    """With its case folded."""
    united: str
    """One spelling for all."""
    view: View
    place: Span
    """In the text of the view."""


def find_varying_spellings(context: Context) -> Iterator[Finding]:
    """Yield a hint for each word that a version mostly spells otherwise."""
    for language in context.text.languages:
        words = tuple(_words(context, language))
        counts: dict[str, Counter[str]] = {}
        for word in words:
            counts.setdefault(word.united, Counter())[word.text] += 1
        varied = {united: spelt for united, spelt in counts.items() if len(spelt) > 1}
        for word in words:
            if word.united in varied:
                usual, count = varied[word.united].most_common(1)[0]  # of equal ones the first
                if word.text != usual:
                    yield _report(word, usual, count, language)


def _words(context: Context, language: LanguageTag) -> Iterator[_Word]:
    for passage in context.passages:
        for unit in passage.units:
            side = unit.sides[language]
            for sentence, view in zip(side.sentences, side.views, strict=True):
                for token in context.words[sentence.id].tokens:
                    if token.text[0].isupper():
                        continue
                    exact = _key(token, "exact")
                    if exact:
                        united = _key(token, "spelling") or exact
                        yield _Word(unit, exact, united, view, token.span)


def _key(token: Token, rule: MatchingRule) -> str:
    return next((key for key, each in token.keys.items() if each == rule), "")


def _report(word: _Word, usual: str, count: int, language: LanguageTag) -> Finding:
    text = word.unit.sides[language].text
    places = f"{count} other place{'s' if count > 1 else ''}"
    return Finding(
        id=stable_id("consistency-spelling", (language,), word.united, word.text, text),
        rule="consistency-spelling",
        severity="info",
        bead=word.unit.bead.id,
        spans={language: (word.view.span(*word.place),)},
        languages=(language,),
        expected=usual,
        found=word.text,
        reason=f"The {named(language)} text spells this word “{usual}” in {places}.",
    )
