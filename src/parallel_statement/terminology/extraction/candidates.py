"""Stretches of a version that may be terms, sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parallel_statement.languages import get
from parallel_statement.languages.base import Language, Phrase
from parallel_statement.model import LanguageTag, Span, Version

_LEAST = -0.5
"""Weight from which a stretch is looked at."""
_MOST = 90
"""Candidates a sentence, the likeliest; time grows with their number."""
_NO_TERMS = ("date", "month", "percent", "currency", "range")
_DICTIONARY_FORM = ("lemma", "normal form", "paradigm")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of one sentence that may be a term."""

    language: LanguageTag
    sentence: str
    """Its id."""
    place: Span
    """In the sentence's own words."""
    span: Span
    """In the version's text."""
    text: str
    key: str
    """The same for all forms of a term."""
    weight: float
    """How likely it is a term, by its form alone."""
    spellings: tuple[str, ...]
    """Its words in Latin script, as `Phrase` has them."""


def find_candidates(version: Version) -> tuple[tuple[Candidate, ...], ...]:
    """Return what may be a term in each sentence of *version*."""
    language = get(version.language)
    views = [version.document.view(sentence.span) for sentence in version.sentences]
    found = language.phrases([view.text for view in views])
    return tuple(
        tuple(
            Candidate(
                version.language,
                sentence.id,
                phrase.span,
                view.span(*phrase.span),
                view.text[slice(*phrase.span)],
                term_key(view.text[slice(*phrase.span)], language),
                phrase.weight,
                phrase.spellings,
            )
            for phrase in _likeliest(phrases)
            if not _is_dated(phrase.span, view.text, language)
        )
        for sentence, view, phrases in zip(version.sentences, views, found, strict=True)
    )


def _likeliest(phrases: Sequence[Phrase]) -> list[Phrase]:
    likely = [phrase for phrase in phrases if phrase.weight >= _LEAST]
    ranked = sorted(likely, key=lambda phrase: (-phrase.weight, phrase.span))
    return sorted(ranked[:_MOST], key=lambda phrase: phrase.span)


def _is_dated(place: Span, text: str, language: Language) -> bool:
    """Return whether a date, a sum or a share of *text* reaches into *place*."""
    return any(
        each.kind in _NO_TERMS and each.span.start < place.end and place.start < each.span.end
        for each in language.quantities(text)
    )


def term_key(text: str, language: Language) -> str:
    """Return what all forms of the term *text* have in common: its words in dictionary form."""
    forms = []
    for token in language.analyse(text):
        lemmas = [key for key, rule in token.keys.items() if rule in _DICTIONARY_FORM]
        forms.append(lemmas[0] if lemmas else next(iter(token.keys)))
    return " ".join(forms) or text
