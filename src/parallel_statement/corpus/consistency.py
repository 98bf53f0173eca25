"""How an archive renders the concepts of its glossary: across documents and over time.

Each document's record holds what it calls each concept (`terms_of`); the tables sum that up.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from parallel_statement.checks.designations import differ
from parallel_statement.checks.usage import SUPERIOR
from parallel_statement.corpus.records import Outcome
from parallel_statement.corpus.tables import render
from parallel_statement.formats.workbook import Value, add_header, add_row, new_book, pack
from parallel_statement.model import CheckedText, Concept, Glossary, LanguageTag

Verdict = Literal["usual", "preferred", "other form", "variant", "not to be used", "not named"]

_RENDERINGS = {
    "concept": 30,
    "language": 10,
    "term": 40,
    "verdict": 14,
    "uses": 8,
    "documents": 11,
    "first": 12,
    "last": 12,
    "where": 60,
}
_COVERAGE = {"concept": 30, "language": 10, "documents": 11, "rows": 8, "named": 8, "share": 8}
"""Columns and their widths."""
_SHOWN = 5
"""Documents that are named as examples, the newest ones."""


@dataclass(frozen=True, slots=True)
class _Use:
    """How often one document has one rendering."""

    document: str
    date: str
    uses: int


@dataclass(frozen=True, slots=True)
class Rendering:
    """What documents call a concept in a language."""

    concept: str
    language: LanguageTag
    term: str
    """Empty for rows in which another language names the concept, and this one does not."""
    verdict: Verdict
    where: tuple[_Use, ...]
    """The newest first."""

    @property
    def uses(self) -> int:
        """How often, in all documents."""
        return sum(use.uses for use in self.where)


def terms_of(checked: CheckedText) -> dict[str, dict[LanguageTag, dict[str, Any]]]:
    """Return what a document calls each concept of the glossary that it names, by language.

    ``rows`` are the beads in which some language names it and this one says anything, ``named``
    those in which this one names it, and ``terms`` the designations and how often each is used.
    """
    text = checked.text
    beads = text.sentences.beads
    places = {
        version.sentences[k].id: number
        for number, bead in enumerate(beads)
        for version in text.versions
        for k in bead.ranges[version.language].indices
    }
    named: dict[str, dict[LanguageTag, set[int]]] = defaultdict(lambda: defaultdict(set))
    used: dict[tuple[str, LanguageTag], Counter[str]] = defaultdict(Counter)
    for language, mentions in checked.mentions.items():
        for mention in mentions:
            named[mention.concept][language].add(places[mention.sentence])
            used[mention.concept, language][mention.designation.text] += 1
    return {
        concept: {
            tag: {
                "rows": sum(bool(beads[k].ranges[tag].size) for k in set().union(*sides.values())),
                "named": len(sides.get(tag, ())),
                "terms": dict(sorted(used[concept, tag].items())),
            }
            for tag in text.languages
        }
        for concept, sides in sorted(named.items())
    }


def renderings(outcomes: Iterable[Outcome], glossary: Glossary) -> tuple[Rendering, ...]:
    """Return what the documents call the concepts of *glossary*, in its order.

    In each concept and language the usual term comes first: of those that may be used the one that
    most documents have.
    """
    found: dict[tuple[str, LanguageTag], dict[str, list[_Use]]] = defaultdict(dict)
    for outcome in outcomes:
        date = str(outcome.counts["date"] or "")
        for concept, sides in outcome.counts["terms"].items():
            for tag, side in sides.items():
                counts = dict(side["terms"])
                if side["rows"] > side["named"]:
                    counts[""] = side["rows"] - side["named"]
                for term, count in counts.items():
                    use = _Use(outcome.document, date, count)
                    found[concept, tag].setdefault(term, []).append(use)
    order = {concept.id: number for number, concept in enumerate(glossary.concepts)}
    keys = sorted((key for key in found if key[0] in order), key=lambda key: (order[key[0]], key))
    return tuple(
        each
        for concept, tag in keys
        for each in _judged(glossary.concepts[order[concept]], tag, found[concept, tag])
    )


def _judged(
    concept: Concept, language: LanguageTag, terms: Mapping[str, Sequence[_Use]]
) -> Iterator[Rendering]:
    statuses = {d.text: d.status for d in reversed(concept.terms(language))}
    allowed = {text for text, status in statuses.items() if status in SUPERIOR}
    ranked = sorted(terms, key=lambda term: (-len(terms[term]), -_uses(terms[term]), term))
    usual = next((term for term in ranked if term in allowed), "")
    ranked.sort(key=lambda term: (term != usual, not term))
    for term in ranked:
        verdict: Verdict = "not named"
        if term and term not in allowed:
            verdict = "not to be used"
        elif term and term == usual:
            verdict = "usual"
        elif term and statuses[term] == "preferred":
            verdict = "preferred"
        elif term:
            verdict = "variant" if differ(usual, term) else "other form"
        where = sorted(terms[term], key=lambda use: use.document)
        where.sort(key=lambda use: use.date, reverse=True)
        yield Rendering(concept.id, language, term, verdict, tuple(where))


def _uses(where: Iterable[_Use]) -> int:
    return sum(use.uses for use in where)


def term_files(
    outcomes: Sequence[Outcome], glossary: Glossary, date: str | None
) -> dict[str, bytes]:
    """Return the tables of renderings and of coverage, as CSV, as one workbook and as JSON."""
    found = renderings(outcomes, glossary)
    covered = list(_coverage(outcomes, glossary))
    listed = [_row(each) for each in found]
    book = new_book("terms")
    for title, columns, rows in (
        ("Renderings", _RENDERINGS, listed),
        ("Coverage", _COVERAGE, covered),
    ):
        sheet = book.create_sheet(title)
        add_header(sheet, list(columns), list(columns.values()))
        for number, row in enumerate(rows, start=2):
            add_row(sheet, number, row)
        sheet.auto_filter.ref = sheet.dimensions
    return {
        "terms.csv": render(tuple(_RENDERINGS), listed),
        "coverage.csv": render(tuple(_COVERAGE), covered),
        "terms.xlsx": pack(book, date),
        "terms.json": _json(found, covered),
    }


def _row(each: Rendering) -> list[Value]:
    dates = [use.date for use in each.where if use.date]
    where = " ".join(use.document for use in each.where[:_SHOWN])
    more = " ..." if len(each.where) > _SHOWN else ""
    return [
        each.concept,
        each.language,
        each.term,
        each.verdict,
        each.uses,
        len(each.where),
        min(dates, default=""),
        max(dates, default=""),
        f"{where}{more}",
    ]


def _coverage(outcomes: Iterable[Outcome], glossary: Glossary) -> Iterator[list[Value]]:
    """Yield a row for each concept and language: how often it is named where it should be."""
    sums: dict[tuple[str, LanguageTag], list[int]] = defaultdict(lambda: [0, 0, 0])
    languages: dict[LanguageTag, None] = {}
    for outcome in outcomes:
        languages.update(dict.fromkeys(outcome.counts["languages"]))
        for concept, sides in outcome.counts["terms"].items():
            for tag, side in sides.items():
                numbers = (bool(side["named"]), side["rows"], side["named"])
                sums[concept, tag] = [
                    a + b for a, b in zip(sums[concept, tag], numbers, strict=True)
                ]
    for concept in (each.id for each in glossary.concepts):
        for tag in sorted(languages):
            documents, rows, named = sums[concept, tag]
            share: Value = round(named / rows, 3) if rows else ""
            yield [concept, tag, documents, rows, named, share]


def _json(found: Iterable[Rendering], covered: Iterable[Sequence[Value]]) -> bytes:
    listed = [
        {
            "concept": each.concept,
            "language": each.language,
            "term": each.term,
            "verdict": each.verdict,
            "uses": each.uses,
            "documents": [
                {"document": use.document, "date": use.date, "uses": use.uses} for use in each.where
            ],
        }
        for each in found
    ]
    coverage = [dict(zip(_COVERAGE, row, strict=True)) for row in covered]
    content = {"renderings": listed, "coverage": coverage}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
