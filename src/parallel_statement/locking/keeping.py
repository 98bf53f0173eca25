"""Locks that keep an alignment as it is, and alignments that keep to locks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations, permutations

from parallel_statement.locking.decisions import Decisions, Pair, meet
from parallel_statement.locking.refusal import Refusals
from parallel_statement.model import (
    Alignment,
    Bead,
    LanguageTag,
    Level,
    Lock,
    PairBead,
    ParallelText,
    Range,
)


class Keeper:
    """Makes the locks that keep the beads of one text as they are."""

    def __init__(self, text: ParallelText) -> None:
        """Lay out the beads of *text*."""
        self.text = text
        self._ids = {
            (alignment.level, version.language): [s.id for s in version.segments(alignment.level)]
            for alignment in (text.paragraphs, text.sentences)
            for version in text.versions
        }
        self._beads: dict[tuple[Level, Pair], _PairBeads] = {}

    def locks(
        self, level: Level, bead: Bead, languages: Collection[LanguageTag] | None = None
    ) -> tuple[Lock, ...]:
        """Return the locks that keep *bead* as it is.

        One lock, if no pair divides the bead further; else one for each bead of each pair.

        Args:
            level: Of the bead.
            bead: An n-way bead of the text.
            languages: The versions to lock; all without it.
        """
        chosen = [tag for tag in self.text.languages if languages is None or tag in languages]
        filled = [tag for tag in chosen if bead.ranges[tag].size]
        if not filled or len(chosen) < 2:
            return ()
        inside = {pair: self.pair_beads(level, pair, bead) for pair in combinations(chosen, 2)}
        if all(len(inside[pair]) == 1 for pair in combinations(filled, 2)):
            return (self._lock(level, {tag: bead.ranges[tag] for tag in chosen}),)
        return tuple(
            self.pair_lock(level, pair, part) for pair, beads in inside.items() for part in beads
        )

    def pair_lock(self, level: Level, pair: Pair, bead: PairBead) -> Lock:
        """Return the lock that keeps the *bead* of *pair* as it is."""
        return self._lock(level, {pair[0]: bead.source, pair[1]: bead.target})

    def all_locks(self, languages: Collection[LanguageTag] | None = None) -> tuple[Lock, ...]:
        """Return the locks that keep every bead; of *languages*, or all, as it is.

        A bead of paragraphs that disagrees with those of sentences is left out.
        """
        found = [
            lock
            for bead in self.text.sentences.beads
            for lock in self.locks("sentence", bead, languages)
        ]
        decided = Decisions(self.text.versions, found)
        for bead in self.text.paragraphs.beads:
            locks = self.locks("paragraph", bead, languages)
            if not any(map(decided.opponent, locks)):
                found += locks
        return tuple(found)

    def pair_beads(self, level: Level, pair: Pair, bead: Bead) -> list[PairBead]:
        """Return the beads of *pair* inside the n-way *bead*."""
        if (level, pair) not in self._beads:
            self._beads[level, pair] = _PairBeads(self.text.pair(*pair, level))
        return self._beads[level, pair].inside(*(bead.ranges[tag] for tag in pair))

    def ids(self, level: Level, language: LanguageTag, segments: Range) -> tuple[str, ...]:
        """Return the ids of *segments*."""
        return tuple(self._ids[level, language][segments.start : segments.stop])

    def _lock(self, level: Level, ranges: Mapping[LanguageTag, Range]) -> Lock:
        return Lock(level, {tag: self.ids(level, tag, r) for tag, r in ranges.items()})


class _PairBeads:
    """The beads of one pair, to be found by their segments."""

    def __init__(self, beads: Sequence[PairBead]) -> None:
        self._beads = beads
        self._by_source = {k: n for n, bead in enumerate(beads) for k in bead.source.indices}
        self._by_target = {k: n for n, bead in enumerate(beads) for k in bead.target.indices}

    def inside(self, source: Range, target: Range) -> list[PairBead]:
        numbers = {self._by_source[k] for k in source.indices}
        numbers |= {self._by_target[k] for k in target.indices}
        return [self._beads[n] for n in sorted(numbers)]


def fixed_pairs(alignment: Alignment) -> dict[str, tuple[Pair, ...]]:
    """Return the pairs of versions in which a person fixed a part of a bead, by the bead's id.

    Only of beads that are not locked themselves.
    """
    beads, fixed = alignment.beads, dict[str, tuple[Pair, ...]]()
    at = {tag: _homes(beads, tag) for pair in alignment.pairs for tag in pair}
    for pair, parts in alignment.pairs.items():
        locked = [part for part in parts if part.status == "locked"]
        homes = {at[pair[0]][k] for part in locked for k in part.source.indices}
        homes |= {at[pair[1]][k] for part in locked for k in part.target.indices}
        for bead in [beads[n] for n in sorted(homes) if beads[n].status != "locked"]:
            fixed[bead.id] = (*fixed.get(bead.id, ()), pair)
    return fixed


def _homes(beads: Sequence[Bead], language: LanguageTag) -> list[int]:
    """Return, for every segment of a version, which of the *beads* holds it."""
    return [n for n, bead in enumerate(beads) for _ in bead.ranges[language].indices]


def obeys(text: ParallelText, locks: Iterable[Lock]) -> bool:
    """Return whether *text* is aligned as *locks* demand, and proposes nothing that they refuse."""
    locks = tuple(locks)
    refusals = Refusals(text.versions, locks)
    if any(refusals.refuse(move.places) for move in text.moves):
        return False
    decided = Decisions(text.versions)
    partners: dict[tuple[Level, Pair], dict[int, tuple[Range, Range]]] = {}
    for alignment in (text.paragraphs, text.sentences):
        for pair in permutations(text.languages, 2):
            sides = ((b.source, b.target) for b in text.pair(*pair, alignment.level))
            partners[alignment.level, pair] = {k: s for s in sides for k in s[0].indices}
    for lock in locks:
        ranges = decided.ranges(lock)
        for pair in permutations(ranges, 2):
            source, target = ranges[pair[0]], ranges[pair[1]]
            found = {partners[lock.level, pair][k] for k in source.indices}
            if not lock.together:
                kept = not any(meet(other, target) for _, other in found)
            elif target.size:
                kept = found <= {(source, target)}
            else:
                kept = not any(other.size for _, other in found)
            if not kept:
                return False
    return True
