"""Where a term stands in an aligned text, in whatever form and language: a concordance."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from parallel_statement.errors import ParallelStatementError
from parallel_statement.model import (
    Bead,
    Concept,
    Designation,
    Glossary,
    LanguageTag,
    Mention,
    ParallelText,
)
from parallel_statement.terminology.matching import find_mentions, named_concepts

TYPED = "typed"
"""Id of the concept that stands for a term no glossary has."""


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
    """A bead in which the term occurs."""

    bead: Bead
    mentions: Mapping[LanguageTag, tuple[Mention, ...]]
    """Where, in the languages that have it."""


def find(
    text: ParallelText, term: str, glossary: Glossary | None = None
) -> tuple[ConcordanceLine, ...]:
    """Return the sentence beads of *text* that have *term* in any form, in order.

    If it is a form of a term of *glossary*, in any language, all terms of that concept count, in
    all languages; else its own words and their forms do, in whichever language they stand. Inside a
    longer term it counts too.

    Raises:
        ParallelStatementError: *term* has no letter or digit.
    """
    wanted = meant(term, glossary, text.languages)
    beads = {
        version.sentences[index].id: bead
        for bead in text.sentences.beads
        for version in text.versions
        for index in bead.ranges[version.language].indices
    }
    found: dict[str, dict[LanguageTag, tuple[Mention, ...]]] = {}
    for version in text.versions:
        for mention in find_mentions(version, wanted):
            sides = found.setdefault(beads[mention.sentence].id, {})
            sides[version.language] = (*sides.get(version.language, ()), mention)
    return tuple(
        ConcordanceLine(bead, found[bead.id]) for bead in text.sentences.beads if bead.id in found
    )


def meant(term: str, glossary: Glossary | None, languages: Collection[LanguageTag]) -> Glossary:
    """Return the concepts of *glossary* that *term* names; one made of its own words if none.

    Args:
        term: As typed, in any form and language.
        glossary: What it is looked up in.
        languages: Of what is to be searched.

    Raises:
        ParallelStatementError: *term* has no letter or digit.
    """
    term = term.strip()
    if not any(character.isalnum() for character in term):
        raise ParallelStatementError(f"{term!r} is no term: it has no letter or digit")
    if glossary is not None:
        every = dict.fromkeys((*languages, *glossary.languages))
        named = {name for tag in every for name in named_concepts(term, glossary, tag)}
        if named:
            return Glossary(tuple(c for c in glossary.concepts if c.id in named), glossary.name)
    return Glossary((Concept(TYPED, tuple(Designation(tag, term) for tag in languages)),))
