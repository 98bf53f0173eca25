"""Where an archive has a term, in any form and language, the newest documents first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from typing import NamedTuple

from parallel_statement.memory.database import Memory
from parallel_statement.memory.words import wanted
from parallel_statement.model import Glossary, LanguageTag, Span
from parallel_statement.terminology.concordance import meant
from parallel_statement.terminology.matching import places_of

_MOST = 100_000
"""Sides that are looked through; a term that has more is hardly one."""


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
    candidates: int
    """Beads that have all words of the term, near each other or not: at least as many as have
    the term."""
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
    beads = _newest_first(memory, _query(concepts, languages))
    hits = (_hit(memory, bead, concepts) for bead in beads)
    found = (hit for hit in hits if hit and (not documents or hit.document in documents))
    first = tuple(islice(found, most))
    return Search(first, len(beads), complete=next(found, None) is None)


def _query(concepts: Glossary, languages: Iterable[LanguageTag]) -> str:
    """Return what the index is asked for the terms of all concepts, in every language."""
    asked = [
        wanted(term.text, tag)
        for concept in concepts.concepts
        for tag in languages
        for term in concept.terms(tag)
    ]
    return " OR ".join(f"({each})" for each in dict.fromkeys(asked) if each)


def _newest_first(memory: Memory, query: str) -> list[int]:
    """Return the beads that answer *query*, those of the newest documents first, each once."""
    if not query:
        return []
    rows = memory.connection.execute(
        "SELECT DISTINCT bead.number FROM side JOIN bead ON bead.number = side.bead "
        "JOIN document ON document.number = bead.document "
        "WHERE side.number IN (SELECT rowid FROM words WHERE words MATCH ? LIMIT ?) "
        "ORDER BY document.date DESC, document.id, bead.number",
        (query, _MOST),
    )
    return [number for (number,) in rows]


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
