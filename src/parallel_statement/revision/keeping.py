"""Which beads of an older text stay, and how they get back what was known of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import combinations, count
from typing import NamedTuple, TypeVar, cast

from parallel_statement.locking import Decisions, Keeper, Pair
from parallel_statement.model import (
    Alignment,
    Bead,
    LanguageTag,
    Level,
    Lock,
    PairBead,
    ParallelText,
    Range,
    Status,
    Version,
)
from parallel_statement.revision.matching import Matching

_LEVELS: tuple[Level, Level] = ("sentence", "paragraph")
_AnyBead = TypeVar("_AnyBead", Bead, PairBead)
_Start = tuple[LanguageTag, int]
"""Language and number of a bead's first segment."""


class _Kept(NamedTuple):
    """A bead whose segments did not change."""

    bead: Bead
    ranges: Mapping[LanguageTag, Range]
    """Its segments now, in the versions that were there before and are there now."""


class Keeping:
    """The beads of an older text that stay in a newer one."""

    def __init__(
        self,
        previous: ParallelText,
        versions: Sequence[Version],
        matchings: Mapping[LanguageTag, Matching],
        locks: Sequence[Lock] | None,
    ) -> None:
        """Find the beads that can stay.

        Args:
            previous: The older text.
            versions: As they are now.
            matchings: Of the versions that were there before and are there now.
            locks: What a person has decided; None if that did not change.
        """
        self.locks: list[Lock] = []
        """What keeps the beads in their places."""
        self._keeper = Keeper(previous)
        self._matchings = matchings
        ids = {tag: _new_ids(matching) for tag, matching in matchings.items()}
        self.decided = tuple(locks if locks is not None else _still_there(previous.locks, ids))
        """What a person has decided."""
        self._fixed = None if locks is None else _segments(locks)
        self._ids = ids
        self._kept: dict[Level, list[_Kept]] = {level: [] for level in _LEVELS}
        decided = Decisions(versions, self.decided)
        for level in _LEVELS:
            for bead in previous.alignment(level).beads:
                ranges = self._moved(level, bead)
                if ranges is None or self._is_free_again(level, bead):
                    continue
                old = self._keeper.locks(level, bead, matchings)
                new = [_renamed(lock, ids) for lock in old]
                if new and not any(map(decided.opponent, new)):
                    self.locks += new
                    self._kept[level].append(_Kept(bead, ranges))
                    for lock in new:
                        decided.add(lock)

    def _moved(self, level: Level, bead: Bead) -> dict[LanguageTag, Range] | None:
        """Return where the segments of *bead* stand now, or None if it changed."""
        ranges: dict[LanguageTag, Range] = {}
        for language, matching in self._matchings.items():
            now = matching.moved(level, bead.ranges[language])
            if now is None:
                return None
            ranges[language] = now
        return ranges

    def _is_free_again(self, level: Level, bead: Bead) -> bool:
        """Return whether a person has taken back what fixed *bead*, or a part of it."""
        if self._fixed is None:
            return False
        text = self._keeper.text
        fixed = [bead.ranges] if bead.status == "locked" else []
        for pair in combinations(text.languages, 2):
            for part in self._keeper.pair_beads(level, pair, bead):
                if part.status == "locked":
                    fixed.append(dict(zip(pair, (part.source, part.target), strict=True)))
        return any(
            (level, self._ids[tag].get(identifier, "")) not in self._fixed
            for ranges in fixed
            for tag, r in ranges.items()
            if tag in self._ids
            for identifier in self._keeper.ids(level, tag, r)
        )

    def restore(self, text: ParallelText) -> tuple[ParallelText, frozenset[str]]:
        """Return *text* with what was known of the beads that stayed, and the ids of these."""
        found = {level: self._stayed(text, level) for level in _LEVELS}
        stayed = frozenset(bead.id for level in found.values() for bead in level.values())
        taken = set(stayed)

        def restored(alignment: Alignment) -> Alignment:
            known = found[alignment.level]
            beads = tuple(_named_apart(alignment.beads, known, taken))
            pairs = {
                pair: tuple(_named_apart(parts, known, taken))
                for pair, parts in alignment.pairs.items()
            }
            return self._in_order(Alignment(alignment.level, beads, pairs), stayed)

        paragraphs, sentences = restored(text.paragraphs), restored(text.sentences)
        return replace(text, paragraphs=paragraphs, sentences=sentences), stayed

    def _in_order(self, alignment: Alignment, stayed: Set[str]) -> Alignment:
        """Return *alignment* with gaps in the order in which they were, if nothing else came."""
        old = self._keeper.text.alignment(alignment.level)
        places = {bead.id: n for n, bead in enumerate(old.beads)}
        places |= {b.id: n for beads in old.pairs.values() for n, b in enumerate(beads)}
        beads = alignment.beads
        if all(bead.id in stayed for bead in beads):
            beads = tuple(_anchored(sorted(beads, key=lambda bead: places[bead.id])))
        pairs = {
            pair: tuple(_anchored_pairs(sorted(parts, key=lambda part: places[part.id])))
            if all(part.id in stayed for part in parts)
            else parts
            for pair, parts in alignment.pairs.items()
        }
        return Alignment(alignment.level, beads, pairs)

    def _stayed(self, text: ParallelText, level: Level) -> dict[str, Bead | PairBead]:
        """Return the beads of *text* that stayed, as they are to be, by the id that they have."""
        alignment = text.alignment(level)
        joined = {
            version.language: [(level, segment.id) for segment in version.segments(level)]
            for version in text.versions
            if version.language not in self._matchings
        }
        index = {_first(kept.ranges): kept for kept in self._kept[level]}
        found: dict[str, Bead | PairBead] = {}
        for bead in alignment.beads:
            shared = {tag: bead.ranges[tag] for tag in self._matchings}
            kept = index.get(_first(shared))
            if kept and _same(kept.ranges, shared):
                found[bead.id] = self._with(bead, kept.bead, joined)
        for pair, beads in alignment.pairs.items():
            if self._matchings.keys() >= set(pair):
                found.update(self._stayed_in_pair(level, pair, beads))
        return found

    def _with(
        self, bead: Bead, old: Bead, joined: Mapping[LanguageTag, Sequence[tuple[Level, str]]]
    ) -> Bead:
        """Return *bead* as the *old* one was; less surely so if versions *joined* it."""
        if not joined:
            return replace(bead, id=old.id, posterior=old.posterior, status=old.status)
        fixed = all(
            segment in (self._fixed or ())
            for tag, segments in joined.items()
            for segment in segments[slice(*bead.ranges[tag])]
        )
        status: Status = "locked" if bead.status == "locked" and fixed else "automatic"
        return replace(bead, id=old.id, posterior=min(old.posterior, bead.posterior), status=status)

    def _stayed_in_pair(
        self, level: Level, pair: Pair, beads: Sequence[PairBead]
    ) -> Iterator[tuple[str, PairBead]]:
        index: dict[_Start, tuple[PairBead, dict[LanguageTag, Range]]] = {}
        for kept in self._kept[level]:
            for old in self._keeper.pair_beads(level, pair, kept.bead):
                now = {
                    pair[0]: self._now(level, pair[0], old.source),
                    pair[1]: self._now(level, pair[1], old.target),
                }
                index[_first(now)] = old, now
        for bead in beads:
            sides = dict(zip(pair, (bead.source, bead.target), strict=True))
            if _first(sides) not in index:
                continue
            old, now = index[_first(sides)]
            if _same(now, sides):
                yield bead.id, replace(bead, id=old.id, posterior=old.posterior, status=old.status)

    def _now(self, level: Level, language: LanguageTag, segments: Range) -> Range:
        if not segments.size:
            return Range(0, 0)
        start = self._matchings[language].numbers(level)[segments.start]
        return Range(start, start + segments.size)


