"""One glossary made of several: what they agree on, and where they contradict one another.

Concepts are the same if their ids are, or else if they share preferred terms and prefer different
ones in no language. Facts that one glossary lacks are taken from the other; two that differ are a
conflict, decided by nobody but the user.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from parallel_statement.model import Concept, Definition, Designation, Glossary
from parallel_statement.terminology.comparison import DETAILS, FACTS
from parallel_statement.terminology.glossary import in_order

Preference = Literal["first", "last"]
"""Which of two glossaries is right where they differ."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A glossary of several, and what a person has to know of it."""

    glossary: Glossary
    conflicts: tuple[str, ...]
    """Contradictions, decided by the preference."""
    undecided: tuple[str, ...]
    """Contradictions that no preference decides: different concepts under one id."""
    notices: tuple[str, ...]
    """Concepts that were joined by their terms, or kept apart although they share some."""


def merge(glossaries: Sequence[Glossary], prefer: Preference = "first") -> Merged:
    """Return the concepts of all *glossaries*; the later ones are added to the first."""
    merger = _Merger(prefer)
    for glossary in glossaries:
        merger.add(glossary)
    concepts = in_order(merger.concepts.values())
    name = " + ".join(glossary.name for glossary in glossaries)
    return Merged(
        Glossary(concepts, name),
        tuple(merger.conflicts),
        tuple(merger.undecided),
        tuple(merger.notices),
    )


@dataclass(slots=True)
class _Merger:
    """The concepts so far."""

    prefer: Preference
    concepts: dict[str, Concept] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def add(self, glossary: Glossary) -> None:
        """Join the concepts of *glossary* to those there are, or put them beside them."""
        ids = {concept.id for concept in glossary.concepts}
        owners: dict[tuple[str, str], list[str]] = {}
        for concept in self.concepts.values():
            for language, text in _preferred(concept).items():
                owners.setdefault((language, text), []).append(concept.id)
        for concept in glossary.concepts:
            known = self.concepts.get(concept.id)
            if known is None:
                sharing = dict.fromkeys(
                    owner for pair in _preferred(concept).items() for owner in owners.get(pair, ())
                )
                known = self._same(concept, [name for name in sharing if name not in ids])
            elif _are_strangers(known, concept):
                terms = f"{known.designations[0].text!r} and {concept.designations[0].text!r}"
                clash = f"stands for two concepts without a common term, {terms}"
                self.undecided.append(f"{concept.id}: {clash}; rename one of the ids")
                continue
            self.concepts[known.id if known else concept.id] = (
                self._joined(known, concept) if known else concept
            )

    def _same(self, concept: Concept, sharing: Sequence[str]) -> Concept | None:
        """Return the one concept of *sharing* that nothing speaks against."""
        agreeing = [name for name in sharing if _agree(self.concepts[name], concept)]
        if len(agreeing) == 1:
            self.notices.append(f"{concept.id} was joined to {agreeing[0]}: their terms agree")
            return self.concepts[agreeing[0]]
        for name in agreeing or sharing:
            why = "prefers other terms too" if not agreeing else "it is not the only one"
            self.notices.append(f"{concept.id} was kept apart from {name}, which {why}")
        return None

    def _joined(self, first: Concept, second: Concept) -> Concept:
        facts = {name: self._one(first, second, name, first.id) for name in FACTS}
        return replace(
            first,
            designations=tuple(self._terms(first, second)),
            definitions=tuple(self._definitions(first, second)),
            **facts,
        )

    def _terms(self, first: Concept, second: Concept) -> Iterator[Designation]:
        old = {(term.language, term.text): term for term in first.designations}
        new = {(term.language, term.text): term for term in second.designations}
        winner, loser = (old, new) if self.prefer == "first" else (new, old)
        preferred = {term.language: term for term in winner.values() if term.status == "preferred"}
        for key in dict.fromkeys((*old, *new)):
            language, text = key
            if key in old and key in new:
                where = f"{first.id}: {text!r} ({language})"
                yield replace(
                    old[key],
                    **{name: self._one(old[key], new[key], name, where) for name in DETAILS},
                )
            elif key in loser and loser[key].status == "preferred" and language in preferred:
                rival = preferred[language].text
                message = f"{text!r} and {rival!r} are both preferred in {language!r}"
                self.conflicts.append(f"{first.id}: {message}; {rival!r} is kept")
            else:
                yield old.get(key) or new[key]

    def _definitions(self, first: Concept, second: Concept) -> Iterator[Definition]:
        old, new = _by_words(first.definitions), _by_words(second.definitions)
        for key in dict.fromkeys((*old, *new)):
            mine, theirs = old.get(key, []), new.get(key, [])
            if len(mine) == len(theirs) == 1:
                where = f"{first.id}: definition {key[1]!r}"
                yield replace(mine[0], source=self._one(mine[0], theirs[0], "source", where))
            else:  # the same words may come from several sources
                yield from dict.fromkeys((*mine, *theirs))

    def _one(self, first: object, second: object, name: str, where: str) -> Any:
        """Return the field *name* of whichever has one; of the preferred one if they differ."""
        old, new = getattr(first, name), getattr(second, name)
        if not old or not new or old == new:
            return old or new
        kept = old if self.prefer == "first" else new
        what = name.replace("_", " ")
        self.conflicts.append(f"{where}: {what} is {old!r} and {new!r}; {kept!r} is kept")
        return kept


def _by_words(definitions: Sequence[Definition]) -> dict[tuple[str, str], list[Definition]]:
    found: dict[tuple[str, str], list[Definition]] = {}
    for each in definitions:
        found.setdefault((each.language, each.text), []).append(each)
    return found


def _preferred(concept: Concept) -> dict[str, str]:
    return {term.language: term.text for term in concept.designations if term.status == "preferred"}


def _agree(first: Concept, second: Concept) -> bool:
    """Return whether two concepts prefer the same term in every language that both have."""
    theirs = _preferred(second)
    return all(theirs.get(language, text) == text for language, text in _preferred(first).items())


def _are_strangers(first: Concept, second: Concept) -> bool:
    """Return whether two concepts have a language in common, but no term."""
    old = {(term.language, term.text) for term in first.designations}
    new = {(term.language, term.text) for term in second.designations}
    return bool({tag for tag, _ in old} & {tag for tag, _ in new}) and not old & new
