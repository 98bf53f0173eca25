"""Is every sentence translated, and not left in the words of another language."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import combinations, pairwise

from parallel_statement.checks.base import Context, Side, Unit, named, stable_id
from parallel_statement.languages import get
from parallel_statement.model import Finding, LanguageTag, Span

_FEWEST_WORDS = 5
_SAME = 0.85
"""Part of a sentence's pairs of words that must stand in the other language too."""


def find_untranslated(context: Context) -> Iterator[Finding]:
    """Yield a finding for every side that repeats another language's sentence."""
    vocabulary = cache(partial(_vocabulary, context))
    for passage in context.passages:
        for unit in passage.units:
            for first, second in combinations(unit.present, 2):
                repeated = _repetition(unit.sides[first], unit.sides[second])
                if not repeated:
                    continue
                text, spans = repeated
                foreign = min(
                    (first, second),
                    key=lambda tag: _familiarity(vocabulary(tag), _words(text, tag)),
                )
                yield _untranslated(unit, foreign, second if foreign == first else first, spans)


def _vocabulary(context: Context, language: LanguageTag) -> Counter[str]:
    return Counter(
        word
        for passage in context.passages
        for unit in passage.units
        for view in unit.sides[language].views
        for word in set(_words(view.text, language))
    )


def _familiarity(vocabulary: Counter[str], words: Sequence[str]) -> float:
    """Return how much at home *words* are in a language, by its other sentences here."""
    return sum(min(vocabulary[word] - 1, 3) for word in words) / max(1, len(words))


def _words(text: str, language: LanguageTag) -> tuple[str, ...]:
    tokens = get(language).analyse(unicodedata.normalize("NFKC", text))
    return tuple(token.text for token in tokens)


def _repetition(
    first: Side, second: Side
) -> tuple[str, dict[LanguageTag, tuple[Span, ...]]] | None:
    """Return the sentence of one side that is in the other too, and where."""
    for here, there in ((first, second), (second, first)):
        for sentence, view in zip(here.sentences, here.views, strict=True):
            words = _words(view.text, here.language)
            if not _is_prose(words):
                continue
            for other, other_view in zip(there.sentences, there.views, strict=True):
                if _contains(other_view.text, here.language, words):
                    return view.text, {
                        here.language: (sentence.span,),
                        there.language: (other.span,),
                    }
    return None


def _is_prose(words: Sequence[str]) -> bool:
    """Return whether *words* are a sentence and not a name, which no one translates."""
    common = [word for word in words if word[0].islower() or not (word.isascii() or word.isupper())]
    return len(words) >= _FEWEST_WORDS and len(common) >= len(words) / 2


def _contains(text: str, language: LanguageTag, words: Sequence[str]) -> bool:
    """Return whether *words* stand in *text*, in their order, but for a few."""
    pairs = Counter(pairwise(words))
    # a strange word is in a pair, and a pair has two at most
    most = 2 * (1 - _SAME) * pairs.total() + 1
    plain = unicodedata.normalize("NFKC", text)
    if sum(word not in plain for word in set(words)) > most:  # before the words are told apart
        return False
    found = _words(text, language)
    if len(set(words).difference(found)) > most:
        return False
    return (pairs & Counter(pairwise(found))).total() >= _SAME * pairs.total()


def _untranslated(
    unit: Unit, foreign: LanguageTag, home: LanguageTag, spans: dict[LanguageTag, tuple[Span, ...]]
) -> Finding:
    text = unit.sides[foreign].text
    return Finding(
        id=stable_id("untranslated", (foreign,), "", text),
        rule="untranslated",
        severity="warning",
        bead=unit.bead.id,
        spans=spans,
        languages=(foreign,),
        expected=f"a sentence in {named(foreign)}",
        found=text,
        reason=f"The {named(foreign)} text repeats the words of the {named(home)} one here: it was "
        "left untranslated.",
    )


def silent_sides(untranslated: Iterable[Finding]) -> frozenset[tuple[str, LanguageTag]]:
    """Return the sides (bead id, language) that findings call *untranslated*."""
    return frozenset(
        (finding.bead, language) for finding in untranslated for language in finding.languages
    )
