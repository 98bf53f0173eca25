"""Locks as limits of the lattice: which beads a person has fixed, and which are forbidden.

A segment that a lock fixes may be in that one bead only. What is impossible has a score below
everything that texts can add up to, so posteriors and best paths obey by themselves.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np

from parallel_statement.alignment.lattice import Lattice, Matrix
from parallel_statement.errors import ParallelStatementError
from parallel_statement.locking import Decisions, describe
from parallel_statement.model import Level, Lock, Range, Version

Pair = tuple[int, int]

NEVER = -1e6
"""Score of what is forbidden."""
POSSIBLE = NEVER / 2
"""Every path that obeys scores more."""


@dataclass(frozen=True)
class Rule:
    """A lock in numbers: a range of segments for every version that it names."""

    level: Level
    ranges: Mapping[int, Range]
    together: bool


@dataclass(frozen=True)
class Limits:
    """What rules say about one pair of versions, in sentences."""

    beads: tuple[tuple[Range, Range], ...] = ()
    """Each is one bead."""
    boxes: tuple[tuple[Range, Range], ...] = ()
    """Sentences of paragraphs that belong together: no bead crosses the border."""
    apart: tuple[tuple[Range, Range], ...] = ()
    lone_source: tuple[Range, ...] = ()
    lone_target: tuple[Range, ...] = ()


def resolve(locks: Iterable[Lock], versions: Sequence[Version]) -> tuple[Rule, ...]:
    """Return *locks* in numbers.

    Raises:
        ParallelStatementError: a lock names a language or a segment that is not there, segments
            that are no neighbours, or no two versions; or two locks contradict each other.
    """
    places = {version.language: number for number, version in enumerate(versions)}
    decided = Decisions(versions)
    rules = []
    for lock in locks:
        for language in lock.segments:
            if language not in places:
                raise ParallelStatementError(f"a lock names {language}: there is no such version")
        _refuse_empty(lock)
        rival = decided.opponent(lock)
        if rival is not None:
            raise ParallelStatementError(
                f"two locks contradict each other: {_words(rival)} and {_words(lock)}"
            )
        decided.add(lock)
        ranges = {places[language]: r for language, r in decided.ranges(lock).items()}
        rules.append(Rule(lock.level, ranges, lock.together))
    return tuple(sorted(rules, key=lambda rule: (rule.level, sorted(rule.ranges.items()))))


def _refuse_empty(lock: Lock) -> None:
    if lock.level not in get_args(Level):
        known = " or ".join(get_args(Level))
        raise ParallelStatementError(f"a lock has the level {lock.level!r}; it must be {known}")
    filled = sum(1 for ids in lock.segments.values() if ids)
    if len(lock.segments) < 2 or filled < (1 if lock.together else 2):
        raise ParallelStatementError(
            f"{_words(lock)} names too little: a lock needs two versions, with segments in one of "
            "them at least, or in both to keep them apart"
        )


def _words(lock: Lock) -> str:
    return f"the {'lock' if lock.together else 'forbid'} {describe(lock)}"


def limits(rules: Iterable[Rule], pair: Pair, borders: Sequence[Sequence[int]]) -> Limits:
    """Return what *rules* say about *pair*.

    Args:
        rules: Of all versions.
        pair: Numbers of two versions.
        borders: For every version the sentence at which each paragraph begins, and the end.
    """
    a, b = pair
    found: dict[str, list[tuple[Range, Range]]] = {"beads": [], "boxes": [], "apart": []}
    lone: tuple[list[Range], list[Range]] = ([], [])
    for rule in rules:
        if a not in rule.ranges or b not in rule.ranges:
            continue
        source, target = (
            _sentences(rule.ranges[v], borders[v]) if rule.level == "paragraph" else rule.ranges[v]
            for v in pair
        )
        if source.size and target.size:
            kind = "apart" if not rule.together else "boxes"
            kind = "beads" if rule.together and rule.level == "sentence" else kind
            found[kind].append((source, target))
        elif rule.together:
            lone[0].extend([source] if source.size else [])
            lone[1].extend([target] if target.size else [])
    return Limits(
        **{kind: tuple(boxes) for kind, boxes in found.items()},
        lone_source=tuple(lone[0]),
        lone_target=tuple(lone[1]),
    )


def _sentences(paragraphs: Range, borders: Sequence[int]) -> Range:
    return Range(borders[paragraphs.start], borders[paragraphs.stop])


def divide(
    rules: Iterable[Rule],
    paragraphs: Sequence[Sequence[Range]],
    sentences: Sequence[Sequence[Range]],
) -> list[list[Rule]]:
    """Return the *rules* for every section, counted from its start.

    Args:
        rules: Of the whole text.
        paragraphs: Of every section, in order: a range a version.
        sentences: The same, in sentences.
    """
    result: list[list[Rule]] = [[] for _ in paragraphs]
    spaces = {"paragraph": paragraphs, "sentence": sentences}
    starts = {
        level: [[r.start for r in side] for side in zip(*sections, strict=True)]
        for level, sections in spaces.items()
    }
    for rule in rules:
        empty = {v: Range(0, 0) for v, r in rule.ranges.items() if not r.size}
        inside: dict[int, dict[int, Range]] = {}
        for version, r in rule.ranges.items():
            if r.size:
                number = bisect_right(starts[rule.level][version], r.start) - 1
                start, stop = spaces[rule.level][number][version]
                if r.stop <= stop:
                    here = inside.setdefault(number, {})
                    here[version] = Range(r.start - start, r.stop - start)
        for number, ranges in inside.items():
            result[number].append(replace(rule, ranges={**ranges, **empty}))
    return result


def whole(
    rules: Iterable[Rule], cuts: Sequence[Sequence[int]], paragraphs: Sequence[Sequence[int]]
) -> list[bool]:
    """Return of every cut whether all that belongs together is on one side of it.

    Args:
        rules: Of the whole text.
        cuts: Each a number of sentences a version; they rise in every version.
        paragraphs: The same cuts, in paragraphs.
    """
    if not cuts:
        return []
    through = np.zeros(len(cuts) + 1, dtype=np.int64)
    places = {
        "paragraph": [list(side) for side in zip(*paragraphs, strict=True)],
        "sentence": [list(side) for side in zip(*cuts, strict=True)],
    }
    for rule in rules:
        sides = [(places[rule.level][v], r) for v, r in rule.ranges.items() if r.size]
        if rule.together and sides:
            first = min(bisect_right(at, r.start) for at, r in sides)
            last = max(bisect_left(at, r.stop) for at, r in sides)
            if first < last:
                through[first] += 1
                through[last] -= 1
    return [bool(count == 0) for count in np.cumsum(through)[:-1]]


def constrain(lattice: Lattice, given: Limits) -> Lattice:
    """Return *lattice* without the beads and gaps that *given* excludes."""
    if given == Limits():
        return lattice
    scores = {size: score.copy() for size, score in lattice.scores.items()}
    source_gaps, target_gaps = lattice.source_gaps.copy(), lattice.target_gaps.copy()
    fixed: dict[tuple[int, int, int, int], float] = {}
    for source, target in given.beads:
        size = source.size, target.size
        if size not in scores:
            shape = lattice.rows - size[0] + 1, lattice.columns - size[1] + 1
            scores[size] = np.full(shape, NEVER)
        value = float(scores[size][source.start, target.start])
        fixed[*size, source.start, target.start] = value if value > POSSIBLE else 0.0
        source_gaps[source.start : source.stop] = NEVER
        target_gaps[target.start : target.stop] = NEVER
    for size, score in scores.items():
        for source, target in given.beads:
            _touching(score, size, 0, source)[...] = NEVER
            _touching(score, size, 1, target)[...] = NEVER
        for lone in given.lone_source:
            _touching(score, size, 0, lone)[...] = NEVER
        for lone in given.lone_target:
            _touching(score, size, 1, lone)[...] = NEVER
        for source, target in given.apart:
            _touching(_touching(score, size, 0, source), size, 1, target)[...] = NEVER
        for source, target in given.boxes:
            _confine(score, size, source, target)
    for (m, n, i, j), value in fixed.items():
        scores[m, n][i, j] = value
    return Lattice(lattice.rows, lattice.columns, scores, source_gaps, target_gaps)


def _touching(score: Matrix, size: tuple[int, int], axis: int, segments: Range) -> Matrix:
    """The view of the beads that have any of *segments* on one side."""
    first = max(0, segments.start - size[axis] + 1)
    return score[first : segments.stop] if axis == 0 else score[:, first : segments.stop]


def _confine(score: Matrix, size: tuple[int, int], source: Range, target: Range) -> None:
    inside = np.ix_(
        range(source.start, max(source.start, source.stop - size[0] + 1)),
        range(target.start, max(target.start, target.stop - size[1] + 1)),
    )
    kept = score[inside].copy()
    _touching(score, size, 0, source)[...] = NEVER
    _touching(score, size, 1, target)[...] = NEVER
    score[inside] = kept
    score[source.stop :, : max(0, target.start - size[1] + 1)] = NEVER
    score[: max(0, source.start - size[0] + 1), target.stop :] = NEVER
