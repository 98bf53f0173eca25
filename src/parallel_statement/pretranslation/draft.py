"""What a translator starts from: every sentence with its matches and the glossary's terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from parallel_statement.memory import Memory, Recollection, recall
from parallel_statement.model import Glossary, LanguageTag, Sentence, Span, Version
from parallel_statement.terminology.matching import find_mentions

_MATCHES = 5
_AVOIDED = ("deprecated", "superseded")


@dataclass(frozen=True)
class Term:
    """A term of the glossary in a sentence, and how it is to be rendered."""

    span: Span
    """In the document."""
    concept: str
    text: str
    """As it stands in the sentence."""
    targets: Mapping[LanguageTag, tuple[str, ...]]
    """The terms to use, the preferred one first; none for a language without."""


@dataclass(frozen=True)
class Row:
    """A sentence with all that is known of how to render it."""

    sentence: Sentence
    matches: tuple[Recollection, ...]
    """The best first."""
    terms: tuple[Term, ...]

    def best(self, language: LanguageTag) -> Recollection | None:
        """Return the best match that has the *language*."""
        return next((match for match in self.matches if language in match.targets), None)


@dataclass(frozen=True)
class Draft:
    """A text to be translated."""

    version: Version
    targets: tuple[LanguageTag, ...]
    rows: tuple[Row, ...]
    """One for every sentence, in order."""


def pretranslate(
    version: Version,
    memory: Memory,
    targets: Sequence[LanguageTag],
    glossary: Glossary | None = None,
    *,
    least: int = 70,
    progress: Callable[[int, int], None] | None = None,
) -> Draft:
    """Return *version* with what *memory* and *glossary* know of its sentences.

    Args:
        version: The new text.
        memory: What was translated before.
        targets: The languages to translate into.
        glossary: The terms to use.
        least: Score from which a match is one, 1 to 100.
        progress: Is told how many sentences of how many are done.
    """
    terms = _terms(version, targets, glossary) if glossary else {}
    rows = []
    for number, sentence in enumerate(version.sentences, start=1):
        text = version.text(sentence)
        found = recall(memory, text, version.language, targets, least=least, most=_MATCHES)
        rows.append(Row(sentence, found, tuple(terms.get(sentence.id, ()))))
        if progress:
            progress(number, len(version.sentences))
    return Draft(version, tuple(targets), tuple(rows))


def _terms(
    version: Version, targets: Sequence[LanguageTag], glossary: Glossary
) -> dict[str, list[Term]]:
    """Return the terms of *glossary* by the sentence in which they stand."""
    concepts = {concept.id: concept for concept in glossary.concepts}
    found: dict[str, list[Term]] = {}
    for mention in find_mentions(version, glossary):
        concept = concepts[mention.concept]
        rendered = {
            tag: tuple(
                term.text
                for term in sorted(concept.terms(tag), key=lambda t: t.status != "preferred")
                if term.status not in _AVOIDED
            )
            for tag in targets
        }
        term = Term(mention.span, concept.id, version.document.content(mention.span), rendered)
        found.setdefault(mention.sentence, []).append(term)
    return found
