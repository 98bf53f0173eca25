"""Sets of words of which a text means one: spring or autumn; a file of ``sets/`` for each check."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from parallel_statement.languages.tables import read_table
from parallel_statement.model import Concept, Designation, DesignationStatus, Glossary, LanguageTag


@cache
def set_words(rule: str) -> Glossary:
    """Return the words of all sets of the check *rule*; a concept's id is its set and itself."""
    return Glossary(
        tuple(
            Concept(f"{name}/{thing}", tuple(_designations(entry)))
            for name, things in _data(rule).items()
            for thing, entry in things.items()
            if thing != "hints"
        )
    )


def set_of(thing: str) -> str:
    """Return the name of the set in which *thing* is."""
    return thing.partition("/")[0]


@cache
def set_languages(rule: str, name: str) -> frozenset[LanguageTag]:
    """Return the languages in which the words of a set are known."""
    things = (entry for thing, entry in _data(rule)[name].items() if thing != "hints")
    return frozenset(next(things))


def hinted_oddities(rule: str, name: str) -> str:
    """Return which oddities of a set are told that are no contrast: "lost, added"."""
    hints: str = _data(rule)[name].get("hints", "")
    return hints


def _designations(entry: dict[str, str]) -> Iterator[Designation]:
    for language, terms in entry.items():
        for order, term in enumerate(terms.split("|")):
            status: DesignationStatus = "admitted" if order else "preferred"
            yield Designation(language, term, status)


@cache
def _data(rule: str) -> dict[str, Any]:
    return read_table(__package__, f"sets/{rule}.toml")
