"""Terminology: concepts with their designations, and where a text names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from parallel_statement.model.documents import (
    LanguageTag,
    Span,
)

DesignationStatus = Literal["preferred", "admitted", "deprecated", "superseded"]
DesignationType = Literal[
    "", "full form", "acronym", "abbreviation", "short form", "variant", "phrase"
]
Gender = Literal["", "masculine", "feminine", "neuter", "other"]


@dataclass(frozen=True, slots=True)
class Designation:
    """One term of a concept in one language, with the data categories of TBX-Basic (ISO 30042).

    An empty string stands for what is not known.
    """

    language: LanguageTag
    text: str
    status: DesignationStatus = "preferred"
    type: DesignationType = ""
    """How its form came about; "phrase" is a set phrase, "variant" a spelling."""
    part_of_speech: str = ""
    gender: Gender = ""
    case_sensitive: bool = False
    """Whether only these capitals are this term; acronyms are matched so anyway."""
    usage: str = ""
    """Where it may be used and where not: "in treaties only"."""
    context: str = ""
    """A sentence that shows it in use."""
    context_source: str = ""
    """Where the sentence was found."""
    source: str = ""
    """Where the term was found."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """What a concept is, in the words of one language."""

    text: str
    language: LanguageTag | Literal[""] = ""
    """Empty if it is not known or does not matter."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A glossary entry: one concept, its designations in any number of languages."""

    id: str
    """A valid NCName."""
    designations: tuple[Designation, ...]
    definitions: tuple[Definition, ...] = ()
    domain: str = ""
    source: str = ""
    """Where the whole entry comes from."""
    note: str = ""

    @property
    def part_of_speech(self) -> str:
        """The part of speech that all designations share; empty if they differ."""
        shared = {designation.part_of_speech for designation in self.designations}
        return shared.pop() if len(shared) == 1 else ""

    def terms(self, language: LanguageTag) -> tuple[Designation, ...]:
        """Return the designations in *language*, preferred first."""
        return tuple(d for d in self.designations if d.language == language)


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Glossary:
    """The concepts of a glossary, in the order of its file."""

    concepts: tuple[Concept, ...]
    name: str = ""

    @property
    def languages(self) -> tuple[LanguageTag, ...]:
        """The languages that have designations, in order of first use."""
        return tuple(dict.fromkeys(d.language for c in self.concepts for d in c.designations))


@dataclass(frozen=True, slots=True)
class Mention:
    """A glossary term found in a version."""

    concept: str
    """Id of the concept."""
    designation: Designation
    sentence: str
    """Id of the sentence that holds it."""
    span: Span
    """In the version's text."""
    rule: str
    """How it was matched: exact, acronym, spelling, lemma, normal form, paradigm, reading,
    beginning, stem; of several words the least sure. Encoded: an element of TEI says so."""
    path: str = ""
    """The way from its words to the term's where they differ: "critiche → critica"."""
