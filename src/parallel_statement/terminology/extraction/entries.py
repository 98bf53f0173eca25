"""Proposals as a glossary to edit: the terms, a sentence that shows each, and where they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from parallel_statement.languages.quantity import fold_width
from parallel_statement.model import (
    Concept,
    Designation,
    Glossary,
    ParallelText,
    Span,
    Version,
)
from parallel_statement.names import ncname
from parallel_statement.terminology.extraction.definitions import is_acronym
from parallel_statement.terminology.extraction.proposals import Proposal

PROVISIONAL = "provisional"
"""With what the note of a concept begins that nobody has looked at."""


def to_glossary(
    proposals: Iterable[Proposal], texts: Sequence[ParallelText], known: Glossary | None = None
) -> Glossary:
    """Return *proposals*, made of *texts*, as concepts whose ids none of *known* has."""
    by_id = {text.id: text for text in texts}
    taken = {concept.id for concept in known.concepts} if known else set()
    concepts = []
    for proposal in proposals:
        name = _free_name(proposal, taken)
        taken.add(name)
        beads = ", ".join(dict.fromkeys(each.bead for each in proposal.evidence))
        note = f"{PROVISIONAL}; {beads}; score {proposal.score:.2f}"
        designations = tuple(_designations(proposal, by_id))
        concepts.append(Concept(name, designations, source=_source(proposal), note=note))
    return Glossary(tuple(concepts))


def _source(proposal: Proposal) -> str:
    return ", ".join(dict.fromkeys(each.text for each in proposal.evidence))


def _free_name(proposal: Proposal, taken: set[str]) -> str:
    """Return an id made of the first term in Latin script, else of the first."""
    terms = list(proposal.terms.values())
    first = next((term for term in terms if plain_term(term)[:1].isascii()), terms[0])
    stem = ncname(plain_term(first).casefold())
    number = 1
    while (name := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return name


def _designations(proposal: Proposal, texts: Mapping[str, ParallelText]) -> Iterator[Designation]:
    first = proposal.evidence[0]
    text = texts[first.text]
    for tag in (language for language in text.languages if language in proposal.terms):
        version = text.version(tag)
        context, source = _context(version, first.spans[tag])
        term = plain_term(proposal.terms[tag])
        yield Designation(tag, term, context=context, context_source=source)
        short = plain_term(proposal.short_forms.get(tag, ""))
        if short and short != term:
            yield Designation(
                tag, short, "admitted", "acronym" if is_acronym(short) else "short form"
            )


def _context(version: Version, span: Span) -> tuple[str, str]:
    """Return the sentence that holds *span*, and where in the version's text the term stands."""
    sentence = next(each for each in version.sentences if each.span.end >= span.end)
    return _one_line(version.text(sentence)), f"{sentence.id}, characters {span.start}-{span.end}"


def plain_term(text: str) -> str:
    """Return *text* as a glossary has it: on one line, Latin letters in their usual width.

    >>> plain_term("ＧＲＥＥＮ×ＥＸＰＯ　２０２７")
    'GREEN×EXPO 2027'
    """
    return _one_line(fold_width(text))


def _one_line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))
