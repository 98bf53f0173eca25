"""English phrases that may be terms."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from parallel_statement.languages.base import Phrase
from parallel_statement.languages.content import find_content_words
from parallel_statement.languages.phrases import find_phrases, load_phrase_rules
from parallel_statement.languages.words import lemma
from parallel_statement.model import Span

_RULES = load_phrase_rules("en_phrases")
_ADJECTIVES = ("able", "al", "ary", "ese", "ian", "ible", "ic", "ive", "ous")


def find(texts: Sequence[str]) -> tuple[tuple[Phrase, ...], ...]:
    """Return what may be a term in each of the sentences *texts*."""
    return tuple(find_phrases(text, _RULES, _ends) for text in texts)


def find_content(text: str) -> tuple[Span, ...]:
    """Return the content words of the sentence *text*."""
    return find_content_words(text, _RULES.function_words)


def _ends(word: str, before: str) -> tuple[float, float]:
    """Return what a phrase loses that begins or ends with *word*: a verb, an adverb, a participle.

    What follows "to" is mostly a verb.
    """
    if _is_adverb(word):
        return 0.5, 0.5
    if word in _RULES.vague:
        return 0.3, 0.3
    if before == "to":
        return 0.35, 0.1
    if word.endswith("ing") and lemma(word, "en") != word:
        return 0.35, 0.15
    if word.endswith("ed") and lemma(word, "en") != word:
        return 0.25, 0.4
    return 0.0, 0.25 if word.endswith(_ADJECTIVES) else 0.0


@lru_cache(maxsize=1 << 14)
def _is_adverb(word: str) -> bool:
    """Return whether *word* is an adjective with -ly: not "supply", not "family".

    >>> [word for word in ("strongly", "easily", "possibly", "supply") if _is_adverb(word)]
    ['strongly', 'easily', 'possibly']
    """
    import simplemma

    bases = (word[:-2], word[:-3] + "y") + ((word[:-1] + "e",) if word.endswith("bly") else ())
    return word.endswith("ly") and any(simplemma.is_known(base, "en") for base in bases)
