"""Which beads a person has fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parallel_statement.model import LanguageTag, Level, Lock, Range, Segment, Status


class Fixed:
    """The beads of one level that locks have fixed."""

    def __init__(
        self,
        level: Level,
        segments: Mapping[LanguageTag, Sequence[Segment]],
        locks: Sequence[Lock],
    ) -> None:
        """Take the *segments* of one level, and the *locks* of all."""
        self.segments = segments
        self.locks: dict[str, list[Lock]] = {}
        for lock in locks:
            if lock.together and lock.level == level:
                for name in (name for ids in lock.segments.values() for name in ids):
                    self.locks.setdefault(name, []).append(lock)

    def certainty(
        self, ranges: Mapping[LanguageTag, Range], posterior: float
    ) -> tuple[float, Status]:
        """Return the posterior and the status of a bead or pair bead."""
        if not self.locks:
            return round(posterior, 4), "automatic"
        ids = {
            tag: tuple(s.id for s in self.segments[tag][r.start : r.stop])
            for tag, r in ranges.items()
        }
        first = next(name for side in ids.values() for name in side)
        if any(_fixes(lock, ids) for lock in self.locks.get(first, ())):
            return 1.0, "locked"
        return round(posterior, 4), "automatic"


def _fixes(lock: Lock, ids: Mapping[LanguageTag, tuple[str, ...]]) -> bool:
    """Return whether *lock* makes these segments a bead, or one of them lonely in a pair."""
    if not ids.keys() <= lock.segments.keys():
        return False
    if all(lock.segments[tag] == side for tag, side in ids.items()):
        return True
    named = [tag for tag, side in ids.items() if side]
    return (
        len(named) == 1
        and not any(lock.segments[tag] for tag in ids if tag != named[0])
        and set(ids[named[0]]) <= set(lock.segments[named[0]])
    )
