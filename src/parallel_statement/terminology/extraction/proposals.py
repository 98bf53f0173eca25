"""Glossary entries that a text suggests, the likeliest first."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from parallel_statement import encoders
from parallel_statement.encoders.base import Encoder, Progress
from parallel_statement.model import Glossary, LanguageTag, Mention, ParallelText, Span
from parallel_statement.terminology.extraction.passages import Passage, find_passages
from parallel_statement.terminology.matching import find_mentions, named_concepts

_FORM = 0.8
"""What the form of the terms counts beside how well they render one another."""
_OFTEN = 0.1
_DEFINED = 0.3
_OUTDONE = 0.25
_TAKEN = 0.3
_MISSING = 0.3

Key = tuple[tuple[LanguageTag, str], ...]
"""Of what is proposed: the key of its term in every language."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A bead that shows a proposed entry."""

    text: str
    """Id of the text."""
    bead: str
    spans: Mapping[LanguageTag, Span]
    """Where its terms stand, in the versions' texts."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A concept that the glossary might have."""

    terms: Mapping[LanguageTag, str]
    """As they are written most often."""
    short_forms: Mapping[LanguageTag, str]
    """Those that the text introduces: acronyms, names after "hereinafter"."""
    score: float
    """How likely it is, for ranking only."""
    evidence: tuple[Evidence, ...]


def propose_terms(
    texts: Sequence[ParallelText],
    glossary: Glossary | None = None,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> tuple[Proposal, ...]:
    """Return the terms of *texts* that a glossary might have, in all languages, likeliest first.

    Args:
        texts: Aligned texts; what one has may prove another's.
        glossary: Concepts that are known and need no proposal.
        encoder: Makes vectors of the phrases; the embedded one without it.
        progress: Called while phrases are encoded, then bead by bead.
    """
    found: defaultdict[Key, list[Passage]] = defaultdict(list)
    for passage in find_passages(texts, encoder or encoders.load(), progress):
        terms = passage.link.terms
        found[tuple((tag, term.key) for tag, term in terms.items())].append(passage)
    languages = {tag for text in texts for tag in text.languages}
    proposals = _ranked(found, len(languages))
    return tuple(proposals if glossary is None else _unknown(proposals, texts, glossary))


def _ranked(found: Mapping[Key, Sequence[Passage]], languages: int) -> list[Proposal]:
    """Return what was found as proposals; a term that one has already weighs less in another."""
    scored = sorted(
        (
            (_score(passages) - _MISSING * (1 - len(key) / languages), key, passages)
            for key, passages in found.items()
        ),
        key=lambda each: (-each[0], each[1]),
    )
    taken: set[tuple[LanguageTag, str]] = set()
    proposals: list[Proposal] = []
    for score, key, passages in scored:
        share = sum(term in taken for term in key) / len(key)
        taken.update(key)
        proposals.append(_proposal(passages, round(score - _TAKEN * share, 4)))
    return sorted(proposals, key=lambda each: (-each.score, *each.terms.values()))


def _proposal(passages: Sequence[Passage], score: float) -> Proposal:
    short_forms = {tag: name for passage in passages for tag, name in passage.short_forms.items()}
    evidence = tuple(Evidence(each.text, each.bead, each.spans) for each in passages)
    return Proposal(_usual_forms(passages), short_forms, score, evidence)


def _score(passages: Sequence[Passage]) -> float:
    """Return how likely *passages* show a concept of the texts.

    The share of them with a better term inside or around counts against it, as places inside
    longer terms do in the C-value (Frantzi, Ananiadou & Mima 2000, "Automatic recognition of
    multi-word terms").
    """
    count = len(passages)
    return (
        max(each.link.association + _FORM * each.link.weight for each in passages)
        + _OFTEN * math.log(count)
        + _DEFINED * any(each.short_forms for each in passages)
        - _OUTDONE * sum(each.link.outdone for each in passages) / count
    )


def _usual_forms(passages: Iterable[Passage]) -> dict[LanguageTag, str]:
    """Return the term of each language as *passages* have it most often, else the shortest."""
    forms: defaultdict[LanguageTag, Counter[str]] = defaultdict(Counter)
    for passage in passages:
        for tag, term in passage.link.terms.items():
            forms[tag][term.text] += 1
    return {
        tag: min(counts, key=lambda text: (-counts[text], len(text), text))
        for tag, counts in forms.items()
    }


# --- what the glossary has -------------------------------------------------------------------


def _unknown(
    proposals: Iterable[Proposal], texts: Sequence[ParallelText], glossary: Glossary
) -> Iterator[Proposal]:
    """Yield what *glossary* has not: neither its short forms nor, wherever it stands, its terms."""
    mentions = {
        (text.id, version.language): find_mentions(version, glossary)
        for text in texts
        for version in text.versions
    }
    for each in proposals:
        introduced = (
            named_concepts(short, glossary, tag) for tag, short in each.short_forms.items()
        )
        known = all(_is_known(_around(evidence, mentions)) for evidence in each.evidence)
        if not known and not _is_known(introduced):
            yield each


def _is_known(concepts: Iterable[Iterable[str]]) -> bool:
    """Return whether two of the languages have a concept in common."""
    counts = Counter(concept for named in concepts for concept in set(named))
    return any(count > 1 for count in counts.values())


def _around(
    evidence: Evidence, mentions: Mapping[tuple[str, LanguageTag], Sequence[Mention]]
) -> Iterator[list[str]]:
    """Yield the concepts whose mentions hold the terms of *evidence*, language by language."""
    for tag, span in evidence.spans.items():
        yield [
            mention.concept
            for mention in mentions[evidence.text, tag]
            if mention.span.start <= span.start and span.end <= mention.span.end
        ]
