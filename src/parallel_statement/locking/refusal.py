"""Proposals that a person has refused: a forbid between two places of a moved passage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from parallel_statement.locking.decisions import Decisions, meet
from parallel_statement.model import LanguageTag, Lock, Range, Version


class Refusals:
    """Says which moved passages a person does not want to see proposed again."""

    def __init__(self, versions: Sequence[Version], locks: Iterable[Lock]) -> None:
        """Lay out the forbids among *locks* in *versions*."""
        decided = Decisions(versions)
        self._apart = [decided.sentences(lock) for lock in locks if not lock.together]

    def refuse(self, places: Iterable[Mapping[LanguageTag, Range]]) -> bool:
        """Return whether sentences of two of the *places* are never to correspond."""
        return any(
            _meets(forbidden, one) and _meets(forbidden, other)
            for one, other in combinations(places, 2)
            for forbidden in self._apart
        )


def _meets(forbidden: Mapping[LanguageTag, Range], place: Mapping[LanguageTag, Range]) -> bool:
    return any(tag in place and meet(r, place[tag]) for tag, r in forbidden.items())
