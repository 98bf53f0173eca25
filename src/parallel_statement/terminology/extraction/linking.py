"""One candidate a language, all pairs agreeing: the terms that one bead links.

For each candidate its best partners are found in all other languages together (a beam over the
languages); then the best of these rows are taken first, and what they leave room for after them:
competitive linking (Melamed 2000, "Models of translational equivalence among words", section 5.1),
over rows of any number of languages, and with room for terms inside terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from parallel_statement.model import LanguageTag, Span
from parallel_statement.terminology.extraction.association import Beads, Matrix, Side, associate
from parallel_statement.terminology.extraction.candidates import Candidate

_BEAM = 5
_FORM = 0.6
"""What the candidates' own weights count beside how well they render one another."""
_LEAST = 0.25
"""Strength from which a row is a link."""


@dataclass(frozen=True, slots=True)
class Link:
    """Candidates of one bead that render one another."""

    terms: Mapping[LanguageTag, Candidate]
    association: float
    """How well they do, the mean of all pairs."""
    outdone: bool = False
    """Whether a link inside or around it is likelier a term, by its form."""

    @property
    def weight(self) -> float:
        """How likely its candidates are terms, by their form alone."""
        return sum(term.weight for term in self.terms.values()) / len(self.terms)

    @property
    def strength(self) -> float:
        """Its place among the links of a bead."""
        return self.association + _FORM * self.weight


def link(sides: Mapping[LanguageTag, Side], beads: Beads, known: Sequence[Link] = ()) -> list[Link]:
    """Return the links between *sides*, the candidates of one bead, the strongest first.

    None contradicts those that are *known* already.
    """
    scores: dict[tuple[LanguageTag, LanguageTag], Matrix] = {}
    for first, second in combinations(sides, 2):
        scores[first, second] = associate(sides[first], sides[second], beads)
        scores[second, first] = scores[first, second].T
    rows = {row for anchor in sides for row in _rows(anchor, sides, scores)}
    return compete(_links(rows, sides, scores), known)


def _rows(
    anchor: LanguageTag,
    sides: Mapping[LanguageTag, Side],
    scores: Mapping[tuple[LanguageTag, LanguageTag], Matrix],
) -> Iterator[tuple[int, ...]]:
    """Yield the best rows for each candidate of *anchor*: its number in every language."""
    weights = {
        tag: np.array([each.weight for each in side.candidates]) for tag, side in sides.items()
    }
    order = [anchor, *(tag for tag in sides if tag != anchor)]
    for number in range(len(sides[anchor].candidates)):
        beam: list[tuple[float, tuple[int, ...]]] = [(0.0, (number,))]
        for depth, tag in enumerate(order[1:], start=1):
            grown = []
            for total, chosen in beam:
                gains = _FORM * weights[tag] + sum(
                    scores[known, tag][index]
                    for known, index in zip(order[:depth], chosen, strict=True)
                )
                best = np.argsort(-gains, kind="stable")[:_BEAM]
                grown += [(total + float(gains[index]), (*chosen, int(index))) for index in best]
            beam = sorted(grown, key=lambda each: (-each[0], each[1]))[: _BEAM * _BEAM]
        for _, chosen in beam:
            places = dict(zip(order, chosen, strict=True))
            yield tuple(places[tag] for tag in sides)


def _links(
    rows: set[tuple[int, ...]],
    sides: Mapping[LanguageTag, Side],
    scores: Mapping[tuple[LanguageTag, LanguageTag], Matrix],
) -> list[Link]:
    links = []
    for row in rows:
        places = dict(zip(sides, row, strict=True))
        terms = {tag: sides[tag].candidates[index] for tag, index in places.items()}
        pairs = [float(scores[a, b][places[a], places[b]]) for a, b in combinations(sides, 2)]
        links.append(Link(terms, sum(pairs) / len(pairs)))
    return links


def compete(links: Sequence[Link], known: Sequence[Link] = ()) -> list[Link]:
    """Return the strongest of *links* that can stand together, and beside those *known*.

    Two can if they lie apart in every language, or the one inside the other in every language.
    """
    ranked = sorted(links, key=lambda each: (-each.strength, *_places(each)))
    chosen = list(known)
    taken = {place for each in chosen for place in _places(each)}
    for each in ranked:
        if each.strength < _LEAST:
            break
        places = set(_places(each))
        if taken.isdisjoint(places) and all(_relation(each, other) != "clash" for other in chosen):
            chosen.append(each)
            taken |= places
    return [_judged(each, chosen) for each in chosen[len(known) :]]


def _judged(link: Link, others: Sequence[Link]) -> Link:
    outdone = any(
        other.weight > link.weight and _relation(link, other) in ("inside", "around")
        for other in others
    )
    return replace(link, outdone=outdone)


def _places(link: Link) -> Iterator[tuple[str, Span]]:
    return ((term.sentence, term.place) for term in link.terms.values())


def _relation(first: Link, second: Link) -> str:
    """Return how two links stand to one another: apart, inside, around or clash."""
    found = ""
    for tag, term in first.terms.items():
        if tag in second.terms:
            position = _position(term, second.terms[tag])
            if position == "clash" or found not in ("", position):
                return "clash"
            found = position
    return found or "apart"


def _position(first: Candidate, second: Candidate) -> str:
    here, there = first.place, second.place
    if first.sentence != second.sentence or here.end <= there.start or there.end <= here.start:
        return "apart"
    if here == there:
        return "clash"
    if there.start <= here.start and here.end <= there.end:
        return "inside"
    return "around" if here.start <= there.start and there.end <= here.end else "clash"
