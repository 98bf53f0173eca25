"""Phrases that may be terms in any language that has no module of its own.

Function words are told by how often and how short they are; where no spaces part words, only what
is repeated counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from parallel_statement.languages.base import Phrase
from parallel_statement.languages.generic_words import analyse
from parallel_statement.languages.phrases import PhraseRules, find_phrases
from parallel_statement.languages.words import fold
from parallel_statement.model import Span

_FREQUENT = 0.004
_LEAST = 3
_LONGEST_FUNCTION_WORD = 5
_LINK = 0.2
_LONGEST = 8
"""Characters of a term in a script without spaces."""
_REPEATED = 0.4


def find_in_spaced(texts: Sequence[str]) -> tuple[tuple[Phrase, ...], ...]:
    """Return the phrases of each of the sentences *texts*, whose words are parted by spaces."""
    counts = Counter(fold(token.text) for text in texts for token in analyse(text))
    floor = max(_LEAST, _FREQUENT * counts.total())
    common = frozenset(
        word
        for word, count in counts.items()
        if len(word) < 3 or (count >= floor and len(word) <= _LONGEST_FUNCTION_WORD)
    )
    rules = PhraseRules(common, dict.fromkeys(common, _LINK))
    return tuple(find_phrases(text, rules) for text in texts)


def find_in_unspaced(texts: Sequence[str]) -> tuple[tuple[Phrase, ...], ...]:
    """Return what the sentences *texts* repeat, of two characters or more."""
    runs = [_runs(text) for text in texts]
    counts = Counter(text[s:e] for text, found in zip(texts, runs, strict=True) for s, e in found)
    return tuple(
        tuple(
            Phrase(span, _REPEATED, ("",))
            for span in found
            if counts[text[span.start : span.end]] > 1
        )
        for text, found in zip(texts, runs, strict=True)
    )


def _runs(text: str) -> list[Span]:
    """Return the stretches of words that touch one another, up to the longest a term may be."""
    tokens = [token.span for token in analyse(text)]
    found: list[Span] = []
    for first, start in enumerate(tokens):
        end = start.end
        for following in tokens[first + 1 :]:
            if following.start != end or following.end - start.start > _LONGEST:
                break
            end = following.end
            found.append(Span(start.start, end))
    return found
