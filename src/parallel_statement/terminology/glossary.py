"""What makes concepts a glossary: their order, and what no glossary may hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import get_args

from parallel_statement.model import (
    Concept,
    Definition,
    Designation,
    DesignationStatus,
    LanguageTag,
)
from parallel_statement.names import is_ncname

STATUSES: tuple[DesignationStatus, ...] = get_args(DesignationStatus)
"""In the order in which a language's terms stand."""


def in_order(concepts: Iterable[Concept]) -> tuple[Concept, ...]:
    """Return *concepts*, each with its terms by language and status, definitions by language.

    Languages come in the order of their first use; so every file format gives the same glossary.
    """
    concepts = tuple(concepts)
    used = dict.fromkeys(each.language for c in concepts for each in c.designations)
    places: dict[str, int] = {"": -1} | {tag: place for place, tag in enumerate(used)}
    ranks = {status: rank for rank, status in enumerate(STATUSES)}

    def term_place(term: Designation) -> tuple[int, int]:
        return places[term.language], ranks[term.status]

    def definition_place(definition: Definition) -> tuple[int, str]:
        return places.get(definition.language, len(places)), definition.language

    ordered: list[Concept] = []
    for concept in concepts:
        terms = tuple(sorted(concept.designations, key=term_place))
        definitions = tuple(sorted(concept.definitions, key=definition_place))
        if (terms, definitions) != (concept.designations, concept.definitions):
            concept = replace(concept, designations=terms, definitions=definitions)
        ordered.append(concept)
    return tuple(ordered)


def faults(concept: Concept) -> Iterator[str]:
    """Yield what *concept* must not be like, in plain words; nothing if it is sound."""
    if not is_ncname(concept.id):
        hint = "an id begins with a letter and has letters, digits, '-', '_' and '.' only"
        yield f"{concept.id!r} cannot be an id; {hint}"
    if not concept.designations:
        yield f"{concept.id!r} has no term in any language"
    terms: dict[LanguageTag, dict[str, Designation]] = {}
    for term in concept.designations:
        known = terms.setdefault(term.language, {})
        if not any(character.isalnum() for character in term.text):
            yield f"{term.text!r} is no term: it has no letter or digit"
        if term.text in known:
            twice = f"as {known[term.text].status} and as {term.status}; keep one of the two"
            yield f"lists {term.text!r} twice for {term.language!r}, {twice}"
        if term.context_source and not term.context:
            yield f"{term.text!r} has the source of a context, but no context"
        known[term.text] = term
    for language, known in terms.items():
        yield from _preference(language, tuple(known.values()))
    if any(definition.source and not definition.text for definition in concept.definitions):
        yield "has the source of a definition, but no definition"


def _preference(language: LanguageTag, terms: Sequence[Designation]) -> Iterator[str]:
    """Yield the fault if not exactly one of the *terms* of a language is preferred."""
    preferred = [term.text for term in terms if term.status == "preferred"]
    if not preferred:
        first = terms[0]
        message = f"has the {first.status} term {first.text!r} but no preferred one"
        yield f"the language {language!r} {message}"
    elif len(preferred) > 1:
        both = " and ".join(map(repr, preferred[:2]))
        yield f"the language {language!r} has two preferred terms, {both}; make one admitted"


def homonyms(concepts: Iterable[Concept]) -> Iterator[str]:
    """Yield every term that two concepts prefer: allowed, but good to know."""
    owners: dict[tuple[LanguageTag, str], str] = {}
    for concept in concepts:
        for each in concept.designations:
            if each.status != "preferred":
                continue
            owner = owners.setdefault((each.language, each.text), concept.id)
            if owner != concept.id:
                term = f"{each.text!r} ({each.language})"
                yield f"{term} is the preferred term of two concepts, {owner} and {concept.id}"
