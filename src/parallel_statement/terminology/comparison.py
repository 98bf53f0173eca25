"""What differs between two glossaries, concept by concept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from parallel_statement.model import Concept, Definition, Designation, Glossary, LanguageTag

DETAILS: tuple[str, ...] = tuple(
    each.name for each in fields(Designation) if each.name not in ("language", "text")
)
"""What is said of a term."""
FACTS = ("domain", "source", "note")
"""What is said of a concept."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference of a concept; an empty string stands for what is not there."""

    what: str
    """``term``, ``definition``, or what is said of one or of the concept: ``status``, ``note``."""
    of: str
    """The term or definition that it is said of; empty for the concept and for a whole term."""
    language: LanguageTag
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The concepts that differ."""

    added: tuple[Concept, ...]
    removed: tuple[Concept, ...]
    changed: Mapping[str, tuple[Change, ...]]
    """By the concept's id."""


def compare(before: Glossary, after: Glossary) -> Comparison:
    """Return what differs from *before* to *after*; concepts are the same if their ids are."""
    old = {concept.id: concept for concept in before.concepts}
    new = {concept.id: concept for concept in after.concepts}
    changes = {name: tuple(_changes(old[name], new[name])) for name in old if name in new}
    return Comparison(
        tuple(concept for name, concept in new.items() if name not in old),
        tuple(concept for name, concept in old.items() if name not in new),
        {name: found for name, found in changes.items() if found},
    )


def _changes(before: Concept, after: Concept) -> Iterator[Change]:
    for name in FACTS:
        if getattr(before, name) != getattr(after, name):
            yield Change(name, "", "", getattr(before, name), getattr(after, name))
    yield from _term_changes(before, after)
    yield from _definition_changes(before, after)


def _term_changes(before: Concept, after: Concept) -> Iterator[Change]:
    old = {(term.language, term.text): term for term in before.designations}
    new = {(term.language, term.text): term for term in after.designations}
    for key in dict.fromkeys((*old, *new)):
        was, is_now = old.get(key), new.get(key)
        language, text = key
        if was is None or is_now is None:
            yield Change("term", "", language, _shown(was), _shown(is_now))
            continue
        for name in DETAILS:
            first, second = str(getattr(was, name)), str(getattr(is_now, name))
            if first != second:
                yield Change(name, text, language, first, second)


def _definition_changes(before: Concept, after: Concept) -> Iterator[Change]:
    old = {(each.language, each.text): each for each in before.definitions}
    new = {(each.language, each.text): each for each in after.definitions}
    for key in dict.fromkeys((*old, *new)):
        was, is_now = old.get(key), new.get(key)
        language, text = key
        if was is None or is_now is None:
            yield Change("definition", "", language, _text(was), _text(is_now))
        elif was.source != is_now.source:
            yield Change("source", text, language, was.source, is_now.source)


def _shown(term: Designation | None) -> str:
    return f"{term.text} ({term.status})" if term else ""


def _text(definition: Definition | None) -> str:
    return definition.text if definition else ""
