"""Italian phrases that may be terms."""

from __future__ import annotations

from collections.abc import Sequence

from parallel_statement.languages.base import Phrase
from parallel_statement.languages.content import find_content_words
from parallel_statement.languages.phrases import find_phrases, load_phrase_rules
from parallel_statement.languages.words import lemma
from parallel_statement.model import Span

_RULES = load_phrase_rules("it_phrases")
_INFINITIVES = ("are", "ere", "ire", "rre")
_GERUNDS = ("ando", "endo", "arsi", "ersi", "irsi")
_PARTICIPLES = tuple(
    stem + vowel for stem in ("at", "it", "nt", "rt", "s", "st", "tt", "ut") for vowel in "aeio"
)
_ADVERB = 8
"""Letters from which a word in -mente is an adverb."""
_BEFORE_VERBS = ("a", "di", "e", "per")


def find(texts: Sequence[str]) -> tuple[tuple[Phrase, ...], ...]:
    """Return what may be a term in each of the sentences *texts*."""
    return tuple(find_phrases(text, _RULES, _ends) for text in texts)


def find_content(text: str) -> tuple[Span, ...]:
    """Return the content words of the sentence *text*."""
    return find_content_words(text, _RULES.function_words)


def _ends(word: str, before: str) -> tuple[float, float]:
    """Return what a phrase loses that begins or ends with *word*: a verb, an adverb, a participle.

    A participle is often an adjective: "addestramento congiunto".
    """
    if word.endswith(_GERUNDS) or (word.endswith("mente") and len(word) >= _ADVERB):
        return 0.5, 0.5
    if word[:-1] in _RULES.vague:
        return 0.3, 0.3
    base = lemma(word, "it")
    if base.endswith(_INFINITIVES) and (base != word or before in _BEFORE_VERBS):
        return (0.3, 0.1) if word.endswith(_PARTICIPLES) else (0.5, 0.5)
    return 0.0, 0.0
