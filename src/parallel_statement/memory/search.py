"""Where an archive has a term, in any form and language, the newest documents first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from parallel_statement.memory.database import Memory
from parallel_statement.memory.words import wanted
from parallel_statement.model import Glossary, LanguageTag, Span
from parallel_statement.terminology.concordance import meant
from parallel_statement.terminology.matching import places_of

_MANY = 2_000
"""Sides with the words of a term from which they are not all sorted."""


class Side(NamedTuple):
    """What a bead says in one language."""

    text: str
    segments: tuple[str, ...]
    places: tuple[Span, ...]
    """Of the term, in characters of the text."""


class Hit(NamedTuple):
    """A bead that has the term."""

    document: str
    title: str
    date: str
    bead: str
    status: str
    posterior: float
    sides: Mapping[LanguageTag, Side]


class Search(NamedTuple):
    """What was found."""

    hits: tuple[Hit, ...]
    complete: bool
    """Whether all beads with the term are among the hits."""


def search(
    memory: Memory,
    term: str,
    glossary: Glossary | None = None,
    *,
    documents: Collection[str] = (),
    most: int = 50,
) -> Search:
    """Return the beads of *memory* that have *term*, at most so many.

    As `terminology.concordance.find` in one text: a term of *glossary* stands for its concept in
    all languages, another for itself and its forms.

    Args:
        memory: What is searched.
        term: In any language and form.
        glossary: What *term* is looked up in.
        documents: Ids of those to search; all without them.
        most: Beads to return.

    Raises:
        ParallelStatementError: *term* has no letter or digit.
        UnknownNameError: one of *documents* is not there.
    """
    memory.refuse_unknown(documents)
    languages = memory.languages()
    concepts = meant(term, glossary, languages)
    beads = _newest_first(memory, _query(concepts, languages), documents)
    found = (hit for bead in beads if (hit := _hit(memory, bead, concepts)))
    first = tuple(islice(found, most))
    return Search(first, complete=next(found, None) is None)


def _query(concepts: Glossary, languages: Iterable[LanguageTag]) -> str:
    """Return what the index is asked for the terms of all concepts, in every language."""
    asked = [
        wanted(term.text, tag)
        for concept in concepts.concepts
        for tag in languages
        for term in concept.terms(tag)
    ]
    return " OR ".join(f"({each})" for each in dict.fromkeys(asked) if each)


def _newest_first(memory: Memory, query: str, documents: Collection[str]) -> Iterator[int]:
    """Yield the beads that answer *query*, those of the newest documents first, each once."""
    if not query:
        return
    rows = memory.connection.execute(
        "SELECT rowid FROM words WHERE words MATCH ? LIMIT ?", (query, _MANY)
    ).fetchall()
    few = len(rows) < _MANY and not documents
    found = _few(memory, query) if few else _many(memory, query, documents)
    for (bead,) in found:
        yield bead


def _few(memory: Memory, query: str) -> Iterator[tuple[int]]:
    yield from memory.connection.execute(
        "SELECT DISTINCT bead.number FROM side JOIN bead ON bead.number = side.bead "
        "JOIN document ON document.number = bead.document "
        "WHERE side.number IN (SELECT rowid FROM words WHERE words MATCH ?) "
        "ORDER BY document.date DESC, document.id, bead.number",
        (query,),
    )


def _many(memory: Memory, query: str, documents: Collection[str]) -> Iterator[tuple[int]]:
    """Yield beads document by document: who wants the newest need not wait for all to be sorted."""
    listed = memory.connection.execute(
        "SELECT id, first, last FROM document ORDER BY date DESC, id"
    ).fetchall()
    for identifier, first, last in listed:
        if not documents or identifier in documents:
            yield from memory.connection.execute(
                "SELECT DISTINCT bead FROM side WHERE number IN "
                "(SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?) "
                "ORDER BY bead",
                (query, first, last),
            )


def _hit(memory: Memory, bead: int, concepts: Glossary) -> Hit | None:
    rows = memory.connection.execute(
        "SELECT document.id, title, date, bead.id, status, posterior, language, text, segments "
        "FROM side JOIN bead ON bead.number = side.bead "
        "JOIN document ON document.number = bead.document WHERE bead.number = ? "
        "ORDER BY side.number",
        (bead,),
    ).fetchall()
    sides = {
        language: Side(text, tuple(segments.split()), places_of(text, concepts, language))
        for *_, language, text, segments in rows
    }
    if not any(side.places for side in sides.values()):
        return None
    document, title, date, identifier, status, posterior, *_ = rows[0]
    return Hit(document, title, date, identifier, status, posterior, sides)
