"""Documents as they are in life: with blocks lost, added, merged and split in single languages.

Every language has a random stream of its own, named after the document, so a case depends on
nothing but its document and the foreign blocks.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

LOST, ADDED, MERGED, SPLIT = 0.05, 0.03, 0.08, 0.08

Cut = Callable[[str, str], Sequence[str]]
"""Cuts a text of a language into sentences."""


@dataclass(frozen=True)
class Unit:
    """A paragraph that renders the source blocks from *start* to *stop*; a foreign one, none."""

    text: str
    start: int
    stop: int


def thin(
    blocks: Sequence[str], language: str, foreign: Sequence[str], name: str
) -> Iterator[tuple[str, str]]:
    """Yield (block id, text) of *blocks*, some of them lost, some *foreign* ones in between."""
    chance = random.Random(f"{name}|{language}")
    for k, text in enumerate(blocks):
        if chance.random() < ADDED:
            yield f"foreign {language} {k}", chance.choice(foreign)
        if chance.random() >= LOST:
            yield str(k), text


def reshape(
    blocks: Mapping[str, Sequence[str]],
    foreign: Mapping[str, Sequence[str]],
    name: str,
    cut: Cut,
) -> dict[str, list[Unit]]:
    """Return the paragraphs of every language after losses, splits, merges and additions.

    Foreign paragraphs come last, and only between beads: none stands amid what belongs together.
    """
    chances = {language: random.Random(f"{name}|{language}") for language in blocks}
    sides = {
        language: _merge(_split(texts, language, cut, chances[language]), language, chances)
        for language, texts in blocks.items()
    }
    places = borders(sides.values())[:-1]
    for language, units in sides.items():
        chance = chances[language]
        added = [place for place in places if chance.random() < ADDED]
        units += [Unit(chance.choice(foreign[language]), place, place) for place in added]
        units.sort(key=lambda unit: (unit.start, unit.stop))
    return sides


def _split(texts: Sequence[str], language: str, cut: Cut, chance: random.Random) -> Iterator[Unit]:
    for k, text in enumerate(texts):
        if chance.random() < LOST:
            continue
        sentences = cut(text, language) if chance.random() < SPLIT else ()
        at = chance.randrange(1, len(sentences)) if len(sentences) > 1 else 0
        halves = (sentences[:at], sentences[at:]) if at else ((text,),)
        for half in halves:
            yield Unit(_join(half, language), k, k + 1)


def _merge(
    units: Iterable[Unit], language: str, chances: Mapping[str, random.Random]
) -> list[Unit]:
    merged: list[Unit] = []
    for unit in units:
        # Only neighbours in the source: what was lost between two paragraphs keeps them apart.
        neighbours = bool(merged) and merged[-1].stop == unit.start
        if neighbours and chances[language].random() < MERGED:
            text = _join((merged[-1].text, unit.text), language)
            merged[-1] = Unit(text, merged[-1].start, unit.stop)
        else:
            merged.append(unit)
    return merged


def _join(texts: Sequence[str], language: str) -> str:
    return ("" if language == "ja" else " ").join(texts)


def borders(sides: Iterable[Sequence[Unit]]) -> list[int]:
    """Return the places between source blocks that no unit of *sides* spans, and both ends."""
    units = [unit for side in sides for unit in side]
    crossed = {place for unit in units for place in range(unit.start + 1, unit.stop)}
    end = max((unit.stop for unit in units), default=0)
    return [place for place in range(end + 1) if place not in crossed]


def beads(sides: Mapping[str, Sequence[Unit]]) -> list[dict[str, list[int]]]:
    """Return the beads of *sides*: the units of every language that share source blocks."""
    found = []
    places = borders(sides.values())
    for start, stop in pairwise([*places, places[-1] + 1]):
        for language, units in sides.items():
            foreign = [k for k, u in enumerate(units) if u.start == u.stop == start]
            found += [{x: [k] if x == language else [] for x in sides} for k in foreign]
        bead = {
            language: [k for k, u in enumerate(units) if start <= u.start < u.stop <= stop]
            for language, units in sides.items()
        }
        if any(bead.values()):
            found.append(bead)
    return found
