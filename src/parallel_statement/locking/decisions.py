"""Locks laid out in the versions: which of them exclude each other.

Everything is counted in sentences: a paragraph is the range of its sentences. The locks that
two versions share make up a chain, which a further lock must not cross::

    en  |--A--|      |--C--|          A and C are in the chain; B, which lies between them in
    ja  |--A--|  |--B--|  |--C--|     both versions, agrees with them
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Sequence
from itertools import permutations
from typing import NamedTuple

from parallel_statement.errors import ParallelStatementError, UnknownNameError
from parallel_statement.locking.naming import local, nearby
from parallel_statement.model import LanguageTag, Level, Lock, Range, Version

Pair = tuple[LanguageTag, LanguageTag]


class _Link(NamedTuple):
    """Sentences of two versions that belong together, and the lock that says so."""

    source: Range
    target: Range
    number: int
    """Of the lock, in the order in which they were added."""


class _Chain:
    """Links in order, none of which crosses another."""

    def __init__(self) -> None:
        self.links: list[_Link] = []

    def add(self, link: _Link) -> None:
        insort(self.links, link)

    def opponent(self, source: Range, target: Range, *, nested: str = "") -> _Link | None:
        """Return a link that excludes one between *source* and *target*.

        Args:
            source: Sentences of the first version.
            target: Sentences of the second.
            nested: Which may lie inside the other: the ``new`` link, the ``old`` ones or
                (without it) none, unless the two are the same.
        """
        first = bisect_right(self.links, source.start, key=lambda link: link.source.stop)
        other = bisect_right(self.links, target.start, key=lambda link: link.target.stop)
        if first != other:
            return self.links[min(first, other)]
        for link in self.links[first:]:
            if link.source.start >= source.stop and link.target.start >= target.stop:
                return None
            inner, outer = ((source, target), link[:2])
            if nested == "old":
                inner, outer = outer, inner
            inside = all(_lies_in(i, o) for i, o in zip(inner, outer, strict=True))
            if not (inside if nested else inner == outer):
                return link
        return None


class Decisions:
    """Locks that agree with each other, ready to say whether another agrees with them."""

    def __init__(self, versions: Sequence[Version], locks: Iterable[Lock] = ()) -> None:
        """Lay out *locks*, which must agree, in *versions*."""
        self.locks: list[Lock] = []
        self._places = {version.language: _Places(version) for version in versions}
        self._chains: dict[tuple[Level, Pair], _Chain] = {}
        self._gaps: dict[tuple[Level, Pair], dict[int, int]] = {}
        """Sentences of the pair's first version that have nothing in the second."""
        self._apart: dict[tuple[Level, Pair], list[_Link]] = {}
        for lock in locks:
            self.add(lock)

    def ranges(self, lock: Lock) -> dict[LanguageTag, Range]:
        """Return the segments of *lock*, counted at its level; a gap is an empty range.

        Raises:
            ParallelStatementError: a segment is not there, or they are no neighbours.
        """
        return {
            language: self._places[language].range(lock.level, ids)
            for language, ids in lock.segments.items()
            if language in self._places
        }

    def add(self, lock: Lock) -> None:
        """Take *lock* in.

        Raises:
            ParallelStatementError: a segment is not there, or they are no neighbours.
        """
        sides = self.sentences(lock)
        number = len(self.locks)
        self.locks.append(lock)
        for pair in permutations(sides, 2):
            source, target = sides[pair[0]], sides[pair[1]]
            if source.size and target.size:
                link = _Link(source, target, number)
                if lock.together:
                    self._chains.setdefault((lock.level, pair), _Chain()).add(link)
                else:
                    self._apart.setdefault((lock.level, pair), []).append(link)
            elif source.size and lock.together and not lock.segments[pair[1]]:
                gaps = self._gaps.setdefault((lock.level, pair), {})
                gaps.update(dict.fromkeys(source.indices, number))

    def opponent(self, lock: Lock) -> Lock | None:
        """Return a lock that excludes *lock*, or None if all agree with it.

        Raises:
            ParallelStatementError: a segment is not there, or they are no neighbours.
        """
        sides = self.sentences(lock)
        for pair in permutations(sides, 2):
            source, target = sides[pair[0]], sides[pair[1]]
            found = None
            if source.size and target.size:
                look = self._against_link if lock.together else self._against_apart
                found = look(lock.level, pair, source, target)
            elif source.size and lock.together and not lock.segments[pair[1]]:
                found = self._against_gap(lock.level, pair, source)
            if found is not None:
                return self.locks[found]
        return None

    def sentences(self, lock: Lock) -> dict[LanguageTag, Range]:
        """Return the sentences of *lock*; a gap is an empty range.

        Raises:
            ParallelStatementError: a segment is not there, or they are no neighbours.
        """
        return {
            language: self._places[language].sentences(lock.level, segments)
            for language, segments in self.ranges(lock).items()
        }

    def _against_link(self, level: Level, pair: Pair, source: Range, target: Range) -> int | None:
        for other, nested in _LEVELS[level]:
            chain = self._chains.get((other, pair))
            rival = chain.opponent(source, target, nested=nested) if chain else None
            if rival:
                return rival.number
        for other in _COARSER[level]:
            gaps = self._gaps.get((other, pair), {})
            alone = next((gaps[k] for k in source.indices if k in gaps), None)
            if alone is not None:
                return alone
            for link in self._apart.get((other, pair), ()):
                if meet(link.source, source) and meet(link.target, target):
                    return link.number
        return None

    def _against_gap(self, level: Level, pair: Pair, source: Range) -> int | None:
        """A sentence's gap excludes its links; a paragraph's, those of its sentences too."""
        for other in _FINER[level]:
            for link in self._links(other, pair):
                if meet(link.source, source):
                    return link.number
        return None

    def _against_apart(self, level: Level, pair: Pair, source: Range, target: Range) -> int | None:
        for other in _FINER[level]:
            for link in self._links(other, pair):
                if meet(link.source, source) and meet(link.target, target):
                    return link.number
        return None

    def _links(self, level: Level, pair: Pair) -> Sequence[_Link]:
        chain = self._chains.get((level, pair))
        return chain.links if chain else ()


