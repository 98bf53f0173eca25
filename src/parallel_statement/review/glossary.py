"""A term that a person adds to the glossary while reading."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain, count

from parallel_statement.errors import ParallelStatementError, UnknownNameError
from parallel_statement.formats.glossary import render_glossary
from parallel_statement.model import Concept, Designation, Glossary, LanguageTag
from parallel_statement.names import ncname
from parallel_statement.review.session import Session
from parallel_statement.workspace import write_files

WRITABLE = (".csv", ".xlsx")
"""Extensions of glossaries to which a term is added; what else others may hold must not be lost."""


def add_concept(session: Session, terms: Mapping[LanguageTag, str]) -> None:
    """Add a concept with these *terms* to the glossary of *session*, and write the file.

    Raises:
        ParallelStatementError: the file is of another kind, or a term is there already.
    """
    path = session.means.glossary
    if path.suffix.lower() not in WRITABLE:
        raise ParallelStatementError(
            f"{path.name}: terms are added to CSV and XLSX only; add it in the program that made "
            f"this file, or turn it into a table: align glossary convert {path.name} glossary.csv"
        )
    known = session.glossary or Glossary((), path.name)
    concept = _concept(known, _clean(session, terms))
    glossary = replace(known, concepts=(*known.concepts, concept))
    write_files(path.parent, {path.name: render_glossary(glossary, path)})
    session.learn(session.means.terms() or glossary)


def _clean(session: Session, terms: Mapping[LanguageTag, str]) -> dict[LanguageTag, str]:
    """Return *terms* without idle white space, in the order of the versions.

    Raises:
        ParallelStatementError: there are none.
        UnknownNameError: no version has one of the languages.
    """
    for tag in terms:
        if tag not in session.text.languages:
            raise UnknownNameError("language of the text", tag, session.text.languages)
    words = {tag: " ".join(terms.get(tag, "").split()) for tag in session.text.languages}
    given = {tag: term for tag, term in words.items() if term}
    if not given:
        raise ParallelStatementError("name the term in one language or more")
    return given


def _concept(known: Glossary, terms: Mapping[LanguageTag, str]) -> Concept:
    for concept in known.concepts:
        for designation in concept.designations:
            if terms.get(designation.language) == designation.text:
                raise ParallelStatementError(
                    f"“{designation.text}” is in the glossary already, as {concept.id}"
                )
    taken = {concept.id for concept in known.concepts}
    stem = ncname(unicodedata.normalize("NFKC", next(iter(terms.values()))).casefold())
    names = chain((stem,), (f"{stem}-{number}" for number in count(2)))
    name = next(each for each in names if each not in taken)
    return Concept(name, tuple(Designation(tag, term) for tag, term in terms.items()))
