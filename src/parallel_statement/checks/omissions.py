"""How often a version leaves a concept to a pronoun, or to nothing, where the others name it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from parallel_statement.checks.base import Context
from parallel_statement.checks.usage import Usage
from parallel_statement.model import LanguageTag

_PRIOR_OMISSIONS, _PRIOR_MENTIONS = 0.1, 1.0
"""What is believed of a concept before its passages are counted: one mention in ten is left out."""


class Omissions:
    """How often a language leaves a concept's mentions to a pronoun, or to nothing."""

    def __init__(self, context: Context, usages: Sequence[Usage]) -> None:
        self._omitted: Counter[tuple[str, LanguageTag]] = Counter()
        self._expected: Counter[tuple[str, LanguageTag]] = Counter()
        for usage in usages:
            for concept, language in usage.strict:
                counts = [
                    len(usage.strict.get((concept, other), ()))
                    for other in context.text.languages
                    if other != language
                ]
                due = min((count for count in counts if count), default=0)
                missing = max(0, due - len(usage.strict[concept, language]))
                self._expected[concept, language] += due
                self._omitted[concept, language] += missing

    def probability(self, concept: str, language: LanguageTag, mentions: int) -> float:
        """Return how probable it is that *language* leaves out so many mentions on purpose."""
        omitted = self._omitted[concept, language] + _PRIOR_OMISSIONS
        share = omitted / (self._expected[concept, language] + _PRIOR_MENTIONS)
        return float(share**mentions)

    def probability_elsewhere(self, concept: str, language: LanguageTag, judged: int) -> float:
        """Return how probable an omission is, by all mentions but those that are *judged*."""
        omitted = max(0, self._omitted[concept, language] - judged) + _PRIOR_OMISSIONS
        expected = max(0, self._expected[concept, language] - judged) + _PRIOR_MENTIONS
        return omitted / expected
