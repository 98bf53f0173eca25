"""All versions with the beads of their sentences: who stands beside whom, and who is alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from parallel_statement.alignment.context import Cosine, Vectors
from parallel_statement.alignment.crossings import Numbers, Side
from parallel_statement.model import Range

Pair = tuple[int, int]
Place = Mapping[int, Range]
"""Sentences that stand together, by number of the version."""
Places = tuple[Place, ...]


@dataclass(frozen=True)
class Scene:
    """All versions, and how their sentences are aligned."""

    texts: Sequence[Sequence[str]]
    vectors: Sequence[Vectors]
    cosine: Mapping[Pair, Cosine]
    beads: Sequence[tuple[Range, ...]]
    owners: Sequence[Numbers]
    """For every version the number of each sentence's bead."""

    @classmethod
    def of(
        cls,
        texts: Sequence[Sequence[str]],
        vectors: Sequence[Vectors],
        cosine: Mapping[Pair, Cosine],
        beads: Sequence[tuple[Range, ...]],
    ) -> Scene:
        """Return the scene of the n-way sentence *beads*."""
        numbers = np.arange(len(beads))
        owners = [
            np.repeat(numbers, [ranges[version].size for ranges in beads])
            for version in range(len(texts))
        ]
        return cls(texts, vectors, cosine, beads, owners)

    @property
    def pairs(self) -> list[Pair]:
        """All pairs (a, b) of versions with a < b."""
        return list(combinations(range(len(self.texts)), 2))

    def alone(self, version: int, other: int) -> Side:
        """Return *version*, and which of its sentences are in beads without the *other*."""
        empty = np.array([not ranges[other].size for ranges in self.beads], dtype=np.bool_)
        return Side(
            self.vectors[version],
            [len(text) for text in self.texts[version]],
            np.flatnonzero(empty[self.owners[version]]),
        )

    def beside(self, version: int, sentences: Range) -> dict[int, Range]:
        """Return what the other versions have in the beads of *sentences*."""
        own = [self.beads[k] for k in np.unique(self.owners[version][slice(*sentences)])]
        found = {}
        for other in range(len(self.texts)):
            sides = [bead[other] for bead in own if bead[other].size]
            if sides and other != version:
                found[other] = Range(sides[0].start, sides[-1].stop)
        return found

    def passes(self, pair: Pair, sides: tuple[Range, Range]) -> bool:
        """Return whether a bead between the *sides* of a *pair* joins the two versions.

        If none does, the two face each other, and were left alone for another reason.
        """
        ends = [
            (int(self.owners[version][r.start]), int(self.owners[version][r.stop - 1]))
            for version, r in zip(pair, sides, strict=True)
        ]
        between = self.beads[min(last for _, last in ends) : max(first for first, _ in ends)]
        return any(bead[pair[0]].size and bead[pair[1]].size for bead in between)