def _segments(locks: Iterable[Lock]) -> frozenset[tuple[Level, str]]:
    """Return the segments of which *locks* say where they belong."""
    return frozenset(
        (lock.level, identifier)
        for lock in locks
        if lock.together
        for ids in lock.segments.values()
        for identifier in ids
    )


def _still_there(
    locks: Iterable[Lock], ids: Mapping[LanguageTag, Mapping[str, str]]
) -> Iterator[Lock]:
    """Yield the *locks* of which no segment changed, with the ids that these have now."""
    for lock in locks:
        if all(
            tag in ids and all(each in ids[tag] for each in side)
            for tag, side in lock.segments.items()
        ):
            yield _renamed(lock, ids)


def _new_ids(matching: Matching) -> dict[str, str]:
    """Return the ids of unchanged segments: the old one and the new one."""
    return {
        old[i].id: new[j].id
        for level in _LEVELS
        for old, new in [(matching.old.segments(level), matching.new.segments(level))]
        for i, j in matching.numbers(level).items()
    }


def _renamed(lock: Lock, ids: Mapping[LanguageTag, Mapping[str, str]]) -> Lock:
    segments = {tag: tuple(ids[tag][each] for each in old) for tag, old in lock.segments.items()}
    return replace(lock, segments=segments)


def _first(ranges: Mapping[LanguageTag, Range]) -> _Start:
    """Return the first segment of a bead, which no other bead has."""
    return next(((tag, r.start) for tag, r in ranges.items() if r.size), ("", 0))


def _same(first: Mapping[LanguageTag, Range], second: Mapping[LanguageTag, Range]) -> bool:
    """Return whether two beads hold the same segments; the place of a gap does not matter."""
    return all(
        r.size == second[tag].size and (r.start == second[tag].start or not r.size)
        for tag, r in first.items()
    )


def _anchored(beads: Iterable[Bead]) -> Iterator[Bead]:
    """Yield *beads* with every gap at its place in the order."""
    at: dict[LanguageTag, int] = {}
    for bead in beads:
        starts = {tag: at.get(tag, 0) for tag in bead.ranges}
        ranges = {tag: Range(starts[tag], starts[tag] + r.size) for tag, r in bead.ranges.items()}
        at = {tag: r.stop for tag, r in ranges.items()}
        yield replace(bead, ranges=ranges)


def _anchored_pairs(beads: Iterable[PairBead]) -> Iterator[PairBead]:
    source = target = 0
    for bead in beads:
        yield replace(
            bead,
            source=Range(source, source + bead.source.size),
            target=Range(target, target + bead.target.size),
        )
        source, target = source + bead.source.size, target + bead.target.size


def _named_apart(
    beads: Iterable[_AnyBead], known: Mapping[str, Bead | PairBead], taken: set[str]
) -> Iterator[_AnyBead]:
    """Yield *beads*: those that stayed as they are *known*, the others with ids of their own."""
    for bead in beads:
        if bead.id in known:
            yield cast("_AnyBead", known[bead.id])
            continue
        names = (f"{bead.id}.{n}" for n in count(2))
        name = bead.id if bead.id not in taken else next(n for n in names if n not in taken)
        taken.add(name)
        yield replace(bead, id=name)