_LEVELS: dict[Level, tuple[tuple[Level, str], ...]] = {
    "sentence": (("sentence", ""), ("paragraph", "new")),
    "paragraph": (("paragraph", ""), ("sentence", "old")),
}
"""Level of a lock: the levels to compare it with, and which of two locks may lie in the other."""
_COARSER: dict[Level, tuple[Level, ...]] = {
    "sentence": ("sentence", "paragraph"),
    "paragraph": ("paragraph",),
}
_FINER: dict[Level, tuple[Level, ...]] = {
    "sentence": ("sentence",),
    "paragraph": ("paragraph", "sentence"),
}


class _Places:
    """Where the segments of one version stand."""

    def __init__(self, version: Version) -> None:
        self._version = version
        self._numbers: dict[Level, dict[str, int]] = {
            "paragraph": {p.id: k for k, p in enumerate(version.paragraphs)},
            "sentence": {s.id: k for k, s in enumerate(version.sentences)},
        }
        self._starts = [0]
        for paragraph in version.paragraphs:
            self._starts.append(self._starts[-1] + len(paragraph.sentences))

    def range(self, level: Level, ids: Sequence[str]) -> Range:
        """Return the segments called *ids*, which must be neighbours."""
        if not ids:
            return Range(0, 0)
        numbers = self._numbers[level]
        for identifier in ids:
            if identifier not in numbers:
                known = nearby(self._version, level, identifier)
                raise UnknownNameError(f"{level} of {self._version.id}", identifier, known)
        start = numbers[ids[0]]
        if [numbers[identifier] for identifier in ids] != list(range(start, start + len(ids))):
            raise ParallelStatementError(
                f"{self._version.language}:{'+'.join(map(local, ids))}: not neighbours in the "
                "order of the text; one bead holds neighbours only"
            )
        return Range(start, start + len(ids))

    def sentences(self, level: Level, segments: Range) -> Range:
        """Return the sentences of *segments*."""
        if level == "sentence" or not segments.size:
            return segments
        return Range(self._starts[segments.start], self._starts[segments.stop])


def _lies_in(inner: Range, outer: Range) -> bool:
    return outer.start <= inner.start and inner.stop <= outer.stop


def content(lock: Lock) -> tuple[str, bool, frozenset[tuple[str, tuple[str, ...]]]]:
    """Return what *lock* decides, whoever decided it and when."""
    return lock.level, lock.together, frozenset(lock.segments.items())


def meet(first: Range, second: Range) -> bool:
    """Return whether the two have a segment in common; an empty range has none."""
    return max(first.start, second.start) < min(first.stop, second.stop)


def in_reading_order(locks: Iterable[Lock], versions: Sequence[Version]) -> tuple[Lock, ...]:
    """Return *locks* in the order of the text.

    Raises:
        ParallelStatementError: a segment is not there, or they are no neighbours.
    """
    return tuple(sorted(locks, key=reading_order(Decisions(versions), versions)))


def reading_order(
    decisions: Decisions, versions: Sequence[Version]
) -> Callable[[Lock], tuple[str, int, list[Range], bool]]:
    """Return a key that sorts locks in the order of the text."""

    def key(lock: Lock) -> tuple[str, int, list[Range], bool]:
        ranges = decisions.ranges(lock)
        places = [ranges.get(version.language, Range(0, 0)) for version in versions]
        first = next((k for k, place in enumerate(places) if place.size), 0)
        return lock.level, first, places, not lock.together

    return key
